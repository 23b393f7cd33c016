-- Attempts to pay an order group. What the providers tell is kept as they told it; where a payment stands is what all
-- of it comes to, kept beside it so that it can be read at once.
create table payment (
  id uuid primary key,
  group_id uuid not null,
  provider text not null constraint payment_provider_form check (provider ~ '^[a-z]{2,20}$'),
  method text not null constraint payment_method_known check (method in ('va_bca', 'va_mandiri', 'va_bni', 'va_bri',
    'va_permata', 'qris', 'gopay', 'ovo', 'dana', 'shopeepay', 'card', 'alfamart', 'indomaret', 'cod')),
  amount bigint not null constraint payment_amount_positive check (amount > 0),
  currency text not null constraint payment_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  state text not null default 'pending' constraint payment_state_known check (state in ('pending', 'authorised',
    'captured', 'partially_refunded', 'refunded', 'failed', 'expired', 'charged_back')),
  -- What the provider calls it; null until it has answered.
  provider_ref text constraint payment_provider_ref_length check (length(provider_ref) between 1 and 200),
  instructions jsonb,
  due_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Since when it is not the one its group waits for. Never taken back: money that comes later is late.
  closed_at timestamptz,
  -- Sums of what the provider told, in minor units.
  captured bigint not null default 0 constraint payment_captured_range check (captured >= 0),
  refunded bigint not null default 0 constraint payment_refunded_range check (refunded >= 0),
  charged_back bigint not null default 0 constraint payment_charged_back_range check (charged_back >= 0),
  -- All refunds of ours that have not failed.
  refunding bigint not null default 0 constraint payment_refunding_range check (refunding >= 0),
  -- What the provider paid back without being asked by us.
  refunded_elsewhere bigint not null default 0 constraint payment_refunded_elsewhere_range check (refunded_elsewhere >= 0),
  version int not null default 1,
  constraint payment_due_later check (due_at > created_at),
  constraint payment_open_waits check (closed_at is not null or state in ('pending', 'authorised')),
  constraint payment_provider_ref_unique unique (provider, provider_ref)
);
create unique index payment_one_open on payment (group_id) where closed_at is null;
create index payment_of_group on payment (group_id, created_at desc, id desc);
create index payment_open_due on payment (due_at, id) where closed_at is null;

-- Each order's part of a payment, so that a refund for one never takes what belongs to another.
create table payment_share (
  payment_id uuid not null references payment (id),
  order_id uuid not null,
  amount bigint not null constraint payment_share_amount_range check (amount >= 0),
  refunding bigint not null default 0,
  constraint payment_share_refunding_range check (refunding between 0 and amount),
  primary key (payment_id, order_id)
);
create index payment_share_order on payment_share (order_id);

-- What providers told, and what we decided ourselves (provider 'house'). Never changed.
create table payment_event (
  provider text not null,
  event_id text not null constraint payment_event_id_length check (length(event_id) between 1 and 300),
  payment_id uuid not null references payment (id),
  kind text not null constraint payment_event_kind_known check (kind in ('authorisation_requested', 'authorised',
    'authorisation_failed', 'authorisation_adjusted', 'capture_requested', 'captured', 'capture_failed',
    'refund_requested', 'refunded', 'refund_failed', 'refund_reversed', 'charged_back', 'chargeback_reversed',
    'cancelled', 'expired')),
  -- Which of the provider's transactions it is about.
  reference text not null constraint payment_event_reference_length check (length(reference) between 1 and 200),
  amount bigint not null constraint payment_event_amount_range check (amount >= 0),
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  body jsonb not null,
  constraint payment_event_once primary key (provider, event_id)
);
create index payment_event_payment on payment_event (payment_id, occurred_at);
create index payment_event_reference on payment_event (provider, reference);

create table refund (
  id uuid primary key,
  payment_id uuid not null references payment (id),
  -- Null where it gives back what was paid too much or too late.
  order_id uuid,
  amount bigint not null constraint refund_amount_positive check (amount > 0),
  state text not null default 'requested'
    constraint refund_state_known check (state in ('requested', 'sent', 'settled', 'failed')),
  -- The same key is the same refund, here and at the provider.
  key text not null constraint refund_key_unique unique constraint refund_key_length check (length(key) between 1 and 64),
  provider_ref text constraint refund_provider_ref_length check (length(provider_ref) between 1 and 200),
  requested_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  constraint refund_ended check ((state in ('settled', 'failed')) = (ended_at is not null)),
  constraint refund_of_share foreign key (payment_id, order_id) references payment_share (payment_id, order_id)
);
create index refund_of_payment on refund (payment_id, requested_at, id);
create index refund_of_order on refund (order_id) where order_id is not null;
create index refund_waiting on refund (requested_at, id) where state in ('requested', 'sent');

create function payment_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'what a provider told is never changed'
    using errcode = 'restrict_violation', constraint = 'payment_event_is_append_only';
end $$;
create trigger payment_event_is_append_only before update or delete on payment_event
  for each row execute function payment_event_is_append_only();
create trigger payment_event_is_not_emptied before truncate on payment_event
  for each statement execute function payment_event_is_append_only();

create function payment_terms_are_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'what is to be paid is fixed when a payment is made'
    using errcode = 'restrict_violation', constraint = 'payment_terms_are_fixed';
end $$;
create trigger payment_terms_are_fixed before update on payment for each row
  when ((old.group_id, old.provider, old.method, old.amount, old.currency, old.created_at)
    is distinct from (new.group_id, new.provider, new.method, new.amount, new.currency, new.created_at)
    or (old.closed_at is not null and old.closed_at is distinct from new.closed_at))
  execute function payment_terms_are_fixed();
create trigger payment_share_is_fixed before update on payment_share for each row
  when ((old.payment_id, old.order_id, old.amount) is distinct from (new.payment_id, new.order_id, new.amount))
  execute function payment_terms_are_fixed();
create trigger payment_share_is_kept before delete on payment_share for each row
  execute function payment_terms_are_fixed();

-- Never more back than came in. Only a growing sum is refused: a chargeback may take what was already given back.
create function payment_refunds_within_captured() returns trigger language plpgsql as $$
begin
  raise exception 'more would be paid back than was paid'
    using errcode = 'check_violation', constraint = 'payment_refunds_within_captured';
end $$;
create trigger payment_refunds_within_captured before update of refunding on payment for each row
  when (new.refunding > old.refunding and new.refunding > new.captured - new.charged_back - new.refunded_elsewhere)
  execute function payment_refunds_within_captured();
create trigger payment_begins_unrefunded before insert on payment for each row when (new.refunding > 0)
  execute function payment_refunds_within_captured();

-- At the end of a transaction the shares add up to the payment, and the running sums are those of the refunds.
create function payment_adds_up(whole uuid) returns void language plpgsql as $$
begin
  if exists (select from payment where id = whole
      and amount <> (select coalesce(sum(amount), 0) from payment_share where payment_id = whole)) then
    raise exception 'the shares of payment % do not add up to it', whole
      using errcode = 'check_violation', constraint = 'payment_shares_whole';
  end if;
  if exists (select from payment where id = whole
      and refunding <> (select coalesce(sum(amount), 0) from refund where payment_id = whole and state <> 'failed'))
    or exists (select from payment_share share where share.payment_id = whole and share.refunding <>
      (select coalesce(sum(amount), 0) from refund
       where payment_id = whole and order_id = share.order_id and state <> 'failed')) then
    raise exception 'the refunds of payment % do not add up', whole
      using errcode = 'check_violation', constraint = 'payment_refunds_add_up';
  end if;
end $$;
create function payment_adds_up_by_itself() returns trigger language plpgsql as $$
begin perform payment_adds_up(new.id); return null; end $$;
create function payment_adds_up_by_part() returns trigger language plpgsql as $$
begin perform payment_adds_up(new.payment_id); return null; end $$;
create constraint trigger payment_adds_up after insert or update of refunding on payment
  deferrable initially deferred for each row execute function payment_adds_up_by_itself();
create constraint trigger payment_share_adds_up after insert or update of refunding on payment_share
  deferrable initially deferred for each row execute function payment_adds_up_by_part();
create constraint trigger refund_adds_up after insert or update of amount, state, order_id on refund
  deferrable initially deferred for each row execute function payment_adds_up_by_part();
