-- Rates. A rule that is changed gets another version, which stands for it from its own `effective_from` on.
create table commission_rule (
  rule_id        text        not null,
  version        integer     not null,
  credit         text        not null check (credit in ('sales', 'service')),
  -- Basis points.
  rate           integer     not null check (rate between 0 and 10000),
  effective_from timestamptz not null,
  effective_to   timestamptz,
  product_id     text,
  category       text,
  brand          text,
  channel        text,
  ownership      text,
  published_at   timestamptz not null,
  primary key (rule_id, version)
);
create trigger commission_rule_kept before update or delete on commission_rule for each row
  execute function refuse_rewriting();

-- Which rules an order was promised. A line keeps its rule once its product and store are known and a rule fits, so
-- the last version holds all earlier ones'.
create table commission_terms (
  order_id         text        not null references sales_order,
  version          integer     not null,
  placed_at        timestamptz not null,
  channel          text        not null,
  store_id         text,
  -- [{productId, credit, ruleId, version}]
  picks            jsonb       not null,
  -- Products, and the store, that nobody had described when the rules were picked.
  unknown_products text[]      not null,
  unknown_store_id text,
  -- A credited guide has a line without a rule.
  is_uncovered     boolean     not null,
  -- When the refund window is over.
  confirms_at      timestamptz not null,
  made_at          timestamptz not null,
  primary key (order_id, version)
);
create index commission_terms_unknown_products on commission_terms using gin (unknown_products)
  where unknown_products <> '{}';
create index commission_terms_unknown_store on commission_terms (unknown_store_id) where unknown_store_id is not null;
create index commission_terms_uncovered on commission_terms (placed_at) where is_uncovered;
create trigger commission_terms_kept before update or delete on commission_terms for each row
  execute function refuse_rewriting();

-- The ledger. What a guide has earned by an order is the sum of its entries: nothing is ever deleted or edited.
create table commission_entry (
  entry_id            bigint generated always as identity primary key,
  order_id            text        not null references sales_order,
  -- Two servers that work out one order at once cannot both write its next entry.
  entry_no            integer     not null,
  guide_user_id       text        not null,
  credit              text        not null check (credit in ('sales', 'service')),
  kind                text        not null check (kind in ('earn', 'reversal', 'correction')),
  refund_id           text,
  rule_id             text        not null,
  rule_version        integer     not null,
  rate                integer     not null,
  -- Money received, in fen; less than nothing where it was given back.
  base                bigint      not null,
  amount              bigint      not null,
  order_revision      integer     not null,
  attribution_version integer     not null,
  terms_version       integer     not null,
  -- When it came about in the world: the order placed, the money given back, the correction made.
  occurred_at         timestamptz not null,
  confirms_at         timestamptz not null,
  posted_at           timestamptz not null,
  unique (order_id, entry_no),
  foreign key (rule_id, rule_version) references commission_rule,
  foreign key (order_id, attribution_version) references order_attribution,
  foreign key (order_id, terms_version) references commission_terms,
  check ((kind = 'reversal') = (refund_id is not null))
);
create index commission_entry_guide on commission_entry (lower(guide_user_id), occurred_at);
create index commission_entry_occurred_at on commission_entry (occurred_at);
create index commission_entry_refund on commission_entry (refund_id) where refund_id is not null;
create trigger commission_entry_kept before update or delete on commission_entry for each row
  execute function refuse_rewriting('guide_user_id');

-- A closed month of Asia/Shanghai, and the entries it settled.
create table commission_period (
  -- YYYY-MM
  period    text primary key,
  closed_at timestamptz not null,
  closed_by text        not null,
  entries   integer     not null,
  total     bigint      not null
);
create trigger commission_period_kept before update or delete on commission_period for each row
  execute function refuse_rewriting();

create table commission_settlement (
  entry_id bigint primary key references commission_entry,
  period   text not null references commission_period
);
create index commission_settlement_period on commission_settlement (period);
create trigger commission_settlement_kept before update or delete on commission_settlement for each row
  execute function refuse_rewriting();

-- What was sold before its product or store was described gets the rule it should have had.
create function note_orders_of_products() returns trigger language plpgsql as $$
begin
  insert into credit_due (order_id)
  select distinct order_id from commission_terms
  where unknown_products <> '{}' and unknown_products && array(select product_id from added);
  return null;
end $$;
create trigger product_added after insert on product referencing new table as added
  for each statement execute function note_orders_of_products();

create function note_orders_of_stores() returns trigger language plpgsql as $$
begin
  insert into credit_due (order_id)
  select distinct order_id from commission_terms where unknown_store_id in (select store_id from added);
  return null;
end $$;
create trigger store_added after insert on store referencing new table as added
  for each statement execute function note_orders_of_stores();
