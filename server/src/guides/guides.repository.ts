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
export async function upsertGuides(db: Db, guides: readonly GuidePlace[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ folded: string }>`
    insert into guide as g (user_id, store_id, role, updated_at)
    select "userId", "storeId", role, ${now}
    from json_to_recordset(${JSON.stringify(guides)}::json) as given ("userId" text, "storeId" text, role text)
    order by lower("userId")
    on conflict (lower(user_id)) do update set
      store_id = excluded.store_id, role = excluded.role, updated_at = excluded.updated_at
    where (g.store_id, g.role) is distinct from (excluded.store_id, excluded.role)
    returning lower(user_id) as folded`.execute(db)
  return rows.map(({ folded }) => folded)
}
