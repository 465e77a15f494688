import type { Db } from '../db/connection.ts'

/** Those of the groups that WeCom was asked about since. */
export async function listMirroredSince(db: Db, chatIds: readonly string[], since: Date): Promise<string[]> {
  if (chatIds.length === 0) return []
  const rows = await db
    .selectFrom('customerGroup')
    .select('chatId')
    .where('chatId', 'in', [...chatIds])
    .where('mirroredAt', '>=', since)
    .execute()
  return rows.map(({ chatId }) => chatId)
}
