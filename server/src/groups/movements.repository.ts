import type { JoinScene } from '@zhanggui/shared/group.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { kindOfMember } from './member-kind.ts'

/** Comings or goings as a callback told them. */
export type Movement =
  | { what: 'joined'; memberIds: readonly string[]; at: Date; how: JoinScene }
  | { what: 'left'; memberIds: readonly string[]; at: Date; how: 'left' | 'removed' }

/** A callback's time and WeCom's join_time of the same joining differ by less. */
export const SAME_JOINING = sql`interval '15 seconds'`

export async function keepMovements(tx: Db, chatId: string, movement: Movement, heardAt: Date): Promise<void> {
  const { memberIds, what, at, how } = movement
  await sql`
    insert into group_movement (chat_id, member_id, what, at, how, heard_at)
    select distinct ${chatId}, unnest(${memberIds}::text[]), ${what}, ${at}::timestamptz, ${how}, ${heardAt}::timestamptz
    on conflict do nothing`.execute(tx)
}

/** Whom callbacks have told of since: only their history may read differently now. */
export async function listMoved(tx: Db, chatId: string, since: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('groupMovement')
    .select('memberId')
    .distinct()
    .where('chatId', '=', chatId)
    .where('heardAt', '>=', since)
    .execute()
  return rows.map(({ memberId }) => memberId)
}

/**
 * Tells the stays of these people that are over from all that is known by now, so that it does not matter in which
 * order it was heard: a stay ends with the first going told before the next coming. A coming of which no stay is known
 * becomes one, once it is clear that it is over. Stays that go on are left alone.
 */
export async function retellHistory(tx: Db, chatId: string, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return
  await sql`
    with person as (
      select distinct unnest(${memberIds}::text[]) as member_id
    ), coming as (
      select member_id, joined_at as at, null as scene, true as is_kept
      from group_membership join person using (member_id) where chat_id = ${chatId}
      union all
      select member_id, at, how, false
      from group_movement told join person using (member_id)
      where chat_id = ${chatId} and what = 'joined' and not exists (
        select from group_membership stay
        where stay.chat_id = ${chatId} and stay.member_id = told.member_id
          and stay.joined_at between told.at - ${SAME_JOINING} and told.at + ${SAME_JOINING}
      )
    ), span as (
      select *, lead(at) over (partition by member_id order by at) as next from coming
    ), stay as (
      select span.*, going.at as gone_at, going.how
      from span left join lateral (
        select at, how from group_movement told
        where told.chat_id = ${chatId} and told.member_id = span.member_id and told.what = 'left'
          and told.at >= span.at and told.at <= coalesce(span.next, 'infinity')
        order by told.at limit 1
      ) going on true
    ), explained as (
      update group_membership kept
      set left_at = coalesce(stay.gone_at, stay.next), left_how = coalesce(stay.how, 'missing')
      from stay
      where stay.is_kept and kept.chat_id = ${chatId}
        and (kept.member_id, kept.joined_at) = (stay.member_id, stay.at) and kept.left_at is not null
        and case
          when stay.gone_at is not null then (kept.left_at, kept.left_how) <> (stay.gone_at, stay.how)
          else stay.next < kept.left_at
        end
    )
    insert into group_membership (chat_id, member_id, joined_at, kind, is_exact, join_scene, left_at, left_how)
    select ${chatId}, person.member_id, stay.at, ${kindOfMember(chatId)}, false, stay.scene,
      coalesce(gone_at, next, ended_at, greatest(stay.at, mirrored_at)),
      coalesce(stay.how, case when next is not null then 'missing' end, ended_how, 'missing')
    from stay join person using (member_id) join customer_group on chat_id = ${chatId}
    where not is_kept and (gone_at is not null or next is not null or ended_at is not null or unsure_since is null)
    on conflict do nothing`.execute(tx)
}
