import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { ChannelVisitTable } from './channels.table.ts'

interface Arrival {
  channelId: string
  guideUserId: string
  externalUserId: string
  at: Date
}

/** A friend who comes in half, is confirmed, or is told of twice is one friend. */
export async function keepArrival(db: Db, arrival: Arrival): Promise<void> {
  await db
    .insertInto('channelArrival')
    .values(arrival)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function keepVisit(db: Db, visit: ChannelVisitTable): Promise<void> {
  await db
    .insertInto('channelVisit')
    .values(visit)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The ids of those of the tags that exist, by id or by group and name. */
export async function resolveTags(db: Db, tags: readonly object[]): Promise<string[]> {
  const { rows } = await sql<{ tagId: string }>`
    select distinct tag.tag_id
    from json_to_recordset(${JSON.stringify(tags)}::json) as wanted ("tagId" text, "group" text, name text)
    join tag on tag.tag_id = wanted."tagId" or tag.name = wanted.name
    left join tag_group using (group_id)
    where tag.deleted_at is null
      and (wanted."tagId" is not null or coalesce(tag_group.name, tag.group_name) = wanted."group")
    order by tag.tag_id`.execute(db)
  return rows.map(({ tagId }) => tagId)
}
