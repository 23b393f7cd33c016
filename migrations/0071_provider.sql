-- Signing in through another site (OpenID Connect).

alter table challenge drop constraint challenge_purpose_known;
alter table challenge add constraint challenge_purpose_known
  check (purpose in ('register', 'reset', 'old_contact', 'new_contact', 'second_factor', 'step_up', 'passkey',
                     'provider', 'provider_guest'));

-- Whom a provider's person is here. Only what it calls them counts; an e-mail address it tells links nobody.
create table account_link (
  issuer text not null check (length(issuer) <= 500),
  subject text not null check (length(subject) between 1 and 255),
  account_id uuid not null references account (id),
  -- What its owner recognises it by: the address or name the provider told.
  shown text not null check (length(shown) <= 254),
  linked_at timestamptz not null,
  used_at timestamptz,
  constraint account_link_subject primary key (issuer, subject),
  constraint account_link_one_each unique (account_id, issuer)
);

-- Somebody who was sent to the provider and is expected back; the challenge says for how long, and that they come once.
create table provider_trip (
  challenge_id uuid primary key references challenge (id) on delete cascade,
  kind text not null constraint provider_trip_kind_known check (kind in ('sign_in', 'link', 'step_up')),
  -- Of someone who is signed in: only there they come back.
  session_id uuid references session (id) on delete cascade,
  remember boolean not null,
  -- Where they go then: a path of this site.
  next text not null,
  constraint provider_trip_session check ((session_id is null) = (kind = 'sign_in'))
);
create index provider_trip_session on provider_trip (session_id) where session_id is not null;

-- Somebody who came back and is nobody's here yet, until they sign in or open an account.
create table provider_guest (
  challenge_id uuid primary key references challenge (id) on delete cascade,
  issuer text not null,
  subject text not null,
  shown text not null,
  -- Only one that the provider has verified.
  email text,
  remember boolean not null,
  next text not null
);
