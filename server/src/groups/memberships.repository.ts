import type { JoinScene } from '@zhanggui/shared/group.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { kindOfMember } from './member-kind.ts'
import { SAME_JOINING } from './movements.repository.ts'

/** One of the people a reading lists (doc 92122). */
export interface ToldMember {
  memberId: string
  kind: 'guide' | 'customer'
  joinedAt: Date
  joinScene: JoinScene
  invitedBy: string | null
  channelState: string | null
  name: string | null
  nickname: string | null
  unionId: string | null
}

export interface RollDrift {
  joined: number
  changed: number
  /** Who is not there any more. */
  gone: string[]
}

/**
 * Makes the members those of a reading. Who is no longer there is found missing; whoever has another join time than
 * before left in between. A stay known from a callback gets its exact time.
 */
export async function keepRoll(tx: Db, chatId: string, members: readonly ToldMember[], at: Date): Promise<RollDrift> {
  const told = sql`json_to_recordset(${JSON.stringify(members)}::json) as told (
    "memberId" text, kind text, "joinedAt" timestamptz, "joinScene" text, "invitedBy" text, "channelState" text,
    name text, nickname text, "unionId" text
  )`
  const { rows: gone } = await sql<{ memberId: string }>`
    with told as materialized (select * from ${told}),
    held as (
      select stay.member_id, stay.joined_at, told."joinedAt" as told_at,
        not stay.is_exact and told."joinedAt" <= stay.joined_at + ${SAME_JOINING} as is_same,
        exists (
          select from group_membership same
          where same.chat_id = ${chatId} and same.member_id = stay.member_id and same.joined_at = told."joinedAt"
        ) as is_kept
      from group_membership stay left join told on told."memberId" = stay.member_id
      where stay.chat_id = ${chatId} and stay.left_at is null
    ), retold as (
      -- The same stay is kept under its exact time already.
      delete from group_membership stay using held
      where stay.chat_id = ${chatId} and (stay.member_id, stay.joined_at) = (held.member_id, held.joined_at)
        and is_same and told_at <> held.joined_at and is_kept
    ), reckoned as (
      update group_membership stay set joined_at = told_at
      from held
      where stay.chat_id = ${chatId} and (stay.member_id, stay.joined_at) = (held.member_id, held.joined_at)
        and is_same and told_at <> held.joined_at and not is_kept
    )
    update group_membership stay set
      left_at = greatest(coalesce(told_at, ${at}), stay.joined_at), left_how = 'missing'
    from held
    where stay.chat_id = ${chatId} and (stay.member_id, stay.joined_at) = (held.member_id, held.joined_at)
      and (told_at is null or (told_at <> held.joined_at and not is_same))
    returning stay.member_id`.execute(tx)

  const { rows: kept } = await sql<{ joined: number; changed: number }>`
    with told as materialized (
      select "memberId", kind, "joinedAt", "joinScene", "invitedBy", "channelState",
        -- Of who was erased WeCom still tells; it is not kept again.
        case when erased.erased_at is null then name end as name,
        case when erased.erased_at is null then nickname end as nickname,
        case when erased.erased_at is null then "unionId" end as "unionId"
      from ${told} left join erased_customer erased on external_user_id = "memberId" and "joinedAt" <= erased_at
    ),
    before as (
      select member_id, is_exact, left_at from group_membership stay
      join told on told."memberId" = stay.member_id and told."joinedAt" = stay.joined_at
      where stay.chat_id = ${chatId}
    ), kept as (
      insert into group_membership as stay (
        chat_id, member_id, joined_at, kind, is_exact, join_scene, invited_by, channel_state, name, nickname, union_id
      )
      select ${chatId}, "memberId", "joinedAt", kind, true, "joinScene", "invitedBy", "channelState", name, nickname, "unionId"
      from told order by "memberId"
      on conflict (chat_id, member_id, joined_at) do update set
        kind = excluded.kind, is_exact = true, join_scene = excluded.join_scene, invited_by = excluded.invited_by,
        channel_state = excluded.channel_state, name = coalesce(excluded.name, stay.name), nickname = excluded.nickname,
        union_id = coalesce(excluded.union_id, stay.union_id), left_at = null, left_how = null
      where (stay.kind, stay.is_exact, stay.join_scene, stay.invited_by, stay.channel_state, stay.name, stay.nickname,
          stay.union_id, stay.left_at)
        is distinct from (excluded.kind, true, excluded.join_scene, excluded.invited_by, excluded.channel_state,
          coalesce(excluded.name, stay.name), excluded.nickname, coalesce(excluded.union_id, stay.union_id), null)
      returning member_id
    )
    select count(*) filter (where before.member_id is null or before.left_at is not null) as joined,
      count(*) filter (where before.member_id is not null and before.left_at is null and before.is_exact) as changed
    from kept left join before using (member_id)`.execute(tx)
  return { joined: kept[0]?.joined ?? 0, changed: kept[0]?.changed ?? 0, gone: gone.map(({ memberId }) => memberId) }
}

/** Who has come, by a callback that fits what is held. Gives whether an inexact stay had been there before. */
export async function openStays(
  tx: Db,
  chatId: string,
  memberIds: readonly string[],
  { at, how: scene }: { at: Date; how: JoinScene },
): Promise<{ wereInexact: boolean }> {
  const { rows } = await sql<{ wereInexact: boolean }>`
    with opened as (
      insert into group_membership (chat_id, member_id, joined_at, kind, is_exact, join_scene)
      select ${chatId}, member_id, ${at}, ${kindOfMember(chatId)}, false, ${scene}
      from (select distinct unnest(${memberIds}::text[]) as member_id) person
      where not exists (
        select from group_membership stay
        where stay.chat_id = ${chatId} and stay.member_id = person.member_id and stay.left_at is null
      )
      on conflict (chat_id, member_id, joined_at) do update set left_at = null, left_how = null
    )
    select exists (
      select from group_membership where chat_id = ${chatId} and left_at is null and not is_exact
    ) as were_inexact`.execute(tx)
  return { wereInexact: rows[0]?.wereInexact ?? false }
}

/** Who has left, by a callback that fits what is held. */
export async function closeStays(
  tx: Db,
  chatId: string,
  memberIds: readonly string[],
  told: { at: Date; how: 'left' | 'removed' },
): Promise<void> {
  await sql`
    update group_membership set left_at = greatest(${told.at}, joined_at), left_how = ${told.how}
    where chat_id = ${chatId} and member_id = any(${memberIds}::text[]) and left_at is null`.execute(tx)
}

/** Everybody's stay ends with the group. Gives whose. */
export async function closeAllStays(tx: Db, chatId: string, how: 'dismissed' | 'missing', at: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('groupMembership')
    .set({ leftAt: sql`greatest(${at}, joined_at)`, leftHow: how })
    .where('chatId', '=', chatId)
    .where('leftAt', 'is', null)
    .returning('memberId')
    .execute()
  return rows.map(({ memberId }) => memberId)
}

export async function hasInexactStays(db: Db, chatId: string): Promise<boolean> {
  const row = await db
    .selectFrom('groupMembership')
    .select('memberId')
    .where('chatId', '=', chatId)
    .where('leftAt', 'is', null)
    .where('isExact', '=', false)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
