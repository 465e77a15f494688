-- Ownership moves by handover or by a manager's ruling, and every move says who, when and why. Without one, the owner
-- is the first guide who befriended the customer.
create table owner_move (
  owner_move_id    bigint generated always as identity primary key,
  external_user_id text        not null,
  from_user_id     text,
  to_user_id       text        not null,
  cause            text        not null check (cause in ('handover', 'ruling')),
  reason           text,
  moved_by         text,
  moved_at         timestamptz not null,
  -- What makes this move itself: the same told twice is one row.
  source_key       text        not null unique
);
create index owner_move_customer on owner_move (external_user_id, moved_at);
