import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/audit.repository.ts'
import { creditOrders } from '../commission/credit-orders.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findGuide } from '../guides/find-guide.repository.ts'
import { insertSnapshots, listSnapshots } from './attribution.repository.ts'
import { requireWithinStore } from './authority.ts'
import { lockLedger } from './due.repository.ts'
import { type Correction, correct } from './take-snapshot.ts'

export interface CorrectionWish extends Correction {
  orderId: string
  /** Who told us, for the audit. */
  actor: string
  /** A manager decides within one store, HQ everywhere. */
  withinStoreId?: string
}

/**
 * Credits another guide, or nobody, for an order: another version with its reason, never a changed one. It counts at
 * once, in the ledger too, and whatever the till says afterwards.
 */
export async function correctAttribution(
  tx: Transaction<Database>,
  { orderId, actor, withinStoreId, ...wish }: CorrectionWish,
  { config, clock }: Pick<Deps, 'config' | 'clock'>,
): Promise<void> {
  const now = clock.now()
  await lockLedger(tx)
  // The order may have come a moment ago.
  await creditOrders(tx, [orderId], config, now)
  const [last] = await listSnapshots(tx, [orderId])
  if (!last) throw new AppError('order_unknown')
  const guide = wish.guideId === null ? undefined : await findGuide(tx, wish.guideId)
  if (wish.guideId !== null && !guide) throw new AppError('guide_unknown')
  const correction = { ...wish, guideId: guide?.userId ?? null }
  const from = wish.credit === 'sales' ? last.salesGuideId : last.serviceGuideId
  if (withinStoreId !== undefined)
    await requireWithinStore(tx, { orderId, guideIds: [from, correction.guideId], withinStoreId })
  const snapshot = correct(last, correction, now)
  if (!snapshot) throw new AppError('attribution_unchanged')

  await insertSnapshots(tx, [snapshot])
  const { credit, reason, by, guideId: to } = correction
  await recordAudit(tx, {
    actor,
    action: 'order.attribution_corrected',
    subject: orderId,
    reason,
    detail: { credit, from, to, by },
    at: now,
  })
  await creditOrders(tx, [orderId], config, now)
}
