import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export async function isCustomerKnown(db: Db, externalUserId: string): Promise<boolean> {
  const row = await db
    .selectFrom('customer')
    .select('externalUserId')
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
  return row !== undefined
}

export async function isFriendOfGuide(db: Db, externalUserId: string, guideUserId: string): Promise<boolean> {
  const row = await db
    .selectFrom('followRelation')
    .select('guideUserId')
    .where('externalUserId', '=', externalUserId)
    .where(sql`lower(guide_user_id)`, '=', guideUserId.toLowerCase())
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function isFriendOfStore(db: Db, externalUserId: string, storeId: string): Promise<boolean> {
  const row = await db
    .selectFrom('followRelation')
    .innerJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(follow_relation.guide_user_id)`))
    .select('guide.userId')
    .where('externalUserId', '=', externalUserId)
    .where('endedAt', 'is', null)
    .where('guide.storeId', '=', storeId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** WeCom has told us about this customer, and we have heard of this pair, be it that it ended. */
export async function isKnownPair(db: Db, guideUserId: string, externalUserId: string): Promise<boolean> {
  const row = await db
    .selectFrom('customer')
    .innerJoin('followRelation', 'followRelation.externalUserId', 'customer.externalUserId')
    .select('customer.externalUserId')
    .where('customer.externalUserId', '=', externalUserId)
    .where('customer.mirroredAt', 'is not', null)
    .where(sql`lower(guide_user_id)`, '=', guideUserId.toLowerCase())
    .executeTakeFirst()
  return row !== undefined
}
