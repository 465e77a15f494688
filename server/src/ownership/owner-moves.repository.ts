import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface OwnerMove {
  externalUserId: string
  toUserId: string
  cause: 'handover' | 'ruling'
  reason: string | null
  /** Null: WeCom's console. */
  movedBy: string | null
  movedAt: Date
  /** What makes this move itself: the same told twice moves once. */
  sourceKey: string
}

/** The caller holds the customer's lock. */
export async function insertOwnerMove(tx: Db, move: OwnerMove): Promise<void> {
  await sql`
    with moved as (
      insert into owner_move (
        external_user_id, from_user_id, to_user_id, cause, reason, moved_by, moved_at, source_key
      )
      select external_user_id, owner_user_id, ${move.toUserId}, ${move.cause}, ${move.reason}, ${move.movedBy},
        ${move.movedAt}::timestamptz, ${move.sourceKey}
      from customer where external_user_id = ${move.externalUserId}
      on conflict (source_key) do nothing
      returning external_user_id, to_user_id, moved_at
    )
    update customer set owner_user_id = moved.to_user_id, owner_since = moved.moved_at
    from moved
    where customer.external_user_id = moved.external_user_id and not exists (
      select from owner_move later
      where later.external_user_id = moved.external_user_id and later.moved_at > moved.moved_at
    )`.execute(tx)
}

export function findOwner(db: Db, externalUserId: string) {
  return db
    .selectFrom('customer')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(customer.owner_user_id)`))
    .select(['customer.ownerUserId', 'customer.ownerSince', 'guide.storeId as ownerStoreId'])
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
}

export function findFirstFriend(db: Db, externalUserId: string) {
  return db
    .selectFrom('followHistory')
    .select(['guideUserId', 'at'])
    .where('externalUserId', '=', externalUserId)
    .where('what', '=', 'started')
    .orderBy('at')
    .orderBy('guideUserId')
    .limit(1)
    .executeTakeFirst()
}

export function listOwnerMoves(db: Db, externalUserId: string) {
  return db
    .selectFrom('ownerMove')
    .selectAll()
    .where('externalUserId', '=', externalUserId)
    .orderBy('movedAt')
    .orderBy('ownerMoveId')
    .execute()
}

/** A guide as far as it decides whether customers may be given to them, and since when the customer is a friend. */
export function findCandidate(db: Db, userId: string, externalUserId: string) {
  return db
    .selectFrom('guide')
    .leftJoin('followRelation', (join) =>
      join
        .on(sql`lower(follow_relation.guide_user_id)`, '=', sql`lower(guide.user_id)`)
        .on('followRelation.externalUserId', '=', externalUserId)
        .on('followRelation.endedAt', 'is', null),
    )
    .select(['guide.userId', 'guide.status', 'guide.follows', 'guide.visible', 'guide.storeId'])
    .select('followRelation.startedAt as friendsSince')
    .where(sql`lower(guide.user_id)`, '=', userId.toLowerCase())
    .executeTakeFirst()
}
