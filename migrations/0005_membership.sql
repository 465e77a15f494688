-- A phone is kept twice: `phone_hash` (keyed, to match) and `phone_sealed` (encrypted, to reach). Only a phone with
-- `phone_verified_at` is ever matched.
create table member (
  member_no         text primary key,
  external_user_id  text,
  union_id          text,
  phone_hash        text,
  phone_sealed      bytea,
  phone_verified_at timestamptz,
  name              text,
  birthday          date,
  tier              text,
  points            bigint,
  stored_value      bigint,
  joined_at         timestamptz not null,
  source            text        not null check (source in ('crm', 'enrolment')),
  updated_at        timestamptz not null
);
create unique index member_customer on member (external_user_id) where external_user_id is not null;
create index member_union_id on member (union_id) where union_id is not null;
create index member_phone on member (phone_hash) where phone_verified_at is not null;

-- One per relation. The state is read off the times: enrolled, else opened, else invited, else merely prepared.
create table invitation (
  invitation_id    bigint generated always as identity primary key,
  guide_user_id    text        not null,
  external_user_id text        not null,
  expires_at       timestamptz not null,
  invited_at       timestamptz,
  opened_at        timestamptz,
  enrolled_at      timestamptz,
  unique (external_user_id, guide_user_id)
);

create table consent (
  external_user_id text        not null,
  purpose          text        not null,
  wording_version  text        not null,
  granted_at       timestamptz not null,
  withdrawn_at     timestamptz,
  primary key (external_user_id, purpose, granted_at)
);

-- Codes sent to a phone from one invitation's page; the code itself is kept as a keyed hash.
create table phone_verification (
  verification_id bigint generated always as identity primary key,
  invitation_id   bigint      not null references invitation,
  phone_hash      text        not null,
  code_hash       text        not null,
  attempts        smallint    not null default 0,
  sent_at         timestamptz not null,
  expires_at      timestamptz not null,
  confirmed_at    timestamptz
);
create index phone_verification_invitation on phone_verification (invitation_id, sent_at);
create index phone_verification_phone on phone_verification (phone_hash, sent_at);
