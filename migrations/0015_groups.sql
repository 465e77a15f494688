-- A customer group as WeCom last told it (doc 92122). One that is dissolved, or that no list names any more, is ended,
-- never deleted.
create table customer_group (
  chat_id        text primary key,
  -- Null: not told yet; '': the group has no name.
  name           text,
  owner_user_id  text,
  notice         text,
  -- 0 normal, 1 owner resigned, 2 being inherited, 3 inherited (doc 92120).
  status         smallint    not null default 0,
  started_at     timestamptz,
  -- Of the members that are held (doc 92130); it changes with every coming and going.
  member_version text,
  ended_at       timestamptz,
  ended_how      text check (ended_how in ('dismissed', 'missing')),
  -- When the last callback about it came: an answer to a question asked right then may still be the old one.
  heard_at       timestamptz,
  -- Since when it is known that WeCom may know better; null: what is held is what WeCom told.
  unsure_since   timestamptz,
  -- A callback told that owner, name or notice changed, and no answer has shown it yet.
  awaits_change  boolean     not null default false,
  -- When the last list was asked for that named it.
  listed_at      timestamptz,
  -- When the question was asked whose answer stands here; null: known from a callback or a list alone.
  mirrored_at    timestamptz,
  check ((ended_at is null) = (ended_how is null))
);
create index customer_group_owner on customer_group (lower(owner_user_id));

create table group_admin (
  chat_id text not null references customer_group,
  user_id text not null,
  primary key (chat_id, user_id)
);

-- One row per stay of a person in a group: who came when, by whom and how, and how the stay ended.
create table group_membership (
  chat_id       text        not null references customer_group,
  -- A userid or an external_userid.
  member_id     text        not null,
  joined_at     timestamptz not null,
  kind          text        not null check (kind in ('guide', 'customer')),
  -- False: a callback told of it, which names no inviter and whose second may differ from WeCom's join_time.
  is_exact      boolean     not null,
  join_scene    text        not null check (join_scene in ('direct', 'link', 'invited', 'qr', 'other')),
  invited_by    text,
  channel_state text,
  name          text,
  nickname      text,
  union_id      text,
  left_at       timestamptz,
  left_how      text check (left_how in ('left', 'removed', 'missing', 'dismissed')),
  primary key (chat_id, member_id, joined_at),
  check ((left_at is null) = (left_how is null))
);
create unique index group_membership_now on group_membership (chat_id, member_id) where left_at is null;
create index group_membership_person on group_membership (member_id);
create index group_membership_left on group_membership (chat_id, left_at) where left_at is not null;

-- Every coming and going a callback told of, in whatever order they came: what reading the group cannot tell of the
-- history is told from these.
create table group_movement (
  chat_id   text        not null references customer_group,
  member_id text        not null,
  what      text        not null check (what in ('joined', 'left')),
  at        timestamptz not null,
  -- joined: a join_scene; left: 'left' or 'removed'.
  how       text        not null,
  heard_at  timestamptz not null,
  primary key (chat_id, member_id, what, at)
);
create index group_movement_heard on group_movement (chat_id, heard_at);

-- Member versions met lately. A superseded one in an answer tells that the answer is old.
create table group_member_version (
  chat_id    text        not null references customer_group,
  version    text        not null,
  superseded boolean     not null,
  heard_at   timestamptz not null,
  primary key (chat_id, version)
);
