-- Counting what lies in a warehouse. A number is kept with what should have been there when it was typed, so what is sold
-- while people count is not undone: only the difference is booked.
create table stock_count (
  id uuid primary key,
  shop_id uuid not null,
  warehouse_id uuid not null,
  -- What is counted: part of a name or SKU, or everything.
  query text not null constraint stock_count_query_length check (length(query) <= 100),
  state text not null default 'open' constraint stock_count_state_known check (state in ('open', 'posted', 'discarded')),
  started_by uuid,
  started_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  constraint stock_count_warehouse_of_shop foreign key (warehouse_id, shop_id) references warehouse (id, shop_id),
  constraint stock_count_ended check ((state = 'open') = (ended_at is null))
);
-- Two who counted the same goods would both book the same difference.
create unique index stock_count_one_open on stock_count (warehouse_id) where state = 'open';
create index stock_count_shop on stock_count (shop_id, started_at desc, id desc);
create index stock_count_warehouse on stock_count (warehouse_id);

create table stock_count_line (
  count_id uuid not null references stock_count (id) on delete cascade,
  variant_id uuid not null references variant (id),
  -- On hand when the number was typed.
  expected int not null constraint stock_count_line_expected_not_negative check (expected >= 0),
  counted int not null constraint stock_count_line_counted_range check (counted between 0 and 1000000),
  counted_by uuid,
  counted_at timestamptz not null,
  primary key (count_id, variant_id)
);
create index stock_count_line_variant on stock_count_line (variant_id);
