import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Everyone who issues or takes back coupons of one template takes turns here, until their transaction ends. */
export function lockTemplate(db: Db, couponId: string) {
  return db.selectFrom('couponTemplate').selectAll().where('couponId', '=', couponId).forUpdate().executeTakeFirst()
}

/** Takes one from the stock; false when there is none left. */
export async function takeStock(db: Db, couponId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('couponTemplate')
    .set(({ eb }) => ({ issued: eb('issued', '+', 1) }))
    .where('couponId', '=', couponId)
    .where((where) => where.or([where('stock', 'is', null), where('issued', '<', where.ref('stock'))]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export async function returnStock(db: Db, couponId: string): Promise<void> {
  await db
    .updateTable('couponTemplate')
    .set(({ eb }) => ({ issued: eb('issued', '-', 1) }))
    .where('couponId', '=', couponId)
    .execute()
}

export interface NewCoupon {
  code: string
  token: string
  couponId: string
  externalUserId: string
  issuedBy: string
  issuedAt: Date
  validTo: Date
}

/**
 * Gives the coupon the customer's first free place of this template. No row back: every place up to `perCustomer` is
 * taken. The unique key on the place holds the limit, whoever else inserts.
 */
export async function insertCoupon(db: Db, coupon: NewCoupon, perCustomer: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into coupon (code, token, coupon_id, external_user_id, issued_by, issued_at, valid_to, ordinal)
    select ${coupon.code}, ${coupon.token}, ${coupon.couponId}, ${coupon.externalUserId}, ${coupon.issuedBy},
           ${coupon.issuedAt}::timestamptz, ${coupon.validTo}::timestamptz, place
    from generate_series(1, ${perCustomer}::integer) place
    where not exists (
      select from coupon
      where coupon_id = ${coupon.couponId} and external_user_id = ${coupon.externalUserId}
        and ordinal = place and withdrawn_at is null
    )
    order by place limit 1
    on conflict (coupon_id, external_user_id, ordinal) where withdrawn_at is null do nothing`.execute(db)
  return numAffectedRows === 1n
}

/** A code this customer has never opened, and that none of its shares can have brought into the chat. */
export function findUnusedCode(db: Db, couponId: string, externalUserId: string, now: Date) {
  return db
    .selectFrom('coupon')
    .select('code')
    .where('couponId', '=', couponId)
    .where('externalUserId', '=', externalUserId)
    .where('openedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .where('validTo', '>', now)
    .where(
      sql<boolean>`(
        select bool_and(outcome is not null and outcome in ('cancelled', 'refused', 'unsupported'))
        from share
        where share.external_user_id = coupon.external_user_id and share.kind = 'coupon' and share.ref = coupon.code
      )`,
    )
    .orderBy('issuedAt')
    .limit(1)
    .executeTakeFirst()
}

/** Such a code starts anew with whoever gives it now. */
export async function giveAgain(db: Db, code: string, by: { issuedBy: string; issuedAt: Date }): Promise<void> {
  await db.updateTable('coupon').set(by).where('code', '=', code).execute()
}

/** No row back: the customer was faster and has opened it, or it was taken back before. */
export function withdrawCoupon(db: Db, code: string, at: Date) {
  return db
    .updateTable('coupon')
    .set({ withdrawnAt: at })
    .where('code', '=', code)
    .where('openedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .returning('couponId')
    .executeTakeFirst()
}

export function findCouponByCode(db: Db, code: string) {
  return db.selectFrom('coupon').selectAll().where('code', '=', code).executeTakeFirst()
}
