create table shop (
  id uuid primary key,
  slug text not null constraint shop_slug_unique unique
    constraint shop_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  name text not null constraint shop_name_length check (length(btrim(name)) between 3 and 60),
  description text not null default '' constraint shop_description_length check (length(description) <= 5000),
  city_code text not null constraint shop_city_known references region (code),
  tier text not null default 'regular' constraint shop_tier_known check (tier in ('regular', 'power', 'official')),
  state text not null default 'open' constraint shop_state_known check (state in ('open', 'on_holiday', 'suspended', 'closed')),
  joined_at timestamptz not null,
  -- Totals over its products, refreshed when those change: stars in hundredths.
  rating_count bigint not null default 0,
  rating_sum bigint not null default 0,
  product_count int not null default 0 constraint shop_products_counted check (product_count >= 0),
  sold_count bigint not null default 0 constraint shop_sold_counted check (sold_count >= 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint shop_rating_range check (rating_count >= 0 and rating_sum between rating_count * 100 and rating_count * 500)
);
create index shop_city on shop (city_code);

-- Addresses a shop had before; whoever follows one is sent on.
create table shop_former_slug (
  slug text primary key,
  shop_id uuid not null references shop (id),
  retired_at timestamptz not null
);
create index shop_former_slug_shop on shop_former_slug (shop_id);
