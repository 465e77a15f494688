import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { SalesDueTable } from './reports.table.ts'

/** Whoever counts takes turns with all others, on every server, until `tx` is over. */
export async function lockTally(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('sales tally', 0))`.execute(tx)
}

type Due = Record<SalesDueTable['kind'], string[]>

/** Takes notes from the front; what is noted again meanwhile has another note, which stays. */
export async function takeDue(tx: Db, most: number): Promise<Due> {
  const { rows } = await sql<{ kind: SalesDueTable['kind']; ids: string[] }>`
    with taken as (
      delete from sales_due where sales_due_id in (select sales_due_id from sales_due order by sales_due_id limit ${most})
      returning kind, id
    )
    select kind, array_agg(distinct id) as ids from taken group by kind`.execute(tx)
  const of = (kind: SalesDueTable['kind']) => rows.find((row) => row.kind === kind)?.ids ?? []
  return { order: of('order'), refund: of('refund'), product: of('product'), store: of('store') }
}

/** Notes what was sold and given back of these. What has not been counted yet has a note of its own. */
export async function noteSoldOf(tx: Db, { productIds, storeIds }: { productIds: string[]; storeIds: string[] }) {
  await sql`
    insert into sales_due (kind, id)
    select source, source_id from sales_fact_line where product_id = any(${productIds}::text[])
    union
    select source, source_id from sales_fact where store_id = any(${storeIds}::text[])`.execute(tx)
}

/** Orders with a refund of theirs: what is known of the order decides about both. */
export async function listRefundsOf(tx: Db, orderIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ refundId: string }>`
    select refund_id from sales_refund where order_id = any(${orderIds}::text[])`.execute(tx)
  return rows.map(({ refundId }) => refundId)
}

/** How much waits to be credited or counted, as far as `most`. */
export async function countDue(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ due: number }>`
    select count(*) as due from (
      (select from credit_due limit ${most}) union all (select from sales_due limit ${most})
    ) note`.execute(db)
  return rows[0]?.due ?? 0
}
