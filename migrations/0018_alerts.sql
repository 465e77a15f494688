-- What HQ must act on. One open row per kind and subject: the same news again only makes it newer.
create table alert (
  alert_id       bigint generated always as identity primary key,
  kind           text        not null,
  -- What it is about when one kind can be about several things (an errcode, a link); otherwise empty.
  subject        text        not null default '',
  detail         text        not null,
  raised_at      timestamptz not null,
  last_raised_at timestamptz not null,
  times          integer     not null default 1,
  -- The cause ends by itself at this time.
  ends_at        timestamptz,
  sent_at        timestamptz,
  closed_at      timestamptz,
  -- Userid of whoever closed it by hand; null when its cause ended.
  closed_by      text
);
create unique index alert_open on alert (kind, subject) where closed_at is null;
create index alert_recent on alert (closed_at desc) where closed_at is not null;
create index alert_sent on alert (kind, sent_at) where sent_at is not null;

-- Examinations asked for in the console: every server shows the same one.
create table doctor_run (
  doctor_run_id bigint generated always as identity primary key,
  asked_by      text        not null,
  started_at    timestamptz not null,
  -- [{id, group, title, status, found, fix}], as far as it has come.
  results       jsonb       not null,
  finished_at   timestamptz
);
create index doctor_run_started on doctor_run (started_at desc);
