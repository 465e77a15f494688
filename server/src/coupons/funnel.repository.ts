import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export type FunnelKey = 'template' | 'guide' | 'store'

export interface FunnelRow {
  isTotal: boolean
  key: string | null
  name: string | null
  issued: number
  opened: number
  claimed: number
  redeemed: number
  orders: number
  amount: number
  cost: number
  costMall: number
  costBrand: number
  costUnknown: number
}

/** Of a coupon `c`: its template, the guide who issued it, that guide's store then. */
const keys: Record<FunnelKey, { key: RawBuilder<unknown>; name: RawBuilder<unknown> }> = {
  template: {
    key: sql`c.coupon_id`,
    name: sql`(select title from coupon_template where coupon_id = row.key)`,
  },
  guide: {
    key: sql`coalesce((select user_id from guide where lower(user_id) = lower(c.issued_by)), c.issued_by)`,
    name: sql`(select name from guide where lower(user_id) = lower(row.key))`,
  },
  store: {
    key: sql`c.issued_store_id`,
    name: sql`(select name from store where store_id = row.key)`,
  },
}

/**
 * What became, until now, of the coupons issued in a period. Each step counts those that got at least so far: whoever
 * shows a printed code at the till has got it, whether or not the link was opened. An order is counted once in a row
 * and once in the total, whatever number of codes it names. What a percent coupon gave needs the order, or what the
 * till said was bought: without either it is told apart. Mall and brand bear whole fen that add up to the cost.
 */
export async function countFunnel(
  db: Db,
  { from, to, by }: { from: string; to: string; by: FunnelKey },
): Promise<FunnelRow[]> {
  const { key, name } = keys[by]
  const { rows } = await sql<FunnelRow>`
    with cohort as materialized (
      select c.*, ${key} as key from coupon c
      where c.issued_at >= ${from} and c.issued_at < ${to} and c.withdrawn_at is null
    ), carried as materialized (
      select cohort.code, cohort.key, o.order_id, o.paid_amount
      from (
        select o.order_id, o.paid_amount, typed_coupon_code(named) as code
        from sales_order o cross join unnest(o.coupon_codes) named
        where o.coupon_codes <> '{}' and o.placed_at >= ${from}::timestamptz - interval '1 day'
      ) o join cohort using (code)
      union
      select cohort.code, cohort.key, o.order_id, o.paid_amount
      from cohort join sales_order o on o.order_id = cohort.redeemed_order_id
    ), spent as (
      select distinct on (carried.code) carried.code, greatest(carried.paid_amount, lines.amount) as amount
      from carried join cohort using (code)
      cross join lateral (
        select sum(l.amount)::bigint as amount from sales_order_line l where l.order_id = carried.order_id
      ) lines
      where cohort.redeemed_at is not null
      order by carried.code, (carried.order_id = cohort.redeemed_order_id) desc nulls last, carried.order_id
    ), given as (
      select cohort.code, redeemed_share as share, case redeemed_kind
        when 'amount' then least(redeemed_value, coalesce(spent.amount, redeemed_amount))
        when 'percent' then round(coalesce(spent.amount, redeemed_amount) * redeemed_value / 100.0)::bigint
        else redeemed_value
      end as cost
      from cohort left join spent using (code) where redeemed_at is not null
    ), counted as (
      select row.total, case when not row.total then key end as key,
        count(*) as issued,
        count(*) filter (where num_nonnulls(opened_at, claimed_at, redeemed_at) > 0) as opened,
        count(*) filter (where num_nonnulls(claimed_at, redeemed_at) > 0) as claimed,
        count(redeemed_at) as redeemed,
        coalesce(sum(given.cost), 0)::bigint as cost,
        coalesce(sum(round(given.cost * share / 10000.0)), 0)::bigint as cost_mall,
        coalesce(sum(given.cost - round(given.cost * share / 10000.0)), 0)::bigint as cost_brand,
        count(*) filter (where redeemed_at is not null and given.cost is null) as cost_unknown
      from cohort left join given using (code) cross join (values (false), (true)) row (total)
      group by 1, 2
    ), sold as (
      select total, key, count(*) as orders, sum(paid_amount)::bigint as amount
      from (
        select distinct row.total, case when not row.total then key end as key, order_id, paid_amount
        from carried cross join (values (false), (true)) row (total)
      ) once group by 1, 2
    )
    select row.total as is_total, row.key, ${name} as name, issued, opened, claimed, redeemed,
      coalesce(orders, 0) as orders, coalesce(amount, 0) as amount, cost, cost_mall, cost_brand, cost_unknown
    from counted row left join sold on sold.total = row.total and sold.key is not distinct from row.key
    order by issued desc, row.key`.execute(db)
  return rows
}
