-- What leads to an account or back to it, and what stands in the way of those who guess.

-- Something to be shown once and soon: a code, a link, a second factor.
create table challenge (
  id uuid primary key,
  purpose text not null constraint challenge_purpose_known
    check (purpose in ('register', 'reset', 'old_contact', 'new_contact', 'second_factor', 'step_up', 'passkey')),
  -- Absent where there is no account yet.
  account_id uuid references account (id),
  -- Of what is sent: none until it is on its way, and none for ever where nothing may be sent.
  code_hash bytea,
  link_hash bytea constraint challenge_link_unique unique,
  wrong smallint not null default 0 check (wrong >= 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);
create index challenge_account on challenge (account_id, purpose);
create index challenge_expires on challenge (expires_at);

-- Someone who wants an account and has not shown yet that the address is theirs.
create table registration (
  id uuid primary key,
  challenge_id uuid not null references challenge (id) on delete cascade,
  kind text not null check (kind in ('email', 'phone')),
  address text not null,
  password_hash text not null,
  lang text not null check (lang in ('id', 'en'))
);
create index registration_challenge on registration (challenge_id);

-- A new e-mail address or number of an account, until those concerned have confirmed it. One at a time of each kind.
create table contact_change (
  id uuid primary key,
  account_id uuid not null references account (id),
  kind text not null check (kind in ('email', 'phone')),
  address text not null,
  -- Whoever has the address that is to be replaced; absent where there is none, or a number.
  old_challenge_id uuid references challenge (id) on delete cascade,
  new_challenge_id uuid not null references challenge (id) on delete cascade,
  -- SHA-256 of the link that stops it.
  stop_hash bytea,
  created_at timestamptz not null,
  constraint contact_change_one_of_a_kind unique (account_id, kind)
);

-- Tries that failed, by what was tried: an account, a client, an address that is written to.
create table attempt (
  key bytea primary key check (length(key) = 32),
  count int not null check (count > 0),
  last_at timestamptz not null,
  -- No further try before then.
  free_at timestamptz not null
);
create index attempt_last on attempt (last_at);

-- Browsers in which someone signed in before: their owner is not told again, nor held up by those who guess.
create table known_device (
  account_id uuid not null references account (id) on delete cascade,
  token_hash bytea not null check (length(token_hash) = 32),
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (account_id, token_hash)
);
create index known_device_last on known_device (last_at);

-- An authenticator app. Without confirmed_at it has been offered and not yet shown to work.
create table totp (
  account_id uuid primary key references account (id),
  -- Sealed under a key that is not in the database.
  secret bytea not null,
  confirmed_at timestamptz,
  -- The last time step that was accepted: none is accepted twice.
  last_step bigint not null default 0
);

create table recovery_code (
  account_id uuid not null references account (id),
  hash bytea not null check (length(hash) = 32),
  used_at timestamptz,
  primary key (account_id, hash)
);
