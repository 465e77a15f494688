import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { PART_NAMES } from '../sync/part-names.ts'

/** Every part of the corp has been read to its end since; undefined: some part never was. */
export async function everythingReadSince(db: Db): Promise<Date | undefined> {
  const { rows } = await sql<{ parts: number; at: Date | null }>`
    select count(*)::int as parts, min(at) as at from (
      select part, max(finished_at) as at from sync_run, unnest(parts) as part
      where state = 'complete' group by part
    ) as last_read`.execute(db)
  const [last] = rows
  return last && last.parts >= PART_NAMES.length ? (last.at ?? undefined) : undefined
}

/** Channels whose link is told to be unavailable no more, with an alert still open about that. */
export async function channelsBackAgain(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('alert')
    .innerJoin('channel', 'channel.channelId', 'alert.subject')
    .select('alert.subject')
    .where('alert.kind', '=', 'acquisition_link_unavailable')
    .where('alert.closedAt', 'is', null)
    .where('channel.unavailableAt', 'is', null)
    .execute()
  return rows.map(({ subject }) => subject)
}
