import type { Ruled } from '@zhanggui/shared/ownership.ts'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/audit.repository.ts'
import { lockCustomer } from '../customers/turns.repository.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { absentCustomer } from '../personal-data/absent-customer.ts'
import { findCandidate, findOwner, insertOwnerMove } from './owner-moves.repository.ts'

export interface RulingWish {
  externalUserId: string
  toUserId: string
  reason: string
  /** Who decided. */
  by: string
  /** Who told us, for the audit. */
  actor: string
  at: Date
  /** A manager decides within one store, HQ everywhere. */
  withinStoreId?: string
}

/**
 * Gives a customer to another guide. Only to one who works with customers and is friends with this one now: an owner
 * who cannot see or reach the customer would be an owner on paper.
 */
export async function ruleOwner(tx: Transaction<Database>, wish: RulingWish): Promise<Ruled> {
  const { externalUserId, reason, by, actor, at, withinStoreId } = wish
  await lockCustomer(tx, externalUserId)
  const current = await findOwner(tx, externalUserId)
  if (!current)
    throw await absentCustomer(tx, externalUserId, new AppError('not_found', { detail: 'no such customer' }))
  const candidate = await findCandidate(tx, wish.toUserId, externalUserId)
  if (!candidate || candidate.status === 'left' || candidate.follows === false || !candidate.visible)
    throw new AppError('guide_not_active')
  if (!candidate.friendsSince) throw new AppError('not_friends')
  const { ownerUserId, ownerStoreId } = current
  const within = (storeId: string | null) => withinStoreId === undefined || storeId === withinStoreId
  if (!within(candidate.storeId) || (ownerUserId !== null && !within(ownerStoreId)))
    throw new AppError('not_your_store')
  const { userId } = candidate
  if (ownerUserId?.toLowerCase() === userId.toLowerCase()) throw new AppError('owner_unchanged')

  const number = await recordAudit(tx, {
    actor,
    action: 'customer.ruled',
    subject: externalUserId,
    reason,
    detail: { from: ownerUserId, to: userId, by },
    at,
  })
  await insertOwnerMove(tx, {
    externalUserId,
    toUserId: userId,
    cause: 'ruling',
    reason,
    movedBy: by,
    movedAt: at,
    sourceKey: `ruling ${number}`,
  })
  return { externalUserId, owner: { userId, since: at.toISOString() } }
}
