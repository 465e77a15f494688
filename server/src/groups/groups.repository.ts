import type { GroupEnd } from '@zhanggui/shared/group.ts'
import { sql, type Transaction } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Database } from '../db/schema.ts'
import type { HeldVersion } from './member-version.ts'

export interface HeldGroup extends HeldVersion {
  mirroredAt: Date | null
  /** A new owner, name or notice was announced and has not been seen yet. */
  awaitsChange: boolean
}

/** What reading tells of the group itself (doc 92122). */
export interface ToldGroup {
  name: string
  ownerUserId: string
  notice: string | null
  startedAt: Date
  memberVersion: string
  adminUserIds: string[]
}

/** Versions are of use for seconds; this is generous. */
const FORGOTTEN_AFTER = sql`interval '1 hour'`

/** News of one group take turns, so that each is judged by all that went before. Makes the group known. */
export async function lockGroup(tx: Transaction<Database>, chatId: string): Promise<HeldGroup> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`group ${chatId}`}, 0))`.execute(tx)
  await tx
    .insertInto('customerGroup')
    .values({ chatId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const group = await tx
    .selectFrom('customerGroup')
    .select(['memberVersion', 'heardAt', 'unsureSince', 'awaitsChange', 'mirroredAt', 'endedHow as ended'])
    .where('chatId', '=', chatId)
    .executeTakeFirstOrThrow()
  const met = await tx
    .selectFrom('groupMemberVersion')
    .select(['version', 'superseded', 'heardAt'])
    .where('chatId', '=', chatId)
    .execute()
  return { ...group, met }
}

/** A callback came, and what it told is held now, or is not needed. */
export async function markHeard(tx: Db, chatId: string, at: Date): Promise<void> {
  await sql`update customer_group set heard_at = greatest(heard_at, ${at}) where chat_id = ${chatId}`.execute(tx)
}

/** A callback came about something that has to be read. */
export async function markHeardAndUnsure(
  tx: Db,
  chatId: string,
  at: Date,
  { awaitsChange = false } = {},
): Promise<void> {
  await sql`
    update customer_group set
      heard_at = greatest(heard_at, ${at}), unsure_since = coalesce(unsure_since, ${at}),
      awaits_change = awaits_change or ${awaitsChange}::boolean
    where chat_id = ${chatId}`.execute(tx)
}

export async function setMemberVersion(tx: Db, chatId: string, memberVersion: string): Promise<void> {
  await tx.updateTable('customerGroup').set({ memberVersion }).where('chatId', '=', chatId).execute()
}

/** Remembers that `current` has followed `last`; either may be unknown. */
export async function meetVersions(
  tx: Db,
  chatId: string,
  { last, current }: { last: string | null | undefined; current: string | null | undefined },
  at: Date,
): Promise<void> {
  await sql`
    with forgotten as (
      delete from group_member_version
      where chat_id = ${chatId} and heard_at < ${at}::timestamptz - ${FORGOTTEN_AFTER}
        and version <> all (array[${last ?? ''}, ${current ?? ''}]::text[])
    )
    insert into group_member_version as met (chat_id, version, superseded, heard_at)
    select ${chatId}, version, superseded, ${at}
    from (values (${last ?? null}::text, true), (${current ?? null}::text, false)) as step (version, superseded)
    where version is not null
    on conflict (chat_id, version) do update set
      superseded = met.superseded or excluded.superseded, heard_at = excluded.heard_at`.execute(tx)
}

/** An answer that is taken: the group lives, and is as told. Gives whether anything changed. */
export async function keepToldGroup(tx: Db, chatId: string, told: ToldGroup, askedAt: Date): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`
    with before as (
      select name, owner_user_id, notice, started_at, ended_at,
        array(select user_id from group_admin where chat_id = ${chatId} order by user_id) as admins
      from customer_group where chat_id = ${chatId}
    ), admin as (
      select distinct user_id from unnest(${told.adminUserIds}::text[]) as given (user_id)
    ), dropped_admins as (
      delete from group_admin old where chat_id = ${chatId} and not exists (select from admin where admin.user_id = old.user_id)
    ), kept_admins as (
      insert into group_admin (chat_id, user_id) select ${chatId}, user_id from admin on conflict do nothing
    ), kept as (
      update customer_group set
        name = ${told.name}, owner_user_id = ${told.ownerUserId}, notice = ${told.notice},
        started_at = ${told.startedAt}, member_version = ${told.memberVersion},
        ended_at = null, ended_how = null, mirrored_at = ${askedAt}
      where chat_id = ${chatId}
    )
    select (name, owner_user_id, notice, started_at, ended_at, admins) is distinct from (
      ${told.name}::text, ${told.ownerUserId}::text, ${told.notice}::text, ${told.startedAt}::timestamptz,
      null::timestamptz, array(select user_id from admin order by user_id)
    ) as changed
    from before`.execute(tx)
  return rows[0]?.changed ?? true
}

/** Gives whether the group was thought to live. A dissolution counts more than having gone missing. */
export async function endGroup(tx: Db, chatId: string, how: GroupEnd, at: Date): Promise<boolean> {
  const { rows } = await sql<{ lived: boolean }>`
    with before as (select ended_at is null as lived from customer_group where chat_id = ${chatId})
    update customer_group g set
      ended_at = case when g.ended_how = ${how} then least(g.ended_at, ${at}) else ${at}::timestamptz end,
      ended_how = ${how}, unsure_since = null
    from before
    where chat_id = ${chatId} and (g.ended_how is distinct from 'dismissed' or ${how} = 'dismissed')
    returning before.lived`.execute(tx)
  return rows[0]?.lived ?? false
}

export async function markMirrored(tx: Db, chatId: string, askedAt: Date): Promise<void> {
  await tx.updateTable('customerGroup').set({ mirroredAt: askedAt }).where('chatId', '=', chatId).execute()
}

/** The answer settles nothing, or not all. */
export async function markUnsure(tx: Db, chatId: string, since: Date): Promise<void> {
  await tx.updateTable('customerGroup').set({ unsureSince: since }).where('chatId', '=', chatId).execute()
}

/** What is held is what WeCom told. */
export async function markCertain(tx: Db, chatId: string): Promise<void> {
  await tx
    .updateTable('customerGroup')
    .set({ unsureSince: null, awaitsChange: false })
    .where('chatId', '=', chatId)
    .execute()
}
