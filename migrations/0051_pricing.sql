-- Vouchers and promotions. One without a code applies by itself.
create table voucher (
  id uuid primary key,
  -- Whose it is; absent where it is the platform's.
  shop_id uuid references shop (id),
  code text constraint voucher_code_unique unique
    constraint voucher_code_form check (code ~ '^[A-Z0-9][A-Z0-9_-]{2,23}$'),
  name text not null constraint voucher_name_length check (length(btrim(name)) between 1 and 80),
  kind text not null constraint voucher_kind_known check (kind in
    ('fixed', 'fixed_per_line', 'percent', 'percent_per_line', 'buy_x_get_y', 'shipping', 'shipping_percent')),
  currency text not null default 'IDR' constraint voucher_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  -- Off the goods, or up to so much off the shipping, in minor units.
  amount bigint constraint voucher_amount_positive check (amount > 0),
  -- Basis points, and at most so much.
  rate int constraint voucher_rate_range check (rate between 1 and 10000),
  cap bigint constraint voucher_cap_positive check (cap > 0),
  buy_qty int constraint voucher_buy_positive check (buy_qty > 0),
  get_qty int constraint voucher_get_positive check (get_qty > 0),
  min_spend bigint constraint voucher_min_spend_positive check (min_spend > 0),
  min_qty int constraint voucher_min_qty_positive check (min_qty > 0),
  -- Empty for any. A line matches by its product or one of its categories.
  products uuid[] not null default '{}',
  categories uuid[] not null default '{}',
  shops uuid[] not null default '{}',
  methods text[] not null default '{}',
  first_order_only boolean not null default false,
  member_tier text constraint voucher_member_tier_known check (member_tier in ('regular', 'silver', 'gold', 'platinum')),
  -- Who pays for it.
  funder text not null constraint voucher_funder_known check (funder in ('shop', 'platform')),
  starts_at timestamptz not null,
  -- It ends just before.
  ends_at timestamptz,
  -- Limits of all uses, of the money given, and of one buyer's uses; absent where there is none.
  quota int constraint voucher_quota_positive check (quota > 0),
  used int not null default 0,
  budget bigint constraint voucher_budget_positive check (budget > 0),
  spent bigint not null default 0,
  per_person int constraint voucher_per_person_positive check (per_person > 0),
  state text not null default 'active' constraint voucher_state_known check (state in ('active', 'paused')),
  -- Shown on pages to whoever comes.
  public boolean not null default false,
  created_at timestamptz not null,
  constraint voucher_window check (ends_at > starts_at),
  constraint voucher_within_quota check (used >= 0 and used <= quota),
  constraint voucher_within_budget check (spent >= 0 and spent <= budget),
  constraint voucher_shop_pays_for_its_own check (funder = 'platform' or shop_id is not null),
  constraint voucher_public_has_code check (not public or code is not null),
  constraint voucher_kind_whole check (
    (amount is not null) = (kind in ('fixed', 'fixed_per_line', 'shipping'))
    and (rate is not null) = (kind in ('percent', 'percent_per_line', 'shipping_percent'))
    and (cap is null or kind in ('percent', 'shipping_percent'))
    and (buy_qty is not null) = (kind = 'buy_x_get_y')
    and (get_qty is not null) = (kind = 'buy_x_get_y'))
);
create index voucher_of_owner on voucher (shop_id, id desc);
create index voucher_shown on voucher (shop_id, ends_at) where public and state = 'active';
create index voucher_without_code on voucher (ends_at) where code is null and state = 'active';

-- Each use, once for a checkout, and whether it was given back.
create table voucher_use (
  voucher_id uuid not null references voucher (id),
  -- The checkout: an order group.
  reference uuid not null,
  -- An account's id, or what a guest can be reached by.
  buyer_key text not null constraint voucher_use_buyer_present check (length(buyer_key) between 1 and 254),
  amount bigint not null constraint voucher_use_amount_not_negative check (amount >= 0),
  state text not null default 'used' constraint voucher_use_state_known check (state in ('used', 'given_back')),
  at timestamptz not null,
  given_back_at timestamptz,
  primary key (voucher_id, reference),
  constraint voucher_use_given_back_whole check ((state = 'given_back') = (given_back_at is not null))
);
create index voucher_use_reference on voucher_use (reference);
create index voucher_use_buyer on voucher_use (voucher_id, buyer_key) where state = 'used';
create index voucher_use_of_buyer on voucher_use (buyer_key);

create table flash_sale (
  id uuid primary key,
  name text not null constraint flash_sale_name_length check (length(btrim(name)) between 1 and 80),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null,
  constraint flash_sale_window check (ends_at > starts_at)
);
create index flash_sale_ends on flash_sale (ends_at, starts_at);

create table flash_item (
  sale_id uuid not null references flash_sale (id),
  variant_id uuid not null references variant (id),
  price bigint not null constraint flash_item_price_positive check (price > 0),
  currency text not null default 'IDR' constraint flash_item_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  quota int not null constraint flash_item_quota_positive check (quota > 0),
  sold int not null default 0,
  per_buyer int constraint flash_item_per_buyer_positive check (per_buyer > 0),
  position int not null default 0,
  constraint flash_item_once primary key (sale_id, variant_id),
  constraint flash_item_within_quota check (sold between 0 and quota)
);
create index flash_item_variant on flash_item (variant_id);

-- Pieces taken at a sale's price, once for a checkout, and whether they were given back.
create table flash_claim (
  sale_id uuid not null,
  variant_id uuid not null,
  reference uuid not null,
  buyer_key text not null constraint flash_claim_buyer_present check (length(buyer_key) between 1 and 254),
  quantity int not null constraint flash_claim_quantity_positive check (quantity > 0),
  state text not null default 'held' constraint flash_claim_state_known check (state in ('held', 'given_back')),
  at timestamptz not null,
  given_back_at timestamptz,
  primary key (sale_id, variant_id, reference),
  constraint flash_claim_item foreign key (sale_id, variant_id) references flash_item (sale_id, variant_id),
  constraint flash_claim_given_back_whole check ((state = 'given_back') = (given_back_at is not null))
);
create index flash_claim_of_buyer on flash_claim (buyer_key);
create index flash_claim_reference on flash_claim (reference);
create index flash_claim_buyer on flash_claim (sale_id, variant_id, buyer_key) where state = 'held';

-- What a variant costs from one instant until just before another. Found by the time of reading.
create table scheduled_price (
  variant_id uuid not null references variant (id) on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  price bigint not null constraint scheduled_price_positive check (price > 0),
  currency text not null default 'IDR' constraint scheduled_price_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  created_at timestamptz not null,
  constraint scheduled_price_once primary key (variant_id, starts_at),
  constraint scheduled_price_window check (ends_at > starts_at)
);

-- A variant has one such price at a time. Its row is locked, so that two who schedule at once see each other; an
-- exclusion constraint would need an extension that not every PostgreSQL comes with.
create function scheduled_price_alone() returns trigger language plpgsql as $$
begin
  perform from variant where id = new.variant_id for no key update;
  if exists (
    select from scheduled_price as other
    where other.variant_id = new.variant_id and other.starts_at <> new.starts_at
      and other.starts_at < new.ends_at and new.starts_at < other.ends_at
  ) then
    raise exception 'variant % has another price for a part of that time', new.variant_id
      using errcode = 'exclusion_violation', constraint = 'scheduled_price_alone';
  end if;
  return null;
end $$;
create trigger scheduled_price_alone after insert or update on scheduled_price
  for each row execute function scheduled_price_alone();
