-- The payment simulator: a small bank of our own, apart from everything else. No table of the market refers to these,
-- and these refer to none of the market's.
create table bank_charge (
  id uuid primary key,
  -- What whoever asks to be paid calls it; asked for again, it is the same charge.
  payment_id uuid not null constraint bank_charge_once_per_payment unique,
  amount bigint not null constraint bank_charge_amount_range check (amount between 1 and 1000000000000000),
  currency text not null constraint bank_charge_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  method text not null constraint bank_charge_method_form check (method ~ '^[a-z][a-z_]{0,39}$'),
  -- What people type or show: a virtual account, a code for the counter, a bill's number.
  number text not null constraint bank_charge_number_unique unique
    constraint bank_charge_number_form check (number ~ '^[0-9]{8,20}$'),
  qr_payload text constraint bank_charge_qr_length check (length(qr_payload) <= 512),
  description text not null constraint bank_charge_description_length check (length(description) <= 200),
  notify_url text not null constraint bank_charge_notify_url_form check (notify_url ~ '^https?://' and length(notify_url) <= 2000),
  return_url text not null constraint bank_charge_return_url_form check (return_url ~ '^https?://' and length(return_url) <= 2000),
  state text not null default 'open' constraint bank_charge_state_known
    check (state in ('open', 'paid', 'failed', 'expired', 'cancelled')),
  -- Sums of what came in and went back.
  paid bigint not null default 0 constraint bank_charge_paid_not_negative check (paid >= 0),
  refunded bigint not null default 0 constraint bank_charge_refunded_not_negative check (refunded >= 0),
  charged_back bigint not null default 0 constraint bank_charge_charged_back_not_negative check (charged_back >= 0),
  -- Set on the page, to see what happens when refunds fail.
  refuses_refunds boolean not null default false,
  due_at timestamptz not null,
  created_at timestamptz not null,
  version int not null default 1,
  constraint bank_charge_gives_back_what_came check (refunded + charged_back <= paid),
  constraint bank_charge_paid_in_full check ((state = 'paid') = (paid >= amount)),
  constraint bank_charge_cancelled_unpaid check (state <> 'cancelled' or paid = 0)
);

create table bank_event (
  id uuid primary key,
  charge_id uuid not null references bank_charge (id),
  kind text not null constraint bank_event_kind_known
    check (kind in ('charge.paid', 'charge.failed', 'charge.expired', 'charge.charged_back', 'refund.settled', 'refund.failed')),
  amount bigint not null constraint bank_event_amount_not_negative check (amount >= 0),
  -- Of one payment, or a refund's key.
  reference text not null constraint bank_event_reference_length check (length(reference) between 1 and 100),
  occurred_at timestamptz not null,
  -- How telling whoever asked to be paid has gone.
  attempts int not null default 0,
  answer text constraint bank_event_answer_length check (length(answer) <= 200),
  delivered_at timestamptz
);
create index bank_event_charge on bank_event (charge_id, id);

create table bank_refund (
  id uuid primary key,
  charge_id uuid not null references bank_charge (id),
  key text not null constraint bank_refund_key_length check (length(key) between 1 and 100),
  amount bigint not null constraint bank_refund_amount_positive check (amount > 0),
  state text not null default 'sent' constraint bank_refund_state_known check (state in ('sent', 'settled', 'failed')),
  created_at timestamptz not null,
  constraint bank_refund_once_per_key unique (charge_id, key)
);
