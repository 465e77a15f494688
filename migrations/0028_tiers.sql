-- Tiers as HQ set them. Any one of the thresholds is enough: the common one of all spending, or one of `thresholds`
-- ([{brand|storeIds, threshold}]) of the spending on a brand or in a group of stores.
create table membership_tier (
  tier              text primary key,
  name              text        not null,
  rank              integer     not null,
  basis             text        not null check (basis in ('lifetime', 'rolling_3_months', 'current_month')),
  threshold         bigint      not null check (threshold >= 0),
  thresholds        jsonb       not null,
  monthly_coupon_id text,
  -- Days after a period's end before a tier is lost.
  grace_days        integer     not null check (grace_days >= 0),
  active            boolean     not null,
  updated_at        timestamptz not null,
  -- Two may change places in one batch.
  constraint membership_tier_rank exclude (rank with =) where (active) deferrable initially deferred
);

-- What members get every month for any paid order, and the days that are theirs.
create table member_benefit (
  benefit_id text primary key,
  kind       text        not null check (kind in ('monthly_gift', 'member_day')),
  name       text        not null,
  coupon_id  text,
  -- Empty: members of every tier, and of none.
  tiers      text[]      not null,
  -- Days of the month 1-31 and of the week 1-7, Monday first.
  recurs     jsonb       not null,
  active     boolean     not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((kind = 'monthly_gift') <= (coupon_id is not null))
);

-- Where each customer with a member card stands.
create table tier_standing (
  external_user_id text primary key,
  -- As HQ's settings or the CRM call it; null: none yet.
  tier             text,
  -- crm: its record names the tier, so the rules have no say.
  source           text        not null check (source in ('crm', 'rules')),
  since            timestamptz not null,
  -- The end of the period: from then on the tier must have been earned again.
  kept_until       timestamptz not null,
  -- When time alone may change something: a period or a grace ends, a member day begins.
  review_at        timestamptz not null
);
create index tier_standing_review on tier_standing (review_at);

-- Every move, with the numbers that made it.
create table tier_move (
  tier_move_id     bigint generated always as identity primary key,
  external_user_id text        not null,
  from_tier        text,
  to_tier          text,
  -- told: by the CRM; retired: HQ ended the tier; left: no member any more.
  cause            text        not null check (cause in ('reached', 'lapsed', 'told', 'retired', 'left')),
  basis            text,
  -- The brand or stores whose threshold it was; null: the common one.
  brand            text,
  store_ids        text[],
  -- Fen. Of `reached` and `lapsed` to another tier: that tier's; of `lapsed` to none: null.
  spend            bigint,
  threshold        bigint,
  at               timestamptz not null
);
create index tier_move_customer on tier_move (external_user_id);
create trigger tier_move_kept before update or delete on tier_move for each row
  execute function refuse_rewriting('external_user_id');

-- What a member is to get, once: whoever writes it first has decided. The coupon is issued in the transaction that
-- sets `code`.
create table benefit_grant (
  benefit_grant_id bigint generated always as identity primary key,
  external_user_id text        not null,
  member_no        text        not null,
  kind             text        not null check (kind in ('tier_coupon', 'monthly_gift', 'member_day')),
  -- The tier, or the benefit.
  ref              text        not null,
  -- YYYY-MM, of a member day YYYY-MM-DD.
  occasion         text        not null,
  coupon_id        text        not null,
  granted_at       timestamptz not null,
  -- After that it is not issued any more.
  until            timestamptz not null,
  code             text unique references coupon,
  issued_at        timestamptz,
  -- Why the last try came to nothing.
  refused          text,
  tried_at         timestamptz,
  check ((code is null) = (issued_at is null)),
  unique (external_user_id, kind, ref, occasion),
  unique (member_no, kind, ref, occasion)
);
create index benefit_grant_open on benefit_grant (coupon_id, until) where code is null;

-- Whom to look at again. Whatever tiers depend on notes it here in its own transaction; a job works it off.
create table tier_due (
  tier_due_id      bigint generated always as identity primary key,
  order_id         text,
  member_no        text,
  external_user_id text,
  check (num_nonnulls(order_id, member_no, external_user_id) = 1)
);

-- The job is one for all, as with credits.
create function wake_tiers() returns trigger language plpgsql as $$
begin
  if not exists (select from graphile_worker._private_jobs where key = 'work_tiers' and locked_at is null) then
    perform graphile_worker.add_job('work_tiers', job_key := 'work_tiers', priority := 25);
  end if;
  return null;
end $$;

create function wake_tiers_for_notes() returns trigger language plpgsql as $$
begin
  if exists (select from added)
    and not exists (select from graphile_worker._private_jobs where key = 'work_tiers' and locked_at is null)
  then
    perform graphile_worker.add_job('work_tiers', job_key := 'work_tiers', priority := 25);
  end if;
  return null;
end $$;
create trigger tier_due_wakes after insert on tier_due referencing new table as added
  for each statement execute function wake_tiers_for_notes();

-- A corp without tiers pays for nothing.
create function membership_in_use() returns boolean language sql stable as $$
  select exists (select from membership_tier) or exists (select from member_benefit)
$$;

-- Orders whose amount, refunds or customer may have changed are noted for their credits already.
create function note_orders_for_tiers() returns trigger language plpgsql as $$
begin
  if membership_in_use() then
    insert into tier_due (order_id) select distinct order_id from added;
  end if;
  return null;
end $$;
create trigger credit_due_for_tiers after insert on credit_due referencing new table as added
  for each statement execute function note_orders_for_tiers();

-- Refunds that belong to no order we know.
create function note_refunds_for_tiers() returns trigger language plpgsql as $$
begin
  if membership_in_use() then
    insert into tier_due (member_no) select distinct member_no from added where order_id is null and member_no is not null;
    insert into tier_due (external_user_id)
    select distinct external_user_id from added where order_id is null and external_user_id is not null;
  end if;
  return null;
end $$;
create trigger sales_refund_for_tiers after update on sales_refund referencing new table as added
  for each statement execute function note_refunds_for_tiers();

create function note_members_for_tiers() returns trigger language plpgsql as $$
begin
  if not membership_in_use() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into tier_due (member_no) select member_no from added;
  else
    insert into tier_due (member_no)
    select member_no from (
      select member_no, external_user_id, union_id, tier from added
      except select member_no, external_user_id, union_id, tier from former
    ) as differing;
    -- Whoever it was of before.
    with differing as materialized (
      select member_no, external_user_id, union_id from former
      except select member_no, external_user_id, union_id from added
    )
    insert into tier_due (external_user_id)
    select external_user_id from differing where external_user_id is not null
    union
    select c.external_user_id from customer c join differing using (union_id);
  end if;
  return null;
end $$;
create trigger member_added_for_tiers after insert on member referencing new table as added
  for each statement execute function note_members_for_tiers();
create trigger member_changed_for_tiers after update on member referencing new table as added old table as former
  for each statement execute function note_members_for_tiers();

create function note_customers_for_tiers() returns trigger language plpgsql as $$
begin
  if not membership_in_use() then
    return null;
  end if;
  if tg_op = 'INSERT' then
    insert into tier_due (external_user_id) select external_user_id from added where union_id is not null;
  else
    insert into tier_due (external_user_id)
    select external_user_id from (
      select external_user_id, union_id from added except select external_user_id, union_id from former
    ) as differing;
  end if;
  return null;
end $$;
create trigger customer_added_for_tiers after insert on customer referencing new table as added
  for each statement execute function note_customers_for_tiers();
create trigger customer_changed_for_tiers after update on customer referencing new table as added old table as former
  for each statement execute function note_customers_for_tiers();

create function note_decided_for_tiers() returns trigger language plpgsql as $$
begin
  if membership_in_use() then
    insert into tier_due (external_user_id)
    select external_user_id from added union select unnest(claimants) from added;
  end if;
  return null;
end $$;
create trigger identity_decision_added_for_tiers after insert on identity_decision referencing new table as added
  for each statement execute function note_decided_for_tiers();
create trigger identity_decision_changed_for_tiers after update on identity_decision referencing new table as added
  for each statement execute function note_decided_for_tiers();

-- A template that changed may be issued now. What issuing itself counts up is not among these columns.
create trigger coupon_template_added_for_grants after insert on coupon_template
  for each row when (membership_in_use()) execute function wake_tiers();
create trigger coupon_template_changed_for_grants after update of kind, value, minimum_spend, valid_from, valid_to,
  stock, per_customer on coupon_template
  for each row when (membership_in_use()) execute function wake_tiers();
