create table store (
  store_id   text primary key,
  name       text        not null,
  kind       text        not null check (kind in ('store', 'counter')),
  ownership  text        not null check (ownership in ('self_operated', 'joint_venture', 'franchise')),
  brand      text,
  address    text,
  latitude   double precision,
  longitude  double precision,
  updated_at timestamptz not null
);

-- WeCom compares userids without case, so the key does too.
create table guide (
  user_id    text primary key,
  name       text,
  store_id   text references store,
  role       text        not null default 'guide' check (role in ('guide', 'manager')),
  updated_at timestamptz not null
);
create unique index guide_user_id_folded on guide (lower(user_id));
create index guide_store on guide (store_id);

create table customer (
  external_user_id text primary key,
  name             text,
  type             smallint,
  gender           smallint,
  avatar           text,
  union_id         text,
  corp_name        text,
  owner_user_id    text,
  owner_since      timestamptz,
  -- When the read began whose answer stands here; null: known from an event alone.
  mirrored_at      timestamptz,
  created_at       timestamptz not null
);
create index customer_union_id on customer (union_id) where union_id is not null;

-- One row per guide and customer. A relation that ends says when and by whom; it is never deleted.
create table follow_relation (
  guide_user_id    text        not null,
  external_user_id text        not null,
  started_at       timestamptz not null,
  ended_at         timestamptz,
  ended_by         text check (ended_by in ('guide', 'customer', 'transfer', 'missing')),
  remark           text,
  description      text,
  add_way          integer,
  channel_state    text,
  oper_user_id     text,
  company          text,
  -- The phones the guide noted (remark_mobiles): keyed hashes to compare, one sealed JSON list to read.
  phone_hashes     text[]      not null default '{}',
  phones_sealed    bytea,
  mirrored_at      timestamptz,
  primary key (guide_user_id, external_user_id),
  check ((ended_at is null) = (ended_by is null))
);
create index follow_relation_customer on follow_relation (external_user_id);

-- Every start and end ever heard of, whatever order the callbacks came in.
create table follow_history (
  guide_user_id    text        not null,
  external_user_id text        not null,
  what             text        not null check (what in ('started', 'ended')),
  at               timestamptz not null,
  ended_by         text,
  -- A start that WeCom told as the relation's own createtime, not as a callback's time: nothing of before is part of it.
  is_creation      boolean     not null default false,
  primary key (external_user_id, guide_user_id, what, at)
);

-- Corp tags by id; their names live in `tag`, so that a renamed tag is renamed everywhere at once.
create table follow_relation_tag (
  guide_user_id    text not null,
  external_user_id text not null,
  tag_id           text not null,
  primary key (external_user_id, guide_user_id, tag_id)
);
create index follow_relation_tag_tag on follow_relation_tag (tag_id);

-- Tags a guide made for herself: WeCom tells their names only (doc 92114).
create table follow_relation_own_tag (
  guide_user_id    text not null,
  external_user_id text not null,
  name             text not null,
  primary key (external_user_id, guide_user_id, name)
);
