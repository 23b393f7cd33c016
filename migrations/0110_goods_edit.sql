-- One change of many of a shop's goods at once: chosen first, then said what is to change, which writes a row for each of
-- them and nothing else, and made when somebody says so. A row holds what was there before and what there is since, so that
-- it can be put back. How far it has come stands in the rows themselves.
create table goods_edit (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  account_id uuid not null references account (id),
  -- In the order of the list they were chosen from.
  products uuid[] not null constraint goods_edit_products_count check (cardinality(products) between 1 and 10000),
  change jsonb,
  state text not null constraint goods_edit_state_known
    check (state in ('chosen', 'planned', 'applying', 'done', 'undoing', 'undone')),
  -- How many of its rows are how far.
  rows_waiting int not null default 0,
  rows_changed int not null default 0,
  rows_same int not null default 0,
  rows_left int not null default 0,
  rows_undone int not null default 0,
  rows_kept int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When all of it was made; it can be put back for a while from then on.
  applied_at timestamptz,
  constraint goods_edit_change_said check ((change is null) = (state = 'chosen')),
  constraint goods_edit_applied_when check ((applied_at is not null) = (state in ('done', 'undoing', 'undone'))),
  constraint goods_edit_rows_counted
    check (least(rows_waiting, rows_changed, rows_same, rows_left, rows_undone, rows_kept) >= 0),
  constraint goods_edit_nothing_waits check (rows_waiting = 0 or state in ('planned', 'applying'))
);
create index goods_edit_of_shop on goods_edit (shop_id, created_at desc, id desc);
create index goods_edit_to_sweep on goods_edit (updated_at);

create table goods_edit_row (
  edit_id uuid not null references goods_edit (id) on delete cascade,
  place int not null,
  product_id uuid not null references product (id),
  -- None where it is about the product, or about a draft that has no variant yet.
  variant_id uuid references variant (id),
  fate text not null constraint goods_edit_row_fate_known
    check (fate in ('waiting', 'changed', 'same', 'left', 'undone', 'kept')),
  problem text constraint goods_edit_row_problem_known
    check (problem in ('changed', 'out_of_range', 'list_price', 'wholesale', 'promised', 'state', 'unfinished', 'unapproved', 'gone')),
  before jsonb,
  after jsonb,
  -- What was said of goods that went to another category, where nobody is asked for it.
  said jsonb,
  primary key (edit_id, place),
  constraint goods_edit_row_left_why check ((fate in ('left', 'kept')) = (problem is not null)),
  constraint goods_edit_row_whole check (fate in ('same', 'left') or (before is not null and after is not null))
);
create index goods_edit_row_by_fate on goods_edit_row (edit_id, fate, place);
