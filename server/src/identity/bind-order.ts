import type { BoundOrder } from '@zhanggui/shared/identity.ts'
import { requireAllowance } from '../audit/allowance.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import { isFriendOfGuide } from '../customers/visibility.repository.ts'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { lockOrder } from './bind-order.repository.ts'
import { insertDecision, lockIdentity, undoDecision } from './decisions.repository.ts'
import { findDecision } from './evidence.repository.ts'

/** An order is worth a commission: nobody binds them by the hundred. */
const A_DAY = { most: 30, withinMs: 24 * 3_600_000 }

interface Binding {
  externalUserId: string
  orderId: string
  viewer: Viewer
  at: Date
}

/**
 * A guide names the order of the customer in front of her, by the number on the receipt. Only an order that means
 * nobody so far; what its ids come to mean later is a conflict with this, for review.
 */
export async function bindOrder(tx: Db, { externalUserId, orderId, viewer, at }: Binding): Promise<BoundOrder> {
  const actor = viewer.userId
  if (!(await isFriendOfGuide(tx, externalUserId, actor))) throw new AppError('not_a_friend')
  await requireAllowance(tx, { actor, action: 'order.bound', at }, A_DAY)
  const key = { kind: 'order', value: orderId } as const
  await lockIdentity(tx, key)
  const order = await lockOrder(tx, orderId)
  if (!order) throw new AppError('order_unknown')
  if (order.customer !== null) throw new AppError('order_already_matched')
  await insertDecision(tx, {
    ...key,
    externalUserId,
    cause: 'binding',
    claimants: [externalUserId],
    reason: null,
    decidedBy: actor,
    decidedAt: at,
  })
  await recordAudit(tx, { actor, action: 'order.bound', subject: externalUserId, detail: { orderId }, at })
  return { orderId, externalUserId }
}

/** Only a manager, or HQ: the guide may have earned by it. */
export async function unbindOrder(tx: Db, wish: Binding & { reason: string }): Promise<BoundOrder> {
  const { externalUserId, orderId, viewer, reason, at } = wish
  if (viewer.role === 'guide') throw new AppError('forbidden', { detail: 'only a manager or HQ undoes this' })
  const key = { kind: 'order', value: orderId } as const
  await lockIdentity(tx, key)
  const binding = await findDecision(tx, key)
  if (binding?.cause !== 'binding' || binding.externalUserId !== externalUserId) throw new AppError('order_not_bound')
  const actor = viewer.userId
  await undoDecision(tx, binding.identityDecisionId, { undoneAt: at, undoneBy: actor, undoReason: reason })
  const detail = { orderId, boundBy: binding.decidedBy }
  await recordAudit(tx, { actor, action: 'order.unbound', subject: externalUserId, reason, detail, at })
  return { orderId, externalUserId }
}
