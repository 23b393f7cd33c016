-- What somebody means to buy. A cart belongs to an account or to a guest, who is known by a token of which only the
-- hash is kept.
create table cart (
  id uuid primary key,
  account_id uuid constraint cart_account_known references account (id) on delete cascade
    constraint cart_of_account_unique unique,
  -- SHA-256.
  guest_token_hash bytea constraint cart_of_guest_unique unique
    constraint cart_guest_token_length check (length(guest_token_hash) = 32),
  currency text not null default 'IDR' constraint cart_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  -- Where a guest is written to.
  email text constraint cart_email_form check (email ~ '^[^\s@]+@[^\s@]+$' and length(email) <= 254),
  phone text constraint cart_phone_form check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  -- One of the account's addresses, or what a guest typed.
  address_id uuid constraint cart_address_known references address (id) on delete set null,
  address jsonb constraint cart_address_form check (jsonb_typeof(address) = 'object'),
  method text constraint cart_method_form check (method ~ '^[a-z][a-z_]{0,39}$'),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Guests' carts are forgotten some time after the last change.
  expires_at timestamptz,
  constraint cart_one_holder check (num_nonnulls(account_id, guest_token_hash) = 1),
  constraint cart_guests_expire check ((guest_token_hash is null) = (expires_at is null)),
  constraint cart_address_of_its_holder check (
    case when account_id is null then address_id is null else address is null end)
);
create index cart_expiry on cart (expires_at) where expires_at is not null;
create index cart_address on cart (address_id) where address_id is not null;

create table cart_line (
  id uuid primary key,
  cart_id uuid not null references cart (id) on delete cascade,
  variant_id uuid not null constraint cart_line_variant_known references variant (id) on delete cascade,
  quantity int not null constraint cart_line_quantity_range check (quantity between 1 and 999),
  note text not null default '' constraint cart_line_note_length check (length(note) <= 200),
  ticked boolean not null default true,
  saved_for_later boolean not null default false,
  -- What one piece cost, in the cart's currency, when the shopper last saw and accepted it.
  price_seen bigint not null constraint cart_line_price_range check (price_seen between 0 and 1000000000000000),
  added_at timestamptz not null,
  constraint cart_line_unique unique (cart_id, variant_id, note),
  constraint cart_line_saved_is_not_bought check (not (ticked and saved_for_later))
);
create index cart_line_in_order on cart_line (cart_id, added_at, id);
create index cart_line_variant on cart_line (variant_id);

-- What was chosen for all that comes from one shop.
create table cart_shop (
  cart_id uuid not null references cart (id) on delete cascade,
  shop_id uuid not null constraint cart_shop_known references shop (id) on delete cascade,
  courier text constraint cart_shop_courier_form check (courier ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  service text constraint cart_shop_service_form check (service ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  insured boolean not null default false,
  note text not null default '' constraint cart_shop_note_length check (length(note) <= 200),
  primary key (cart_id, shop_id),
  constraint cart_shop_service_of_courier check ((courier is null) = (service is null))
);
create index cart_shop_shop on cart_shop (shop_id);

create table cart_voucher (
  cart_id uuid not null references cart (id) on delete cascade,
  code text not null constraint cart_voucher_form check (code ~ '^[A-Z0-9][A-Z0-9_-]{0,39}$'),
  added_at timestamptz not null,
  constraint cart_voucher_once primary key (cart_id, code)
);
