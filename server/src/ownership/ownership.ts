import type { Ownership } from '@zhanggui/shared/ownership.ts'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { absentCustomer } from '../personal-data/absent-customer.ts'
import { findFirstFriend, findOwner, listOwnerMoves } from './owner-moves.repository.ts'

/** Whose a customer is, and how that came about. */
export async function readOwnership(db: Db, externalUserId: string): Promise<Ownership> {
  const [owner, first, moves] = await Promise.all([
    findOwner(db, externalUserId),
    findFirstFriend(db, externalUserId),
    listOwnerMoves(db, externalUserId),
  ])
  if (!owner) throw await absentCustomer(db, externalUserId, new AppError('not_found', { detail: 'no such customer' }))
  const { ownerUserId, ownerSince } = owner
  return {
    externalUserId,
    ...(ownerUserId !== null && ownerSince && { owner: { userId: ownerUserId, since: ownerSince.toISOString() } }),
    ...(first && { firstFriend: { userId: first.guideUserId, since: first.at.toISOString() } }),
    moves: moves.map(({ fromUserId, toUserId, cause, reason, movedBy, movedAt }) => ({
      toUserId,
      cause,
      at: movedAt.toISOString(),
      ...(fromUserId !== null && { fromUserId }),
      ...(reason !== null && { reason }),
      ...(movedBy !== null && { by: movedBy }),
    })),
  }
}
