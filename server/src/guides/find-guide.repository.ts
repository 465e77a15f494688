import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** A guide with their store, by WeCom's userid, which is compared without case; also by one they had before. */
export function findGuide(db: Db, userId: string) {
  const folded = userId.toLowerCase()
  return db
    .selectFrom('guide')
    .leftJoin('store', 'store.storeId', 'guide.storeId')
    .select([
      'guide.userId',
      'guide.name',
      'guide.role',
      'guide.storeId',
      'guide.status',
      'guide.visible',
      'guide.mirroredAt',
      'store.name as storeName',
      sql<string[]>`array(
        select former_id from guide_alias where lower(guide_alias.user_id) = lower(guide.user_id)
      )`.as('formerIds'),
    ])
    .where(
      sql`lower(guide.user_id)`,
      '=',
      sql<string>`coalesce((select lower(user_id) from guide_alias where former_id = ${folded}), ${folded})`,
    )
    .executeTakeFirst()
}
