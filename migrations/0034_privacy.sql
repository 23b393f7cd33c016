-- Who agreed to which text when, and who took it back (UU 27/2022, articles 20 to 24). A line is never changed: the
-- latest about a purpose holds. Nothing in it is personal but whose it is.
create table consent (
  id uuid primary key,
  account_id uuid not null references account (id),
  purpose text not null constraint consent_purpose_known
    check (purpose in ('terms', 'privacy', 'marketing', 'personalisation')),
  text_version text not null constraint consent_text_version_form check (text_version ~ '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$'),
  given boolean not null,
  at timestamptz not null
);
create index consent_latest on consent (account_id, purpose, at desc, id desc);

create function consent_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'consents are never changed' using errcode = 'restrict_violation', constraint = 'consent_is_append_only';
end $$;
create trigger consent_is_append_only before update or delete on consent
  for each row execute function consent_is_append_only();
create trigger consent_is_not_emptied before truncate on consent
  for each statement execute function consent_is_append_only();

-- Archives of everything known about a person, made by a job. The file lies in the file store under the id.
create table data_export (
  id uuid primary key,
  account_id uuid not null references account (id),
  state text not null default 'waiting' constraint data_export_state_known
    check (state in ('waiting', 'running', 'ready', 'failed', 'expired')),
  -- Parts written, and parts there are.
  done int not null default 0,
  total int not null constraint data_export_progress_range check (done between 0 and total),
  requested_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz,
  bytes bigint constraint data_export_bytes_positive check (bytes > 0),
  constraint data_export_ready_whole
    check (state <> 'ready' or (finished_at is not null and expires_at is not null and bytes is not null))
);
create index data_export_latest on data_export (account_id, requested_at desc, id desc);
create unique index data_export_one_under_way on data_export (account_id) where state in ('waiting', 'running');
create index data_export_ready on data_export (expires_at) where state = 'ready';

-- Accounts that are to be erased, and that were.
create table account_closing (
  id uuid primary key,
  account_id uuid not null references account (id),
  requested_at timestamptz not null,
  due_at timestamptz not null constraint account_closing_later check (due_at > requested_at),
  cancelled_at timestamptz,
  erased_at timestamptz,
  constraint account_closing_one_end check (cancelled_at is null or erased_at is null)
);
create unique index account_closing_one_open on account_closing (account_id) where cancelled_at is null and erased_at is null;
