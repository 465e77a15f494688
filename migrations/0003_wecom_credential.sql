-- Access token and tickets, shared by every process, encrypted with DATA_KEY. `generation` counts renewals, so that
-- a process whose token was refused replaces it only if nobody has done so since.
create table wecom_credential (
  name        text primary key,
  sealed      bytea       not null,
  generation  bigint      not null,
  obtained_at timestamptz not null,
  expires_at  timestamptz not null
);
