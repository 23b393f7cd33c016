-- Passkeys: key pairs whose secret half stays with their owner (WebAuthn). Each is a way in by itself, and a second
-- factor after the password.
create table passkey (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- What authenticators call it.
  credential bytea not null constraint passkey_credential_unique unique check (length(credential) between 1 and 1023),
  -- The public key and what never changes about it; then what each use may change: five flags and the count. Both as the
  -- library that checks signatures writes them.
  key bytea not null,
  state bytea not null check (length(state) = 7),
  -- Which ways lead to it: a hint for browsers.
  transports smallint not null,
  -- How often it has signed, where it counts: a signature that does not count on comes from a copy.
  sign_count bigint not null check (sign_count >= 0),
  -- Whether its owner's other devices have it too.
  synced boolean not null,
  -- As its owner calls it.
  name text not null check (length(name) between 1 and 60),
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_account on passkey (account_id, created_at, id);

-- What is kept of a question to a passkey until it is answered; the challenge says how long, and that it is answered once.
create table passkey_ceremony (
  challenge_id uuid primary key references challenge (id) on delete cascade,
  -- add: a new one; sign_in: of whomever; second_factor: after a password; step_up: to prove again who one is.
  kind text not null constraint passkey_ceremony_kind_known
    check (kind in ('add', 'sign_in', 'second_factor', 'step_up')),
  -- Of someone who is signed in: only there it can be answered.
  session_id uuid references session (id) on delete cascade,
  state bytea not null,
  constraint passkey_ceremony_session check ((session_id is not null) = (kind in ('add', 'step_up')))
);
create index passkey_ceremony_session on passkey_ceremony (session_id) where session_id is not null;
