/**
 * Splits a whole amount by weights into whole parts that add up to it: each gets its share rounded down, and what is
 * left goes one by one to the largest remainders, the earlier of equal ones first. Weights that are all nothing count
 * alike.
 */
export function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum === 0)
    return weights.length === 0
      ? []
      : spread(
          total,
          weights.map(() => 1),
        )
  // Fen times fen may be more than a number holds exactly.
  const shares = weights.map((weight) => {
    const product = BigInt(total) * BigInt(weight)
    return { whole: Number(product / BigInt(sum)), remainder: product % BigInt(sum) }
  })
  const left = total - shares.reduce((all, { whole }) => all + whole, 0)
  const luckiest = shares.toSorted((a, b) => (a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1))
  for (const share of luckiest.slice(0, left)) share.whole++
  return shares.map(({ whole }) => whole)
}

/** A rate in basis points of an amount in fen, to the nearest fen, half a fen up. */
export function shareOf(base: number, rate: number): number {
  return Number((BigInt(base) * BigInt(rate) + 5_000n) / 10_000n)
}
