import type { ProblemCode } from '@zhanggui/shared/problem.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { CouponTemplateTable } from './coupons.table.ts'

export interface Redemption {
  code: string
  /** Null: in the mall. */
  storeId: string | null
  guideId: string | null
  orderId: string | null
  /** What is being bought, fen, as the till says while the order itself is not here yet. */
  amount: number | null
  at: Date
  /** sidebar, or api: and the name of the key. */
  source: string
  /** The page's own. */
  requestId: string | null
}

export type Refusal = Extract<
  ProblemCode,
  | 'coupon_withdrawn'
  | 'coupon_redeemed'
  | 'coupon_expired'
  | 'coupon_not_started'
  | 'coupon_wrong_store'
  | 'coupon_minimum_not_met'
  | 'coupon_not_stackable'
>

/** Why `coupon` of `template` cannot be redeemed like this; null: it can. What it says decides, and is what is said. */
function refusalOf({ at, storeId, orderId, amount }: Redemption): RawBuilder<Refusal | null> {
  return sql`case
    when coupon.withdrawn_at is not null then 'coupon_withdrawn'
    when coupon.redeemed_at is not null then 'coupon_redeemed'
    when coupon.valid_to <= ${at} then 'coupon_expired'
    when template.valid_from > ${at} then 'coupon_not_started'
    when ${storeId}::text is null and template.redeem_at = 'store' then 'coupon_wrong_store'
    when ${storeId}::text is not null and (template.redeem_at = 'mall'
      or template.store_ids <> '{}' and ${storeId} <> all(template.store_ids)) then 'coupon_wrong_store'
    when coalesce(${spentOn(orderId)}, ${amount}::bigint) < template.minimum_spend then 'coupon_minimum_not_met'
    when exists (
      select from coupon other join coupon_template its on its.coupon_id = other.coupon_id
      where other.redeemed_order_id = ${orderId}::text and not (template.stackable and its.stackable)
    ) then 'coupon_not_stackable'
  end`
}

/** An order's worth before what was taken off the whole of it; null: the order is not here yet. */
const spentOn = (orderId: string | null) => sql`(
  select greatest(o.paid_amount, (select sum(l.amount) from sales_order_line l where l.order_id = o.order_id))
  from sales_order o where o.order_id = ${orderId}::text
)`

/** Redemptions for one order take turns until their transaction ends, so that each sees what the last one took. */
export async function lockOrderForCoupons(tx: Db, orderId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`coupons of order ${orderId}`}, 0))`.execute(tx)
}

/** Redeems once. False: it cannot be redeemed like this, or somebody was first. */
export async function setRedeemed(tx: Db, redemption: Redemption): Promise<boolean> {
  const { code, storeId, guideId, orderId, amount, at, source, requestId } = redemption
  const { numAffectedRows } = await sql`
    with redeemed as (
      update coupon set
        redeemed_at = ${at}, redeemed_store_id = ${storeId}, redeemed_order_id = ${orderId},
        redeemed_amount = ${amount}::bigint,
        redeemed_by = coalesce((select user_id from guide where lower(user_id) = lower(${guideId}::text)), ${guideId}),
        redeemed_kind = template.kind, redeemed_value = template.value, redeemed_share = template.cost_share
      from coupon_template template
      where coupon.code = ${code} and template.coupon_id = coupon.coupon_id and ${refusalOf(redemption)} is null
        and not exists (select from coupon_event where request_id = ${requestId}::uuid)
      returning coupon.*
    )
    insert into coupon_event (code, what, at, guide_user_id, store_id, order_id, source, request_id)
    select code, 'redeemed', redeemed_at, redeemed_by, redeemed_store_id, redeemed_order_id, ${source},
      ${requestId}::uuid
    from redeemed`.execute(tx)
  return numAffectedRows === 1n
}

/** Undefined: there is no such code. */
export async function findRefusal(db: Db, redemption: Redemption): Promise<{ refusal: Refusal | null } | undefined> {
  const { rows } = await sql<{ refusal: Refusal | null }>`
    select ${refusalOf(redemption)} as refusal
    from coupon join coupon_template template using (coupon_id)
    where coupon.code = ${redemption.code}`.execute(db)
  return rows[0]
}

export interface RedemptionRow {
  code: string
  couponId: string
  externalUserId: string
  title: string
  kind: CouponTemplateTable['kind']
  value: number
  minimumSpend: number
  redeemedAt: Date
  storeId: string | null
  storeName: string | null
  guideId: string | null
  guideName: string | null
  orderId: string | null
}

/** The last time a code was redeemed, or the time the page's own request did it. */
export async function findRedemption(
  db: Db,
  which: { code: string; requestId?: string | null },
): Promise<RedemptionRow | undefined> {
  return db
    .selectFrom('couponEvent as event')
    .innerJoin('coupon', 'coupon.code', 'event.code')
    .innerJoin('couponTemplate as template', 'template.couponId', 'coupon.couponId')
    .leftJoin('store', 'store.storeId', 'event.storeId')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(event.guide_user_id)`))
    .select([
      'coupon.code',
      'coupon.couponId',
      'coupon.externalUserId',
      'template.title',
      'template.kind',
      'template.value',
      'template.minimumSpend',
      'event.at as redeemedAt',
      'event.storeId',
      'store.name as storeName',
      'event.guideUserId as guideId',
      'guide.name as guideName',
      'event.orderId',
    ])
    .where('event.code', '=', which.code)
    .where('event.what', '=', 'redeemed')
    .$if(which.requestId !== undefined, (query) => query.where('event.requestId', '=', which.requestId ?? null))
    .orderBy('event.couponEventId', 'desc')
    .limit(1)
    .executeTakeFirst()
}
