import { type Kysely, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Database } from '../db/schema.ts'
import { lockCustomers } from './turns.repository.ts'

/** What a full reading of WeCom needs of the mirror: how many customers each guide has, and who was not named. */

export interface Pair {
  guideUserId: string
  externalUserId: string
}

export async function countLiveRelations(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('followRelation')
    .select(['guideUserId', (eb) => eb.fn.countAll<number>().as('count')])
    .where('endedAt', 'is', null)
    .groupBy('guideUserId')
    .execute()
  return new Map(rows.map(({ guideUserId, count }) => [guideUserId, count]))
}

export interface Reading {
  guides: readonly string[]
  /** Whoever WeCom has named since then is there. */
  since: Date
  /** Who began after this may have come too late for the page they belong on. */
  settledBefore: Date
}

/** Live relations the reading did not name, a batch of them after `after`, by guide and customer. */
export async function listUnnamed(
  db: Db,
  { guides, since, settledBefore }: Reading,
  { after, limit }: { after: Pair | undefined; limit: number },
): Promise<(Pair & { recent: boolean })[]> {
  const { rows } = await sql<Pair & { recent: boolean }>`
    select guide_user_id, external_user_id, exists (
      select from follow_history begun
      where begun.external_user_id = held.external_user_id and begun.guide_user_id = held.guide_user_id
        and begun.what = 'started' and begun.at >= ${settledBefore}
    ) as recent
    from follow_relation held
    where guide_user_id = any (${[...guides]}::text[]) and ended_at is null
      and coalesce(mirrored_at, '-infinity') < ${since}
      and (guide_user_id, external_user_id) > (${after?.guideUserId ?? ''}, ${after?.externalUserId ?? ''})
    order by guide_user_id, external_user_id
    limit ${limit}`.execute(db)
  return rows
}

/** Whether somebody was removed from one of these guides' lists since: what stood behind may have moved up a page. */
export async function hasEndedSince(db: Db, guides: readonly string[], since: Date): Promise<boolean> {
  const found = await db
    .selectFrom('followRelation')
    .select('guideUserId')
    .where('guideUserId', '=', sql<string>`any (${[...guides]}::text[])`)
    .where('endedAt', '>=', since)
    .where('endedBy', '!=', 'missing')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/**
 * Ends relations as found missing, in one statement; those that WeCom has named since `since`, or that have begun
 * again at `settledBefore` or later, stay. `at` is when they were certainly gone: a start after it counts.
 * Returns how many ended.
 */
export async function endUnnamed(
  db: Kysely<Database>,
  pairs: readonly Pair[],
  { since, settledBefore, at }: { since: Date; settledBefore: Date; at: Date },
): Promise<number> {
  if (pairs.length === 0) return 0
  const guides = pairs.map(({ guideUserId }) => guideUserId)
  const customers = pairs.map(({ externalUserId }) => externalUserId)
  return db.transaction().execute(async (tx) => {
    // News of a customer take turns (customers.repository.ts), and so does this.
    await lockCustomers(tx, customers)
    const { rows } = await sql<{ ended: number }>`
      with gone as (
        select held.guide_user_id, held.external_user_id
        from unnest(${guides}::text[], ${customers}::text[]) as given (guide_user_id, external_user_id)
        join follow_relation held using (guide_user_id, external_user_id)
        where held.ended_at is null and coalesce(held.mirrored_at, '-infinity') < ${since}
          and not exists (
            select from follow_history begun
            where begun.external_user_id = held.external_user_id and begun.guide_user_id = held.guide_user_id
              and begun.what = 'started' and begun.at >= ${settledBefore}
          )
      ), kept_history as (
        insert into follow_history (guide_user_id, external_user_id, what, at, ended_by)
        select guide_user_id, external_user_id, 'ended', ${at}, 'missing' from gone
        on conflict do nothing
      ), ended as (
        update follow_relation held set ended_at = ${at}, ended_by = 'missing'
        from gone
        where held.guide_user_id = gone.guide_user_id and held.external_user_id = gone.external_user_id
        returning 1
      )
      select count(*)::int as ended from ended`.execute(tx)
    return rows[0]?.ended ?? 0
  })
}
