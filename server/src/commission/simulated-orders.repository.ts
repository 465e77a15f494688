import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Orders placed in a period, by their id, the next ones after `after`. Times are instants. */
export async function listOrderIds(
  db: Db,
  { from, to, after = '', limit }: { from: string; to: string; after?: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ orderId: string }>`
    select order_id from sales_order
    where placed_at >= ${from}::timestamptz and placed_at < ${to}::timestamptz and order_id > ${after}
    order by order_id limit ${limit}`.execute(db)
  return rows.map(({ orderId }) => orderId)
}
