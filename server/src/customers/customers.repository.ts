import type { EndedBy } from '@zhanggui/shared/customer.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'

/** A relation began or ended, as a callback told it. */
export interface FollowChange {
  guideUserId: string
  what: 'started' | 'ended'
  at: Date
  endedBy?: EndedBy
  channelState?: string
}

export interface MirroredCustomer {
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

export interface CustomerNews {
  externalUserId: string
  change?: FollowChange
  /** What WeCom said when asked at `heardAt`. */
  mirrored?: MirroredCustomer
  heardAt: Date
}

/**
 * Keeps what was heard of a customer, in whatever order and how often ever it is told. Starts and ends are added to
 * the pair's history, which is a set, and each relation is read off the whole of it: live if the last start is later
 * than the last end, begun at the first start since the end before. The owner is whoever started first of all.
 * An answer of WeCom to an older question never overwrites a newer one's.
 */
export async function keepCustomerNews(db: Kysely<Database>, news: CustomerNews): Promise<void> {
  const { externalUserId, change, mirrored, heardAt } = news
  await db.transaction().execute(async (tx) => {
    // News of one customer take turns, so that each is read off all that went before: the statement below must
    // begin after the lock is held, or it would not see what the last holder committed.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`customer ${externalUserId}`}, 0))`.execute(tx)
    await sql`
      with input as (
        select ${externalUserId}::text as id, ${heardAt}::timestamptz as heard_at, ${mirrored !== undefined}::boolean as mirrored
      ), relation as (
        select * from json_to_recordset(${JSON.stringify(mirrored?.relations ?? [])}::json) as given (
          "guideUserId" text, "startedAt" timestamptz, remark text, description text, "addWay" int,
          "channelState" text, "operUserId" text, tags json
        )
      ), change as (
        select * from json_to_recordset(${JSON.stringify(change ? [change] : [])}::json) as given (
          "guideUserId" text, what text, at timestamptz, "endedBy" text, "channelState" text
        )
      ), heard as (
        select "guideUserId" as guide_user_id, what, at, "endedBy" as ended_by from change
        union
        select "guideUserId", 'started', "startedAt", null from relation
      ), history as (
        select guide_user_id, what, at, ended_by from follow_history, input where external_user_id = id
        union
        select guide_user_id, what, at, ended_by from heard
      ), kept_history as (
        insert into follow_history (guide_user_id, external_user_id, what, at, ended_by)
        select guide_user_id, id, what, at, ended_by from heard, input
        on conflict do nothing
      ), kept_guides as (
        -- WeCom's spelling of a userid wins over a till's. Guides known as they are spelled are not even locked:
        -- all friends of a busy guide would wait for each other.
        insert into guide (user_id, updated_at)
        select distinct on (lower(guide_user_id)) guide_user_id, heard_at from heard, input
        where not exists (select from guide known where known.user_id = guide_user_id)
        order by lower(guide_user_id)
        on conflict (lower(user_id)) do update set user_id = excluded.user_id
      ), first as (
        select guide_user_id, at from history where what = 'started' order by at, guide_user_id limit 1
      ), kept_customer as (
        insert into customer as c (
          external_user_id, name, type, gender, avatar, union_id, corp_name, owner_user_id, owner_since, mirrored_at, created_at
        )
        select id, ${mirrored?.name ?? null}::text, ${mirrored?.type ?? null}::smallint, ${mirrored?.gender ?? null}::smallint,
          ${mirrored?.avatar ?? null}::text, ${mirrored?.unionId ?? null}::text, ${mirrored?.corpName ?? null}::text,
          first.guide_user_id, first.at, case when mirrored then heard_at end, heard_at
        from input left join first on true
        on conflict (external_user_id) do update set
          (name, type, gender, avatar, union_id, corp_name, mirrored_at) = (
            select n.name, n.type, n.gender, n.avatar, n.union_id, n.corp_name, n.mirrored_at
            from (values
              (true, excluded.name, excluded.type, excluded.gender, excluded.avatar, excluded.union_id, excluded.corp_name, excluded.mirrored_at),
              (false, c.name, c.type, c.gender, c.avatar, c.union_id, c.corp_name, c.mirrored_at)
            ) as n (newer, name, type, gender, avatar, union_id, corp_name, mirrored_at)
            where n.newer = coalesce(excluded.mirrored_at > coalesce(c.mirrored_at, '-infinity'), false)
          ),
          owner_user_id = excluded.owner_user_id, owner_since = excluded.owner_since
      ), span as (
        select guide_user_id, max(at) filter (where what = 'started') as last_start,
          max(at) filter (where what = 'ended') as last_end, min(at) as first_heard
        from history group by guide_user_id
      ), derived as (
        select span.guide_user_id,
          coalesce((
            select min(began.at) from history began
            where began.guide_user_id = span.guide_user_id and began.what = 'started' and began.at > coalesce((
              select max(gone.at) from history gone
              where gone.guide_user_id = span.guide_user_id and gone.what = 'ended' and gone.at < span.last_start
            ), '-infinity')
          ), first_heard) as started_at,
          case when last_end >= coalesce(last_start, '-infinity') then last_end end as ended_at
        from span
      ), told as (
        select relation.*,
          coalesce(heard_at > held.mirrored_at, true) as is_newer
        from input cross join relation
        left join follow_relation held on held.external_user_id = id and held.guide_user_id = relation."guideUserId"
      ), kept_relations as (
        insert into follow_relation as r (
          guide_user_id, external_user_id, started_at, ended_at, ended_by, remark, description, add_way, channel_state,
          oper_user_id, mirrored_at
        )
        select derived.guide_user_id, id, derived.started_at, derived.ended_at,
          (select ended_by from history where history.guide_user_id = derived.guide_user_id and what = 'ended'
             and at = derived.ended_at limit 1),
          told.remark, told.description, told."addWay", coalesce(told."channelState", change."channelState"),
          told."operUserId", case when told.is_newer then heard_at end
        from input cross join derived
        left join told on told."guideUserId" = derived.guide_user_id
        left join change on change."guideUserId" = derived.guide_user_id
        on conflict (guide_user_id, external_user_id) do update set
          started_at = excluded.started_at, ended_at = excluded.ended_at, ended_by = excluded.ended_by,
          remark = case when excluded.mirrored_at is null then r.remark else excluded.remark end,
          description = case when excluded.mirrored_at is null then r.description else excluded.description end,
          add_way = case when excluded.mirrored_at is null then r.add_way else excluded.add_way end,
          oper_user_id = case when excluded.mirrored_at is null then r.oper_user_id else excluded.oper_user_id end,
          channel_state = coalesce(excluded.channel_state, r.channel_state),
          mirrored_at = coalesce(excluded.mirrored_at, r.mirrored_at)
      ), tag as (
        select told."guideUserId" as guide_user_id, t."groupName" as group_name, t.name, t."tagId" as tag_id, t.source
        from told, json_to_recordset(told.tags) as t ("groupName" text, name text, "tagId" text, source text)
        where told.is_newer
      ), dropped_tags as (
        delete from follow_relation_tag old using told, input
        where old.external_user_id = id and old.guide_user_id = told."guideUserId" and told.is_newer
          and not exists (select from tag where tag.guide_user_id = old.guide_user_id
            and tag.group_name = old.group_name and tag.name = old.name)
      )
      insert into follow_relation_tag (guide_user_id, external_user_id, group_name, name, tag_id, source)
      select distinct on (guide_user_id, group_name, name) guide_user_id, id, group_name, name, tag_id, source
      from tag, input
      on conflict (external_user_id, guide_user_id, group_name, name) do update
        set tag_id = excluded.tag_id, source = excluded.source
        where (follow_relation_tag.tag_id, follow_relation_tag.source) is distinct from (excluded.tag_id, excluded.source)
    `.execute(tx)
  })
}
