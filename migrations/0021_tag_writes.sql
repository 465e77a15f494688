-- Where WeCom's list named it: the order of those that have the same one.
alter table tag_group add column list_position integer not null default 0;
alter table tag add column list_position integer not null default 0;
-- What a guide may type to find the tag: its name and its group's, as they are and by pinyin, in lower case.
alter table tag add column search_text text not null default '';

-- When the whole list was last asked for: what an older reading tells is not kept any more. One row.
create table tag_list_reading (
  only_row boolean     primary key default true check (only_row),
  asked_at timestamptz not null
);

-- The sender's own id of a group that came through the open API.
create table tag_group_record (
  record_id text primary key,
  group_id  text not null
);
create index tag_group_record_group on tag_group_record (group_id);

-- What a guide wants of a customer's tags and WeCom has not done yet, or has refused. A row leaves when it is done.
create table tag_write (
  external_user_id text        not null,
  guide_user_id    text        not null,
  tag_id           text        not null,
  wanted           boolean     not null,
  -- Goes up with every tap, so that the answer to an earlier one settles nothing.
  tap              integer     not null default 1,
  asked_at         timestamptz not null,
  refused_at       timestamptz,
  -- Null in a refusal: WeCom did not answer.
  errcode          integer,
  primary key (external_user_id, guide_user_id, tag_id)
);
create index tag_write_guide on tag_write (guide_user_id) where refused_at is not null;

-- What a guide used last is offered first.
create table tag_use (
  guide_user_id text        not null,
  tag_id        text        not null,
  used_at       timestamptz not null,
  primary key (guide_user_id, tag_id)
);
