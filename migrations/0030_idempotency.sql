-- Requests that may arrive twice: what the first one made, so that the second gets the same answer. Written in the
-- transaction of what it made; a twin that comes meanwhile waits for its end.
create table idempotency (
  -- The account that asked.
  owner_id uuid not null,
  operation text not null,
  key text not null constraint idempotency_key_length check (length(key) between 1 and 200),
  body_hash bytea not null constraint idempotency_body_hash_length check (length(body_hash) = 32),
  -- The id of what was made.
  made uuid not null,
  at timestamptz not null,
  primary key (owner_id, operation, key)
);
create index idempotency_at on idempotency (at);
