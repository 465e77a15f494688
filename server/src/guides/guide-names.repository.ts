import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export async function listGuidesWithoutName(db: Db, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('guide').select('userId').where('name', 'is', null).limit(limit).execute()
  return rows.map((row) => row.userId)
}

export async function saveGuideName(db: Db, userId: string, name: string, now: Date): Promise<void> {
  await db
    .updateTable('guide')
    .set({ name, updatedAt: now })
    .where(sql`lower(user_id)`, '=', userId.toLowerCase())
    .execute()
}
