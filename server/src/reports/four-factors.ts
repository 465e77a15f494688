import type { FourFactorsReport } from '@zhanggui/shared/report.ts'

/**
 * sales = scenes × relations per scene × orders per relation × sales per order: what stands below one line stands above
 * another, so the product is the sales to the fen, as long as none of them is nothing.
 */
export function fourFactors(counts: Omit<FourFactorsReport, 'factors'>): FourFactorsReport {
  const { sales, scenes, relations, orders } = counts
  if (scenes === 0 || relations === 0 || orders === 0) return counts
  return {
    ...counts,
    factors: {
      scenes: { numerator: scenes, denominator: 1 },
      relationsPerScene: { numerator: relations, denominator: scenes },
      conversion: { numerator: orders, denominator: relations },
      averageOrderValue: { numerator: sales, denominator: orders },
    },
  }
}
