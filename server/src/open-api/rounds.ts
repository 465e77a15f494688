/**
 * Splits rows into rounds, so that no two rows of a round share a key and equal keys keep their order. Written one
 * after the other, the rounds have the outcome of writing every row alone: the last of two wins.
 */
export function splitIntoRounds<Row>(rows: readonly Row[], keysOf: (row: Row) => readonly string[]): Row[][] {
  const rounds: Row[][] = []
  const nextRound = new Map<string, number>()
  for (const row of rows) {
    const keys = keysOf(row)
    const at = Math.max(...keys.map((key) => nextRound.get(key) ?? 0))
    const round = rounds[at] ?? []
    round.push(row)
    rounds[at] = round
    for (const key of keys) nextRound.set(key, at + 1)
  }
  return rounds
}
