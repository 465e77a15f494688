import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Drift } from './customers.repository.ts'

interface NewsJson {
  customers: string
  relations: string
  changes: string
}

/** The one statement behind `keepManyCustomerNews`. Each parameter is a JSON list; `id` is the customer's. */
export async function keepNews(tx: Kysely<Database>, news: NewsJson): Promise<Drift> {
  const { rows } = await statement(news).execute(tx)
  const [drift] = rows
  if (!drift) throw new Error('a statement that always answers with one row gave none')
  return drift
}

const statement = (news: NewsJson): RawBuilder<Drift> => sql<Drift>`
with given_customer as (
  select id, "heardAt" as heard_at, profile is not null as mirrored, profile->>'name' as name,
    (profile->>'type')::smallint as type, (profile->>'gender')::smallint as gender, profile->>'avatar' as avatar,
    profile->>'unionId' as union_id, profile->>'corpName' as corp_name, erased_at
  from json_to_recordset(${news.customers}::json) as given (id text, "heardAt" timestamptz, profile json)
  left join erased_customer on external_user_id = id
), relation as (
  select given.* from json_to_recordset(${news.relations}::json) as given (
    id text, "heardAt" timestamptz, "guideUserId" text, "startedAt" timestamptz, remark text, description text,
    "addWay" int, "channelState" text, "operUserId" text, company text, phones json, tags json, "ownTags" text[]
  )
  join given_customer using (id)
  where erased_at is null or "startedAt" > erased_at
), change as (
  select given.* from json_to_recordset(${news.changes}::json) as given (
    id text, "guideUserId" text, what text, at timestamptz, "endedBy" text, "channelState" text
  )
  join given_customer using (id)
  -- An end alone brings nobody back.
  where erased_at is null
    or at > erased_at and (what = 'started' or exists (select from customer where external_user_id = id))
), input as (
  select * from given_customer
  where erased_at is null or exists (select from relation where relation.id = given_customer.id)
    or exists (select from change where change.id = given_customer.id)
), heard as (
  select id, guide_user_id, what, at, ended_by, bool_or(is_creation) as is_creation from (
    select id, "guideUserId" as guide_user_id, what, at, "endedBy" as ended_by, false as is_creation from change
    union all
    select id, "guideUserId", 'started', "startedAt", null, true from relation
  ) as told
  group by id, guide_user_id, what, at, ended_by
), pair as (
  select distinct id, guide_user_id from heard
), void as (
  delete from follow_history using (
    select known.place from relation cross join lateral (
      select ctid as place from follow_history
      where external_user_id = relation.id and guide_user_id = relation."guideUserId"
        and what = 'ended' and ended_by = 'missing' and at < relation."heardAt" offset 0
    ) as known
  ) as found
  where follow_history.ctid = found.place
), history as (
  select id, guide_user_id, what, at, ended_by, is_creation
  from pair cross join lateral (
    -- One pair at a time, whatever the planner thinks of the table: hence the offset.
    select what, at, ended_by, is_creation from follow_history
    where external_user_id = id and follow_history.guide_user_id = pair.guide_user_id offset 0
  ) as known
  where not (what = 'ended' and ended_by = 'missing' and exists (
    select from relation where relation.id = pair.id and relation."guideUserId" = pair.guide_user_id
      and known.at < relation."heardAt"
  ))
  union
  select id, guide_user_id, what, at, ended_by, is_creation from heard
), kept_history as (
  insert into follow_history as held (guide_user_id, external_user_id, what, at, ended_by, is_creation)
  select distinct on (guide_user_id, id, what, at) guide_user_id, id, what, at, ended_by, is_creation from heard
  order by guide_user_id, id, what, at, ended_by
  on conflict (external_user_id, guide_user_id, what, at) do update set is_creation = true
    where excluded.is_creation and not held.is_creation
), kept_guides as (
  -- WeCom's spelling of a userid wins over a till's. Guides known as they are spelled are not even locked: all
  -- friends of a busy guide would wait for each other.
  insert into guide (user_id, updated_at)
  select distinct on (lower(guide_user_id)) guide_user_id, heard_at from pair join input using (id)
  where not exists (select from guide known where known.user_id = guide_user_id)
  order by lower(guide_user_id)
  on conflict (lower(user_id)) do update set user_id = excluded.user_id
), first_start as (
  select distinct on (id) id, guide_user_id, at from (
    select id, known.guide_user_id, known.at from input cross join lateral (
      select guide_user_id, at from follow_history where external_user_id = id and what = 'started'
      order by at, guide_user_id limit 1
    ) as known
    union all
    select id, guide_user_id, at from heard where what = 'started'
  ) as started
  order by id, at, guide_user_id
), last_move as (
  select distinct on (id) id, to_user_id, moved_at from input join owner_move on external_user_id = id
  order by id, moved_at desc, owner_move_id desc
), profile as (
  select input.*, held.external_user_id is null as is_new,
    input.mirrored and (input.heard_at > coalesce(held.mirrored_at, '-infinity')) as is_newer,
    coalesce(last_move.to_user_id, first_start.guide_user_id) as owner_user_id,
    coalesce(last_move.moved_at, first_start.at) as owner_since,
    (held.name, held.type, held.gender, held.avatar, held.union_id,
      held.corp_name)
      is distinct from (input.name, input.type, input.gender, input.avatar, input.union_id, input.corp_name) as differs
  from input
  left join lateral (select * from customer where external_user_id = input.id offset 0) as held on true
  left join first_start using (id)
  left join last_move using (id)
), kept_customer as (
  insert into customer as held (
    external_user_id, name, type, gender, avatar, union_id, corp_name, owner_user_id, owner_since, mirrored_at, created_at
  )
  select id, name, type, gender, avatar, union_id, corp_name, owner_user_id, owner_since,
    case when mirrored then heard_at end, heard_at
  from profile
  on conflict (external_user_id) do update set
    (name, type, gender, avatar, union_id, corp_name, mirrored_at) = (
      select choice.name, choice.type, choice.gender, choice.avatar, choice.union_id, choice.corp_name, choice.mirrored_at
      from (values
        (true, excluded.name, excluded.type, excluded.gender, excluded.avatar, excluded.union_id, excluded.corp_name, excluded.mirrored_at),
        (false, held.name, held.type, held.gender, held.avatar, held.union_id, held.corp_name, held.mirrored_at)
      ) as choice (newer, name, type, gender, avatar, union_id, corp_name, mirrored_at)
      where choice.newer = coalesce(excluded.mirrored_at > coalesce(held.mirrored_at, '-infinity'), false)
    ),
    owner_user_id = excluded.owner_user_id, owner_since = excluded.owner_since
), span as (
  select id, guide_user_id, max(at) filter (where what = 'started') as last_start,
    max(at) filter (where what = 'ended') as last_end, min(at) as first_heard
  from history group by id, guide_user_id
), end_before as (
  select id, guide_user_id, max(at) as ended_before from history join span using (id, guide_user_id)
  where what = 'ended' and at < last_start group by id, guide_user_id
), began as (
  select id, guide_user_id, coalesce(max(at) filter (where is_creation), min(at)) as started_at from history left join end_before using (id, guide_user_id)
  where what = 'started' and at > coalesce(ended_before, '-infinity') group by id, guide_user_id
), ended as (
  select distinct on (id, guide_user_id) id, guide_user_id, at as ended_at, ended_by
  from history join span using (id, guide_user_id)
  where what = 'ended' and at = last_end and last_end >= coalesce(last_start, '-infinity')
  order by id, guide_user_id, ended_by
), derived as (
  select id, guide_user_id, coalesce(began.started_at, first_heard) as started_at, ended_at, ended_by
  from span left join began using (id, guide_user_id) left join ended using (id, guide_user_id)
), told as (
  select relation.*, relation."guideUserId" as guide_user_id, held.external_user_id is null as is_new, array(select json_array_elements_text(phones->'hashes')) as phone_hashes,
    coalesce(relation."heardAt" > held.mirrored_at, true) as is_newer,
    (held.remark, held.description, held.add_way, held.oper_user_id, held.company)
      is distinct from (relation.remark, relation.description, relation."addWay", relation."operUserId", relation.company)
      or held.phone_hashes is distinct from array(select json_array_elements_text(phones->'hashes')) as differs
  from relation
  left join lateral (
    select * from follow_relation
    where external_user_id = relation.id and guide_user_id = relation."guideUserId" offset 0
  ) as held on true
), first_state as (
  select distinct on (id, "guideUserId") id, "guideUserId" as guide_user_id, "channelState" as channel_state
  from change where "channelState" is not null order by id, "guideUserId", at
), kept_relation as (
  insert into follow_relation as held (
    guide_user_id, external_user_id, started_at, ended_at, ended_by, remark, description, add_way, channel_state,
    oper_user_id, company, phone_hashes, phones_sealed, mirrored_at
  )
  select guide_user_id, id, derived.started_at, derived.ended_at, derived.ended_by, remark, description, "addWay",
    coalesce(told."channelState", channel_state), "operUserId", company, coalesce(phone_hashes, '{}'),
    decode(phones->>'sealed', 'base64'), case when is_newer then "heardAt" end
  from derived
  left join told using (id, guide_user_id)
  left join first_state using (id, guide_user_id)
  on conflict (guide_user_id, external_user_id) do update set
    started_at = excluded.started_at, ended_at = excluded.ended_at, ended_by = excluded.ended_by,
    (remark, description, add_way, oper_user_id, company, phone_hashes, phones_sealed) = (
      select choice.remark, choice.description, choice.add_way, choice.oper_user_id, choice.company, choice.phone_hashes, choice.phones_sealed
      from (values
        (true, excluded.remark, excluded.description, excluded.add_way, excluded.oper_user_id, excluded.company, excluded.phone_hashes, excluded.phones_sealed),
        (false, held.remark, held.description, held.add_way, held.oper_user_id, held.company, held.phone_hashes, held.phones_sealed)
      ) as choice (newer, remark, description, add_way, oper_user_id, company, phone_hashes, phones_sealed)
      where choice.newer = (excluded.mirrored_at is not null)
    ),
    channel_state = case when excluded.mirrored_at is null then coalesce(excluded.channel_state, held.channel_state) else excluded.channel_state end,
    mirrored_at = coalesce(excluded.mirrored_at, held.mirrored_at)
), given_tag as (
  select id, guide_user_id, given."tagId" as tag_id, given.name, given."groupName" as group_name
  from told, json_to_recordset(tags) as given ("tagId" text, name text, "groupName" text)
  where is_newer
), met_tag as (
  -- Names met on a customer are only for tags whose list has not been read yet.
  insert into tag (tag_id, name, group_name, mirrored_at)
  select distinct on (tag_id) tag_id, name, group_name, null from given_tag
  where not exists (select from tag known where known.tag_id = given_tag.tag_id and (known.name is not null or given_tag.name is null))
  order by tag_id
  on conflict (tag_id) do update set name = coalesce(tag.name, excluded.name), group_name = coalesce(tag.group_name, excluded.group_name)
), dropped_tag as (
  delete from follow_relation_tag held using told
  where held.external_user_id = told.id and held.guide_user_id = told.guide_user_id and told.is_newer
    and not exists (select from given_tag where given_tag.id = told.id and given_tag.guide_user_id = held.guide_user_id
      and given_tag.tag_id = held.tag_id)
  returning 1
), added_tag as (
  insert into follow_relation_tag (guide_user_id, external_user_id, tag_id)
  select guide_user_id, id, tag_id from given_tag
  on conflict do nothing
  returning 1
), given_own_tag as (
  select distinct id, guide_user_id, own_tag from told, unnest("ownTags") as own_tag where is_newer
), dropped_own_tag as (
  delete from follow_relation_own_tag held using told
  where held.external_user_id = told.id and held.guide_user_id = told.guide_user_id and told.is_newer
    and told."ownTags" is not null and held.name <> all (told."ownTags")
  returning 1
), added_own_tag as (
  insert into follow_relation_own_tag (guide_user_id, external_user_id, name)
  select guide_user_id, id, own_tag from given_own_tag
  on conflict do nothing
  returning 1
)
select
  (select count(*) from profile where is_new)::int as new_customers,
  (select count(*) from profile where not is_new and is_newer and differs)::int as changed_customers,
  (select count(*) from told where is_new)::int as new_relations,
  (select count(*) from told where not is_new and is_newer and differs)::int as changed_relations,
  ((select count(*) from dropped_tag) + (select count(*) from added_tag) + (select count(*) from dropped_own_tag)
    + (select count(*) from added_own_tag))::int as changed_tags`
