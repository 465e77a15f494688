-- A coupon's life after it was issued: claimed by the customer, redeemed once, undone by a manager on the same day.
alter table coupon_template
  -- Whether it goes together with other coupons on one order; both must.
  add column stackable  boolean not null default false,
  -- Basis points of what the coupon gives that the mall bears; the brand bears the rest. Null: nobody said.
  add column cost_share integer check (cost_share between 0 and 10000);
alter table coupon_template alter column stackable drop default;

alter table coupon
  -- Of the guide who issued it, as it was then.
  add column issued_store_id   text,
  add column claimed_at        timestamptz,
  add column redeemed_at       timestamptz,
  -- Null: in the mall.
  add column redeemed_store_id text,
  add column redeemed_by       text,
  add column redeemed_order_id text,
  -- What the till said was bought, fen; an order that comes later knows better.
  add column redeemed_amount   bigint check (redeemed_amount >= 0),
  -- The template's worth and split at that moment: whoever edits it later changes no cost of the past.
  add column redeemed_kind     text,
  add column redeemed_value    bigint,
  add column redeemed_share    integer,
  add check (
    redeemed_at is not null and num_nulls(redeemed_kind, redeemed_value) = 0
    or num_nonnulls(redeemed_at, redeemed_store_id, redeemed_by, redeemed_order_id, redeemed_amount, redeemed_kind,
                    redeemed_value, redeemed_share) = 0
  ),
  add check (redeemed_at is null or withdrawn_at is null);
create index coupon_redeemed_order on coupon (redeemed_order_id) where redeemed_order_id is not null;
create index coupon_issued_at on coupon (issued_at);
update coupon set issued_store_id = guide.store_id from guide where lower(guide.user_id) = lower(coupon.issued_by);

-- What happened to a coupon, each time it happened. That it lapsed is no event: `valid_to` says it.
create table coupon_event (
  coupon_event_id bigint generated always as identity primary key,
  code            text        not null references coupon,
  what            text        not null check (what in ('issued', 'opened', 'claimed', 'withdrawn', 'redeemed', 'undone')),
  at              timestamptz not null,
  -- Who issued, redeemed or undid it.
  guide_user_id   text,
  -- Where that was: a store, the order it was for.
  store_id        text,
  order_id        text,
  -- Through what: sidebar, page, rule, or api: and the name of the key.
  source          text        not null,
  reason          text,
  -- The page's own: the same request again is not a second redemption.
  request_id      uuid unique
);
create index coupon_event_code on coupon_event (code);

insert into coupon_event (code, what, at, guide_user_id, store_id, source)
select code, what, at, case when what <> 'opened' then issued_by end, case when what = 'issued' then issued_store_id end,
  case when what = 'opened' then 'page' else 'sidebar' end
from coupon
cross join lateral (values ('issued', issued_at), ('opened', opened_at), ('withdrawn', withdrawn_at)) as life (what, at)
where at is not null
order by at;

create trigger coupon_event_kept before update or delete on coupon_event for each row
  execute function refuse_rewriting('guide_user_id');

-- A code as somebody typed or a till printed it: without spaces and dashes, letters that look like digits as digits.
create function typed_coupon_code(typed text) returns text language sql immutable parallel safe
  return translate(upper(regexp_replace(typed, '[^0-9A-Za-z]', '', 'g')), 'OILU', '011V');

-- Orders that say which coupons they were paid with.
create index sales_order_with_coupons on sales_order (placed_at) where coupon_codes <> '{}';
