-- How shops sell, by day in Jakarta. Jobs count it from orders, looks and carts, so that no page scans those. Each day is
-- always counted as a whole, so every row can be counted again.

-- By which way somebody came to what they looked at.
alter table product_view_event add column source text not null default 'site'
  constraint product_view_event_source_known check (source in ('search', 'category', 'home', 'shop', 'site', 'outside'));

-- Each time something was put into a cart: what and when, and nothing of who. Swept as looks are.
create table cart_addition (
  product_id uuid not null references product (id) on delete cascade,
  at timestamptz not null
);
create index cart_addition_at on cart_addition (at);
create index cart_addition_product on cart_addition (product_id);

-- Which searches led to which goods, kept as the log of searches is: nothing of who, the time only to the hour, rows in
-- no order, and no text that looks personal. Swept when it has been counted.
create table search_lead (
  at timestamptz not null constraint search_lead_whole_hour check (date_trunc('hour', at, 'UTC') = at),
  query text not null constraint search_lead_query_length check (length(query) between 1 and 120),
  product_id uuid not null references product (id) on delete cascade
);
create index search_lead_at on search_lead (at);
create index search_lead_product on search_lead (product_id);

-- What a shop's orders of a day are counted from.
create index shop_order_shop_cleared on shop_order (shop_id, cleared_at) where cleared_at is not null;

-- Orders by the day on which the shop could begin with them. One that was cancelled since is among the cancelled alone.
create table shop_sales_day (
  shop_id uuid not null references shop (id),
  day date not null,
  orders bigint not null default 0 constraint shop_sales_day_orders_counted check (orders >= 0),
  cancelled bigint not null default 0 constraint shop_sales_day_cancelled_counted check (cancelled >= 0),
  pieces bigint not null default 0 constraint shop_sales_day_pieces_counted check (pieces >= 0),
  -- Rupiah: the goods at the price they were sold at, and what comes off it at the shop's expense.
  sales bigint not null default 0,
  vouchers bigint not null default 0,
  shipping bigint not null default 0,
  fees bigint not null default 0,
  counted_at timestamptz not null,
  primary key (shop_id, day)
);
create index shop_sales_day_day on shop_sales_day (day);

create table variant_sales_day (
  shop_id uuid not null,
  day date not null,
  variant_id uuid not null references variant (id),
  product_id uuid not null references product (id),
  pieces bigint not null constraint variant_sales_day_pieces_positive check (pieces > 0),
  sales bigint not null,
  primary key (shop_id, day, variant_id),
  foreign key (shop_id, day) references shop_sales_day (shop_id, day)
);
create index variant_sales_day_variant on variant_sales_day (variant_id);
create index variant_sales_day_product on variant_sales_day (product_id);

-- By the city of the buyer.
create table city_sales_day (
  shop_id uuid not null,
  day date not null,
  city_code text not null references region (code),
  orders bigint not null constraint city_sales_day_orders_positive check (orders > 0),
  sales bigint not null,
  primary key (shop_id, day, city_code),
  foreign key (shop_id, day) references shop_sales_day (shop_id, day)
);

create table product_looks_day (
  shop_id uuid not null references shop (id),
  day date not null,
  product_id uuid not null references product (id),
  source text not null constraint product_looks_day_source_known
    check (source in ('search', 'category', 'home', 'shop', 'site', 'outside')),
  looks bigint not null constraint product_looks_day_looks_positive check (looks > 0),
  primary key (shop_id, day, product_id, source)
);
create index product_looks_day_day on product_looks_day (day);
create index product_looks_day_product on product_looks_day (product_id);

create table product_carts_day (
  shop_id uuid not null references shop (id),
  day date not null,
  product_id uuid not null references product (id),
  additions bigint not null constraint product_carts_day_additions_positive check (additions > 0),
  primary key (shop_id, day, product_id)
);
create index product_carts_day_day on product_carts_day (day);
create index product_carts_day_product on product_carts_day (product_id);

-- `hours` is in how many hours of the day a text led here: it is shown, and outlives the log, only if there were many.
create table shop_lead_day (
  shop_id uuid not null references shop (id),
  day date not null,
  query text not null,
  looks bigint not null constraint shop_lead_day_looks_positive check (looks > 0),
  hours int not null constraint shop_lead_day_hours_range check (hours between 1 and 25),
  primary key (shop_id, day, query)
);
create index shop_lead_day_day on shop_lead_day (day);
