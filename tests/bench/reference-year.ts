import type pg from 'pg'

export interface YearSize {
  customers: number
  guides: number
  stores: number
  products: number
  orders: number
  lines: number
}

/** The reference corp: 600 000 customers of 2 000 guides at 600 counters, 3 million order lines; or in proportion. */
export function sizeOfYear(customers: number): YearSize {
  const share = customers / 600_000
  const part = (whole: number, least: number) => Math.max(least, Math.round(whole * share))
  return {
    customers,
    guides: part(2_000, 10),
    stores: part(600, 5),
    products: part(8_000, 200),
    orders: customers * 2,
    lines: customers * 5,
  }
}

export const YEAR = { from: '2025-01-01', to: '2026-01-01' }
const CHANNELS = `array['store', 'store', 'store', 'store', 'store', 'store', 'mall', 'mall', 'live', 'group']`

/** A number from 0 to `below` − 1, the same each time; `stream` tells draws for one row apart. */
const draw = (row: string, stream: number, below: number | string) =>
  `(hashint8extended(${row}, ${stream}) & 9007199254740991) % (${below})`

/** Few buy much: the square draws from the front. */
const buyer = ({ customers }: YearSize) =>
  `floor(${customers} * power((${draw('o', 1, 1_000_000)}) / 1000000.0, 2))::bigint`

const line = ({ products }: YearSize) => `
  'p' || floor(${products} * power((${draw('o * 8 + l', 2, 1_000_000)}) / 1000000.0, 1.5))::bigint as product_id,
  1 + ${draw('o * 8 + l', 3, 3)} as quantity, 1000 + ${draw('o * 8 + l', 4, 90_000)} as amount`

/** One to four lines an order: two and a half on average. */
const lines = `cross join lateral generate_series(1, 1 + o % 4) as l`

/** As a table of a till. Half of the customers are members; the till knows those by their number alone. */
export function tillRows(size: YearSize, orders: number): string {
  return `
    select 'o' || o as "orderId", (${CHANNELS})[1 + ${draw('o', 5, 10)}] as channel,
      to_char(timestamp '2025-01-01' + interval '1 second' * (o * 31536000 / ${size.orders}), 'YYYY-MM-DD HH24:MI:SS')
        as "placedAt",
      's' || ${buyer(size)} % ${size.stores} as "storeId",
      case when ${buyer(size)} % 2 = 1 then 'wm' || ${buyer(size)} end as "customer.externalUserId",
      case when ${buyer(size)} % 2 = 0 then 'm' || ${buyer(size)} end as "customer.memberNo",
      "product_id" as "lines.productId", quantity as "lines.quantity", amount as "lines.amount"
    from generate_series(0, ${orders - 1}::bigint) as o ${lines} cross join lateral (select ${line(size)}) line
    order by o, l`
}

/** Straight into the tables, without a trigger: only what is measured afterwards is the product's own work. */
export async function loadYear(client: pg.Client, size: YearSize): Promise<void> {
  const { customers, guides, stores, products, orders } = size
  const steps = [
    `set session_replication_role = replica`,
    `set work_mem = '256MB'`,
    `insert into store (store_id, name, kind, ownership, brand, updated_at)
     select 's' || s, '专柜' || s, 'counter', 'self_operated', 'b' || s % 100, '2024-01-01' from generate_series(0, ${stores - 1}) s`,
    `insert into guide (user_id, name, assigned_store_id, updated_at)
     select 'Guide' || g, '导购' || g, 's' || g % ${stores}, '2024-01-01' from generate_series(0, ${guides - 1}) g`,
    `insert into product (product_id, name, price, brand, category, on_sale, search_text, updated_at)
     select 'p' || p, '商品' || p, 10000, 'b' || p % 100, 'c' || p % 20, true, '商品' || p, '2024-01-01'
     from generate_series(0, ${products - 1}) p`,
    // Seven in ten are friends; the others are members no guide has met.
    `insert into customer (external_user_id, name, type, owner_user_id, owner_since, mirrored_at, created_at)
     select 'wm' || c, '顾客' || c, 1, 'Guide' || c % ${guides}, '2024-06-01', '2024-06-01', '2024-06-01'
     from generate_series(0, ${customers - 1}) c where c % 10 < 7`,
    `insert into follow_relation (guide_user_id, external_user_id, started_at, mirrored_at)
     select owner_user_id, external_user_id, owner_since, mirrored_at from customer`,
    `insert into follow_history (guide_user_id, external_user_id, what, at, is_creation)
     select guide_user_id, external_user_id, 'started', started_at, true from follow_relation`,
    `insert into member (member_no, external_user_id, joined_at, source, updated_at)
     select 'm' || c, case when c % 10 < 7 then 'wm' || c end, '2024-06-01', 'crm', '2024-06-01'
     from generate_series(0, ${customers - 1}) c where c % 2 = 0`,
    `create temp table till as ${tillRows(size, orders)}`,
    `insert into sales_order (order_id, channel, placed_at, store_id, external_user_id, member_no, coupon_codes,
       paid_amount, digest, revision, received_at)
     select "orderId", min(channel), min("placedAt")::timestamp at time zone 'Asia/Shanghai', min("storeId"),
       min("customer.externalUserId"), min("customer.memberNo"), '{}', sum("lines.amount"), '', 1, '2026-01-01'
     from till group by "orderId" order by 3`,
    `insert into sales_order_line (order_id, line_no, product_id, quantity, amount)
     select "orderId", row_number() over (partition by "orderId"), "lines.productId", "lines.quantity", "lines.amount"
     from till`,
    `drop table till`,
    `insert into order_attribution (order_id, version, cause, external_user_id, channel, placed_at, rule, window_days,
       sales_guide_id, sales_why, service_why, made_at)
     select order_id, 1, 'placed', external_user_id, channel, placed_at, 'owner_first', 7,
       'Guide' || substr(coalesce(external_user_id, 'x' || member_no), 3)::bigint % ${guides}, 'till', 'nobody', placed_at
     from sales_order`,
    `insert into sales_refund (refund_id, order_id, refunded_at, amount, digest, revision, received_at)
     select 'r' || order_id, order_id, placed_at + interval '3 days', paid_amount, '', 1, '2026-01-01'
     from sales_order where abs(hashtext(order_id)) % 33 = 0`,
    `insert into sales_refund_line (refund_id, line_no, product_id, quantity, amount)
     select 'r' || order_id, line_no, product_id, quantity, amount from sales_order_line
     where abs(hashtext(order_id)) % 33 = 0`,
    `insert into sales_due (kind, id) select 'order', order_id from sales_order order by placed_at`,
    `set session_replication_role = origin`,
    `vacuum analyze`,
  ]
  for (const step of steps) await client.query(step)
}
