-- A share: something a guide put into a customer's chat. `request_id` is the page's own, so a double tap is one share.
create table share (
  share_id         uuid primary key,
  token            text        not null unique,
  guide_user_id    text        not null,
  request_id       text        not null,
  external_user_id text        not null,
  kind             text        not null check (kind in ('coupon', 'product', 'invitation')),
  ref              text        not null,
  title            text        not null,
  created_at       timestamptz not null,
  outcome          text check (outcome in ('handed_over', 'cancelled', 'refused', 'unsupported', 'unknown', 'withdrawn')),
  outcome_at       timestamptz,
  visits           integer     not null default 0,
  visited_at       timestamptz,
  unique (guide_user_id, request_id)
);
create index share_customer on share (external_user_id, created_at);
