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

-- What is imported by the hundred thousand pays for every look at every row. Lines are written by the statement after
-- the one that holds their order's lock and by nothing else, so they are not looked up again; and only a row that bears
-- somebody's id, or did, can be an erased person's.
alter table sales_order_line drop constraint sales_order_line_order_id_fkey;
alter table sales_refund_line drop constraint sales_refund_line_refund_id_fkey;

drop trigger sales_order_pseudonymous on sales_order;
create trigger sales_order_pseudonymous_added before insert on sales_order
  for each row when (new.external_user_id is not null) execute function keep_order_pseudonymous();
create trigger sales_order_pseudonymous before update on sales_order
  for each row when (new.external_user_id is not null or old.external_user_id is not null)
  execute function keep_order_pseudonymous();

drop trigger sales_refund_pseudonymous on sales_refund;
create trigger sales_refund_pseudonymous_added before insert on sales_refund
  for each row when (new.external_user_id is not null or new.order_id is not null)
  execute function keep_refund_pseudonymous();
create trigger sales_refund_pseudonymous before update on sales_refund
  for each row when (
    new.external_user_id is not null or old.external_user_id is not null or new.order_id is not null
  ) execute function keep_refund_pseudonymous();

drop trigger sales_order_revision_pseudonymous on sales_order_revision;
create trigger sales_order_revision_pseudonymous before insert on sales_order_revision
  for each row when (new.revision > 1 or new.record #> '{customer,externalUserId}' is not null)
  execute function keep_revision_pseudonymous();
drop trigger sales_refund_revision_pseudonymous on sales_refund_revision;
create trigger sales_refund_revision_pseudonymous before insert on sales_refund_revision
  for each row when (
    new.revision > 1 or new.record ? 'orderId' or new.record #> '{customer,externalUserId}' is not null
  ) execute function keep_refund_revision_pseudonymous();
