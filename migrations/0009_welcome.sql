create table welcome_rule (
  rule_id     text primary key,
  text        text        not null,
  member_text text,
  attachments jsonb       not null,
  match       jsonb       not null,
  priority    integer     not null,
  updated_at  timestamptz not null
);

-- One row per welcome owed; `claim_key` makes sure that one event is welcomed once, whoever works it.
create table welcome (
  welcome_id       bigint generated always as identity primary key,
  claim_key        text        not null unique,
  guide_user_id    text        not null,
  external_user_id text        not null,
  event_at         timestamptz not null,
  received_at      timestamptz not null,
  outcome          text check (outcome in ('sent', 'expired', 'raced', 'failed', 'no_code')),
  reason           text,
  errcode          integer,
  rule_id          text,
  finished_at      timestamptz,
  latency_ms       integer
);
create index welcome_relation on welcome (external_user_id, guide_user_id, event_at);
create index welcome_event_at on welcome (event_at);

-- Welcome attachments live at WeCom for three days; they are uploaded ahead of need and again before they lapse.
create table media (
  source_url  text        not null,
  kind        text        not null check (kind in ('image', 'video', 'file')),
  media_id    text,
  uploaded_at timestamptz,
  expires_at  timestamptz,
  failure     text,
  primary key (source_url, kind)
);
