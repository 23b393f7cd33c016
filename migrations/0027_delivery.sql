-- Messages on their way to people outside the pages. Old rows are deleted after some months.
create table delivery (
  -- Grows with time, so lists go by it.
  id uuid primary key,
  -- Absent where nobody has shown yet that the address is theirs.
  account_id uuid references account (id),
  channel text not null constraint delivery_channel_known check (channel in ('email', 'sms')),
  address text not null,
  name text,
  lang text not null constraint delivery_lang_known check (lang in ('id', 'en')),
  -- Which message, and the topic people choose by.
  kind text not null,
  topic text not null,
  -- The facts the message is made of. `blanked` says that codes and links have been taken out of them.
  message jsonb not null,
  blanked boolean not null default false,
  -- For lists; at most 120 characters.
  subject text not null,
  -- queued: waiting for a worker; sending: claimed by one, and from handed_at on in the hands of the other side;
  -- sent: accepted there; captured: kept here to be read, since nothing is configured; failed: refused for good, or
  -- too late; suppressed: not wanted; unknown: handed over, and the answer is missing.
  state text not null default 'queued' constraint delivery_state_known
    check (state in ('queued', 'sending', 'sent', 'captured', 'failed', 'suppressed', 'unknown')),
  -- Counts the claims; a worker whose number is not the present one has lost the delivery.
  attempt int not null default 0 check (attempt >= 0),
  -- Fixed at the first claim.
  message_id text,
  handed_at timestamptz,
  finished_at timestamptz,
  -- It is not sent after that.
  good_until timestamptz not null,
  -- What the other side said last.
  answer text,
  created_at timestamptz not null,
  request uuid not null,
  constraint delivery_handed check (case state when 'sending' then true when 'sent' then handed_at is not null
    when 'unknown' then handed_at is not null else handed_at is null end),
  constraint delivery_finished
    check ((state in ('sent', 'captured', 'failed', 'suppressed', 'unknown')) = (finished_at is not null))
);
create index delivery_account on delivery (account_id, id desc) where account_id is not null;
create index delivery_address on delivery (address text_pattern_ops, id desc);
create index delivery_open on delivery (id) where state in ('queued', 'sending');
create index delivery_unknown on delivery (id desc) where state in ('unknown', 'failed');
create index delivery_secret on delivery (good_until) where not blanked;

-- What people do not want, or want again. No row means yes. Security and account messages cannot be switched off.
create table notification_preference (
  account_id uuid not null references account (id),
  topic text not null constraint notification_preference_optional check (topic in ('price_drop', 'back_in_stock')),
  channel text not null constraint notification_preference_channel check (channel in ('email', 'sms')),
  wanted boolean not null,
  changed_at timestamptz not null,
  primary key (account_id, topic, channel)
);

-- Signs the links to unsubscribe. In the database, so that every node knows it and links stay good for years.
create table notification_key (
  only_row boolean primary key default true check (only_row),
  key bytea not null check (length(key) = 32)
);
