import { type RawBuilder, sql } from 'kysely'
import { boundsOf, monthOf, shiftMonth } from '../commission/months.ts'
import type { Db } from '../db/connection.ts'
import { candidatesOf, customerOfOrder, customerOfRefund } from '../identity/resolve.repository.ts'
import type { Spent, Tier } from './earned.ts'

/** What a customer spent, and in which of the last two months a paid order was placed that was not wholly refunded. */
export interface Spending {
  spent: Spent[]
  paid: { thisMonth: boolean; lastMonth: boolean }
}

interface Row {
  customer: string
  brand: string | null
  storeId: string | null
  lifetime: number
  lifetimeClosed: number
  rolling: number
  rollingClosed: number
  month: number
  monthClosed: number
  paidThisMonth: boolean
  paidLastMonth: boolean
}

/**
 * Paid amounts of each customer's orders, less what was refunded: a refund lowers the month of its order, one that
 * belongs to no order we know its own. Who bought nothing is not among them.
 */
export async function listSpending(
  db: Db,
  externalUserIds: readonly string[],
  tiers: readonly Tier[],
  now: Date,
): Promise<Map<string, Spending>> {
  const month = monthOf(now)
  const { from, to } = boundsOf(month)
  const before = boundsOf(shiftMonth(month, -1)).from
  const three = boundsOf(shiftMonth(month, -3)).from
  const since = tiers.some(({ basis }) => basis === 'lifetime') ? null : three
  const isScoped = tiers.some(({ thresholds }) => thresholds.length > 0)
  const sums = (name: string, current: RawBuilder<unknown>, closed: RawBuilder<unknown>) => sql`
    coalesce(sum(amount) filter (where ${current}), 0)::bigint as ${sql.ref(name)},
    coalesce(sum(amount) filter (where ${closed}), 0)::bigint as ${sql.ref(`${name}_closed`)}`
  const { rows } = await sql<Row>`
    with ${entriesOf(externalUserIds, since)}, part as ${isScoped ? byLine : whole}
    select customer, brand, store_id,
      ${sums('lifetime', sql`true`, sql`at < ${from}`)},
      ${sums('rolling', sql`at > ${threeMonthsBefore(now)}`, sql`at >= ${three} and at < ${from}`)},
      ${sums('month', sql`at >= ${from} and at < ${to}`, sql`at >= ${before} and at < ${from}`)},
      bool_or(is_paid and at >= ${from} and at < ${to}) as paid_this_month,
      bool_or(is_paid and at >= ${before} and at < ${from}) as paid_last_month
    from part group by customer, brand, store_id`.execute(db)
  return byCustomer(rows)
}

/** Ends in `entry`: an order, or what was given back of one. */
function entriesOf(externalUserIds: readonly string[], since: Date | null): RawBuilder<unknown> {
  const ids = sql`${[...externalUserIds]}::text[]`
  const people = sql`select unnest(${ids}) as external_user_id`
  return sql`
    mine as materialized (
      with ${candidatesOf(people, 'order')}
      select * from (
        select o.order_id, o.placed_at, o.store_id, o.paid_amount, ${customerOfOrder} as customer
        from sales_order o join candidate using (order_id)
        where ${since ? sql`o.placed_at >= ${since}` : sql`true`}
      ) one where customer = any(${ids})
    ),
    lone as materialized (
      with ${candidatesOf(people, 'refund')}
      select * from (
        select r.refund_id, r.refunded_at, r.store_id, r.amount, ${customerOfRefund} as customer
        from sales_refund r join candidate using (refund_id)
        where ${since ? sql`r.refunded_at >= ${since}` : sql`true`}
          and not exists (select from sales_order known where known.order_id = r.order_id)
      ) one where customer = any(${ids})
    ),
    entry as (
      select 'order' as kind, order_id as id, customer, placed_at as at, store_id, paid_amount as amount,
        paid_amount > coalesce(
          (select sum(r.amount) from sales_refund r where r.order_id = mine.order_id), 0
        ) as is_paid
      from mine
      union all
      select 'refund', r.refund_id, mine.customer, mine.placed_at, mine.store_id, -r.amount, false
      from sales_refund r join mine using (order_id)
      union all
      select 'refund', refund_id, customer, refunded_at, store_id, -amount, false from lone
    )`
}

const whole = sql`(select customer, at, null as brand, null as store_id, amount, is_paid from entry)`

/**
 * What was paid, spread over the lines by their amounts: each line gets the difference of two rounded-off running
 * totals, so that they add up to the fen. A line is of its product's brand, else of the counter's.
 */
const byLine = sql`(
  select e.customer, e.at, e.is_paid, e.store_id, coalesce(product.brand, store.brand) as brand, share.amount
  from entry e
  cross join lateral (
    select product_id, coalesce(
      div(e.amount * upto, nullif(total, 0)) - div(e.amount * (upto - amount), nullif(total, 0)),
      case when line_no = first then e.amount else 0 end
    ) as amount
    from (
      select line.*, sum(amount) over (order by line_no) as upto, sum(amount) over () as total,
        min(line_no) over () as first
      from (
        select product_id, line_no, amount from sales_order_line where e.kind = 'order' and order_id = e.id
        union all
        select product_id, line_no, amount from sales_refund_line where e.kind = 'refund' and refund_id = e.id
      ) line
    ) running
  ) share
  left join product using (product_id)
  left join store on store.store_id = e.store_id
)`

const threeMonthsBefore = (now: Date) => sql`(
  (${now}::timestamptz at time zone 'Asia/Shanghai' - interval '3 months') at time zone 'Asia/Shanghai'
)`

function byCustomer(rows: readonly Row[]): Map<string, Spending> {
  const found = new Map<string, Spending>()
  for (const row of rows) {
    const { spent, paid } = found.get(row.customer) ?? { spent: [], paid: { thisMonth: false, lastMonth: false } }
    found.set(row.customer, {
      spent: [...spent, toSpent(row)],
      paid: { thisMonth: paid.thisMonth || row.paidThisMonth, lastMonth: paid.lastMonth || row.paidLastMonth },
    })
  }
  return found
}

function toSpent(row: Row): Spent {
  return {
    brand: row.brand,
    storeId: row.storeId,
    lifetime: { now: row.lifetime, closed: row.lifetimeClosed },
    rolling_3_months: { now: row.rolling, closed: row.rollingClosed },
    current_month: { now: row.month, closed: row.monthClosed },
  }
}
