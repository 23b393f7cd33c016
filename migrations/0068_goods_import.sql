-- One file of a shop's goods: read through first, so that somebody sees what it would change, and taken over when they say
-- so. How far each of the two has come is written with every batch, so that it goes on from there. The file lies sealed
-- under the id until it is swept.
create table goods_import (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  account_id uuid not null references account (id),
  file_name text not null constraint goods_import_name_length check (length(btrim(file_name)) between 1 and 120),
  bytes bigint not null constraint goods_import_bytes_positive check (bytes > 0),
  -- Pieces of new goods of which the file does not say how many there are.
  stock int not null constraint goods_import_stock_range check (stock between 0 and 1000000),
  -- Whether whoever sent it may count stock too.
  counts boolean not null,
  state text not null constraint goods_import_state_known
    check (state in ('checking', 'checked', 'taking_over', 'done', 'failed', 'cancelled')),
  failure text constraint goods_import_failure_known
    check (failure in ('unreadable', 'encoding', 'columns', 'rows', 'quotes', 'empty')),
  -- Once it was read through.
  rows_all int constraint goods_import_rows_range check (rows_all between 0 and 100000),
  -- Of the reading under way, or of the last one.
  rows_read int not null default 0,
  rows_new int not null default 0,
  rows_changed int not null default 0,
  rows_same int not null default 0,
  rows_bad int not null default 0,
  -- The header of the file and what parts its fields, for those rows of it that are given back.
  header text,
  delimiter text,
  ignored text[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When its file was swept.
  swept_at timestamptz,
  -- Empty rows are read too, and are none of these.
  constraint goods_import_rows_add_up check (rows_read >= rows_new + rows_changed + rows_same + rows_bad),
  constraint goods_import_failed_why check ((state = 'failed') = (failure is not null))
);
create index goods_import_of_shop on goods_import (shop_id, created_at desc, id desc);
create index goods_import_to_sweep on goods_import (updated_at) where swept_at is null;
-- Two that are taken over at once would each undo what the other does.
create unique index goods_import_one_taken_over on goods_import (shop_id) where state = 'taking_over';

-- What there is to tell of a row: all that are bad, and the first that are new or changed.
create table goods_import_row (
  import_id uuid not null references goods_import (id) on delete cascade,
  row_number int not null,
  kind text not null constraint goods_import_row_kind_known check (kind in ('new', 'changed', 'bad')),
  -- Of a bad one: what is wrong with which column, what it says, and the row as it came.
  "column" text,
  problem text,
  said text,
  line text,
  -- Of the others: what it is called, and from what to what it changes.
  sku text,
  name text,
  differences jsonb,
  primary key (import_id, row_number),
  constraint goods_import_row_bad_whole check ((kind = 'bad') = (problem is not null and line is not null))
);
create index goods_import_row_told on goods_import_row (import_id, kind, row_number);
