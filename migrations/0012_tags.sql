-- The corp's tags as WeCom last told them (doc 92117). A tag first met on a customer has a name and no group until the
-- list is read; one met by its id alone (doc 92994) has not even a name. What WeCom no longer lists is `deleted_at`.
create table tag_group (
  group_id      text primary key,
  name          text        not null,
  -- Larger first.
  display_order bigint      not null,
  -- Made by this app: only those may be edited (doc 92117).
  ours          boolean     not null default false,
  deleted_at    timestamptz,
  mirrored_at   timestamptz not null
);

create table tag (
  tag_id        text primary key,
  group_id      text,
  group_name    text,
  name          text,
  display_order bigint      not null default 0,
  ours          boolean     not null default false,
  deleted_at    timestamptz,
  -- Null: never read off the list.
  mirrored_at   timestamptz
);
create index tag_group_id on tag (group_id);

-- What stands on a relation, by name: the corp's tags and the guide's own.
create view relation_tag as
select held.external_user_id, held.guide_user_id, held.tag_id, coalesce(tag_group.name, tag.group_name, '') as group_name,
  tag.name, 'wecom'::text as source
from follow_relation_tag held
join tag using (tag_id)
left join tag_group using (group_id)
where tag.name is not null and tag.deleted_at is null
union all
select external_user_id, guide_user_id, null, '', name, 'guide'
from follow_relation_own_tag;
