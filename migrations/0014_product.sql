create table product (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  category_id uuid not null constraint product_category_known references category (id),
  slug text not null constraint product_slug_unique unique
    constraint product_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  name text not null constraint product_name_length check (length(btrim(name)) between 3 and 200),
  description text not null default '' constraint product_description_length check (length(description) <= 10000),
  brand text constraint product_brand_length check (length(btrim(brand)) between 1 and 60),
  condition text not null default 'new' constraint product_condition_known check (condition in ('new', 'used')),
  state text not null constraint product_state_known
    check (state in ('draft', 'in_review', 'active', 'hidden', 'archived', 'rejected')),
  state_reason text,
  min_qty int not null default 1 constraint product_min_qty_positive check (min_qty >= 1),
  max_qty int constraint product_qty_order check (max_qty >= min_qty),
  weight_g int not null constraint product_weight_range check (weight_g between 1 and 1000000),
  length_mm int constraint product_length_range check (length_mm between 1 and 20000),
  width_mm int constraint product_width_range check (width_mm between 1 and 20000),
  height_mm int constraint product_height_range check (height_mm between 1 and 20000),
  preorder_days smallint constraint product_preorder_range check (preorder_days between 1 and 90),
  video_url text constraint product_video_secure check (video_url like 'https://%' and length(video_url) <= 500),
  free_shipping boolean not null default false,
  currency text not null default 'IDR' constraint product_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  -- Summary of the variants, kept by every verb that writes one; null only while there is none.
  price_min bigint constraint product_price_range check (price_min > 0 and price_min <= 1000000000000000),
  price_max bigint constraint product_price_order check (price_max >= price_min),
  list_price bigint constraint product_list_price_above check (list_price > price_min),
  discount_percent smallint generated always as (nullif((list_price - price_min) * 100 / list_price, 0)::smallint) stored,
  in_stock boolean not null default false,
  sold_count int not null default 0 constraint product_sold_counted check (sold_count >= 0),
  -- Everyone who rated, stars in hundredths; a listing brought from elsewhere starts with the totals it came with.
  rating_count int not null default 0,
  rating_sum bigint not null default 0,
  -- The written reviews that can be read here, by stars.
  stars_1 int not null default 0,
  stars_2 int not null default 0,
  stars_3 int not null default 0,
  stars_4 int not null default 0,
  stars_5 int not null default 0,
  -- What is drawn where there is no photograph.
  art_motif text not null default 'box',
  art_seed int not null default 0 constraint product_art_seed_range check (art_seed >= 0),
  published_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint product_shop unique (id, shop_id),
  constraint product_prices_together check ((price_min is null) = (price_max is null)),
  constraint product_priced_unless_draft check (price_min is not null or state = 'draft'),
  constraint product_rejected_with_reason check ((state = 'rejected') = (state_reason is not null)),
  constraint product_published_once_active check (published_at is not null or state not in ('active', 'hidden')),
  constraint product_rating_range check (rating_count >= 0 and rating_sum between rating_count::bigint * 100 and rating_count::bigint * 500),
  constraint product_stars_counted check (least(stars_1, stars_2, stars_3, stars_4, stars_5) >= 0)
);
-- Shelves, category pages without the index, shop pages: all keyset, all only what is on sale.
create index product_popular on product (sold_count desc, id desc) where state = 'active';
create index product_newest on product (published_at desc, id desc) where state = 'active';
create index product_deals on product (discount_percent desc, id desc) where state = 'active' and discount_percent is not null;
create index product_of_shop on product (shop_id);
create index product_category_popular on product (category_id, sold_count desc, id desc) where state = 'active';
create index product_category_newest on product (category_id, published_at desc, id desc) where state = 'active';
create index product_category_price on product (category_id, price_min, id) where state = 'active';
create index product_shop_popular on product (shop_id, sold_count desc, id desc) where state = 'active';
create index product_shop_newest on product (shop_id, published_at desc, id desc) where state = 'active';
create index product_shop_category on product (shop_id, category_id) where state = 'active';
create index product_on_sale on product (id) where state = 'active';
create index product_shop_price on product (shop_id, price_min, id) where state = 'active';

-- Addresses a product had before; whoever follows one is sent on with 301.
create table product_former_slug (
  slug text primary key,
  product_id uuid not null references product (id),
  retired_at timestamptz not null
);
create index product_former_slug_product on product_former_slug (product_id);

-- The timeline of its states: who moved it from where to where, why and when.
create table product_transition (
  id uuid primary key,
  product_id uuid not null references product (id),
  from_state text,
  to_state text not null,
  actor text not null,
  reason text,
  at timestamptz not null
);
create index product_transition_product on product_transition (product_id, at);

create table product_attribute (
  product_id uuid not null references product (id) on delete cascade,
  attribute_id uuid not null references category_attribute (id),
  text_value text constraint product_attribute_text_length check (length(btrim(text_value)) between 1 and 200),
  number_value numeric(18, 4),
  choice_key text,
  flag_value boolean,
  primary key (product_id, attribute_id),
  constraint product_attribute_one_value check (num_nonnulls(text_value, number_value, choice_key, flag_value) = 1)
);

-- What can be chosen, in the order it is asked.
create table product_option (
  product_id uuid not null references product (id) on delete cascade,
  position smallint not null constraint product_option_position_range check (position between 0 and 2),
  -- Names the facet: 'color', 'size'.
  key text not null constraint product_option_key_form check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text not null constraint product_option_name_length check (length(btrim(name)) between 1 and 40),
  "values" text[] not null constraint product_option_values_count check (cardinality("values") between 1 and 100),
  primary key (product_id, position),
  constraint product_option_key_unique unique (product_id, key)
);

create table variant (
  id uuid primary key,
  product_id uuid not null,
  shop_id uuid not null,
  position smallint not null default 0,
  sku text not null constraint variant_sku_length check (length(btrim(sku)) between 1 and 64),
  -- For each option, the index of the chosen value.
  choices smallint[] not null default '{}',
  price bigint not null constraint variant_price_range check (price > 0 and price <= 1000000000000000),
  list_price bigint constraint variant_list_price_above check (list_price > price and list_price <= 1000000000000000),
  -- Until warehouses keep stock this is the whole of it.
  on_hand int not null default 0 constraint variant_stock_not_negative check (on_hand >= 0),
  -- Where it differs from the product's.
  weight_g int constraint variant_weight_range check (weight_g between 1 and 1000000),
  media_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint variant_of_the_product_s_shop foreign key (product_id, shop_id) references product (id, shop_id) on update cascade on delete cascade,
  constraint variant_sku_unique unique (shop_id, sku),
  constraint variant_choices_unique unique (product_id, choices)
);

-- Wholesale: from min_qty pieces on, each costs this much.
create table price_tier (
  product_id uuid not null references product (id) on delete cascade,
  min_qty int not null constraint price_tier_from_two check (min_qty >= 2),
  price bigint not null constraint price_tier_positive check (price > 0),
  primary key (product_id, min_qty)
);

-- More pieces never cost more each.
create function price_tier_falls() returns trigger language plpgsql as $$
begin
  if exists (
    select from price_tier a join price_tier b using (product_id)
    where product_id = new.product_id and a.min_qty < b.min_qty and a.price <= b.price
  ) then
    raise exception 'wholesale prices of % do not fall', new.product_id using errcode = 'check_violation', constraint = 'price_tier_falls';
  end if;
  return null;
end $$;
create constraint trigger price_tier_falls after insert or update on price_tier
  deferrable initially deferred for each row execute function price_tier_falls();

-- Every price a variant has had before the present one; written by the database, never changed.
create table price_history (
  id bigint generated always as identity primary key,
  variant_id uuid not null references variant (id),
  price bigint not null,
  list_price bigint,
  -- When it gave way to the next.
  until timestamptz not null
);
create index price_history_variant on price_history (variant_id, until);

create function variant_remembers_price() returns trigger language plpgsql as $$
begin
  insert into price_history (variant_id, price, list_price, until) values (old.id, old.price, old.list_price, new.updated_at);
  return null;
end $$;
create trigger variant_remembers_price after update of price, list_price on variant
  for each row when (old.price <> new.price or old.list_price is distinct from new.list_price)
  execute function variant_remembers_price();

create function price_history_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'price history is never changed' using errcode = 'restrict_violation', constraint = 'price_history_is_append_only';
end $$;
create trigger price_history_is_append_only before update or delete on price_history
  for each row execute function price_history_is_append_only();
create trigger price_history_is_not_emptied before truncate on price_history
  for each statement execute function price_history_is_append_only();
