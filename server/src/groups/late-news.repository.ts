import type { JoinScene } from '@zhanggui/shared/group.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** A callback's time and WeCom's join_time of the same joining differ by less. */
const SAME_JOINING = sql`interval '5 seconds'`

/** Kept whatever becomes of the callback, since reading the group never tells how somebody left. */
export async function keepDepartures(
  tx: Db,
  chatId: string,
  memberIds: readonly string[],
  told: { at: Date; how: 'left' | 'removed' },
): Promise<void> {
  await sql`
    insert into group_departure (chat_id, member_id, at, how)
    select distinct ${chatId}, unnest(${memberIds}::text[]), ${told.at}::timestamptz, ${told.how}
    on conflict do nothing`.execute(tx)
}

/** A leaving told out of turn ends a stay that had begun by then, and explains one that was only found over. */
export async function recallLeaving(
  tx: Db,
  chatId: string,
  memberIds: readonly string[],
  told: { at: Date; how: 'left' | 'removed' },
): Promise<void> {
  await sql`
    update group_membership set left_at = greatest(${told.at}, joined_at), left_how = ${told.how}
    where chat_id = ${chatId} and member_id = any(${memberIds}::text[]) and joined_at <= ${told.at}
      and (left_at is null or (left_how in ('missing', 'dismissed') and left_at >= ${told.at}))`.execute(tx)
}

/**
 * A joining told out of turn is part of the history, unless a stay is known that it began. How that stay ended is
 * known from a leaving told before it, from the next stay, or from the group's own end.
 */
export async function recallJoining(
  tx: Db,
  chatId: string,
  memberIds: readonly string[],
  told: { at: Date; scene: JoinScene },
): Promise<void> {
  await sql`
    insert into group_membership (chat_id, member_id, joined_at, kind, is_exact, join_scene, left_at, left_how)
    select ${chatId}, one.member_id, ${told.at}::timestamptz,
      case when one.member_id ~ '^w[mo]' then 'customer' else 'guide' end, false, ${told.scene},
      coalesce(departure.at, next.joined_at, dissolved.ended_at),
      coalesce(departure.how, case when next.joined_at is not null then 'missing' end, dissolved.ended_how)
    from (select distinct unnest(${memberIds}::text[]) as member_id) one
    left join lateral (
      select joined_at from group_membership
      where chat_id = ${chatId} and member_id = one.member_id and joined_at > ${told.at}
      order by joined_at limit 1
    ) next on true
    left join lateral (
      select at, how from group_departure where chat_id = ${chatId} and member_id = one.member_id 
        and at >= ${told.at} and at <= coalesce(next.joined_at, 'infinity')
      order by at limit 1
    ) departure on true
    join customer_group dissolved on dissolved.chat_id = ${chatId}
    where not exists (
      select from group_membership stay
      where stay.chat_id = ${chatId} and stay.member_id = one.member_id
        and (stay.joined_at between ${told.at}::timestamptz - ${SAME_JOINING} and ${told.at}::timestamptz + ${SAME_JOINING}
          or (stay.joined_at <= ${told.at} and coalesce(stay.left_at, 'infinity') >= ${told.at}))
    )`.execute(tx)
}
