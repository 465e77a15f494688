import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface GroupCounts {
  size: number
  mine: number
  colleagues: number
  strangers: number
  guides: number
}

export function findGroupWithOwner(db: Db, chatId: string) {
  return db
    .selectFrom('customerGroup')
    .leftJoin('guide as owner', (join) =>
      join.on(sql`lower(owner.user_id)`, '=', sql`lower(customer_group.owner_user_id)`),
    )
    .leftJoin('groupMembership as stay', (join) =>
      join
        .onRef('stay.chatId', '=', 'customerGroup.chatId')
        .onRef('stay.memberId', '=', 'customerGroup.ownerUserId')
        .on('stay.leftAt', 'is', null),
    )
    .selectAll('customerGroup')
    .select((select) => select.fn.coalesce('owner.name', 'stay.name').as('ownerName'))
    .where('customerGroup.chatId', '=', chatId)
    .executeTakeFirst()
}

/** Every stay a customer ever had in the group, for `groupSales`. */
export function customerStays(chatId: string): RawBuilder<unknown> {
  return sql`(select member_id, joined_at, left_at from group_membership where chat_id = ${chatId} and kind = 'customer')`
}

/** Everybody who is in the group now, with what they are to the viewer. */
export function standings(chatId: string, viewerUserId: string): RawBuilder<unknown> {
  return sql`(
    select stay.*, case
        when stay.kind = 'guide' then 'guides'
        when friend.is_mine then 'mine'
        when friend.is_mine is not null then 'colleagues'
        else 'strangers'
      end as standing
    from group_membership stay
    left join lateral (
      select bool_or(lower(guide_user_id) = lower(${viewerUserId})) as is_mine from follow_relation
      where external_user_id = stay.member_id and ended_at is null and stay.kind = 'customer'
    ) friend on true
    where stay.chat_id = ${chatId} and stay.left_at is null
  )`
}

export async function countStandings(db: Db, chatId: string, viewerUserId: string): Promise<GroupCounts> {
  const { rows } = await sql<GroupCounts>`
    select count(*) as size, count(*) filter (where standing = 'mine') as mine,
      count(*) filter (where standing = 'colleagues') as colleagues,
      count(*) filter (where standing = 'strangers') as strangers,
      count(*) filter (where standing = 'guides') as guides
    from ${standings(chatId, viewerUserId)} present`.execute(db)
  return rows[0] ?? { size: 0, mine: 0, colleagues: 0, strangers: 0, guides: 0 }
}

export interface Movements {
  joinedToday: number
  leftToday: number
  joinedThisWeek: number
  leftThisWeek: number
}

/** Comings and goings of today and of the last seven days, today among them (Asia/Shanghai). */
export async function countMovements(db: Db, chatId: string, now: Date): Promise<Movements> {
  const { rows } = await sql<Movements>`
    with day as (
      select date_trunc('day', ${now}::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai' as today
    ), since as (select today, today - interval '6 days' as week from day)
    select count(*) filter (where joined_at >= today) as joined_today,
      count(*) filter (where left_at >= today) as left_today,
      count(*) filter (where joined_at >= week) as joined_this_week,
      count(*) filter (where left_at >= week) as left_this_week
    from group_membership, since
    where chat_id = ${chatId} and (joined_at >= week or left_at >= week)`.execute(db)
  return rows[0] ?? { joinedToday: 0, leftToday: 0, joinedThisWeek: 0, leftThisWeek: 0 }
}
