import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { type Dimension, dimensions, distinctBuyers, rowsOf, sumsOf, timeOf } from './dimensions.ts'
import { type Cut, cutPeriod, type Span } from './period.repository.ts'

export interface SalesRow {
  key: string
  orders: number
  buyers: number
  units: number
  amount: number
  money: number
  refunds: number
  refundAmount: number
  refundMoney: number
}

/** Whose sales: everybody's, those at a store, or those a guide has the sales credit for. */
export interface Scope {
  storeId?: string
  guideId?: string
}

export interface Counting extends Span {
  by: Dimension
  /** As Postgres knows it; days are its days. */
  tz: string
  scope: Scope
}

/*
 * Every value stands in the statement itself: periods differ so much that a plan made for any of them is good for none.
 */

/** The sales of a period by key. */
export async function listSales(db: Db, counting: Counting): Promise<SalesRow[]> {
  const { by, tz, scope } = counting
  const isWhole = scope.storeId === undefined && scope.guideId === undefined
  if (isWhole && by === 'day' && tz === 'Asia/Shanghai') return listDays(db, counting)
  return isWhole && by !== 'day' ? listFromCells(db, by, counting) : listFromFacts(db, counting)
}

/** Each order, refund and buyer once. */
export async function sumSales(db: Db, counting: Counting): Promise<SalesRow | undefined> {
  const { scope } = counting
  const isWhole = scope.storeId === undefined && scope.guideId === undefined
  const [total] = isWhole
    ? await listFromCells(db, 'day', counting)
    : await listFromFacts(db, { ...counting, by: 'day' }, sql`''`)
  return total
}

/** Buyers are the orders whose buyer is known less those that are a repeat within the period. */
async function listFromCells(db: Db, by: Dimension, period: Span): Promise<SalesRow[]> {
  const cut = await cutPeriod(db, by, period)
  const key = by === 'day' ? sql`''` : sql`key`
  const { rows } = await sql<SalesRow>`
    with part as (
      select ${key} as key, orders, named, units, amount, money, refunds, refund_amount, refund_money
      from sales_cell where dimension = ${sql.lit(by)} and ${wholeSpans(cut)}
      union all
      ${edgesOf(cut, by)}
    ), again as (
      select key, count(*) as repeats from repeat_purchase
      where dimension = ${sql.lit(by)} and at >= ${sql.lit(period.from)}::timestamptz
        and at < ${sql.lit(period.to)}::timestamptz and previous_at >= ${sql.lit(period.from)}::timestamptz
      group by key
    ), summed as (
      select key, sum(orders)::bigint as orders, sum(named)::bigint as named, sum(units)::bigint as units,
        sum(amount)::bigint as amount, sum(money)::bigint as money, sum(refunds)::bigint as refunds,
        sum(refund_amount)::bigint as refund_amount, sum(refund_money)::bigint as refund_money
      from part group by key
    )
    select key, orders, named - coalesce(repeats, 0) as buyers, units, amount, money, refunds, refund_amount,
      refund_money
    from summed left join again using (key)
    where orders + refunds > 0
    order by amount desc, key`.execute(db)
  return rows
}

async function listDays(db: Db, period: Span): Promise<SalesRow[]> {
  const cut = await cutPeriod(db, 'day', period)
  const { rows } = await sql<SalesRow>`
    select to_char(span_from, 'YYYY-MM-DD') as key, orders, buyers, units, amount, money, refunds, refund_amount,
      refund_money
    from sales_cell where dimension = 'day' and ${wholeSpans(cut)}
    order by span_from`.execute(db)
  const [first, last] = await Promise.all(
    [cut.edges.find(({ from }) => from === period.from), cut.edges.find(({ from }) => from !== period.from)].map(
      (edge) => edge && listFromFacts(db, { ...edge, by: 'day', tz: 'Asia/Shanghai', scope: {} }),
    ),
  )
  return [...(first ?? []), ...rows, ...(last ?? [])]
}

function wholeSpans({ whole }: Cut): RawBuilder<boolean> {
  return sql`span_from >= ${sql.lit(whole.from)}::date and span_from < ${sql.lit(whole.to)}::date`
}

function edgesOf({ edges }: Cut, by: Dimension): RawBuilder<unknown> {
  const at = timeOf(by)
  const parts = edges.map(
    ({ from, to }) => sql`${at} >= ${sql.lit(from)}::timestamptz and ${at} < ${sql.lit(to)}::timestamptz`,
  )
  return sql`
    select ${dimensions[by].key} as key, ${sumsOf(by)}
    from ${rowsOf(by)} where ${parts.length > 0 ? sql.join(parts, sql` or `) : sql`false`} group by 1`
}

/** From each order and refund: for a part of the sales, and for days that are not ours. */
async function listFromFacts(
  db: Db,
  { by, tz, scope, from, to }: Counting,
  only?: RawBuilder<string>,
): Promise<SalesRow[]> {
  const at = timeOf(by)
  const day = sql`to_char(${at} at time zone ${sql.lit(tz)}, 'YYYY-MM-DD')`
  const key = only ?? (by === 'day' ? day : dimensions[by].key)
  const { rows } = await sql<SalesRow>`
    select ${key} as key, ${sumsOf(by)}, ${distinctBuyers}
    from ${rowsOf(by)}
    where ${at} >= ${sql.lit(from)}::timestamptz and ${at} < ${sql.lit(to)}::timestamptz and ${within(scope)}
    group by 1
    order by ${by === 'day' ? sql`key` : sql`amount desc, key`}`.execute(db)
  return rows
}

function within({ storeId, guideId }: Scope): RawBuilder<boolean> {
  if (storeId !== undefined) return sql`f.store_id = ${sql.lit(storeId)}`
  return guideId === undefined ? sql`true` : sql`f.guide_id = ${sql.lit(guideId.toLowerCase())}`
}
