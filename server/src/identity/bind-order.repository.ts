import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfOrder } from './resolve.repository.ts'

/** Whose an order is; locked, so that its ids do not change until the transaction ends. */
export async function lockOrder(db: Db, orderId: string): Promise<{ customer: string | null } | undefined> {
  await sql`select from sales_order where order_id = ${orderId} for update`.execute(db)
  const { rows } = await sql<{ customer: string | null }>`
    select ${customerOfOrder} as customer from sales_order o where o.order_id = ${orderId}`.execute(db)
  return rows[0]
}
