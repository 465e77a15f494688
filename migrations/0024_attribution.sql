-- Rows that say what somebody earned are only ever added to. What may change is a name: a guide's whose userid WeCom
-- changed, a customer's who was erased. The arguments are the columns that hold such names.
create function refuse_rewriting() returns trigger language plpgsql as $$
declare
  name_column text;
  was text;
  becomes text;
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - tg_argv = to_jsonb(old) - tg_argv then
    foreach name_column in array tg_argv loop
      was := to_jsonb(old) ->> name_column;
      becomes := to_jsonb(new) ->> name_column;
      if was is distinct from becomes and not (name_column = 'external_user_id' and becomes like 'erased:%')
        and not exists (
          select from guide_alias where former_id = lower(was) and lower(user_id) = lower(becomes)
        )
      then
        raise exception '% is only ever added to', tg_table_name using errcode = 'restrict_violation';
      end if;
    end loop;
    return new;
  end if;
  raise exception '% is only ever added to', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Who is credited for an order, with the evidence as it stood when the order was placed. The last version counts; a
-- later one fills what nobody knew before, follows what the till corrected, or is a manager's correction.
create table order_attribution (
  order_id              text        not null references sales_order,
  version               integer     not null,
  cause                 text        not null check (cause in ('placed', 'identity', 'owner', 'till', 'correction')),
  -- Whose the order is; null: nobody could be matched yet.
  external_user_id      text,
  channel               text        not null,
  placed_at             timestamptz not null,
  -- Whose the customer was at `placed_at`.
  owner_guide_id        text,
  -- Whose share brought the order, if it was placed within the window.
  sharer_guide_id       text,
  till_sales_guide_id   text,
  till_service_guide_id text,
  -- Who redeemed a coupon on it at the counter.
  redeemer_guide_id     text,
  rule                  text        not null check (rule in ('owner_first', 'sharer_first')),
  window_days           integer     not null,
  sales_guide_id        text,
  sales_why             text        not null check (sales_why in ('till', 'owner', 'sharer', 'correction', 'nobody')),
  service_guide_id      text,
  service_why           text        not null check (service_why in ('till', 'redeemer', 'correction', 'nobody')),
  reason                text,
  corrected_by          text,
  made_at               timestamptz not null,
  primary key (order_id, version),
  check ((sales_guide_id is null) <= (sales_why in ('nobody', 'correction'))),
  check ((service_guide_id is null) <= (service_why in ('nobody', 'correction'))),
  check ((cause = 'correction') = (corrected_by is not null and reason is not null))
);
create index order_attribution_customer on order_attribution (external_user_id) where external_user_id is not null;
create index order_attribution_ownerless on order_attribution (external_user_id)
  where external_user_id is not null and owner_guide_id is null;
create trigger order_attribution_kept before update or delete on order_attribution for each row
  execute function refuse_rewriting('external_user_id', 'owner_guide_id', 'sharer_guide_id', 'till_sales_guide_id',
    'till_service_guide_id', 'redeemer_guide_id', 'sales_guide_id', 'service_guide_id', 'corrected_by');

-- The version that counts.
create view order_credit as
  select distinct on (order_id) * from order_attribution order by order_id, version desc;

-- Orders whose credits are to be worked out again. Whatever credits depend on notes its orders here in its own
-- transaction, whichever way it was written; a job works them off, many at once.
create table credit_due (
  credit_due_id bigint generated always as identity primary key,
  order_id      text not null
);

-- The job is one for all. While one waits nobody else needs to touch it, so that writers do not queue up behind it.
create function wake_credits() returns trigger language plpgsql as $$
begin
  if not exists (select from added) then
    return null;
  end if;
  if not exists (select from graphile_worker._private_jobs where key = 'compute_credits' and locked_at is null) then
    perform graphile_worker.add_job('compute_credits', job_key := 'compute_credits', priority := 20);
  end if;
  return null;
end $$;
create trigger credit_due_wakes after insert on credit_due referencing new table as added
  for each statement execute function wake_credits();

create function note_orders() returns trigger language plpgsql as $$
begin
  insert into credit_due (order_id) select order_id from added order by order_id;
  return null;
end $$;
create trigger sales_order_added after insert on sales_order referencing new table as added
  for each statement execute function note_orders();
create trigger sales_order_changed after update on sales_order referencing new table as added
  for each statement execute function note_orders();

-- A corrected refund may have left one order for another.
create function note_refunded_orders() returns trigger language plpgsql as $$
begin
  insert into credit_due (order_id) select distinct order_id from added where order_id is not null;
  if tg_op = 'UPDATE' then
    insert into credit_due (order_id) select distinct order_id from former where order_id is not null;
  end if;
  return null;
end $$;
create trigger sales_refund_added after insert on sales_refund referencing new table as added
  for each statement execute function note_refunded_orders();
create trigger sales_refund_changed after update on sales_refund referencing new table as added old table as former
  for each statement execute function note_refunded_orders();

-- A coupon is redeemed, or that is undone. The columns are of a later migration.
create function note_redeemed_orders() returns trigger language plpgsql as $$
begin
  insert into credit_due (order_id)
  select order_id from (
    (select to_jsonb(added) ->> 'redeemed_order_id' as order_id, to_jsonb(added) ->> 'redeemed_by' from added
     except select to_jsonb(former) ->> 'redeemed_order_id', to_jsonb(former) ->> 'redeemed_by' from former)
    union
    (select to_jsonb(former) ->> 'redeemed_order_id', to_jsonb(former) ->> 'redeemed_by' from former
     except select to_jsonb(added) ->> 'redeemed_order_id', to_jsonb(added) ->> 'redeemed_by' from added)
  ) as differing
  where order_id is not null;
  return null;
end $$;
create trigger coupon_changed after update on coupon referencing new table as added old table as former
  for each statement execute function note_redeemed_orders();

-- Orders that bear one of these ids, or an id of a member who bears one of them.
create function note_orders_bearing(numbers text[], unions text[], phones text[]) returns void language sql as $$
  with card as materialized (
    select member_no, union_id, phone_hash from member where member_no = any(numbers)
    union
    select member_no, union_id, phone_hash from member where union_id = any(unions)
    union
    select member_no, union_id, phone_hash from member where phone_hash = any(phones) and phone_verified_at is not null
  ), number as materialized (
    select member_no from card union select unnest(numbers)
  )
  insert into credit_due (order_id)
  select order_id from sales_order where member_no in (
    select member_no from number
    union
    select former_no from former_member_no where member_no in (select member_no from number)
  )
  union
  select order_id from sales_order where union_id in (select union_id from card union select unnest(unions))
  union
  select order_id from sales_order where phone_hash in (select phone_hash from card union select unnest(phones))
$$;

create function note_orders_of_members() returns trigger language plpgsql as $$
declare
  numbers text[];
  unions text[];
  phones text[];
begin
  if tg_op = 'INSERT' then
    select array_agg(member_no), array_agg(union_id) filter (where union_id is not null),
      array_agg(phone_hash) filter (where phone_hash is not null)
    into numbers, unions, phones from added;
  else
    with was as (
      select member_no, union_id, phone_hash, external_user_id, phone_verified_at is null as unverified from former
    ), becomes as (
      select member_no, union_id, phone_hash, external_user_id, phone_verified_at is null as unverified from added
    ), differing as (
      (select * from was except select * from becomes) union (select * from becomes except select * from was)
    )
    select array_agg(member_no), array_agg(union_id) filter (where union_id is not null),
      array_agg(phone_hash) filter (where phone_hash is not null)
    into numbers, unions, phones from differing;
  end if;
  if numbers is not null then
    perform note_orders_bearing(numbers, coalesce(unions, '{}'), coalesce(phones, '{}'));
  end if;
  return null;
end $$;
create trigger member_added after insert on member referencing new table as added
  for each statement execute function note_orders_of_members();
create trigger member_changed after update on member referencing new table as added old table as former
  for each statement execute function note_orders_of_members();

create function note_orders_of_unions() returns trigger language plpgsql as $$
declare
  unions text[];
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct union_id) into unions from added where union_id is not null;
  else
    select array_agg(distinct union_id) into unions from (
      (select external_user_id, union_id from added except select external_user_id, union_id from former)
      union
      (select external_user_id, union_id from former except select external_user_id, union_id from added)
    ) as differing where union_id is not null;
  end if;
  if unions is not null then
    perform note_orders_bearing('{}', unions, '{}');
  end if;
  return null;
end $$;
create trigger customer_added after insert on customer referencing new table as added
  for each statement execute function note_orders_of_unions();
create trigger customer_changed after update on customer referencing new table as added old table as former
  for each statement execute function note_orders_of_unions();

create function note_decided_orders() returns trigger language plpgsql as $$
begin
  insert into credit_due (order_id) select value from added where kind = 'order';
  perform note_orders_bearing(
    array(select value from added where kind = 'member_no'),
    array(select value from added where kind = 'union_id'),
    array(select value from added where kind = 'phone')
  );
  return null;
end $$;
create trigger identity_decision_added after insert on identity_decision referencing new table as added
  for each statement execute function note_decided_orders();
create trigger identity_decision_changed after update on identity_decision referencing new table as added
  for each statement execute function note_decided_orders();

create function note_renumbered_orders() returns trigger language plpgsql as $$
begin
  insert into credit_due (order_id)
  select order_id from sales_order where member_no in (select former_no from added);
  return null;
end $$;
create trigger former_member_no_added after insert on former_member_no referencing new table as added
  for each statement execute function note_renumbered_orders();

-- An order may come before we have heard who its customer's first friend was.
create function note_ownerless_orders() returns trigger language plpgsql as $$
begin
  insert into credit_due (order_id)
  select distinct order_id from order_attribution
  where external_user_id in (select external_user_id from added) and owner_guide_id is null;
  return null;
end $$;
create trigger follow_history_added after insert on follow_history referencing new table as added
  for each statement execute function note_ownerless_orders();
create trigger owner_move_added after insert on owner_move referencing new table as added
  for each statement execute function note_ownerless_orders();
