/** A stream of choices that is the same on every machine; each stream has its own name, so that one never shifts another. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** Both ends included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  weighted<T>(list: readonly T[], weightOf: (item: T) => number): T
  /** `count` different items, in the list's order. */
  some<T>(list: readonly T[], count: number): T[]
  text(alphabet: string, length: number): string
}

export function randomStream(name: string): Random {
  let state = hash(name)
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]) => itemAt(list, int(0, list.length - 1))
  return {
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    weighted: (list, weightOf) => {
      let rest = next() * list.reduce((sum, item) => sum + weightOf(item), 0)
      for (const item of list) {
        rest -= weightOf(item)
        if (rest < 0) return item
      }
      return itemAt(list, list.length - 1)
    },
    some: (list, count) => {
      const places = new Set<number>()
      while (places.size < Math.min(count, list.length)) places.add(int(0, list.length - 1))
      return list.filter((_, place) => places.has(place))
    },
    text: (alphabet, length) => Array.from({ length }, () => pick([...alphabet])).join(''),
  }
}

export function itemAt<T>(list: readonly T[], place: number): T {
  const item = list[place]
  if (item === undefined) throw new RangeError(`no item ${place} in a list of ${list.length}`)
  return item
}

/** FNV-1a */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193)
  return value >>> 0
}
