create table coupon_template (
  coupon_id     text primary key,
  title         text        not null,
  kind          text        not null check (kind in ('amount', 'percent', 'gift')),
  value         bigint      not null check (value >= 0),
  minimum_spend bigint      not null check (minimum_spend >= 0),
  valid_from    timestamptz not null,
  valid_to      timestamptz not null check (valid_to > valid_from),
  stock         integer check (stock >= 0),
  per_customer  integer     not null check (per_customer > 0),
  redeem_at     text        not null check (redeem_at in ('store', 'mall', 'both')),
  store_ids     text[]      not null,
  issued        integer     not null default 0,
  updated_at    timestamptz not null,
  check (stock is null or issued <= stock)
);

-- One issued coupon: one unguessable code of one customer. `ordinal` counts the customer's coupons of one template,
-- so that the unique key, not a check before the write, holds the per-customer limit.
create table coupon (
  code             text primary key,
  coupon_id        text        not null references coupon_template,
  external_user_id text        not null,
  ordinal          integer     not null,
  token            text        not null unique,
  issued_at        timestamptz not null,
  issued_by        text,
  valid_to         timestamptz not null,
  opened_at        timestamptz,
  withdrawn_at     timestamptz
);
create unique index coupon_per_customer on coupon (coupon_id, external_user_id, ordinal) where withdrawn_at is null;
create index coupon_customer on coupon (external_user_id);
