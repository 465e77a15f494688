import { type Selectable, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { ChannelTable } from './channels.table.ts'

interface Named {
  name: string | null
}

export interface ViewRow extends Omit<Selectable<ChannelTable>, 'picture'> {
  guides: (Named & { userId: string })[]
  stores: (Named & { storeId: string })[]
  next: (Named & { userId: string })[]
  /** Refused guides, with the reason that follows their name. */
  refused: (Named & { userId: string; words: string })[]
  addedToday: number
  lostToday: number
  total: number
  opened: number
  requested: number
  chatted: number
}

export type Which =
  | { channelId: string }
  /** By channelId. */
  | { after: string; limit: number }
  /** What a manager has a say in: the latest first, retired ones last. Without a store: all. */
  | { manager: { storeId?: string }; limit: number }

/** The numbers are those of the report: friendships by the state they brought. */
export async function listViewRows(db: Db, which: Which, today: Date): Promise<ViewRow[]> {
  const { rows } = await sql<ViewRow>`
    select c.channel_id, c.name, c.kind, c.source, c.guide_ids, c.store_ids, c.skip_verify, c.tags, c.rule_id,
      c.valid_from, c.valid_to, c.daily_cap, c.personal, c.state, c.wecom_id, c.url, c.intended_at, c.told, c.told_at,
      c.failure, c.failure_errcode, c.note, c.troubles, c.unavailable_at, c.retired_at, c.removed_at, c.created_at,
      c.updated_at,
      ${namedGuides(sql`unnest(c.guide_ids) as n (id)`)} as guides,
      ${namedGuides(sql`jsonb_array_elements_text(c.told -> 'userIds') as n (id)`)} as next,
      (
        select coalesce(json_agg(json_build_object('userId', n.id, 'name', guide.name, 'words', n.words) order by n.id), '[]')
        from jsonb_each_text(c.troubles) as n (id, words) left join guide on lower(guide.user_id) = lower(n.id)
      ) as refused,
      (
        select coalesce(json_agg(json_build_object('storeId', n.id, 'name', store.name) order by n.id), '[]')
        from unnest(c.store_ids) as n (id) left join store on store.store_id = n.id
      ) as stores,
      friends.added_today, friends.lost_today, friends.total, visits.opened, visits.requested, visits.chatted
    from ${chosen(which)} c
    cross join lateral (
      select count(*) filter (where started_at >= ${today}) as added_today,
        count(*) filter (where ended_at >= ${today}) as lost_today, count(*) as total
      from follow_relation where channel_state = c.state
    ) friends
    cross join lateral (
      select count(*) filter (where what = 'opened') as opened, count(*) filter (where what = 'requested') as requested,
        count(*) filter (where what = 'chatted') as chatted
      from channel_visit where channel_visit.channel_id = c.channel_id
    ) visits
    order by c.position`.execute(db)
  return rows
}

function namedGuides(named: ReturnType<typeof sql>) {
  return sql`(
    select coalesce(json_agg(
      json_build_object('userId', coalesce(guide.user_id, n.id), 'name', guide.name) order by n.id
    ), '[]')
    from ${named} left join guide on lower(guide.user_id) = lower(n.id)
  )`
}

function chosen(which: Which) {
  if ('channelId' in which) return sql`(select *, 1 as position from channel where channel_id = ${which.channelId})`
  if ('after' in which)
    return sql`(
      select *, row_number() over (order by channel_id) as position from channel
      where channel_id > ${which.after} order by channel_id limit ${which.limit}
    )`
  const { manager, limit } = which
  return sql`(
    select *, row_number() over (order by retired_at nulls first, created_at desc, channel_id) as position from channel
    where not personal and ${manager.storeId === undefined ? sql`true` : isOfStore(manager.storeId)}
    order by position limit ${limit}
  )`
}

/** Of the store itself, or of guides who all work there. */
function isOfStore(storeId: string) {
  return sql`(
    store_ids <@ array[${storeId}]::text[] and cardinality(store_ids) + cardinality(guide_ids) > 0
    and not exists (
      select from unnest(guide_ids) as id
      where not exists (select from guide where lower(guide.user_id) = lower(id) and guide.store_id = ${storeId})
    )
  )`
}
