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
