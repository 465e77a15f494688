-- What guides do with the sidebar, a row each: the base of HQ's process figures. Whoever tells of an action names it,
-- so that telling it twice counts once.
create table guide_action (
  action_id        uuid        primary key,
  action           text        not null,
  guide_user_id    text        not null,
  external_user_id text,
  chat_id          text,
  at               timestamptz not null,
  -- How long the sidebar was in sight; null while it is.
  lasted_ms        integer     check (lasted_ms between 0 and 86400000)
);
create index guide_action_at on guide_action (at) include (action, guide_user_id, external_user_id, lasted_ms);
create index guide_action_guide on guide_action (lower(guide_user_id), at);
create index guide_action_customer on guide_action (external_user_id) where external_user_id is not null;
