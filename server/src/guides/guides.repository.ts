import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface GuidePlace {
  userId: string
  storeId: string
  role: 'guide' | 'manager'
}

/**
 * Gives the folded userids of the guides that are new or now different. A guide known under another spelling keeps
 * that spelling, because WeCom compares userids without case.
 */
export async function upsertGuides(db: Db, guides: readonly GuidePlace[], now: Date): Promise<Set<string>> {
  const { rows } = await sql<{ folded: string }>`
    insert into guide as g (user_id, assigned_store_id, role, updated_at)
    select "userId", "storeId", role, ${now}
    from json_to_recordset(${JSON.stringify(guides)}::json) as given ("userId" text, "storeId" text, role text)
    order by lower("userId")
    on conflict (lower(user_id)) do update set
      assigned_store_id = excluded.assigned_store_id, role = excluded.role, updated_at = excluded.updated_at
    where (g.assigned_store_id, g.role) is distinct from (excluded.assigned_store_id, excluded.role)
    returning lower(user_id) as folded`.execute(db)
  return new Set(rows.map(({ folded }) => folded))
}

/** Of userids that were changed, the present one, by the folded former one. */
export async function findRenamed(db: Db, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('guideAlias')
    .select(['formerId', 'userId'])
    .where('formerId', '=', sql<string>`any(${userIds.map((userId) => userId.toLowerCase())}::text[])`)
    .execute()
  return new Map(rows.map(({ formerId, userId }) => [formerId, userId]))
}

/** Guides we know from a customer or a till alone. */
export async function listUnheardGuides(db: Db, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('guide').select('userId').where('mirroredAt', 'is', null).limit(limit).execute()
  return rows.map(({ userId }) => userId)
}

/** Everybody WeCom showed us when it was last asked, and those we have not asked about yet. */
export async function listVisibleGuides(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('guide').select('userId').where('visible', '=', true).execute()
  return rows.map(({ userId }) => userId)
}
