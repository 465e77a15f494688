import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/**
 * Every order of some buyers that is not their first under a key, with the two orders before it. `orders`: a query of
 * facts. Orders of one instant follow each other by their numbers.
 */
export function repeatsAmong(orders: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    mine as materialized (${orders}),
    purchase as (
      select mine.buyer, mine.source_id as order_id, mine.at, under.dimension, under.key
      from mine cross join lateral (values
        ('day', ''), ('channel', mine.channel), ('store', mine.store_id), ('guide', mine.guide_id)
      ) as under (dimension, key)
      union all
      select mine.buyer, mine.source_id, mine.at, 'product', l.product_id
      from mine join sales_fact_line l on l.source = 'order' and l.source_id = mine.source_id
      union all
      select distinct mine.buyer, mine.source_id, mine.at, 'brand', l.brand
      from mine join sales_fact_line l on l.source = 'order' and l.source_id = mine.source_id
    ),
    repeat as (
      select * from (
        select order_id, dimension, key, at, lag(at) over each as previous_at, lag(at, 2) over each as before_at
        from purchase
        window each as (partition by buyer, dimension, key order by at, order_id collate "C")
      ) linked where previous_at is not null
    )`
}

/** Links the purchases of these buyers anew, and of the orders that have just left one of them. */
export async function linkPurchases(tx: Db, buyers: readonly string[], orderIds: readonly string[]): Promise<void> {
  await sql`
    delete from repeat_purchase where order_id in (
      select unnest(${orderIds}::text[])
      union
      select source_id from sales_fact where source = 'order' and buyer = any(${buyers}::text[])
    )`.execute(tx)
  await sql`
    with ${repeatsAmong(sql`select * from sales_fact where source = 'order' and buyer = any(${buyers}::text[])`)}
    insert into repeat_purchase (order_id, dimension, key, at, previous_at, before_at)
    select order_id, dimension, key, at, previous_at, before_at from repeat order by at`.execute(tx)
}
