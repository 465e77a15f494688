/**
 * Splits rows into rounds, so that no two rows of a round share a key and equal keys keep their order. Written one
 * after the other, the rounds have the outcome of writing every row alone: the last of two wins.
 */
export function splitIntoRounds<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const rounds: Row[][] = []
  const seen = new Map<string, number>()
  for (const row of rows) {
    const at = seen.get(keyOf(row)) ?? 0
    const round = rounds[at] ?? []
    rounds[at] = round
    round.push(row)
    seen.set(keyOf(row), at + 1)
  }
  return rounds
}
