create table product (
  product_id   text primary key,
  name         text        not null,
  price        bigint      not null check (price >= 0),
  brand        text,
  category     text,
  image_url    text,
  url          text,
  mini_program jsonb,
  on_sale      boolean     not null,
  -- Lower-case name, id, brand, category and pinyin initials: what a guide may type.
  search_text  text        not null,
  updated_at   timestamptz not null
);
create index product_category on product (category);

create table product_stock (
  product_id text    not null references product,
  store_id   text    not null,
  quantity   integer not null check (quantity >= 0),
  primary key (product_id, store_id)
);
