import type { Db } from '../db/connection.ts'
import type { HandoverGroupTable } from './handover.table.ts'

export async function listQueuedGroups(db: Db, handoverId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('handoverGroup')
    .select('chatId')
    .where('handoverId', '=', handoverId)
    .where('state', '=', 'queued')
    .orderBy('chatId')
    .limit(limit)
    .execute()
  return rows.map(({ chatId }) => chatId)
}

export async function settleGroup(
  db: Db,
  { handoverId, chatId, ...ended }: HandoverGroupTable & { endedAt: Date },
): Promise<void> {
  await db
    .updateTable('handoverGroup')
    .set(ended)
    .where('handoverId', '=', handoverId)
    .where('chatId', '=', chatId)
    .execute()
}
