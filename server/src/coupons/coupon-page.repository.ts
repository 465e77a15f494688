import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** A coupon by the token of its link, with its terms and who gave it. */
export function findCouponOfLink(db: Db, token: string) {
  return db
    .selectFrom('coupon')
    .innerJoin('couponTemplate as template', 'template.couponId', 'coupon.couponId')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(coupon.issued_by)`))
    .leftJoin('store', 'store.storeId', 'guide.storeId')
    .select([
      'coupon.code',
      'coupon.validTo',
      'coupon.withdrawnAt',
      'template.title',
      'template.kind',
      'template.value',
      'template.minimumSpend',
      'template.validFrom',
      'template.redeemAt',
      'guide.name as guideName',
      'store.name as storeName',
      sql<string[]>`array(select name from store where store_id = any(template.store_ids) order by name)`.as(
        'storeNames',
      ),
    ])
    .where('coupon.token', '=', token)
    .executeTakeFirst()
}

/** The first look counts; from then on nobody can take the coupon back. */
export async function setCouponOpened(db: Db, token: string, at: Date): Promise<void> {
  await db
    .updateTable('coupon')
    .set({ openedAt: at })
    .where('token', '=', token)
    .where('openedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .execute()
}
