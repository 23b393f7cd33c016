-- Where money lies and whom it is owed to. Every journal sums to zero in each currency, and journals and entries are only
-- ever added to: both are enforced here, whoever writes.
--
-- Amounts are credits: positive is what an account's owner is owed or has earned, negative is what lies with it for us.

create table ledger_account (
  id bigint generated always as identity primary key,
  kind text not null constraint ledger_account_kind_known check (kind in ('buyer_clearing', 'provider', 'escrow', 'seller',
    'platform_revenue', 'platform_promotion', 'courier', 'tax', 'supplier_payable', 'bank')),
  -- An id or a code; empty where there is but one of the kind.
  owner text collate "C" not null constraint ledger_account_owner_form check (owner ~ '^[a-z0-9_-]{0,60}$'),
  currency text not null constraint ledger_account_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  -- Kept only where it guards something and is not everybody's: a running balance of a provider or of the platform would
  -- let one payment wait for the other. Theirs is the sum of their entries.
  balance bigint,
  constraint ledger_account_unique unique (kind, owner, currency),
  constraint ledger_account_owned check ((owner = '') = (kind in ('platform_revenue', 'platform_promotion', 'tax', 'bank'))),
  constraint ledger_balance_kept check ((balance is not null) = (kind in ('escrow', 'seller'))),
  constraint ledger_escrow_not_negative check (kind <> 'escrow' or balance >= 0)
);
create index ledger_account_in_escrow on ledger_account (owner) where kind = 'escrow' and balance <> 0;

create table ledger_journal (
  id uuid primary key,
  kind text not null constraint ledger_journal_kind_form check (kind ~ '^[a-z][a-z_]{1,29}$'),
  -- What it is about: a group, an order, a refund, a withdrawal.
  reference uuid not null,
  -- Whoever posts twice under one key has posted once.
  key text not null constraint ledger_journal_key_unique unique
    constraint ledger_journal_key_length check (length(key) between 1 and 200),
  at timestamptz not null
);
create index ledger_journal_reference on ledger_journal (reference, id);
create index ledger_journal_at on ledger_journal (at, id);

create table ledger_entry (
  id bigint generated always as identity primary key,
  journal_id uuid not null references ledger_journal (id),
  account_id bigint not null references ledger_account (id),
  amount bigint not null constraint ledger_entry_not_zero check (amount <> 0)
);
create index ledger_entry_journal on ledger_entry (journal_id, id);
-- Sums are taken from the index alone.
create index ledger_entry_account on ledger_entry (account_id, id) include (amount);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is only ever added to' using errcode = 'insufficient_privilege',
    constraint = 'ledger_append_only';
end $$;
create trigger ledger_journal_no_change before update or delete on ledger_journal
  for each row execute function ledger_is_append_only();
create trigger ledger_journal_no_truncate before truncate on ledger_journal
  for each statement execute function ledger_is_append_only();
create trigger ledger_entry_no_change before update or delete on ledger_entry
  for each row execute function ledger_is_append_only();
create trigger ledger_entry_no_truncate before truncate on ledger_entry
  for each statement execute function ledger_is_append_only();
create trigger ledger_account_no_change before delete or update of id, kind, owner, currency on ledger_account
  for each row execute function ledger_is_append_only();
create trigger ledger_account_no_truncate before truncate on ledger_account
  for each statement execute function ledger_is_append_only();
-- `enable always`: also where a session calls itself a replica.
alter table ledger_journal enable always trigger ledger_journal_no_change;
alter table ledger_journal enable always trigger ledger_journal_no_truncate;
alter table ledger_entry enable always trigger ledger_entry_no_change;
alter table ledger_entry enable always trigger ledger_entry_no_truncate;
alter table ledger_account enable always trigger ledger_account_no_change;
alter table ledger_account enable always trigger ledger_account_no_truncate;

-- Looked at when a transaction is complete, since entries come after their journal. That a journal has entries is asked
-- too: one without says that something happened and not what.
create function ledger_journal_sums_to_zero(journal uuid) returns void language plpgsql as $$
begin
  if not exists (select from ledger_entry where journal_id = journal) or exists (
    select from ledger_entry as entry join ledger_account as account on account.id = entry.account_id
    where entry.journal_id = journal group by account.currency having sum(entry.amount) <> 0
  ) then
    raise exception 'journal % does not sum to zero', journal using errcode = 'check_violation', constraint = 'ledger_balanced';
  end if;
end $$;
create function ledger_journal_written() returns trigger language plpgsql as $$
begin
  perform ledger_journal_sums_to_zero(new.id);
  return null;
end $$;
create function ledger_entry_written() returns trigger language plpgsql as $$
begin
  perform ledger_journal_sums_to_zero(new.journal_id);
  return null;
end $$;
create constraint trigger ledger_journal_balanced after insert on ledger_journal
  deferrable initially deferred for each row execute function ledger_journal_written();
create constraint trigger ledger_entry_balanced after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_entry_written();
alter table ledger_journal enable always trigger ledger_journal_balanced;
alter table ledger_entry enable always trigger ledger_entry_balanced;
