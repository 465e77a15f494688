-- What reports count, worked out from the orders and refunds whenever one of them, its customer or its guide changes:
-- a row an order or refund, resolved. Empty where nobody or nothing is known. Recomputed from the rows, never added to.
create table sales_fact (
  source     text        not null check (source in ('order', 'refund')),
  source_id  text        not null,
  at         timestamptz not null,
  -- Who bought: 'c:' customer, 'm:' member number, 'u:' unionid, 'p:' phone's keyed hash; null: nobody knows.
  buyer      text,
  channel    text        not null,
  store_id   text        not null,
  -- Who has the sales credit, in lower case.
  guide_id   text        not null,
  units      bigint      not null,
  -- Of the lines.
  amount     bigint      not null,
  -- Money received, or given back.
  money      bigint      not null,
  primary key (source, source_id)
);
create index sales_fact_at on sales_fact (at);
create index sales_fact_store on sales_fact (store_id, at);
create index sales_fact_guide on sales_fact (guide_id, at);
create index sales_fact_buyer on sales_fact (buyer, at) where buyer is not null;

-- A row a product of each.
create table sales_fact_line (
  source     text        not null,
  source_id  text        not null,
  product_id text        not null,
  brand      text        not null,
  at         timestamptz not null,
  units      bigint      not null,
  amount     bigint      not null,
  primary key (source, source_id, product_id)
);
create index sales_fact_line_at on sales_fact_line (at);
create index sales_fact_line_product on sales_fact_line (product_id, at);

-- Orders that are not their buyer's first under a key of a dimension (dimension 'day' has the one key ''). A buyer is
-- new in a period when the order before lies before it: so buyers of any period are its orders less its repeats.
create table repeat_purchase (
  order_id    text        not null,
  dimension   text        not null,
  key         text        not null,
  at          timestamptz not null,
  previous_at timestamptz not null,
  -- When the one before the previous was.
  before_at   timestamptz,
  primary key (order_id, dimension, key)
);
create index repeat_purchase_at on repeat_purchase (dimension, at) include (previous_at, before_at, key);

-- The sums of the facts by dimension, key and span: a day or a month of Asia/Shanghai, as the dimension has it.
create table sales_cell (
  dimension     text   not null,
  span_from     date   not null,
  key           text   not null,
  orders        bigint not null,
  -- Orders whose buyer is known, and how many different ones those are.
  named         bigint not null,
  buyers        bigint not null,
  units         bigint not null,
  amount        bigint not null,
  money         bigint not null,
  refunds       bigint not null,
  refund_amount bigint not null,
  refund_money  bigint not null,
  primary key (dimension, span_from, key)
);

-- What is to be counted again, noted in the writer's own transaction. Of a product or store: everything sold of it.
create table sales_due (
  sales_due_id bigint generated always as identity primary key,
  kind         text not null check (kind in ('order', 'refund', 'product', 'store')),
  id           text not null
);

create function wake_tally() returns trigger language plpgsql as $$
begin
  if not exists (select from added) then
    return null;
  end if;
  if not exists (select from graphile_worker._private_jobs where key = 'tally_sales' and locked_at is null) then
    perform graphile_worker.add_job('tally_sales', job_key := 'tally_sales', priority := 30);
  end if;
  return null;
end $$;
create trigger sales_due_wakes after insert on sales_due referencing new table as added
  for each statement execute function wake_tally();

-- Whatever an order's credits depend on, its figures do. They are due when the credits have been worked out, so that
-- each is counted once and not first without its guide.
create function note_credited_orders_for_sales() returns trigger language plpgsql as $$
begin
  insert into sales_due (kind, id) select distinct 'order', order_id from taken;
  return null;
end $$;
create trigger tally_credit_taken after delete on credit_due referencing old table as taken
  for each statement execute function note_credited_orders_for_sales();

-- Corrections come without a note.
create function note_attributed_orders() returns trigger language plpgsql as $$
begin
  insert into sales_due (kind, id) select distinct 'order', order_id from added;
  return null;
end $$;
create trigger tally_attribution_added after insert on order_attribution referencing new table as added
  for each statement execute function note_attributed_orders();

-- Only what a renamed guide is called: an erased customer's orders are noted when they themselves change.
create function note_renamed_credits() returns trigger language plpgsql as $$
begin
  insert into sales_due (kind, id)
  select distinct 'order', added.order_id from added join former using (order_id, version)
  where added.sales_guide_id is distinct from former.sales_guide_id;
  return null;
end $$;
create trigger tally_attribution_renamed after update on order_attribution
  referencing new table as added old table as former
  for each statement execute function note_renamed_credits();

create function note_refunds_for_sales() returns trigger language plpgsql as $$
begin
  insert into sales_due (kind, id) select 'refund', refund_id from added;
  return null;
end $$;
create trigger tally_refund_added after insert on sales_refund referencing new table as added
  for each statement execute function note_refunds_for_sales();
create trigger tally_refund_changed after update on sales_refund referencing new table as added
  for each statement execute function note_refunds_for_sales();

create function note_rebranded_products() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sales_due (kind, id) select 'product', product_id from added where brand is not null;
  else
    insert into sales_due (kind, id)
    select 'product', added.product_id from added join former using (product_id)
    where added.brand is distinct from former.brand;
  end if;
  return null;
end $$;
create trigger tally_product_added after insert on product referencing new table as added
  for each statement execute function note_rebranded_products();
create trigger tally_product_changed after update on product referencing new table as added old table as former
  for each statement execute function note_rebranded_products();

create function note_rebranded_stores() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sales_due (kind, id) select 'store', store_id from added where brand is not null;
  else
    insert into sales_due (kind, id)
    select 'store', added.store_id from added join former using (store_id)
    where added.brand is distinct from former.brand;
  end if;
  return null;
end $$;
create trigger tally_store_added after insert on store referencing new table as added
  for each statement execute function note_rebranded_stores();
create trigger tally_store_changed after update on store referencing new table as added old table as former
  for each statement execute function note_rebranded_stores();

-- What is here already.
insert into sales_due (kind, id) select 'order', order_id from sales_order;
insert into sales_due (kind, id) select 'refund', refund_id from sales_refund;
