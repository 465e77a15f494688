-- Who looked at or changed what needs a reason: phone numbers shown, exports, erasures, rulings. Only ever added to.
create table audit_entry (
  audit_entry_id bigint generated always as identity primary key,
  -- A guide's userid, or the name of an open API key.
  actor          text        not null,
  action         text        not null,
  subject        text        not null,
  reason         text,
  detail         jsonb,
  at             timestamptz not null
);
create index audit_entry_subject on audit_entry (subject, at);

-- People who were erased. WeCom still lists them, so what it tells of the time before `erased_at` is not kept again;
-- who befriends a guide after it is a new customer.
create table erased_customer (
  external_user_id text primary key,
  erased_at        timestamptz not null,
  -- Under which their money rows go on.
  pseudonym        text        not null unique
);

-- Tills go on sending what they sold before somebody was erased: their corrections stay with the pseudonym. A
-- pseudonym begins with 'erased:', as no id of WeCom's does.
create function keep_order_pseudonymous() returns trigger language plpgsql as $$
declare
  held text;
begin
  select pseudonym into held from erased_customer
  where external_user_id = new.external_user_id and new.placed_at <= erased_at;
  if tg_op = 'UPDATE' and old.external_user_id like 'erased:%' then
    held := old.external_user_id;
  end if;
  if held is not null then
    new.external_user_id := held;
    new.member_no := null;
    new.union_id := null;
    new.phone_hash := null;
  end if;
  return new;
end $$;
create trigger sales_order_pseudonymous before insert or update on sales_order
  for each row execute function keep_order_pseudonymous();

create function keep_revision_pseudonymous() returns trigger language plpgsql as $$
declare
  held text;
begin
  select external_user_id into held from sales_order
  where order_id = new.order_id and external_user_id like 'erased:%';
  if held is not null and new.record ? 'customer' then
    new.record := jsonb_set(new.record, '{customer}', jsonb_build_object('externalUserId', held));
  end if;
  return new;
end $$;
create trigger sales_order_revision_pseudonymous before insert on sales_order_revision
  for each row execute function keep_revision_pseudonymous();

-- A CRM that still has an erased person is told so, until that person is a customer again.
create function refuse_erased_member() returns trigger language plpgsql as $$
begin
  if exists (select from erased_customer where external_user_id = new.external_user_id)
    and not exists (select from customer where external_user_id = new.external_user_id)
  then
    raise exception 'the customer was erased' using errcode = 'check_violation', constraint = 'member_not_erased';
  end if;
  return new;
end $$;
create trigger member_not_erased before insert or update of external_user_id on member
  for each row when (new.external_user_id is not null) execute function refuse_erased_member();

-- What a POST that carried an Idempotency-Key was answered, for 24 hours: it is in the same commit as what it did.
create table remembered_answer (
  -- The name of the open API key, which has its own Idempotency-Keys.
  api_key        text        not null,
  key            text        not null,
  -- Of method, path and body: another body under the same key is refused.
  request_digest text        not null,
  status         integer     not null,
  body           jsonb       not null,
  answered_at    timestamptz not null,
  primary key (api_key, key)
);
create index remembered_answer_at on remembered_answer (answered_at);
