import type { Totals } from '@zhanggui/shared/customer.ts'
import type { PurchasePage } from '@zhanggui/shared/order.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { refundsOf } from '../refunds/refunds-of.repository.ts'
import { ordersOf } from './orders-of.repository.ts'

/** What a customer has bought and brought back so far. `amount` is money received; `refunded` stands apart. */
export async function customerTotals(db: Db, externalUserId: string): Promise<Totals> {
  const { rows } = await sql<Omit<Totals, 'averageOrderValue' | 'lastOrderAt'> & { lastOrderAt: Date | null }>`
    with mine as materialized ${ordersOf(externalUserId)}
    select count(*) as orders,
           coalesce(sum(paid_amount), 0)::bigint as amount,
           max(placed_at) as last_order_at,
           (select coalesce(sum(l.quantity), 0) from sales_order_line l join mine using (order_id)) as units,
           (select coalesce(sum(amount), 0)::bigint from ${refundsOf(externalUserId, sql`mine`)} back) as refunded
    from mine`.execute(db)
  const { orders = 0, units = 0, amount = 0, refunded = 0, lastOrderAt = null } = rows[0] ?? {}
  return {
    orders,
    units,
    amount,
    refunded,
    averageOrderValue: orders === 0 ? 0 : Math.round(amount / orders),
    ...(lastOrderAt && { lastOrderAt: lastOrderAt.toISOString() }),
  }
}

/**
 * How a customer buys; undefined before the first order. The interval is between days with a purchase (Asia/Shanghai),
 * because a till may split one visit into several orders. A favourite's percent is its share of all units bought.
 */
export async function purchaseHabits(db: Db, externalUserId: string): Promise<PurchasePage['habits']> {
  const { rows } = await sql<HabitRow>`
    with mine as materialized ${ordersOf(externalUserId)},
    bought as materialized (
      select l.quantity, product.category, product.brand
      from sales_order_line l join mine using (order_id) left join product using (product_id)
    ),
    visit as (select distinct (placed_at at time zone 'Asia/Shanghai')::date as day from mine),
    gap as (select day - lag(day) over (order by day) as days from visit),
    category as (
      select category, sum(quantity) as units from bought where category is not null
      group by category order by units desc, category limit 1
    ),
    brand as (
      select brand, sum(quantity) as units from bought where brand is not null
      group by brand order by units desc, brand limit 1
    )
    select (select count(*) from mine) as orders,
           (select coalesce(sum(quantity), 0) from bought) as units,
           (select percentile_cont(0.5) within group (order by days) from gap) as interval_days,
           (select percentile_cont(0.25) within group (order by paid_amount) from mine) as spend_from,
           (select percentile_cont(0.75) within group (order by paid_amount) from mine) as spend_to,
           category.category, category.units as category_units, brand.brand, brand.units as brand_units
    from (select) one left join category on true left join brand on true`.execute(db)
  const row = rows[0]
  return row && row.orders > 0 ? toHabits(row) : undefined
}

interface HabitRow {
  orders: number
  units: number
  intervalDays: number | null
  spendFrom: number | null
  spendTo: number | null
  category: string | null
  categoryUnits: number | null
  brand: string | null
  brandUnits: number | null
}

function toHabits(row: HabitRow): NonNullable<PurchasePage['habits']> {
  const { orders, units, intervalDays, spendFrom, spendTo } = row
  const category = favourite(row.category, row.categoryUnits, units)
  const brand = favourite(row.brand, row.brandUnits, units)
  return {
    unitsPerOrder: Math.round((units / orders) * 10) / 10,
    ...(orders >= 3 && intervalDays !== null && { intervalDays: Math.round(intervalDays) }),
    ...(orders >= 4 &&
      spendFrom !== null &&
      spendTo !== null && { usualSpend: { from: Math.round(spendFrom), to: Math.round(spendTo) } }),
    ...(category && { favouriteCategory: category }),
    ...(brand && { favouriteBrand: brand }),
  }
}

function favourite(
  name: string | null,
  units: number | null,
  of: number,
): { name: string; percent: number } | undefined {
  return name === null || units === null || of === 0 ? undefined : { name, percent: Math.round((units / of) * 100) }
}
