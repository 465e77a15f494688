import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** What stands on the guide's own relation while it lives. */
export function findOwnRemark(db: Db, guideUserId: string, externalUserId: string) {
  return db
    .selectFrom('followRelation as relation')
    .innerJoin('customer', 'customer.externalUserId', 'relation.externalUserId')
    .select(['relation.guideUserId', 'relation.remark', 'relation.description', 'relation.company'])
    .select(['relation.phonesSealed', 'customer.type'])
    .where('relation.externalUserId', '=', externalUserId)
    .where(sql`lower(relation.guide_user_id)`, '=', guideUserId.toLowerCase())
    .where('relation.endedAt', 'is', null)
    .executeTakeFirst()
}
