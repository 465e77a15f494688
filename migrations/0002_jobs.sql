-- What finally failed, kept until somebody has looked at it and replayed or dismissed it.
create table failed_job (
  failed_job_id bigint generated always as identity primary key,
  task          text        not null,
  payload       jsonb       not null,
  outcome       text        not null check (outcome in ('dropped', 'final', 'alert', 'exhausted')),
  reason        text        not null,
  errcode       integer,
  attempts      integer     not null,
  failed_at     timestamptz not null,
  replayed_at   timestamptz
);
create index failed_job_open on failed_job (failed_at) where replayed_at is null;

-- One row per running worker. Its process holds the advisory lock of `worker_process_id`; a lock that can be taken
-- means the process is gone, and the jobs it had begun are set free at once.
create table worker_process (
  worker_process_id integer generated always as identity primary key,
  worker_ids        text[]      not null,
  started_at        timestamptz not null
);
