-- Every verified callback, kept from the moment WeCom is told 200. The digest of its content stops a redelivery:
-- FromUserName + CreateTime would drop real friends, since every customer event comes from `sys` in whole seconds.
create table callback_inbox (
  digest      text        collate "C" primary key,
  endpoint    text        not null check (endpoint in ('app', 'contacts')),
  event       text        not null,
  xml         text        not null,
  event_at    timestamptz not null,
  received_at timestamptz not null
);
create index callback_inbox_received on callback_inbox using brin (received_at);
create index callback_inbox_unknown on callback_inbox (received_at) where event = 'unknown';
