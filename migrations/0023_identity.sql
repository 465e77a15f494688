-- What people decided where ids disagree, or where there was none: an order number, a member number, a unionid or a
-- phone means this customer. Nothing else is changed by a decision, so undoing it separates again. A later decision
-- about the same supersedes an earlier one, which stands again when the later is undone.
create table identity_decision (
  identity_decision_id bigint generated always as identity primary key,
  kind                 text        not null check (kind in ('order', 'refund', 'member_no', 'union_id', 'phone')),
  -- The order's, refund's or member's number, the unionid, the phone's keyed hash.
  value                text        not null,
  external_user_id     text        not null,
  -- decision: of a conflict; binding: a guide named the order of the customer in front of her.
  cause                text        not null check (cause in ('decision', 'binding')),
  -- Who it could have meant when it was decided: with another claimant it is to be decided again.
  claimants            text[]      not null,
  reason               text,
  decided_by           text        not null,
  decided_at           timestamptz not null,
  superseded_by        bigint references identity_decision on delete set null,
  undone_at            timestamptz,
  undone_by            text,
  undo_reason          text,
  check ((undone_at is null) = (undone_by is null))
);
create unique index identity_decision_live on identity_decision (kind, value)
  where undone_at is null and superseded_by is null;
create index identity_decision_customer on identity_decision (external_user_id);
create index identity_decision_superseded on identity_decision (superseded_by) where superseded_by is not null;

-- Numbers of our own that a CRM's number replaced: cards, receipts and orders that bear them go on matching.
create table former_member_no (
  former_no   text primary key,
  member_no   text        not null references member on update cascade on delete cascade,
  replaced_at timestamptz not null
);
create index former_member_no_member on former_member_no (member_no);
