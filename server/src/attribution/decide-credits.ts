import type { Channel } from '@zhanggui/shared/order.ts'
import type { OrderAttributionTable } from './attribution.table.ts'

/** What decides who is credited for an order. */
export interface Evidence {
  channel: Channel
  /** Whose the customer was when the order was placed. */
  ownerGuideId: string | null
  /** Who shared what brought the order, within the window. */
  sharerGuideId: string | null
  tillSalesGuideId: string | null
  tillServiceGuideId: string | null
  /** Who redeemed a coupon of the order at the counter. */
  redeemerGuideId: string | null
}

export type AttributionRule = OrderAttributionTable['rule']
export type Credits = Pick<OrderAttributionTable, 'salesGuideId' | 'salesWhy' | 'serviceGuideId' | 'serviceWhy'>

/**
 * The till knows who sold. Where it says nothing the customer's owner is credited, or whoever shared the link, in the
 * order the corp chose; but what was sold in a group or a live session is the owner's, whoever shared the link. The
 * service is credited to whoever handed the goods over, of whatever brand or counter: the till says who, or the coupon
 * that was redeemed.
 */
export function decideCredits(evidence: Evidence, rule: AttributionRule): Credits {
  return { ...creditSale(evidence, rule), ...creditService(evidence) }
}

function creditSale(
  { channel, ownerGuideId, sharerGuideId, tillSalesGuideId }: Evidence,
  rule: AttributionRule,
): Pick<Credits, 'salesGuideId' | 'salesWhy'> {
  const owner = { salesGuideId: ownerGuideId, salesWhy: 'owner' } as const
  const sharer = { salesGuideId: sharerGuideId, salesWhy: 'sharer' } as const
  const isCrowd = channel === 'group' || channel === 'live'
  const next = isCrowd ? [owner] : rule === 'owner_first' ? [owner, sharer] : [sharer, owner]
  const claims = [{ salesGuideId: tillSalesGuideId, salesWhy: 'till' } as const, ...next]
  return claims.find(({ salesGuideId }) => salesGuideId !== null) ?? { salesGuideId: null, salesWhy: 'nobody' }
}

function creditService({
  tillServiceGuideId,
  redeemerGuideId,
}: Evidence): Pick<Credits, 'serviceGuideId' | 'serviceWhy'> {
  if (tillServiceGuideId !== null) return { serviceGuideId: tillServiceGuideId, serviceWhy: 'till' }
  return { serviceGuideId: redeemerGuideId, serviceWhy: redeemerGuideId === null ? 'nobody' : 'redeemer' }
}

/** A share brings orders for so long. A clock of a till that is a little behind ours changes nothing. */
export function isWithinWindow(sharedAt: Date, placedAt: Date, windowDays: number): boolean {
  return placedAt.getTime() - sharedAt.getTime() <= windowDays * 86_400_000
}
