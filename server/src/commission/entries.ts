import type { CommissionEntryTable } from './commission.table.ts'
import type { Due } from './owed.ts'

/** What the ledger holds of an order: its entries added up by guide, credit, rule and refund. */
export type Posted = Due

export type NewEntry = Due & Pick<CommissionEntryTable, 'kind'> & { occurredAt: Date }

interface Moments {
  placedAt: Date
  /** By refund. */
  refundedAt: ReadonlyMap<string, Date>
  now: Date
}

/**
 * The entries that bring the ledger from what is posted to what is owed: nothing if that is the same. The first of a
 * credit, and of a refund, dates from the sale or the refund itself; what changes them afterwards, from now.
 */
export function entriesFor(
  owed: readonly Due[],
  posted: readonly Posted[],
  { placedAt, refundedAt, now }: Moments,
): NewEntry[] {
  const earnedBefore = new Set(posted.filter(({ refundId }) => refundId === null).map(({ credit }) => credit))
  const reversedBefore = new Set(posted.map(({ refundId }) => refundId))
  return differences(owed, posted).map((due) => {
    if (due.refundId !== null) {
      const isFirst = !reversedBefore.has(due.refundId)
      return { ...due, kind: 'reversal', occurredAt: (isFirst && refundedAt.get(due.refundId)) || now }
    }
    const isFirst = !earnedBefore.has(due.credit)
    return { ...due, kind: isFirst ? 'earn' : 'correction', occurredAt: isFirst ? placedAt : now }
  })
}

function differences(owed: readonly Due[], posted: readonly Posted[]): Due[] {
  const left = new Map(posted.map((entry) => [keyOf(entry), entry]))
  const wanted = owed.map((due) => {
    const held = left.get(keyOf(due))
    left.delete(keyOf(due))
    return held ? { ...due, base: due.base - held.base, amount: due.amount - held.amount } : due
  })
  const undone = [...left.values()].map((held) => ({ ...held, base: -held.base, amount: -held.amount }))
  return [...undone, ...wanted].filter(({ base, amount }) => base !== 0 || amount !== 0)
}

/** Ids may hold any character but U+0000. */
function keyOf({ guideId, credit, ruleId, ruleVersion, refundId }: Due): string {
  return JSON.stringify([guideId.toLowerCase(), credit, ruleId, ruleVersion, refundId])
}
