-- How reliably a shop sends what was ordered.

-- Whether it wears the badge: written once a day, read with the shop.
alter table shop add column reliable boolean not null default false;

-- Of the orders of a day: sent in time, and those that count against the shop.
alter table shop_sales_day
  add column in_time bigint not null default 0 constraint shop_sales_day_in_time_counted check (in_time >= 0),
  add column dropped bigint not null default 0 constraint shop_sales_day_dropped_counted check (dropped >= 0),
  add column late bigint not null default 0 constraint shop_sales_day_late_counted check (late >= 0);

-- The orders that count against their shop. dropped: the shop cancelled it; late: it was not handed over in time.
create table shop_fault (
  order_id uuid primary key references shop_order (id),
  shop_id uuid not null references shop (id),
  kind text not null constraint shop_fault_kind_known check (kind in ('dropped', 'late')),
  -- When the shop could begin with it, which is what its day goes by.
  cleared_at timestamptz not null
);
create index shop_fault_shop on shop_fault (shop_id, cleared_at desc, order_id desc);

create table shop_health (
  shop_id uuid primary key references shop (id),
  orders bigint not null constraint shop_health_orders_counted check (orders >= 0),
  dropped bigint not null constraint shop_health_dropped_range check (dropped between 0 and orders),
  late bigint not null constraint shop_health_late_range check (late between 0 and orders - dropped),
  points smallint not null constraint shop_health_points_range check (points between 0 and 100),
  reliable boolean not null,
  judged_at timestamptz not null
);
