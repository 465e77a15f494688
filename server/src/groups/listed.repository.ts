import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { ListedGroup } from './list-groups.ts'

/** A group that was missed is back; one that was dissolved is not brought back by a list. */
export async function keepListedGroups(db: Db, groups: readonly ListedGroup[], askedAt: Date): Promise<void> {
  await sql`
    insert into customer_group as g (chat_id, status, listed_at)
    select distinct on ("chatId") "chatId", status, ${askedAt}::timestamptz
    from json_to_recordset(${JSON.stringify(groups)}::json) as listed ("chatId" text, status smallint)
    order by "chatId"
    on conflict (chat_id) do update set
      status = excluded.status, listed_at = greatest(g.listed_at, excluded.listed_at)`.execute(db)
}

/** Everybody who owns a living group, guides who left among them. */
export async function listGroupOwners(db: Db): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    select min(owner_user_id) as user_id from customer_group
    where ended_at is null and owner_user_id is not null
    group by lower(owner_user_id) order by 1`.execute(db)
  return rows.map(({ userId }) => userId)
}

/** Living groups of which neither a list nor a reading nor a callback has told since. */
export async function listUnheardGroups(db: Db, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('customerGroup')
    .select('chatId')
    .where('endedAt', 'is', null)
    .where(sql<boolean>`coalesce(greatest(listed_at, mirrored_at, heard_at), '-infinity') < ${since}`)
    .orderBy('chatId')
    .execute()
  return rows.map(({ chatId }) => chatId)
}
