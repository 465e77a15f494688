import type { SellThroughReport } from '@zhanggui/shared/report.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Span } from './period.repository.ts'

export type SellThroughKey = 'channel' | 'brand' | 'store'

interface SellThroughRow {
  key: string
  onSale: number
  sold: number
  units: number
  amount: number
}

const keys: Record<SellThroughKey, RawBuilder<string>> = {
  channel: sql`f.channel`,
  brand: sql`l.brand`,
  store: sql`f.store_id`,
}

/**
 * What each key could have sold, as pairs with products on sale now. A channel offers everything. A store offers what
 * it was told to stock; one nobody told of, its brand, or everything if it has none.
 */
const ranges: Record<SellThroughKey, RawBuilder<unknown>> = {
  channel: sql`select sold.key, p.product_id from (select distinct key from sold) sold cross join offered p`,
  brand: sql`select coalesce(brand, '') as key, product_id from offered`,
  store: sql`
    select s.store_id as key, p.product_id from product_stock s join offered p using (product_id)
    union all
    select s.store_id, p.product_id
    from store s join offered p on s.brand is null or s.brand = p.brand
    where not exists (select from product_stock stock where stock.store_id = s.store_id)`,
}

/** What sold in the period was on sale then, whatever it is now. */
export async function reportSellThrough(
  db: Db,
  { by, from, to }: Span & { by: SellThroughKey },
): Promise<SellThroughReport> {
  const { rows } = await sql<SellThroughRow>`
    with offered as materialized (select product_id, brand from product where on_sale),
    sold as materialized (
      select ${keys[by]} as key, l.product_id, sum(l.units) as units, sum(l.amount) as amount
      from sales_fact_line l join sales_fact f using (source, source_id)
      where l.source = 'order' and l.at >= ${sql.lit(from)}::timestamptz and l.at < ${sql.lit(to)}::timestamptz
      group by 1, 2
    ),
    ranged as (${ranges[by]}),
    each as (
      select key, product_id, bool_or(is_sold) as is_sold from (
        select key, product_id, false as is_sold from ranged union all select key, product_id, true from sold
      ) either group by key, product_id
    ),
    counted as (
      select key, count(*) as on_sale, count(*) filter (where is_sold) as sold from each group by key
    ),
    summed as (
      select key, sum(units)::bigint as units, sum(amount)::bigint as amount from sold group by key
    )
    select key, on_sale, sold, coalesce(units, 0) as units, coalesce(amount, 0) as amount
    from counted left join summed using (key)
    order by amount desc, key`.execute(db)
  const all = rows.reduce((sum, { amount }) => sum + amount, 0)
  return {
    rows: rows.map(({ key, ...row }) => ({
      ...(key !== '' && { key }),
      ...row,
      rate: row.sold / row.onSale,
      share: all === 0 ? 0 : row.amount / all,
    })),
  }
}
