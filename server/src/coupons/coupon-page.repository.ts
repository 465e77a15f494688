import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** A coupon by the token of its link, with its terms and who gave it. */
export function findCouponOfLink(db: Db, token: string) {
  return db
    .selectFrom('coupon')
    .innerJoin('couponTemplate as template', 'template.couponId', 'coupon.couponId')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(coupon.issued_by)`))
    .leftJoin('store', 'store.storeId', 'guide.storeId')
    .leftJoin('store as place', 'place.storeId', 'coupon.redeemedStoreId')
    .select([
      'coupon.code',
      'coupon.validTo',
      'coupon.withdrawnAt',
      'coupon.claimedAt',
      'coupon.redeemedAt',
      'coupon.redeemedStoreId',
      'place.name as redeemedStoreName',
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
  await sql`
    with opened as (
      update coupon set opened_at = ${at}
      where token = ${token} and opened_at is null and withdrawn_at is null
      returning code
    )
    insert into coupon_event (code, what, at, source) select code, 'opened', ${at}, 'page' from opened`.execute(db)
}

/** The customer wants it. Once, and only while it can still be used. */
export async function setCouponClaimed(db: Db, token: string, at: Date): Promise<void> {
  await sql`
    with claimed as (
      update coupon set claimed_at = ${at}
      where token = ${token} and claimed_at is null and withdrawn_at is null and redeemed_at is null and valid_to > ${at}
      returning code
    )
    insert into coupon_event (code, what, at, source) select code, 'claimed', ${at}, 'page' from claimed`.execute(db)
}
