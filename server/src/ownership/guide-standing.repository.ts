import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Whether a guide may be given customers, as far as we know; undefined: a guide we have never heard of. */
export function findGuideStanding(db: Db, userId: string) {
  return db
    .selectFrom('guide')
    .select(['userId', 'storeId'])
    .select(sql<boolean>`status is distinct from 'left' and follows is distinct from false and visible`.as('serves'))
    .where(sql`lower(user_id)`, '=', userId.toLowerCase())
    .executeTakeFirst()
}
