-- 在职继承 and 离职继承 (docs 92125, 94081): WeCom says yes to a handover at once and does it, or not, a day later.
create table handover (
  handover_id   text primary key,
  kind          text        not null check (kind in ('active', 'resigned')),
  from_user_id  text        not null,
  to_user_id    text        not null,
  -- What the customers read when it is done; null: WeCom's own words.
  message       text,
  -- Null: everybody the giver has, to be found out first.
  customer_ids  text[],
  with_groups   boolean     not null,
  asked_by      text        not null,
  asked_at      timestamptz not null,
  -- When its customers and groups were listed.
  planned_at    timestamptz,
  -- When WeCom was last asked what became of it.
  polled_at     timestamptz,
  finished_at   timestamptz
);
create index handover_open on handover (lower(from_user_id)) where finished_at is null;

-- queued: WeCom has not been asked; waiting: it said yes and takes its 24 hours; else how it ended.
create table handover_customer (
  handover_id      text        not null references handover,
  external_user_id text        not null,
  state            text        not null check (state in ('queued', 'waiting', 'done', 'refused', 'limit', 'failed')),
  -- Why it failed, in snake_case.
  reason           text,
  errcode          integer,
  asked_at         timestamptz,
  ended_at         timestamptz,
  primary key (handover_id, external_user_id)
);
create index handover_customer_waiting on handover_customer (external_user_id) where state = 'waiting';

create table handover_group (
  handover_id text        not null references handover,
  chat_id     text        not null,
  state       text        not null check (state in ('queued', 'done', 'failed')),
  reason      text,
  errcode     integer,
  ended_at    timestamptz,
  primary key (handover_id, chat_id)
);
