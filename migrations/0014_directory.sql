-- Departments within the app's visible range (doc 90208). A parent may lie outside it.
create table department (
  department_id text primary key,
  parent_id     text,
  name          text,
  -- Larger first.
  display_order bigint      not null,
  mirrored_at   timestamptz not null
);

-- A department declared a store gives its store to everybody at or below it. No reference: it may be declared before
-- it is mirrored. Checked at the end of a statement, so that two stores may swap departments in one batch.
alter table store
  add department_id text,
  add constraint store_department_id_key unique (department_id) deferrable initially immediate;

-- A guide's store is the one HQ assigned, else the one of the nearest department.
alter table guide rename column store_id to assigned_store_id;
alter table guide rename constraint guide_store_id_fkey to guide_assigned_store_id_fkey;
drop index guide_store;
alter table guide
  add department_store_id text references store,
  add store_id           text generated always as (coalesce(assigned_store_id, department_store_id)) stored,
  add department_ids     text[]  not null default '{}',
  add main_department_id text,
  -- Stays when the userid changes.
  add open_user_id       text,
  -- May contact customers (doc 92571); null: not told yet.
  add follows            boolean,
  -- As WeCom told it (doc 90196); null: not told yet. Whom it no longer shows has left.
  add status             text check (status in ('active', 'disabled', 'not_activated', 'left')),
  -- Within the app's visible range, as far as we know.
  add visible            boolean not null default true,
  add left_at            timestamptz,
  -- When the read began whose answer stands here; null: known from a customer or a till alone.
  add mirrored_at        timestamptz;
create index guide_store on guide (store_id);
create index guide_not_mirrored on guide (user_id) where mirrored_at is null;
create index guide_open_user_id on guide (open_user_id) where open_user_id is not null;

-- Userids that were changed (doc 90970): what still comes under the old one belongs to the new one.
create table guide_alias (
  -- In lower case: WeCom compares userids without case.
  former_id  text primary key,
  user_id    text        not null,
  renamed_at timestamptz not null
);
create index guide_alias_user_id on guide_alias (lower(user_id));
