import type { Credit } from '@zhanggui/shared/attribution.ts'
import { basesOf, givenBack, type OrderLine, type Refund } from './bases.ts'
import type { Pick } from './commission.table.ts'
import { shareOf } from './spread.ts'

/** All that decides what guides earn by an order. */
export interface OrderMoney {
  lines: readonly OrderLine[]
  paidAmount: number
  /** In the order in which they are to be explained. */
  refunds: readonly Refund[]
  picks: readonly (Pick & { rate: number })[]
  guides: Record<Credit, string | null>
}

/** What one guide earns, or loses again by one refund, on the lines of an order that one rule covers. */
export interface Due {
  credit: Credit
  guideId: string
  ruleId: string
  ruleVersion: number
  rate: number
  refundId: string | null
  /** Less than nothing for a refund. */
  base: number
  amount: number
}

/**
 * The commission of an order: for each credit, the lines under one rule together, at its rate. A refund takes back the
 * difference that it makes, so that refunds which give back everything, however split, take back everything.
 */
export function owedFor({ lines, paidAmount, refunds, picks, guides }: OrderMoney): Due[] {
  const bases = basesOf(lines, paidAmount)
  const places = new Map(lines.map(({ productId }, index) => [productId, index]))
  const inOrder = picks.toSorted((a, b) => (places.get(a.productId) ?? 0) - (places.get(b.productId) ?? 0))
  return groupsOf(inOrder, guides).flatMap(({ productIds, ...group }) => {
    const sumOf = (amounts: readonly number[]) =>
      lines.reduce((sum, { productId }, index) => sum + (productIds.has(productId) ? (amounts[index] ?? 0) : 0), 0)
    const base = sumOf(bases)
    const earned: Due = { ...group, refundId: null, base, amount: shareOf(base, group.rate) }
    let left = earned
    const reversals = refunds.map(({ refundId }, index): Due => {
      const rest = base - sumOf(givenBack(lines, bases, refunds.slice(0, index + 1)))
      const before = left
      left = { ...earned, base: rest, amount: shareOf(rest, group.rate) }
      return { ...group, refundId, base: left.base - before.base, amount: left.amount - before.amount }
    })
    return [earned, ...reversals]
  })
}

function groupsOf(picks: OrderMoney['picks'], guides: OrderMoney['guides']) {
  const groups = new Map<string, Omit<Due, 'refundId' | 'base' | 'amount'> & { productIds: Set<string> }>()
  for (const { productId, credit, ruleId, version, rate } of picks) {
    const guideId = guides[credit]
    if (guideId === null || rate === 0) continue
    const key = `${credit} ${version} ${ruleId}`
    const group = groups.get(key) ?? { credit, guideId, ruleId, ruleVersion: version, rate, productIds: new Set() }
    groups.set(key, group)
    group.productIds.add(productId)
  }
  return [...groups.values()]
}
