import type { EndedBy } from '@zhanggui/shared/customer.ts'
import { type Kysely, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Database } from '../db/schema.ts'

export interface FollowChange {
  guideUserId: string
  externalUserId: string
  what: 'started' | 'ended'
  at: Date
  endedBy?: EndedBy
  channelState?: string
}

/**
 * Adds one start or end to the pair's history and reads the relation off the whole of it. A history is a set, so the
 * order and the number of tellings do not matter: live if the last start is later than the last end, begun at the
 * first start since the end before. The owner is whoever started first of all.
 */
export async function recordFollowChange(db: Kysely<Database>, change: FollowChange, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockCustomer(tx, change.externalUserId)
    await knowPair(tx, change.guideUserId, change.externalUserId, now)
    await addHistory(tx, [change])
    await deriveRelations(tx, change.externalUserId)
    if (change.channelState !== undefined)
      await tx
        .updateTable('followRelation')
        .set({ channelState: change.channelState })
        .where('guideUserId', '=', change.guideUserId)
        .where('externalUserId', '=', change.externalUserId)
        .execute()
  })
}

export interface MirroredCustomer {
  externalUserId: string
  name: string
  type: number
  gender: number
  avatar: string | null
  unionId: string | null
  corpName: string | null
  relations: MirroredRelation[]
}

export interface MirroredRelation {
  guideUserId: string
  startedAt: Date
  remark: string | null
  description: string | null
  addWay: number | null
  channelState: string | null
  operUserId: string | null
  tags: { groupName: string; name: string; tagId: string | null; source: 'wecom' | 'guide' | 'rule' }[]
}

/**
 * Writes what WeCom said when asked at `askedAt`. An answer to an older question never overwrites a newer one's.
 */
export async function saveMirroredCustomer(
  db: Kysely<Database>,
  { relations, ...customer }: MirroredCustomer,
  askedAt: Date,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { externalUserId } = customer
    await lockCustomer(tx, externalUserId)
    await tx
      .insertInto('customer')
      .values({ ...customer, ownerUserId: null, ownerSince: null, mirroredAt: askedAt, createdAt: askedAt })
      .onConflict((conflict) =>
        conflict
          .column('externalUserId')
          .doUpdateSet({ ...customer, mirroredAt: askedAt })
          .where((eb) => eb.or([eb('customer.mirroredAt', 'is', null), eb('customer.mirroredAt', '<', askedAt)])),
      )
      .execute()
    // In one order everywhere: two customers who share two new guides must not wait for each other.
    const inOrder = relations.toSorted((a, b) => (a.guideUserId < b.guideUserId ? -1 : 1))
    for (const { guideUserId, startedAt } of inOrder) {
      await knowPair(tx, guideUserId, externalUserId, askedAt)
      await addHistory(tx, [{ guideUserId, externalUserId, what: 'started', at: startedAt }])
    }
    await deriveRelations(tx, externalUserId) // makes the rows that the details below belong to
    for (const { tags, startedAt: _, ...relation } of inOrder) {
      const { numUpdatedRows } = await tx
        .updateTable('followRelation')
        .set({ ...relation, mirroredAt: askedAt })
        .where('guideUserId', '=', relation.guideUserId)
        .where('externalUserId', '=', externalUserId)
        .where((eb) => eb.or([eb('mirroredAt', 'is', null), eb('mirroredAt', '<', askedAt)]))
        .executeTakeFirstOrThrow()
      if (numUpdatedRows > 0n) await replaceTags(tx, relation.guideUserId, externalUserId, tags)
    }
  })
}

/** Changes to one customer's relations take turns, so that each derives from all that went before. */
async function lockCustomer(db: Db, externalUserId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`customer ${externalUserId}`}, 0))`.execute(db)
}

/**
 * WeCom's spelling of a userid wins over a till's: they are compared without case. A guide who is known as spelt is
 * not locked: their customers change side by side.
 */
async function knowPair(db: Db, guideUserId: string, externalUserId: string, now: Date): Promise<void> {
  await sql`
    with respelt as (
      update guide set user_id = ${guideUserId}
      where lower(user_id) = lower(${guideUserId}) and user_id <> ${guideUserId}
    )
    insert into guide (user_id, updated_at)
    select ${guideUserId}, ${now}::timestamptz
    where not exists (select from guide where lower(user_id) = lower(${guideUserId}))
    on conflict do nothing
  `.execute(db)
  await db
    .insertInto('customer')
    .values({ externalUserId, createdAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function addHistory(db: Db, changes: FollowChange[]): Promise<void> {
  await db
    .insertInto('followHistory')
    .values(
      changes.map(({ guideUserId, externalUserId, what, at, endedBy }) => ({
        guideUserId,
        externalUserId,
        what,
        at,
        endedBy: endedBy ?? null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function deriveRelations(db: Db, externalUserId: string): Promise<void> {
  await sql`
    with pair as (
      select guide_user_id, max(at) filter (where what = 'started') as last_start,
             max(at) filter (where what = 'ended') as last_end, min(at) as first_heard
      from follow_history where external_user_id = ${externalUserId} group by guide_user_id
    ), derived as (
      select guide_user_id,
             coalesce((
               select min(began.at) from follow_history began
               where began.external_user_id = ${externalUserId} and began.guide_user_id = pair.guide_user_id
                 and began.what = 'started' and began.at > coalesce((
                   select max(gone.at) from follow_history gone
                   where gone.external_user_id = ${externalUserId} and gone.guide_user_id = pair.guide_user_id
                     and gone.what = 'ended' and gone.at < pair.last_start
                 ), '-infinity')
             ), first_heard) as started_at,
             case when last_end >= coalesce(last_start, '-infinity') then last_end end as ended_at
      from pair
    )
    insert into follow_relation (guide_user_id, external_user_id, started_at, ended_at, ended_by)
    select guide_user_id, ${externalUserId}, started_at, ended_at, (
      select ended_by from follow_history last
      where last.external_user_id = ${externalUserId} and last.guide_user_id = derived.guide_user_id
        and last.what = 'ended' and last.at = derived.ended_at
    )
    from derived
    on conflict (guide_user_id, external_user_id) do update
      set started_at = excluded.started_at, ended_at = excluded.ended_at, ended_by = excluded.ended_by
      where (follow_relation.started_at, follow_relation.ended_at, follow_relation.ended_by)
        is distinct from (excluded.started_at, excluded.ended_at, excluded.ended_by)
  `.execute(db)
  await sql`
    update customer set owner_user_id = first.guide_user_id, owner_since = first.at
    from (
      select guide_user_id, at from follow_history
      where external_user_id = ${externalUserId} and what = 'started' order by at, guide_user_id limit 1
    ) first
    where external_user_id = ${externalUserId}
      and (owner_user_id, owner_since) is distinct from (first.guide_user_id, first.at)
  `.execute(db)
}

async function replaceTags(
  db: Db,
  guideUserId: string,
  externalUserId: string,
  tags: MirroredRelation['tags'],
): Promise<void> {
  await db
    .deleteFrom('followRelationTag')
    .where('guideUserId', '=', guideUserId)
    .where('externalUserId', '=', externalUserId)
    .execute()
  if (tags.length > 0)
    await db
      .insertInto('followRelationTag')
      .values(tags.map((tag) => ({ ...tag, guideUserId, externalUserId })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}
