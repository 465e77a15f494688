import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Coupons a customer could use now, and when the first of them lapses. */
export async function summarizeUsableCoupons(
  db: Db,
  externalUserId: string,
  now: Date,
): Promise<{ usable: number; nextExpiry: Date | null }> {
  return db
    .selectFrom('coupon')
    .select(({ fn }) => [fn.countAll<number>().as('usable'), fn.min<Date | null>('validTo').as('nextExpiry')])
    .where('externalUserId', '=', externalUserId)
    .where('withdrawnAt', 'is', null)
    .where('redeemedAt', 'is', null)
    .where('validTo', '>', now)
    .executeTakeFirstOrThrow()
}

/** What a customer holds: usable ones first, the one that lapses soonest on top; then what was lately used or lapsed. */
export function listHeldCoupons(db: Db, externalUserId: string, now: Date, limit: number) {
  return db
    .selectFrom('coupon')
    .innerJoin('couponTemplate as template', 'template.couponId', 'coupon.couponId')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(coupon.issued_by)`))
    .leftJoin('store', 'store.storeId', 'coupon.redeemedStoreId')
    .select([
      'coupon.couponId',
      'template.title',
      'template.kind',
      'template.value',
      'template.minimumSpend',
      'coupon.openedAt',
      'coupon.claimedAt',
      'coupon.redeemedAt',
      'store.name as redeemedStoreName',
      'coupon.issuedAt',
      'coupon.validTo',
      'guide.name as issuedByName',
    ])
    .where('coupon.externalUserId', '=', externalUserId)
    .where('coupon.withdrawnAt', 'is', null)
    .orderBy(sql`coupon.redeemed_at is null and coupon.valid_to > ${now}`, 'desc')
    .orderBy(sql`abs(extract(epoch from coalesce(coupon.redeemed_at, coupon.valid_to) - ${now}::timestamptz))`)
    .limit(limit)
    .execute()
}
