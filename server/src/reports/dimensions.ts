import type { SalesKey } from '@zhanggui/shared/report.ts'
import { type RawBuilder, sql } from 'kysely'

/** `day` has one key, '': its spans are the days. */
export type Dimension = SalesKey

interface Counted {
  /** What a cell sums up: small enough to be counted again at once, large enough that a year is few of them. */
  span: 'day' | 'month'
  /** Of a fact `f`, or of a line `l` of it. */
  of: 'fact' | 'line'
  key: RawBuilder<string>
}

export const dimensions: Record<Dimension, Counted> = {
  day: { span: 'day', of: 'fact', key: sql`''` },
  channel: { span: 'day', of: 'fact', key: sql`f.channel` },
  store: { span: 'month', of: 'fact', key: sql`f.store_id` },
  guide: { span: 'month', of: 'fact', key: sql`f.guide_id` },
  product: { span: 'month', of: 'line', key: sql`l.product_id` },
  brand: { span: 'day', of: 'line', key: sql`l.brand` },
}

/** The rows that a dimension counts. */
export function rowsOf(dimension: Dimension): RawBuilder<unknown> {
  return dimensions[dimension].of === 'fact'
    ? sql`sales_fact f`
    : sql`sales_fact_line l join sales_fact f using (source, source_id)`
}

/** When each of those rows was. */
export function timeOf(dimension: Dimension): RawBuilder<Date> {
  return dimensions[dimension].of === 'fact' ? sql`f.at` : sql`l.at`
}

/** What is summed of those rows. Of a brand an order may have several lines; of a product it has one. */
export function sumsOf(dimension: Dimension): RawBuilder<unknown> {
  const { of } = dimensions[dimension]
  const row = of === 'fact' ? sql`f` : sql`l`
  const each = dimension === 'brand' ? sql`distinct l.source_id` : sql`*`
  const money = of === 'fact' ? sql`f.money` : sql`0`
  const [sold, returned] = [sql`where ${row}.source = 'order'`, sql`where ${row}.source = 'refund'`]
  return sql`
    count(${each}) filter (${sold}) as orders,
    count(${each}) filter (where f.buyer is not null) as named,
    coalesce(sum(${row}.units) filter (${sold}), 0)::bigint as units,
    coalesce(sum(${row}.amount) filter (${sold}), 0)::bigint as amount,
    coalesce(sum(${money}) filter (${sold}), 0)::bigint as money,
    count(${each}) filter (${returned}) as refunds,
    coalesce(sum(${row}.amount) filter (${returned}), 0)::bigint as refund_amount,
    coalesce(sum(${money}) filter (${returned}), 0)::bigint as refund_money`
}

/** How many different people are behind those rows. */
export const distinctBuyers = sql`count(distinct f.buyer) as buyers`
