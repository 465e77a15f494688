-- A refund as its source last told it: positive numbers, apart from its order, which may come later or never. Whose a
-- refund is, is asked when reading: its order's customer if the order is here, else whoever its own ids mean.
create table sales_refund (
  refund_id        text primary key,
  order_id         text,
  channel          text,
  refunded_at      timestamptz not null,
  store_id         text,
  external_user_id text,
  member_no        text,
  union_id         text,
  phone_hash       text,
  amount           bigint      not null check (amount >= 0),
  -- Of everything the source told but refunded_at: the same again changes nothing.
  digest           text        not null,
  revision         integer     not null,
  received_at      timestamptz not null
);
create index sales_refund_order on sales_refund (order_id) where order_id is not null;
create index sales_refund_external_user_id on sales_refund (external_user_id) where external_user_id is not null;
create index sales_refund_member_no on sales_refund (member_no) where member_no is not null;
create index sales_refund_union_id on sales_refund (union_id) where union_id is not null;
create index sales_refund_phone_hash on sales_refund (phone_hash) where phone_hash is not null;
create index sales_refund_refunded_at on sales_refund (refunded_at);

create table sales_refund_line (
  refund_id  text    not null references sales_refund,
  line_no    integer not null,
  product_id text    not null,
  name       text,
  quantity   integer not null check (quantity > 0),
  amount     bigint  not null check (amount >= 0),
  unit_price bigint,
  primary key (refund_id, line_no)
);
create index sales_refund_line_product on sales_refund_line (product_id);

-- Money is append-only: each version of a refund that was ever sent, without the customer's phone.
create table sales_refund_revision (
  refund_id   text        not null,
  revision    integer     not null,
  record      jsonb       not null,
  received_at timestamptz not null,
  primary key (refund_id, revision)
);

-- As with orders: what an erased person gave back stays with the pseudonym, whatever is corrected later.
create function keep_refund_pseudonymous() returns trigger language plpgsql as $$
declare
  held text;
begin
  select pseudonym into held from erased_customer
  where external_user_id = new.external_user_id and new.refunded_at <= erased_at;
  if tg_op = 'UPDATE' and old.external_user_id like 'erased:%' then
    held := old.external_user_id;
  end if;
  if held is null and new.order_id is not null then
    select external_user_id into held from sales_order
    where order_id = new.order_id and external_user_id like 'erased:%';
  end if;
  if held is not null then
    new.external_user_id := held;
    new.member_no := null;
    new.union_id := null;
    new.phone_hash := null;
  end if;
  return new;
end $$;
create trigger sales_refund_pseudonymous before insert or update on sales_refund
  for each row execute function keep_refund_pseudonymous();

create function keep_refund_revision_pseudonymous() returns trigger language plpgsql as $$
declare
  held text;
begin
  select external_user_id into held from sales_refund
  where refund_id = new.refund_id and external_user_id like 'erased:%';
  if held is not null and new.record ? 'customer' then
    new.record := jsonb_set(new.record, '{customer}', jsonb_build_object('externalUserId', held));
  end if;
  return new;
end $$;
create trigger sales_refund_revision_pseudonymous before insert on sales_refund_revision
  for each row execute function keep_refund_revision_pseudonymous();
