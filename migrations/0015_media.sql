-- A picture that was taken in: its bytes lie in the object store under its id.
create table media (
  id uuid primary key,
  -- The shop (later also: the buyer) it belongs to; only its owner may use it.
  owner_id uuid not null,
  state text not null constraint media_state_known check (state in ('received', 'ready', 'failed')),
  -- Of the upright original.
  width int not null constraint media_width_range check (width between 1 and 20000),
  height int not null constraint media_height_range check (height between 1 and 20000),
  bytes bigint not null constraint media_bytes_positive check (bytes > 0),
  sha256 bytea not null constraint media_sha256_length check (length(sha256) = 32),
  -- Widths it can be had in, ascending; each in every format.
  widths smallint[] not null default '{}',
  -- A tiny data: picture.
  placeholder text constraint media_placeholder_small check (length(placeholder) <= 2000),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint media_ready_has_widths check (state <> 'ready' or cardinality(widths) > 0)
);
-- The same picture uploaded twice by one owner is one picture.
create unique index media_once_per_owner on media (owner_id, sha256);

-- A product's photographs in the order of its gallery.
create table product_picture (
  product_id uuid not null references product (id) on delete cascade,
  media_id uuid not null references media (id),
  sort smallint not null constraint product_picture_sort_range check (sort between 0 and 99),
  alt text not null default '' constraint product_picture_alt_length check (length(alt) <= 300),
  primary key (product_id, sort),
  constraint product_picture_once unique (product_id, media_id)
);
create index product_picture_media on product_picture (media_id);
alter table variant add constraint variant_picture_known foreign key (media_id) references media (id);
