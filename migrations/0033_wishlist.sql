-- What people keep for later, in lists they name.
create table wishlist (
  id uuid primary key,
  account_id uuid not null references account (id),
  -- Null for the first one, until its owner names it.
  name text constraint wishlist_name_length check (length(btrim(name)) between 1 and 40),
  -- Where a heart puts things.
  is_default boolean not null default false,
  -- Whoever has it may look at the list. It is kept as it is because its owner reads and copies it again.
  token text constraint wishlist_token_unique unique constraint wishlist_token_length check (length(token) = 32),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint wishlist_named_unless_default check (name is not null or is_default)
);
create index wishlist_account on wishlist (account_id, created_at, id);
create unique index wishlist_one_default on wishlist (account_id) where is_default;
create unique index wishlist_name_unique on wishlist (account_id, lower(name));

create table wish (
  id uuid primary key,
  wishlist_id uuid not null references wishlist (id) on delete cascade,
  product_id uuid not null references product (id),
  variant_id uuid references variant (id) on delete cascade,
  added_at timestamptz not null,
  -- What it was like then; the marks on the list tell the difference.
  name_then text not null,
  price_then bigint not null constraint wish_price_then_positive check (price_then > 0),
  currency text not null constraint wish_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  in_stock_then boolean not null,
  -- The price and stock its owner was last told of; at first those of then.
  price_told bigint not null,
  in_stock_told boolean not null
);
-- A product as a whole once, and each of its variants once.
create unique index wish_product_once on wish (wishlist_id, product_id) where variant_id is null;
create unique index wish_variant_once on wish (wishlist_id, variant_id) where variant_id is not null;
create index wish_latest on wish (wishlist_id, added_at desc, id desc);
create index wish_product on wish (product_id);
create index wish_variant on wish (variant_id) where variant_id is not null;
