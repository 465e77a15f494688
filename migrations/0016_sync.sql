-- Reading the whole corp. A run is cut into units; each unit's progress is committed together with what it wrote, so
-- that a run that was killed goes on where it stood.
create table sync_run (
  sync_run_id bigint generated always as identity primary key,
  parts       text[]      not null,
  started_by  text        not null check (started_by in ('command', 'nightly')),
  -- complete: every part was read to its end; incomplete: something could not be read.
  state       text        not null check (state in ('running', 'interrupted', 'incomplete', 'complete', 'superseded')),
  started_at  timestamptz not null,
  -- Renewed every few seconds while it runs: a running one that is silent for long was killed.
  active_at   timestamptz not null,
  active_ms   bigint      not null default 0,
  finished_at timestamptz,
  -- Parts whose units stand in sync_unit.
  planned     text[]      not null default '{}',
  -- What planning and finishing did; while it runs the units hold the rest, afterwards all is in here.
  report      jsonb       not null default '{}'
);
create index sync_run_complete on sync_run (finished_at) where state = 'complete';

create table sync_unit (
  sync_unit_id  bigint generated always as identity primary key,
  sync_run_id   bigint      not null references sync_run on delete cascade,
  part          text        not null,
  -- Userids of the guides it reads; nobody where a part is one unit.
  subjects      text[]      not null,
  expected_rows integer     not null,
  began_at      timestamptz,
  -- Where the next page begins.
  cursor        text,
  -- Went on after a break: whoever is missing may have slipped through it.
  resumed       boolean     not null default false,
  finished_at   timestamptz,
  failure       text,
  tally         jsonb       not null default '{}'
);
create index sync_unit_run on sync_unit (sync_run_id, part);
