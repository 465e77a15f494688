import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** A guide with their store, by WeCom's userid, which is compared without case. */
export function findGuide(db: Db, userId: string) {
  return db
    .selectFrom('guide')
    .leftJoin('store', 'store.storeId', 'guide.storeId')
    .select(['guide.userId', 'guide.name', 'guide.role', 'guide.storeId', 'store.name as storeName'])
    .where(sql`lower(guide.user_id)`, '=', userId.toLowerCase())
    .executeTakeFirst()
}
