import type { Channel } from '@zhanggui/shared/order.ts'
import type { OrderAttributionTable } from './attribution.table.ts'
import { type AttributionRule, type Credits, decideCredits, isWithinWindow } from './decide-credits.ts'

export type Snapshot = OrderAttributionTable

/** An order as it stands now, and what is known now of when it was placed. */
export interface PlacedOrder {
  orderId: string
  channel: Channel
  placedAt: Date
  externalUserId: string | null
  ownerGuideId: string | null
  share: { guideId: string; sharedAt: Date } | null
  tillSalesGuideId: string | null
  tillServiceGuideId: string | null
  redeemerGuideId: string | null
}

export interface AttributionSetting {
  rule: AttributionRule
  windowDays: number
}

/**
 * The version that follows `last`; undefined: nothing is different. An owner once written down stays, whatever happens
 * to ownership later or is heard of it: only another customer, another time, or knowing one at all brings another. The
 * setting is the one the order was placed under, and a manager's correction outlives what the till says afterwards.
 */
export function takeSnapshot(
  order: PlacedOrder,
  last: Snapshot | undefined,
  setting: AttributionSetting,
  now: Date,
): Snapshot | undefined {
  const { rule, windowDays } = last ?? setting
  const { share, ...placed } = order
  const isSameSale =
    last?.externalUserId === order.externalUserId && last.placedAt.getTime() === order.placedAt.getTime()
  const evidence = {
    ...placed,
    ownerGuideId: (isSameSale ? last.ownerGuideId : null) ?? order.ownerGuideId,
    sharerGuideId: share && isWithinWindow(share.sharedAt, order.placedAt, windowDays) ? share.guideId : null,
  }
  const credits = { ...decideCredits(evidence, rule), ...correctionsOf(last) }
  const facts = { ...evidence, ...credits }
  if (last && isSameAs(last, facts)) return undefined
  return {
    ...facts,
    version: (last?.version ?? 0) + 1,
    cause: causeOf(last, facts),
    rule,
    windowDays,
    reason: null,
    correctedBy: null,
    madeAt: now,
  }
}

export interface Correction {
  credit: 'sales' | 'service'
  guideId: string | null
  reason: string
  by: string
}

/** Undefined: it is so already. */
export function correct(last: Snapshot, { credit, guideId, reason, by }: Correction, now: Date): Snapshot | undefined {
  const changed =
    credit === 'sales'
      ? { salesGuideId: guideId, salesWhy: 'correction' as const }
      : { serviceGuideId: guideId, serviceWhy: 'correction' as const }
  const facts = { ...last, ...changed }
  if (fold(last.salesGuideId) === fold(facts.salesGuideId) && fold(last.serviceGuideId) === fold(facts.serviceGuideId))
    return undefined
  return { ...facts, version: last.version + 1, cause: 'correction', reason, correctedBy: by, madeAt: now }
}

function correctionsOf(last: Snapshot | undefined): Partial<Credits> {
  if (!last) return {}
  const { salesGuideId, salesWhy, serviceGuideId, serviceWhy } = last
  return {
    ...(salesWhy === 'correction' && { salesGuideId, salesWhy }),
    ...(serviceWhy === 'correction' && { serviceGuideId, serviceWhy }),
  }
}

type Facts = Omit<Snapshot, 'version' | 'cause' | 'rule' | 'windowDays' | 'reason' | 'correctedBy' | 'madeAt'>

const guideColumns = [
  'ownerGuideId',
  'sharerGuideId',
  'tillSalesGuideId',
  'tillServiceGuideId',
  'redeemerGuideId',
  'salesGuideId',
  'serviceGuideId',
] as const

function isSameAs(last: Snapshot, facts: Facts): boolean {
  return (
    last.externalUserId === facts.externalUserId &&
    last.channel === facts.channel &&
    last.placedAt.getTime() === facts.placedAt.getTime() &&
    last.salesWhy === facts.salesWhy &&
    last.serviceWhy === facts.serviceWhy &&
    guideColumns.every((column) => fold(last[column]) === fold(facts[column]))
  )
}

function causeOf(last: Snapshot | undefined, facts: Facts): Snapshot['cause'] {
  if (!last) return 'placed'
  if (last.externalUserId !== facts.externalUserId) return 'identity'
  return last.ownerGuideId === null && facts.ownerGuideId !== null ? 'owner' : 'till'
}

/** Userids are compared without case. */
function fold(guideId: string | null): string | undefined {
  return guideId?.toLowerCase()
}
