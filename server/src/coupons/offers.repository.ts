import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Templates that have not ended, with how many this customer holds and the names of the stores that take them. */
export function listOpenTemplates(db: Db, externalUserId: string, now: Date) {
  return db
    .selectFrom('couponTemplate as template')
    .selectAll('template')
    .select((select) => [
      select
        .selectFrom('coupon')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('coupon.couponId', '=', 'template.couponId')
        .where('coupon.externalUserId', '=', externalUserId)
        .where('coupon.withdrawnAt', 'is', null)
        .as('held'),
      sql<string[]>`array(select name from store where store_id = any(template.store_ids) order by name)`.as(
        'storeNames',
      ),
    ])
    .where('template.validTo', '>', now)
    .execute()
}
