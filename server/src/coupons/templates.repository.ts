import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { CouponTemplateTable } from './coupons.table.ts'

export type CouponTemplateRow = Omit<CouponTemplateTable, 'validFrom' | 'validTo' | 'issued' | 'updatedAt'> & {
  /** RFC 3339 */
  validFrom: string
  validTo: string
}

/**
 * Gives the ids of the templates that are new or now different. A template whose new stock is below what has been
 * issued stays as it is: see listShortOfStock.
 */
export async function upsertTemplates(db: Db, templates: readonly CouponTemplateRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ couponId: string }>`
    insert into coupon_template as t (
      coupon_id, title, kind, value, minimum_spend, valid_from, valid_to, stock, per_customer, redeem_at, store_ids,
      stackable, cost_share, updated_at
    )
    select "couponId", title, kind, value, "minimumSpend", "validFrom", "validTo", stock, "perCustomer", "redeemAt",
      "storeIds", stackable, "costShare", ${now}
    from ${given(templates)}
    order by "couponId"
    on conflict (coupon_id) do update set
      title = excluded.title, kind = excluded.kind, value = excluded.value, minimum_spend = excluded.minimum_spend,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, stock = excluded.stock,
      per_customer = excluded.per_customer, redeem_at = excluded.redeem_at, store_ids = excluded.store_ids,
      stackable = excluded.stackable, cost_share = excluded.cost_share, updated_at = excluded.updated_at
    where (excluded.stock is null or excluded.stock >= t.issued)
      and (t.title, t.kind, t.value, t.minimum_spend, t.valid_from, t.valid_to, t.stock, t.per_customer, t.redeem_at,
           t.store_ids, t.stackable, t.cost_share)
        is distinct from
          (excluded.title, excluded.kind, excluded.value, excluded.minimum_spend, excluded.valid_from,
           excluded.valid_to, excluded.stock, excluded.per_customer, excluded.redeem_at, excluded.store_ids, excluded.stackable,
           excluded.cost_share)
    returning coupon_id`.execute(db)
  return rows.map(({ couponId }) => couponId)
}

/** Those of the given templates that have been issued more often than their given stock allows. */
export async function listShortOfStock(
  db: Db,
  templates: readonly CouponTemplateRow[],
): Promise<{ couponId: string; issued: number }[]> {
  const { rows } = await sql<{ couponId: string; issued: number }>`
    select t.coupon_id, t.issued
    from ${given(templates)} join coupon_template t on t.coupon_id = given."couponId"
    where given.stock < t.issued`.execute(db)
  return rows
}

const given = (templates: readonly CouponTemplateRow[]) => sql`
  json_to_recordset(${JSON.stringify(templates)}::json) as given (
    "couponId" text, title text, kind text, value bigint, "minimumSpend" bigint, "validFrom" timestamptz,
    "validTo" timestamptz, stock integer, "perCustomer" integer, "redeemAt" text, "storeIds" text[],
    stackable boolean, "costShare" integer
  )`
