-- What was bought: groups that are paid at once, one order for each shop in them, their lines, and what became of them.
-- Amounts are minor units of the order's currency and are fixed at sale; nothing here is priced again.

create table order_group (
  id uuid primary key,
  -- Who bought: an account, or whoever holds the token with this SHA-256.
  account_id uuid references account (id),
  guest_token_hash bytea constraint order_group_token_length check (length(guest_token_hash) = 32),
  email text constraint order_group_email_length check (length(email) between 3 and 254),
  phone text constraint order_group_phone_form check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  -- Of messages about it.
  lang text not null constraint order_group_lang_known check (lang in ('id', 'en')),
  state text not null constraint order_group_state_known check (state in ('awaiting_payment', 'paid', 'expired', 'cancelled')),
  method text not null constraint order_group_method_form check (method ~ '^[a-z][a-z_]{1,29}$'),
  currency text not null constraint order_group_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  total bigint not null constraint order_group_total_not_negative check (total >= 0),
  placed_at timestamptz not null,
  -- When it has to be paid; cash on delivery has no such time.
  due_at timestamptz,
  -- When the shops may begin: when it was paid, and for cash on delivery when it was placed.
  cleared_at timestamptz,
  -- When the money was there; for cash on delivery when the last of it was collected.
  paid_at timestamptz,
  -- When it expired or was cancelled.
  ended_at timestamptz,
  -- When personal data was taken out.
  erased_at timestamptz,
  version int not null default 1,
  constraint order_group_one_buyer check (num_nonnulls(account_id, guest_token_hash) = 1),
  constraint order_group_contact check (num_nonnulls(email, phone) > 0 or erased_at is not null),
  constraint order_group_due_unless_cod check ((due_at is null) = (method = 'cod')),
  constraint order_group_due_later check (due_at > placed_at),
  constraint order_group_cleared check ((cleared_at is not null) = (state = 'paid')),
  constraint order_group_ended check ((ended_at is not null) = (state in ('expired', 'cancelled'))),
  constraint order_group_paid check (
    case when state <> 'paid' then paid_at is null else method = 'cod' or paid_at is not null end)
);
create index order_group_account on order_group (account_id, placed_at desc, id desc) where account_id is not null;
create index order_group_guest on order_group (guest_token_hash) where guest_token_hash is not null;
create index order_group_due on order_group (due_at, id) where state = 'awaiting_payment';

-- Numbers have gaps and no order among those of a moment: nobody who places an order waits for another. The day stands
-- before, so they are unique as long as no day has ten million orders.
create sequence order_number_of_day as int minvalue 1 maxvalue 9999999 cycle;
create function next_order_number(day date) returns text language sql volatile as $$
  select 'INV/' || to_char(day, 'YYYYMMDD') || '/' || lpad(n, greatest(6, length(n)), '0')
  from (select nextval('order_number_of_day')::text) as next (n)
$$;

create table shop_order (
  id uuid primary key,
  -- For people: INV/20261129/000123, the day by Western Indonesian Time.
  number text not null constraint shop_order_number_unique unique
    constraint shop_order_number_form check (number ~ '^INV/[0-9]{8}/[0-9]{6,7}$'),
  group_id uuid not null references order_group (id),
  shop_id uuid not null references shop (id),
  -- As on the group; a key of lists.
  account_id uuid references account (id),
  state text not null constraint shop_order_state_known check (
    state in ('awaiting_payment', 'paid', 'accepted', 'packed', 'shipped', 'delivered', 'completed', 'cancelled')),
  currency text not null,
  -- The lines' gross after discounts. Which of the discounts were the shop's and which the platform's:
  goods bigint not null constraint shop_order_goods_not_negative check (goods >= 0),
  shop_discount bigint not null constraint shop_order_shop_discount_not_negative check (shop_discount >= 0),
  platform_discount bigint not null constraint shop_order_platform_discount_not_negative check (platform_discount >= 0),
  -- What the courier is due, what a voucher takes off it, and how much of that the shop bears.
  shipping bigint not null constraint shop_order_shipping_not_negative check (shipping >= 0),
  shipping_discount bigint not null constraint shop_order_shipping_discount_range check (shipping_discount between 0 and shipping),
  shipping_discount_by_shop bigint not null
    constraint shop_order_shipping_discount_by_shop_range check (shipping_discount_by_shop between 0 and shipping_discount),
  insurance bigint not null constraint shop_order_insurance_not_negative check (insurance >= 0),
  -- Its share of what the platform takes from the buyer.
  fee bigint not null constraint shop_order_fee_not_negative check (fee >= 0),
  total bigint not null constraint shop_order_total_not_negative check (total >= 0),
  -- What the platform takes from the shop if all of it is kept: the sum of order_fee.
  commission bigint not null constraint shop_order_commission_not_negative check (commission >= 0),
  courier text not null constraint shop_order_courier_length check (length(courier) between 1 and 40),
  service text not null constraint shop_order_service_length check (length(service) between 1 and 40),
  weight_g int not null constraint shop_order_weight_positive check (weight_g > 0),
  arrives_from date not null,
  arrives_to date not null constraint shop_order_arrival_order check (arrives_to >= arrives_from),
  insured boolean not null,
  note text constraint shop_order_note_length check (length(btrim(note)) between 1 and 500),
  -- Its own copy of where it goes. What is personal is taken out on erasure; of the place the city stays.
  recipient text constraint shop_order_recipient_length check (length(btrim(recipient)) between 1 and 60),
  phone text constraint shop_order_phone_form check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  region_code text not null references region (code)
    constraint shop_order_region_form check (region_code ~ '^[0-9]{2}[.][0-9]{2}([.][0-9]{2})?$'),
  postcode text constraint shop_order_postcode_form check (postcode ~ '^[0-9]{5}$'),
  street text constraint shop_order_street_length check (length(btrim(street)) between 5 and 200),
  detail text constraint shop_order_detail_length check (length(btrim(detail)) between 1 and 100),
  address_notes text constraint shop_order_address_notes_length check (length(btrim(address_notes)) between 1 and 200),
  latitude double precision,
  longitude double precision,
  -- Where it is fetched instead of being brought.
  pickup_point uuid,
  -- How long, in seconds: for the shop to accept and to hand over once it may begin, and for the buyer to object after delivery.
  accept_within int not null constraint shop_order_accept_within_positive check (accept_within > 0),
  ship_within int not null constraint shop_order_ship_within_order check (ship_within >= accept_within),
  settle_within int not null constraint shop_order_settle_within_positive check (settle_within > 0),
  accept_by timestamptz,
  ship_by timestamptz,
  settle_by timestamptz,
  -- Since when the clock of settlement stands still, as while a return is open.
  settle_held_at timestamptz,
  placed_at timestamptz not null,
  cleared_at timestamptz,
  accepted_at timestamptz,
  packed_at timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  -- Cash on delivery: when the courier took it.
  collected_at timestamptz,
  erased_at timestamptz,
  version int not null default 1,
  constraint shop_order_one_per_shop unique (group_id, shop_id),
  constraint shop_order_adds_up check (total = goods + shipping - shipping_discount + insurance + fee),
  constraint shop_order_pin_whole check ((latitude is null) = (longitude is null)),
  constraint shop_order_addressed check (num_nulls(recipient, phone, postcode, street) = 0 or erased_at is not null),
  constraint shop_order_cleared check (case when state = 'awaiting_payment' then cleared_at is null
    when state <> 'cancelled' then num_nulls(cleared_at, accept_by, ship_by) = 0 else true end),
  constraint shop_order_accepted check (state not in ('accepted', 'packed', 'shipped', 'delivered', 'completed') or accepted_at is not null),
  constraint shop_order_packed check (state not in ('packed', 'shipped', 'delivered', 'completed') or packed_at is not null),
  constraint shop_order_shipped check ((state in ('shipped', 'delivered', 'completed')) = (shipped_at is not null)),
  constraint shop_order_delivered check ((state in ('delivered', 'completed')) = (num_nulls(delivered_at, settle_by) = 0)),
  constraint shop_order_completed check ((state = 'completed') = (completed_at is not null)),
  constraint shop_order_cancelled check ((state = 'cancelled') = (cancelled_at is not null)),
  constraint shop_order_held check (settle_held_at is null or state in ('delivered', 'completed')),
  constraint shop_order_currency_known check (currency in ('IDR', 'USD', 'SGD'))
);
create index shop_order_group on shop_order (group_id, id);
create index shop_order_account on shop_order (account_id, placed_at desc, id desc) where account_id is not null;
create index shop_order_shop on shop_order (shop_id, placed_at desc, id desc);
create index shop_order_shop_state on shop_order (shop_id, state, placed_at desc, id desc);
create index shop_order_accept_by on shop_order (accept_by, id) where state = 'paid';
create index shop_order_ship_by on shop_order (ship_by, id) where state in ('accepted', 'packed');
create index shop_order_settle_by on shop_order (settle_by, id) where state = 'delivered' and settle_held_at is null;

create table order_line (
  id uuid primary key,
  order_id uuid not null references shop_order (id),
  position smallint not null constraint order_line_position_not_negative check (position >= 0),
  -- A product is never deleted from under an order; how it looked then stands here.
  product_id uuid not null references product (id) on delete restrict,
  variant_id uuid not null references variant (id) on delete restrict,
  product_name text not null constraint order_line_name_present check (length(btrim(product_name)) > 0),
  variant_label text not null default '',
  sku text not null,
  slug text not null,
  -- No reference: a picture that its shop replaced may go.
  media_id uuid,
  quantity int not null constraint order_line_quantity_positive check (quantity > 0),
  -- Of one piece: what it was sold at before discounts, and what it is worth without an offer.
  unit_price bigint not null constraint order_line_unit_price_not_negative check (unit_price >= 0),
  list_price bigint not null constraint order_line_list_price_not_negative check (list_price >= 0),
  -- Of the whole line.
  shop_discount bigint not null constraint order_line_shop_discount_not_negative check (shop_discount >= 0),
  platform_discount bigint not null constraint order_line_platform_discount_not_negative check (platform_discount >= 0),
  net bigint not null constraint order_line_net_not_negative check (net >= 0),
  tax bigint not null constraint order_line_tax_not_negative check (tax >= 0),
  gross bigint not null,
  flash_sale_id uuid,
  -- Of one piece.
  weight_g int not null constraint order_line_weight_positive check (weight_g > 0),
  note text constraint order_line_note_length check (length(btrim(note)) between 1 and 200),
  constraint order_line_place unique (order_id, position),
  constraint order_line_tax_adds_up check (gross = net + tax),
  -- Prices that contain the tax give the gross, prices without it the net.
  constraint order_line_adds_up check (unit_price * quantity - shop_discount - platform_discount in (net, gross))
);
create index order_line_product on order_line (product_id, order_id);
create index order_line_variant on order_line (variant_id, order_id);

-- How a price came about, step by step, as the buyer was shown it.
create table order_adjustment (
  order_id uuid not null references shop_order (id),
  position smallint not null,
  -- None: of the order, as on shipping.
  line_id uuid references order_line (id),
  source text not null constraint order_adjustment_source_form check (source ~ '^[a-z][a-z_]{1,29}$'),
  -- What the words need, such as a voucher's code.
  label text not null default '' constraint order_adjustment_label_length check (length(label) <= 200),
  -- Taken off where positive.
  amount bigint not null,
  funder text not null constraint order_adjustment_funder_known check (funder in ('shop', 'platform')),
  voucher_id uuid,
  primary key (order_id, position)
);
create index order_adjustment_line on order_adjustment (line_id) where line_id is not null;

-- What the platform takes from the shop, at the rates of the day of sale.
create table order_fee (
  order_id uuid not null references shop_order (id),
  position smallint not null,
  line_id uuid references order_line (id),
  kind text not null constraint order_fee_kind_form check (kind ~ '^[a-z][a-z_]{1,29}$'),
  base bigint not null,
  -- In basis points; whatever the rule, this is what it came to.
  rate int not null constraint order_fee_rate_range check (rate between 0 and 10000),
  amount bigint not null constraint order_fee_not_negative check (amount >= 0),
  primary key (order_id, position)
);
create index order_fee_line on order_fee (line_id) where line_id is not null;

-- What became of an order: only ever added to.
create table order_transition (
  id bigint generated always as identity primary key,
  order_id uuid not null references shop_order (id),
  -- None: it was placed.
  from_state text,
  to_state text not null,
  actor text not null constraint order_transition_actor_known
    check (actor in ('buyer', 'shop', 'operator', 'clock', 'provider', 'courier')),
  -- Why, where that has to be said: a cancellation has one.
  reason text,
  at timestamptz not null,
  constraint order_transition_reason check ((to_state = 'cancelled') = (reason is not null))
);
create index order_transition_order on order_transition (order_id, id);

-- What was sold at which price does not change afterwards, whoever asks.
create function order_facts_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'what was sold is never changed' using errcode = 'restrict_violation', constraint = 'order_facts_are_final';
end $$;
create trigger order_line_final before delete or update of id, order_id, position, product_id, variant_id, product_name, variant_label,
  sku, slug, quantity, unit_price, list_price, shop_discount, platform_discount, net, tax, gross, flash_sale_id, weight_g
  on order_line for each row execute function order_facts_are_final();
create trigger order_line_kept before truncate on order_line for each statement execute function order_facts_are_final();
create trigger order_adjustment_final before delete or update on order_adjustment for each row execute function order_facts_are_final();
create trigger order_adjustment_kept before truncate on order_adjustment for each statement execute function order_facts_are_final();
create trigger order_fee_final before delete or update on order_fee for each row execute function order_facts_are_final();
create trigger order_fee_kept before truncate on order_fee for each statement execute function order_facts_are_final();
create trigger order_transition_final before delete or update on order_transition for each row execute function order_facts_are_final();
create trigger order_transition_kept before truncate on order_transition for each statement execute function order_facts_are_final();

-- An order is the sum of its lines and fees. Looked at when a transaction is complete, since lines come after their order.
create function order_is_sum_of_its_parts(of_order uuid) returns void language plpgsql as $$
declare
  o shop_order%rowtype;
  lines record;
begin
  select * into o from shop_order where id = of_order;
  if not found then
    return;
  end if;
  select count(*) as n, coalesce(sum(gross), 0) as gross, coalesce(sum(shop_discount), 0) as by_shop,
    coalesce(sum(platform_discount), 0) as by_platform
  into lines from order_line where order_id = of_order;
  if lines.n = 0 or (o.goods, o.shop_discount, o.platform_discount) is distinct from (lines.gross, lines.by_shop, lines.by_platform) then
    raise exception 'order % is not the sum of its lines', o.number using errcode = 'check_violation', constraint = 'order_is_sum_of_lines';
  end if;
  if o.commission <> (select coalesce(sum(amount), 0) from order_fee where order_id = of_order) then
    raise exception 'the commission of order % is not the sum of its fees', o.number
      using errcode = 'check_violation', constraint = 'order_commission_is_sum_of_fees';
  end if;
end $$;

-- A group is the sum of its orders and in step with them: they wait for the payment together, and end together without it.
create function group_fits_its_orders(of_group uuid) returns void language plpgsql as $$
declare
  g order_group%rowtype;
  orders record;
begin
  select * into g from order_group where id = of_group;
  if not found then
    return;
  end if;
  select coalesce(sum(total), 0) as total, count(*) as n, count(*) filter (where state = 'awaiting_payment') as waiting,
    count(*) filter (where state = 'cancelled') as cancelled,
    bool_and(currency = g.currency and account_id is not distinct from g.account_id) as alike
  into orders from shop_order where group_id = of_group;
  if orders.n = 0 or orders.total <> g.total or not orders.alike then
    raise exception 'order group % is not the sum of its orders', g.id using errcode = 'check_violation', constraint = 'group_is_sum_of_orders';
  end if;
  if not (case g.state when 'awaiting_payment' then orders.waiting = orders.n when 'paid' then orders.waiting = 0
          else orders.cancelled = orders.n end) then
    raise exception 'order group % and its orders are out of step', g.id using errcode = 'check_violation', constraint = 'group_in_step_with_orders';
  end if;
end $$;

create function order_line_counted() returns trigger language plpgsql as $$
begin
  perform order_is_sum_of_its_parts(new.order_id);
  return null;
end $$;
create function shop_order_counted() returns trigger language plpgsql as $$
begin
  perform order_is_sum_of_its_parts(new.id);
  perform group_fits_its_orders(new.group_id);
  return null;
end $$;
create function order_group_counted() returns trigger language plpgsql as $$
begin
  perform group_fits_its_orders(new.id);
  return null;
end $$;
create constraint trigger order_line_counted after insert on order_line
  deferrable initially deferred for each row execute function order_line_counted();
create constraint trigger order_fee_counted after insert on order_fee
  deferrable initially deferred for each row execute function order_line_counted();
create constraint trigger shop_order_counted after insert or update of group_id, state, currency, goods, shop_discount, platform_discount, total, commission
  on shop_order deferrable initially deferred for each row execute function shop_order_counted();
create constraint trigger order_group_counted after insert or update of state, currency, total, account_id on order_group
  deferrable initially deferred for each row execute function order_group_counted();
