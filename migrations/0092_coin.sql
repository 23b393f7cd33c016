-- Coins of members: one is worth a rupiah of goods. What a member owns is an account of the ledger whose balance is kept and
-- never falls below zero; here stands which coins these are, until when they hold, and what they paid for.

alter table ledger_account
  drop constraint ledger_account_kind_known,
  drop constraint ledger_balance_kept,
  add constraint ledger_account_kind_known check (kind in ('buyer_clearing', 'provider', 'escrow', 'seller',
    'platform_revenue', 'platform_promotion', 'courier', 'tax', 'supplier_payable', 'bank', 'coins')),
  add constraint ledger_balance_kept check ((balance is not null) = (kind in ('escrow', 'seller', 'coins'))),
  add constraint ledger_coins_not_negative check (kind <> 'coins' or balance >= 0);

-- What holds for orders that are completed or placed now.
create table coin_policy (
  is_one boolean primary key default true constraint coin_policy_is_one check (is_one),
  -- Of what was paid for the goods of a completed order, in basis points; and at most so many coins for one order.
  earn_rate int not null constraint coin_policy_earn_rate_range check (earn_rate between 0 and 10000),
  earn_most bigint not null constraint coin_policy_earn_most_not_negative check (earn_most >= 0),
  hold_days int not null constraint coin_policy_hold_days_positive check (hold_days > 0),
  -- How much of what goods cost can be paid with coins, in basis points.
  spend_share int not null constraint coin_policy_spend_share_range check (spend_share between 0 and 10000),
  updated_at timestamptz not null
);
insert into coin_policy values (true, 100, 20000, 365, 5000, '2026-11-29');

-- Coins that came at once, with one order.
create table coin_lot (
  id uuid primary key,
  account_id uuid not null references account (id),
  order_id uuid not null references shop_order (id) constraint coin_lot_once_per_order unique,
  amount bigint not null constraint coin_lot_amount_positive check (amount > 0),
  -- Neither spent nor expired.
  remaining bigint not null constraint coin_lot_remaining_range check (remaining between 0 and amount),
  earned_at timestamptz not null,
  -- They can be spent until just before.
  expires_at timestamptz not null constraint coin_lot_holds check (expires_at > earned_at)
);
create index coin_lot_account on coin_lot (account_id, expires_at, id);
create index coin_lot_to_expire on coin_lot (expires_at, id) where remaining > 0;

-- Which coins paid for an order, and how many of them came back.
create table coin_use (
  order_id uuid not null references shop_order (id),
  lot_id uuid not null references coin_lot (id),
  amount bigint not null constraint coin_use_amount_positive check (amount > 0),
  returned bigint not null default 0 constraint coin_use_returned_range check (returned between 0 and amount),
  primary key (order_id, lot_id)
);
create index coin_use_lot on coin_use (lot_id);

alter table cart
  -- As many as can be are spent with the next order.
  add column use_coins boolean not null default false,
  add constraint cart_guests_have_no_coins check (account_id is not null or not use_coins);
