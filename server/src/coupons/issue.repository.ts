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
  issuedBy: string | null
  issuedAt: Date
  validTo: Date
  source: string
}

/**
 * Gives the coupon the customer's first free place of this template. No row back: every place up to `perCustomer` is
 * taken. The unique key on the place holds the limit, whoever else inserts.
 */
export async function insertCoupon(db: Db, coupon: NewCoupon, perCustomer: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    with given as (
      insert into coupon (
        code, token, coupon_id, external_user_id, issued_by, issued_store_id, issued_at, valid_to, ordinal
      )
      select ${coupon.code}, ${coupon.token}, ${coupon.couponId}, ${coupon.externalUserId}, ${coupon.issuedBy},
             ${storeOf(coupon.issuedBy)}, ${coupon.issuedAt}::timestamptz, ${coupon.validTo}::timestamptz, place
      from generate_series(1, ${perCustomer}::integer) place
      where not exists (
        select from coupon
        where coupon_id = ${coupon.couponId} and external_user_id = ${coupon.externalUserId}
          and ordinal = place and withdrawn_at is null
      )
      order by place limit 1
      on conflict (coupon_id, external_user_id, ordinal) where withdrawn_at is null do nothing
      returning *
    )
    insert into coupon_event (code, what, at, guide_user_id, store_id, source)
    select code, 'issued', issued_at, issued_by, issued_store_id, ${coupon.source} from given`.execute(db)
  return numAffectedRows === 1n
}

const storeOf = (guideUserId: string | null) => sql`(
  select store_id from guide where lower(user_id) = lower(${guideUserId}::text)
)`

/** A code this customer has never opened, and that none of its shares can have brought into the chat. */
export function findUnusedCode(db: Db, couponId: string, externalUserId: string, now: Date) {
  return db
    .selectFrom('coupon')
    .select(['code', 'token', 'validTo'])
    .where('couponId', '=', couponId)
    .where('externalUserId', '=', externalUserId)
    .where('openedAt', 'is', null)
    .where('claimedAt', 'is', null)
    .where('redeemedAt', 'is', null)
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
export async function giveAgain(
  db: Db,
  code: string,
  { issuedBy, issuedAt, source }: Pick<NewCoupon, 'issuedBy' | 'issuedAt' | 'source'>,
): Promise<void> {
  await sql`
    with given as (
      update coupon set issued_by = ${issuedBy}, issued_store_id = ${storeOf(issuedBy)}, issued_at = ${issuedAt}
      where code = ${code} returning *
    )
    insert into coupon_event (code, what, at, guide_user_id, store_id, source)
    select code, 'issued', issued_at, issued_by, issued_store_id, ${source} from given`.execute(db)
}

/** No row back: the customer was faster and has opened or used it, or it was taken back before. */
export async function withdrawCoupon(
  db: Db,
  code: string,
  { at, guideUserId }: { at: Date; guideUserId: string },
): Promise<{ couponId: string } | undefined> {
  const { rows } = await sql<{ couponId: string }>`
    with withdrawn as (
      update coupon set withdrawn_at = ${at}
      where code = ${code} and withdrawn_at is null and num_nonnulls(opened_at, claimed_at, redeemed_at) = 0
      returning code, coupon_id
    ), told as (
      insert into coupon_event (code, what, at, guide_user_id, source)
      select code, 'withdrawn', ${at}, ${guideUserId}, 'sidebar' from withdrawn
    )
    select coupon_id from withdrawn`.execute(db)
  return rows[0]
}

export function findCouponByCode(db: Db, code: string) {
  return db.selectFrom('coupon').selectAll().where('code', '=', code).executeTakeFirst()
}
