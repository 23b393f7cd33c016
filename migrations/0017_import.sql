-- One reading of one file; an interrupted one goes on behind the last row it committed.
create table import_run (
  id uuid primary key,
  kind text not null constraint import_kind_known check (kind in ('listings', 'reviews')),
  source text not null,
  file_sha256 bytea not null constraint import_sha256_length check (length(file_sha256) = 32),
  state text not null constraint import_state_known check (state in ('running', 'done')),
  rows_read bigint not null default 0,
  rows_new bigint not null default 0,
  rows_changed bigint not null default 0,
  rows_same bigint not null default 0,
  rows_bad bigint not null default 0,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  constraint import_rows_add_up check (rows_read = rows_new + rows_changed + rows_same + rows_bad)
);
create unique index import_one_running on import_run (kind, source, file_sha256) where state = 'running';

-- Which product a source's listing became, and the fingerprint of what was last taken over.
create table import_listing (
  source text not null,
  key text not null,
  product_id uuid not null references product (id),
  fingerprint bytea not null,
  primary key (source, key)
);
create unique index import_listing_product on import_listing (product_id);
