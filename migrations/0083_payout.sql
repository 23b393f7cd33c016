-- Money that shops take out: to which bank account, and what became of it.
create table payout_account (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  bank text not null constraint payout_account_bank_form check (bank ~ '^[a-z][a-z_]{1,19}$'),
  number text not null constraint payout_account_number_form check (number ~ '^[0-9]{6,20}$'),
  holder text not null constraint payout_account_holder_length check (length(btrim(holder)) between 2 and 60),
  added_by uuid not null references account (id),
  added_at timestamptz not null,
  -- It is kept for the withdrawals that went there.
  removed_at timestamptz
);
create unique index payout_account_once on payout_account (shop_id, bank, number) where removed_at is null;

create table withdrawal (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  account_id uuid not null references payout_account (id),
  amount bigint not null constraint withdrawal_amount_positive check (amount > 0),
  currency text not null constraint withdrawal_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  state text not null default 'requested'
    constraint withdrawal_state_known check (state in ('requested', 'approved', 'sent', 'settled', 'failed')),
  requested_by uuid not null references account (id),
  requested_at timestamptz not null,
  -- Who pays it out, and what they call it.
  provider text constraint withdrawal_provider_form check (provider ~ '^[a-z][a-z_]{1,29}$'),
  provider_ref text constraint withdrawal_provider_ref_length check (length(provider_ref) between 1 and 100),
  -- Why it failed.
  failure text constraint withdrawal_failure_known check (failure in ('unknown_account', 'refused', 'returned')),
  ended_at timestamptz,
  version int not null default 1,
  constraint withdrawal_failed_with_a_reason check ((failure is not null) = (state = 'failed')),
  constraint withdrawal_ended check ((ended_at is not null) = (state in ('settled', 'failed')))
);
create index withdrawal_shop on withdrawal (shop_id, requested_at desc, id desc);
create index withdrawal_account on withdrawal (account_id);
create index withdrawal_requested on withdrawal (requested_at, id) where state = 'requested';

-- What became of it: only ever added to.
create table withdrawal_transition (
  id bigint generated always as identity primary key,
  withdrawal_id uuid not null references withdrawal (id),
  from_state text,
  to_state text not null,
  -- A person; none for the clock, the rules and the bank.
  account_id uuid references account (id),
  at timestamptz not null
);
create index withdrawal_transition_withdrawal on withdrawal_transition (withdrawal_id, id);
create function withdrawal_steps_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'what became of a withdrawal is never changed' using errcode = 'restrict_violation', constraint = 'withdrawal_steps_are_final';
end $$;
create trigger withdrawal_transition_final before delete or update on withdrawal_transition for each row execute function withdrawal_steps_are_final();
create trigger withdrawal_transition_kept before truncate on withdrawal_transition for each statement execute function withdrawal_steps_are_final();

-- Of the simulated bank: what it sends out.
create table bank_transfer (
  id uuid primary key,
  key text not null constraint bank_transfer_once_per_key unique
    constraint bank_transfer_key_length check (length(key) between 1 and 100),
  amount bigint not null constraint bank_transfer_amount_range check (amount between 1 and 1000000000000000),
  currency text not null constraint bank_transfer_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  bank text not null constraint bank_transfer_bank_form check (bank ~ '^[a-z][a-z_]{1,19}$'),
  number text not null constraint bank_transfer_number_form check (number ~ '^[0-9]{6,20}$'),
  description text not null constraint bank_transfer_description_length check (length(description) <= 200),
  notify_url text not null constraint bank_transfer_notify_url_form check (notify_url ~ '^https?://' and length(notify_url) <= 2000),
  state text not null default 'sent' constraint bank_transfer_state_known check (state in ('sent', 'settled', 'failed')),
  created_at timestamptz not null,
  ended_at timestamptz,
  attempts int not null default 0,
  answer text constraint bank_transfer_answer_length check (length(answer) <= 200),
  told_at timestamptz,
  constraint bank_transfer_ended check ((ended_at is not null) = (state <> 'sent'))
);
