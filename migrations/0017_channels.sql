-- A way for customers to come in: a contact-way code (doc 92228) or an acquisition link (doc 97297). The row is there
-- before WeCom is asked, with the `state` it will be found by, so that no answer that gets lost loses a code.
create table channel (
  channel_id      text primary key,
  name            text        not null,
  kind            text        not null check (kind in ('guide', 'guides', 'store', 'link')),
  source          text        not null check (source in ('guide', 'coupon', 'live', 'public')),
  guide_ids       text[]      not null,
  store_ids       text[]      not null,
  skip_verify     boolean     not null,
  tags            jsonb       not null,
  rule_id         text,
  valid_from      timestamptz,
  valid_to        timestamptz,
  daily_cap       integer check (daily_cap > 0),
  -- A guide's own code (我的码), made when she first asks for it.
  personal        boolean     not null,
  -- What comes back with every friend: the way's state, or the link's customer_channel.
  state           text        not null unique,
  -- config_id of a contact way, link_id of an acquisition link.
  wecom_id        text unique,
  -- Of the way's picture, or the link itself.
  url             text,
  picture         bytea,
  -- When WeCom was asked to create it and has not been heard since: it may exist there, to be found by its state.
  intended_at     timestamptz,
  -- What WeCom last took: another wish is another call, the same is none.
  told            jsonb,
  told_at         timestamptz,
  -- Why WeCom refused it, ready to read.
  failure         text,
  failure_errcode integer,
  -- Said beside the code while it works: everybody has had enough today, a link that nobody can be reached by.
  note            text,
  -- Guides whom WeCom does not take, and why: left out until the day turns or somebody edits.
  troubles        jsonb       not null,
  unavailable_at  timestamptz,
  retired_at      timestamptz,
  -- Deleted at WeCom.
  removed_at      timestamptz,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  check (valid_to > valid_from)
);
create index channel_open on channel (channel_id) where removed_at is null;

-- Who was given whom: whose turn it is, and who has had enough today.
create table channel_arrival (
  channel_id       text        not null references channel,
  guide_user_id    text        not null,
  external_user_id text        not null,
  at               timestamptz not null,
  primary key (channel_id, guide_user_id, external_user_id)
);
create index channel_arrival_at on channel_arrival (channel_id, at);

-- What WeCom tells about an acquisition link beside the friends it brings (doc 97299); the same told twice is one row.
create table channel_visit (
  channel_id text        not null references channel,
  what       text        not null check (what in ('opened', 'requested', 'chatted', 'wrote')),
  at         timestamptz not null,
  subject    text        not null,
  primary key (channel_id, what, at, subject)
);

-- Who is at work. A guide without a row is; `leaves` are days of Asia/Shanghai, both ends included. Keyed without case.
create table guide_duty (
  user_id    text primary key,
  on_duty    boolean     not null,
  leaves     jsonb       not null,
  updated_at timestamptz not null
);

create index follow_relation_channel on follow_relation (channel_state, started_at) where channel_state is not null;
