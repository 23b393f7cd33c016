-- People: one row each, whatever they sign in with. Other domains reference `account (id)`.
create table account (
  id uuid primary key,
  -- suspended: by an operator; closing: by themselves, until the grace period ends; closed: pseudonymised.
  state text not null default 'active' constraint account_state_known
    check (state in ('active', 'suspended', 'closing', 'closed')),
  -- The language mail and messages are written in.
  lang text not null constraint account_lang_known check (lang in ('id', 'en')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);

-- What they sign in with and are written to. An address is here only once its owner has confirmed it.
create table account_contact (
  account_id uuid not null references account (id),
  kind text not null constraint account_contact_kind_known check (kind in ('email', 'phone')),
  -- Lower case, or E.164.
  address text not null constraint account_contact_form
    check (case kind when 'email' then address ~ '^[^\s@]+@[^\s@]+$' and length(address) <= 254
                     else address ~ '^\+[1-9][0-9]{6,14}$' end),
  confirmed_at timestamptz not null,
  constraint account_contact_one_of_a_kind primary key (account_id, kind),
  constraint account_contact_unique unique (kind, address)
);

create table account_password (
  account_id uuid primary key references account (id),
  -- A PHC string: algorithm, parameters, salt and hash.
  hash text not null,
  changed_at timestamptz not null
);

-- Operators: the sets of duties a person was given.
create table operator_role (
  account_id uuid not null references account (id),
  role text not null constraint operator_role_known
    check (role in ('administrator', 'support', 'moderator', 'finance', 'engineer', 'auditor')),
  -- Absent where the role was given at the console.
  granted_by uuid references account (id),
  granted_at timestamptz not null,
  primary key (account_id, role)
);

create table session (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- browser: the token is in a cookie; token: a program sends it as a bearer token.
  kind text not null constraint session_kind_known check (kind in ('browser', 'token')),
  -- SHA-256 of the token, which itself is kept nowhere.
  token_hash bytea not null constraint session_token_unique unique check (length(token_hash) = 32),
  created_at timestamptz not null,
  -- Written at most once a minute.
  last_seen_at timestamptz not null,
  -- Without a request until then it is over; moves on with last_seen_at.
  idle_seconds int not null check (idle_seconds > 0),
  -- Over in any case.
  expires_at timestamptz not null,
  -- When a password, code or passkey was shown in it last.
  proved_at timestamptz not null,
  -- Firefox, Android; the network is the address without its last part.
  program text,
  system text,
  network text
);
create index session_account on session (account_id, last_seen_at desc);
create index session_expires on session (expires_at);
