-- What the platform takes from shops, and how long everybody has. A rule is never changed: it ends, and another begins, so
-- that what held on a day can be looked up.

create table fee_rule (
  id uuid primary key,
  fee text not null constraint fee_rule_fee_known check (fee in ('commission', 'dynamic', 'mall', 'order')),
  -- What it is about: at most one of these; none is everything. A category is all that is beneath it.
  tier text constraint fee_rule_tier_known check (tier in ('regular', 'power', 'official')),
  shop_id uuid references shop (id),
  category_id uuid references category (id),
  product_id uuid references product (id),
  currency text not null default 'IDR' constraint fee_rule_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  -- A rate in basis points with a cap and a floor for each line, or so much per piece, or so much per order.
  rate int constraint fee_rule_rate_range check (rate between 0 and 10000),
  cap bigint constraint fee_rule_cap_not_negative check (cap >= 0),
  floor bigint constraint fee_rule_floor_not_negative check (floor >= 0),
  per_piece bigint constraint fee_rule_per_piece_not_negative check (per_piece >= 0),
  per_order bigint constraint fee_rule_per_order_not_negative check (per_order >= 0),
  created_at timestamptz not null,
  -- None: by this program.
  created_by uuid references account (id),
  ended_at timestamptz,
  constraint fee_rule_one_target check (num_nonnulls(tier, shop_id, category_id, product_id) <= 1),
  constraint fee_rule_one_amount check (num_nonnulls(rate, per_piece, per_order) = 1),
  constraint fee_rule_limits_are_of_a_rate check (rate is not null or num_nonnulls(cap, floor) = 0),
  constraint fee_rule_limits_order check (floor <= cap),
  constraint fee_rule_ended_later check (ended_at >= created_at)
);
-- Of a fee one rule at most holds for the same goods.
create unique index fee_rule_in_force on fee_rule
  (fee, currency, coalesce(tier, ''), coalesce(shop_id, category_id, product_id)) nulls not distinct where ended_at is null;
create index fee_rule_shop on fee_rule (shop_id) where shop_id is not null;
create index fee_rule_category on fee_rule (category_id) where category_id is not null;
create index fee_rule_product on fee_rule (product_id) where product_id is not null;

insert into fee_rule (id, fee, tier, rate, cap, per_order, created_at) values
  ('00000000-0000-7000-8000-000000008001', 'commission', null, 250, null, null, '2026-11-29'),
  ('00000000-0000-7000-8000-000000008002', 'mall', 'official', 150, 5000, null, '2026-11-29'),
  ('00000000-0000-7000-8000-000000008003', 'order', null, null, null, 500, '2026-11-29');

-- One row: how long a shop has to accept and to hand over, and a buyer to object, in seconds. Orders keep what they were
-- placed under.
create table order_policy (
  is_one boolean primary key default true constraint order_policy_is_one check (is_one),
  accept_within int not null constraint order_policy_accept_positive check (accept_within > 0),
  -- After the time to accept.
  hand_over_within int not null constraint order_policy_hand_over_positive check (hand_over_within > 0),
  settle_trusted int not null constraint order_policy_settle_trusted_positive check (settle_trusted > 0),
  settle_regular int not null constraint order_policy_settle_regular_positive check (settle_regular > 0),
  settle_new int not null constraint order_policy_settle_new_positive check (settle_new > 0),
  -- How long a shop is new.
  new_for int not null constraint order_policy_new_for_not_negative check (new_for >= 0),
  updated_at timestamptz not null
);
insert into order_policy values (true, 2 * 86400, 2 * 86400, 3 * 86400, 7 * 86400, 15 * 86400, 30 * 86400, '2026-11-29');
