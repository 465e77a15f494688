const last = new Map<string, Promise<unknown>>()

/**
 * Work on one thing goes one after another, in the order asked for. The database would let only one at a time do it
 * anyway; those who wait here keep no connection from everybody else.
 */
export async function takeTurns<T>(thing: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(thing)
  const mine = before ? before.then(work, work) : work()
  last.set(thing, mine)
  try {
    return await mine
  } finally {
    if (last.get(thing) === mine) last.delete(thing)
  }
}
