-- An order as its source last told it. The four ids under which its customer may be known are kept as they came;
-- which customer they mean is asked when reading, so an identity that appears later needs no repair.
create table sales_order (
  order_id         text primary key,
  channel          text        not null,
  placed_at        timestamptz not null,
  store_id         text,
  external_user_id text,
  member_no        text,
  union_id         text,
  phone_hash       text,
  sales_guide_id   text,
  service_guide_id text,
  share_token      text,
  coupon_codes     text[]      not null,
  paid_amount      bigint      not null check (paid_amount >= 0),
  -- Of everything the source told but placed_at: the same again changes nothing.
  digest           text        not null,
  revision         integer     not null,
  received_at      timestamptz not null
);
create index sales_order_external_user_id on sales_order (external_user_id, placed_at) where external_user_id is not null;
create index sales_order_member_no on sales_order (member_no, placed_at) where member_no is not null;
create index sales_order_union_id on sales_order (union_id, placed_at) where union_id is not null;
create index sales_order_phone_hash on sales_order (phone_hash, placed_at) where phone_hash is not null;
create index sales_order_placed_at on sales_order (placed_at);

create table sales_order_line (
  order_id   text    not null references sales_order,
  line_no    integer not null,
  product_id text    not null,
  name       text,
  quantity   integer not null check (quantity > 0),
  amount     bigint  not null check (amount >= 0),
  unit_price bigint,
  primary key (order_id, line_no)
);
create index sales_order_line_product on sales_order_line (product_id);

-- Money is append-only: each version of an order that was ever sent, without the customer's phone.
create table sales_order_revision (
  order_id    text        not null,
  revision    integer     not null,
  record      jsonb       not null,
  received_at timestamptz not null,
  primary key (order_id, revision)
);
