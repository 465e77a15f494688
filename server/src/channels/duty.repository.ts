import type { Leave } from '@zhanggui/shared/channel.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface DutyRow {
  userId: string
  onDuty: boolean
  leaves: Leave[]
}

/** Gives the folded userids of those whose duty is now another. Without a row a guide is on duty and not on leave. */
export async function upsertDuty(db: Db, duties: readonly DutyRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    insert into guide_duty as d (user_id, on_duty, leaves, updated_at)
    select lower("userId"), "onDuty", leaves, ${now}
    from json_to_recordset(${JSON.stringify(duties)}::json) as given ("userId" text, "onDuty" boolean, leaves jsonb)
    order by lower("userId")
    on conflict (user_id) do update set
      on_duty = excluded.on_duty, leaves = excluded.leaves, updated_at = excluded.updated_at
    where (d.on_duty, d.leaves) is distinct from (excluded.on_duty, excluded.leaves)
    returning user_id`.execute(db)
  return rows.map(({ userId }) => userId)
}

/** Channels that share friends out among several guides, one of these among them. */
export async function listChannelsOfGuides(db: Db, foldedUserIds: readonly string[]): Promise<string[]> {
  const ids = [...foldedUserIds]
  const { rows } = await sql<{ channelId: string }>`
    select channel_id from channel
    where removed_at is null and kind <> 'guide' and (
      exists (select from unnest(guide_ids) as id where lower(id) = any(${ids}::text[]))
      or store_ids && array(select store_id from guide where lower(user_id) = any(${ids}::text[]) and store_id is not null)
    )`.execute(db)
  return rows.map(({ channelId }) => channelId)
}
