import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export async function findOrderStore(db: Db, orderId: string): Promise<string | null> {
  const order = await db
    .selectFrom('salesOrder')
    .select('storeId')
    .where('orderId', '=', orderId)
    .executeTakeFirstOrThrow()
  return order.storeId
}

/** One for each of these guides; null: in no store, or nobody we know. */
export async function listGuideStores(db: Db, guideIds: readonly string[]): Promise<(string | null)[]> {
  const { rows } = await sql<{ storeId: string | null }>`
    select guide.store_id from unnest(${guideIds}::text[]) as id left join guide on lower(guide.user_id) = lower(id)`.execute(
    db,
  )
  return rows.map(({ storeId }) => storeId)
}
