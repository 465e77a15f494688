import { sql } from 'kysely'
import type { EventName } from '../callbacks/events.ts'
import type { Db } from '../db/connection.ts'

/** WeCom's clock and ours may differ by this much; the index is on the time of arrival. */
const SLACK_MS = 3_600_000

/** Has WeCom told of one of these that happened after it, or came after it in the same second? */
export async function toldSince(
  db: Db,
  events: readonly EventName[],
  { at, receivedAt }: { at: Date; receivedAt: Date },
): Promise<boolean> {
  if (events.length === 0) return false
  const row = await db
    .selectFrom('callbackInbox')
    .select(sql<number>`1`.as('one'))
    .where('receivedAt', '>', new Date(at.getTime() - SLACK_MS))
    .where('event', 'in', events)
    .where(sql<boolean>`(event_at, received_at) > (${at}, ${receivedAt})`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
