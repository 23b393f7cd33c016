-- Members who buy much. From how much on is kept by operators; what somebody has reached is counted by a job, and only read
-- elsewhere.

-- In rupiah, for goods of orders that were completed within the last so many months.
create table member_policy (
  is_one boolean primary key default true constraint member_policy_is_one check (is_one),
  months int not null constraint member_policy_months_range check (months between 1 and 36),
  silver bigint not null constraint member_policy_silver_positive check (silver > 0),
  gold bigint not null,
  platinum bigint not null,
  updated_at timestamptz not null,
  constraint member_policy_ascends check (silver < gold and gold < platinum)
);
insert into member_policy values (true, 12, 1000000, 5000000, 20000000, '2026-11-30');

-- A row for whoever has completed an order; all others are regular.
create table member_standing (
  account_id uuid primary key references account (id),
  tier text not null constraint member_standing_tier_known check (tier in ('regular', 'silver', 'gold', 'platinum')),
  spent bigint not null constraint member_standing_spent_not_negative check (spent >= 0),
  counted_at timestamptz not null
);
create index member_standing_tier on member_standing (tier);

create index shop_order_completed_by on shop_order (account_id, completed_at)
  include (id, goods, currency, erased_at)
  where state = 'completed' and account_id is not null;
