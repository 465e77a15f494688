import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Terms } from './pick-terms.ts'

/** Of these orders, the terms that count; an order without any is left out. */
export async function listTerms(db: Db, orderIds: readonly string[]): Promise<Terms[]> {
  const { rows } = await sql<Terms>`
    select last.* from unnest(${orderIds}::text[]) as asked (id)
    cross join lateral (
      select * from commission_terms where order_id = asked.id order by version desc limit 1
    ) last`.execute(db)
  return rows
}

export async function insertTerms(tx: Db, terms: readonly Terms[]): Promise<void> {
  if (terms.length === 0) return
  await sql`
    insert into commission_terms (
      order_id, version, placed_at, channel, store_id, picks, unknown_products, unknown_store_id, is_uncovered,
      confirms_at, made_at
    )
    select "orderId", version, "placedAt", channel, "storeId", picks, "unknownProducts", "unknownStoreId",
      "isUncovered", "confirmsAt", "madeAt"
    from json_to_recordset(${JSON.stringify(terms)}::json) as given (
      "orderId" text, version integer, "placedAt" timestamptz, channel text, "storeId" text, picks jsonb,
      "unknownProducts" text[], "unknownStoreId" text, "isUncovered" boolean, "confirmsAt" timestamptz,
      "madeAt" timestamptz
    )`.execute(tx)
}

/** Notes orders placed since then that have a line no rule fitted. */
export async function noteUncoveredOrders(db: Db, since: Date): Promise<void> {
  await sql`
    insert into credit_due (order_id)
    select distinct order_id from commission_terms where is_uncovered and placed_at >= ${since}`.execute(db)
}

/**
 * Forgets which rules the orders of a period were promised, and notes them: they get those that are published now.
 * Gives how many orders that is.
 */
export async function resetTerms(tx: Db, { from, to }: { from: string; to: string }, now: Date): Promise<number> {
  const { rows } = await sql<{ orders: number }>`
    with last as (
      select distinct on (order_id) * from commission_terms
      where order_id in (
        select order_id from sales_order where placed_at >= ${from}::timestamptz and placed_at < ${to}::timestamptz
      )
      order by order_id, version desc
    ), reset as (
      insert into commission_terms (
        order_id, version, placed_at, channel, store_id, picks, unknown_products, unknown_store_id, is_uncovered,
        confirms_at, made_at
      )
      select order_id, version + 1, placed_at, channel, store_id, '[]', unknown_products, unknown_store_id, true,
        confirms_at, ${now}
      from last
      returning order_id
    ), noted as (
      insert into credit_due (order_id) select order_id from reset returning order_id
    )
    select count(*) as orders from noted`.execute(tx)
  return rows[0]?.orders ?? 0
}
