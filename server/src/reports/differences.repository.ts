import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { resolveAll } from '../identity/resolve-all.repository.ts'
import { type Dimension, dimensions, distinctBuyers, rowsOf, sumsOf, timeOf } from './dimensions.ts'
import { repeatsAmong } from './repeats.repository.ts'

export interface Comparison {
  /** Rows there should be. */
  rows: number
  differences: number
  /** Some of them, without who bought. */
  examples: { side: 'counted' | 'missing'; row: Record<string, unknown> }[]
}

const EXAMPLES = 20

/**
 * Every order and refund worked out again from the rows, all at once: customers by the set-based rules of identity,
 * not by those that counted them one by one.
 */
export function compareFacts(db: Db): Promise<Comparison> {
  return compare(
    db,
    sql`
      ${resolveAll({ refunds: false })},
      union_member as materialized (
        select union_id, min(member_no) as member_no from member
        where union_id is not null group by union_id having count(*) = 1
      ),
      phone_member as materialized (
        select phone_hash, min(member_no) as member_no from member
        where phone_hash is not null and phone_verified_at is not null group by phone_hash having count(*) = 1
      ),
      credit as materialized (select order_id, lower(sales_guide_id) as guide_id from order_credit),
      sold as materialized (
        select order_id, sum(quantity) as units, sum(amount) as amount from sales_order_line group by order_id
      ),
      returned as materialized (
        select refund_id, sum(quantity) as units, sum(amount) as amount from sales_refund_line group by refund_id
      ),
      wanted as (
        select 'order' as source, o.order_id as source_id, o.placed_at as at, coalesce(
            'c:' || resolved.customer,
            'm:' || coalesce(former.member_no, o.member_no, by_union.member_no, by_phone.member_no),
            'u:' || o.union_id, 'p:' || o.phone_hash
          ) as buyer, o.channel, coalesce(o.store_id, '') as store_id, coalesce(credit.guide_id, '') as guide_id,
          sold.units::bigint as units, sold.amount::bigint as amount, o.paid_amount as money
        from sales_order o
        join sold using (order_id)
        join resolved_order resolved using (order_id)
        left join credit using (order_id)
        left join former_member_no former on former.former_no = o.member_no
        left join union_member by_union on by_union.union_id = o.union_id
        left join phone_member by_phone on by_phone.phone_hash = o.phone_hash
        union all
        select 'refund', r.refund_id, r.refunded_at, null,
          coalesce(r.channel, o.channel, case when r.store_id is null then 'other' else 'store' end),
          coalesce(r.store_id, o.store_id, ''), coalesce(credit.guide_id, ''), returned.units::bigint,
          returned.amount::bigint, r.amount
        from sales_refund r
        join returned using (refund_id)
        left join sales_order o on o.order_id = r.order_id
        left join credit on credit.order_id = o.order_id
      ),
      held as (
        select source, source_id, at, buyer, channel, store_id, guide_id, units, amount, money from sales_fact
      )`,
  )
}

export function compareLines(db: Db): Promise<Comparison> {
  return compare(
    db,
    sql`
      line as (
        select 'order' as source, order_id as source_id, product_id, placed_at as at, store_id, quantity, amount
        from sales_order_line join sales_order using (order_id)
        union all
        select 'refund', r.refund_id, l.product_id, r.refunded_at, coalesce(r.store_id, o.store_id), l.quantity, l.amount
        from sales_refund_line l join sales_refund r using (refund_id)
        left join sales_order o on o.order_id = r.order_id
      ),
      wanted as (
        select source, source_id, product_id, coalesce(product.brand, store.brand, '') as brand, at,
          sum(quantity)::bigint as units, sum(amount)::bigint as amount
        from line left join product using (product_id) left join store using (store_id)
        group by 1, 2, 3, 4, 5
      ),
      held as (select source, source_id, product_id, brand, at, units, amount from sales_fact_line)`,
  )
}

/** Against facts that have themselves been compared. */
export function compareRepeats(db: Db): Promise<Comparison> {
  return compare(
    db,
    sql`
      ${repeatsAmong(sql`select * from sales_fact where source = 'order' and buyer is not null`)},
      wanted as (select order_id, dimension, key, at, previous_at, before_at from repeat),
      held as (select order_id, dimension, key, at, previous_at, before_at from repeat_purchase)`,
  )
}

/** Against facts that have themselves been compared. */
export function compareCells(db: Db, dimension: Dimension): Promise<Comparison> {
  const { span, key } = dimensions[dimension]
  const name = sql.lit(dimension)
  return compare(
    db,
    sql`
      wanted as (
        select date_trunc(${sql.lit(span)}, ${timeOf(dimension)} at time zone 'Asia/Shanghai')::date as span_from,
          ${key} as key, ${sumsOf(dimension)}, ${distinctBuyers}
        from ${rowsOf(dimension)} group by 1, 2
      ),
      held as (
        select span_from, key, orders, named, units, amount, money, refunds, refund_amount, refund_money, buyers
        from sales_cell where dimension = ${name}
      )`,
  )
}

/** `ctes` end in `wanted`, as it should be, and `held`, as it was counted. */
async function compare(db: Db, ctes: RawBuilder<unknown>): Promise<Comparison> {
  const { rows } = await sql<{
    side: 'counted' | 'missing' | null
    row: Record<string, unknown>
    rows: number
    all: number
  }>`
    with ${ctes},
    asked as materialized (select * from wanted),
    counted as materialized (select * from held),
    differing as materialized (
      (select 'missing' as side, to_jsonb(one) as row from (select * from asked except all select * from counted) one)
      union all
      (select 'counted', to_jsonb(one) from (select * from counted except all select * from asked) one)
    )
    select example.side, example.row - 'buyer' as row, (select count(*) from asked) as rows,
      (select count(*) from differing) as all
    from (select) one left join (select * from differing limit ${sql.lit(EXAMPLES)}) example on true`.execute(db)
  return {
    rows: rows[0]?.rows ?? 0,
    differences: rows[0]?.all ?? 0,
    examples: rows.flatMap(({ side, row }) => (side === null ? [] : [{ side, row }])),
  }
}
