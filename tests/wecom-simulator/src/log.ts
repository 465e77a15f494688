export interface Log<T> {
  readonly items: readonly T[]
  add(item: T): void
}

/** Keeps at least the newest `capacity` items; trims in blocks, so that adding stays cheap. */
export function createLog<T>(capacity: number): Log<T> {
  const items: T[] = []
  return {
    items,
    add(item) {
      items.push(item)
      if (items.length >= capacity * 2) items.splice(0, items.length - capacity)
    },
  }
}
