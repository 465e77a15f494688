import type { Channel } from '@zhanggui/shared/order.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfOrder } from '../identity/resolve.repository.ts'

/** An order or refund as reports count it. Empty: not known. */
export interface Fact {
  source: 'order' | 'refund'
  sourceId: string
  /** UTC, to the microsecond. */
  at: string
  /** In Asia/Shanghai. */
  day: string
  buyer: string | null
  channel: Channel
  storeId: string
  guideId: string
  units: number
  amount: number
  money: number
  lines: { productId: string; brand: string; units: number; amount: number }[]
}

const moment = (at: RawBuilder<unknown>) => sql`
  to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  to_char(${at} at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day`

/**
 * Who bought an order `o`: its customer; else the member its ids name, who is no friend of ours; else whoever has this
 * unionid or phone. Nobody is told apart who left no id.
 */
const buyerOfOrder = sql`coalesce(
  'c:' || ${customerOfOrder},
  'm:' || coalesce(
    (select f.member_no from former_member_no f where f.former_no = o.member_no),
    o.member_no,
    (select min(m.member_no) from member m where m.union_id = o.union_id having count(*) = 1),
    (select min(m.member_no) from member m
     where m.phone_hash = o.phone_hash and m.phone_verified_at is not null having count(*) = 1)
  ),
  'u:' || o.union_id,
  'p:' || o.phone_hash
)`

function linesFrom(table: string, id: RawBuilder<unknown>): RawBuilder<unknown> {
  const key = sql.ref(table === 'sales_order_line' ? 'order_id' : 'refund_id')
  return sql`
    select coalesce(sum(units), 0)::bigint as units, coalesce(sum(amount), 0)::bigint as amount,
      coalesce(jsonb_agg(jsonb_build_object(
        'productId', product_id, 'brand', brand, 'units', units, 'amount', amount
      ) order by product_id), '[]') as lines
    from (
      select product_id, coalesce(product.brand, store.brand, '') as brand, sold.units, sold.amount
      from (
        select line.product_id, sum(line.quantity) as units, sum(line.amount) as amount
        from ${sql.table(table)} line where line.${key} = ${id} group by line.product_id
      ) sold left join product using (product_id)
    ) each`
}

/** What is known of these now. */
export async function readFacts(db: Db, orderIds: readonly string[], refundIds: readonly string[]): Promise<Fact[]> {
  const { rows: orders } = await sql<Fact>`
    select 'order' as source, o.order_id as source_id, ${moment(sql`o.placed_at`)}, ${buyerOfOrder} as buyer,
      o.channel, coalesce(o.store_id, '') as store_id, coalesce(lower(${guideOf(sql`o.order_id`)}), '') as guide_id,
      line.units, line.amount, o.paid_amount as money, line.lines
    from unnest(${orderIds}::text[]) as asked (id)
    join sales_order o on o.order_id = asked.id
    left join store using (store_id)
    cross join lateral (${linesFrom('sales_order_line', sql`o.order_id`)}) line`.execute(db)
  const { rows: refunds } = await sql<Fact>`
    select 'refund' as source, r.refund_id as source_id, ${moment(sql`r.refunded_at`)}, null as buyer,
      coalesce(r.channel, o.channel, case when r.store_id is null then 'other' else 'store' end) as channel,
      coalesce(place.store_id, '') as store_id, coalesce(lower(${guideOf(sql`o.order_id`)}), '') as guide_id,
      line.units, line.amount, r.amount as money, line.lines
    from unnest(${refundIds}::text[]) as asked (id)
    join sales_refund r on r.refund_id = asked.id
    left join sales_order o on o.order_id = r.order_id
    cross join lateral (select coalesce(r.store_id, o.store_id) as store_id) place
    left join store on store.store_id = place.store_id
    cross join lateral (${linesFrom('sales_refund_line', sql`r.refund_id`)}) line`.execute(db)
  return [...orders, ...refunds]
}

function guideOf(orderId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select a.sales_guide_id from order_attribution a where a.order_id = ${orderId} order by a.version desc limit 1
  )`
}

/** As they were counted last. */
export async function listFacts(db: Db, orderIds: readonly string[], refundIds: readonly string[]): Promise<Fact[]> {
  const { rows } = await sql<Fact>`
    select f.source, f.source_id, ${moment(sql`f.at`)}, f.buyer, f.channel, f.store_id, f.guide_id, f.units, f.amount,
      f.money, line.lines
    from (
      select 'order' as source, unnest(${orderIds}::text[]) as source_id
      union all
      select 'refund', unnest(${refundIds}::text[])
    ) asked
    join sales_fact f using (source, source_id)
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object(
        'productId', l.product_id, 'brand', l.brand, 'units', l.units, 'amount', l.amount
      ) order by l.product_id), '[]') as lines
      from sales_fact_line l where l.source = f.source and l.source_id = f.source_id
    ) line`.execute(db)
  return rows
}

/** Puts the later ones in the place of the former. */
export async function replaceFacts(tx: Db, former: readonly Fact[], later: readonly Fact[]): Promise<void> {
  const gone = JSON.stringify(former.map(({ source, sourceId }) => ({ source, sourceId })))
  for (const table of ['sales_fact', 'sales_fact_line'])
    await sql`
      delete from ${sql.table(table)} held using json_to_recordset(${gone}::json) as gone (source text, "sourceId" text)
      where held.source = gone.source and held.source_id = gone."sourceId"`.execute(tx)
  await sql`
    insert into sales_fact (source, source_id, at, buyer, channel, store_id, guide_id, units, amount, money)
    select source, "sourceId", at, buyer, channel, "storeId", "guideId", units, amount, money
    from json_to_recordset(${JSON.stringify(later.map(({ lines: _, ...head }) => head))}::json) as given (
      source text, "sourceId" text, at timestamptz, buyer text, channel text, "storeId" text, "guideId" text,
      units bigint, amount bigint, money bigint
    ) order by at`.execute(tx)
  const lines = later.flatMap(({ source, sourceId, at, lines }) =>
    lines.map((line) => ({ source, sourceId, at, ...line })),
  )
  await sql`
    insert into sales_fact_line (source, source_id, product_id, brand, at, units, amount)
    select source, "sourceId", "productId", brand, at, units, amount
    from json_to_recordset(${JSON.stringify(lines)}::json) as given (
      source text, "sourceId" text, "productId" text, brand text, at timestamptz, units bigint, amount bigint
    ) order by at`.execute(tx)
}
