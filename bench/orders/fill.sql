-- As many orders as `bench.orders` says, with all that belongs to them, as two years of selling leave them behind: one shop
-- has most of them, one buyer many, the rest is many small shops and members and some guests; nearly all are over. Constraint
-- triggers would look at every row by itself, so they rest meanwhile; whether all adds up is asked of the books afterwards.
-- A statement ends with an empty line.

create schema bench;

set session_replication_role = replica;

alter table ledger_journal disable trigger ledger_journal_balanced;

alter table ledger_entry disable trigger ledger_entry_balanced;

-- Ids that grow with the number of a thing.
create function bench.id(of int, n bigint) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex(1750000000000 + n), 12, '0') || '7' || lpad(to_hex(of), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid
$$;

-- From 0 to less than 1, always the same for the same thing.
create function bench.chance(n bigint, of int) returns double precision language sql immutable parallel safe as $$
  select (hashint8extended(n, of) & 2147483647) / 2147483648.0::double precision
$$;

create table bench.size as
  select n as orders, greatest(5, least(2000, n / 500)) as shops, greatest(20, n / 10) as members, now() as at
  from (select current_setting('bench.orders')::bigint) as asked (n);

insert into region (code, parent_code, level, name) values ('31', null, 'province', 'DKI Jakarta'),
  ('31.74', '31', 'city', 'Kota Administrasi Jakarta Selatan'), ('31.74.07', '31.74', 'district', 'Kebayoran Baru')
on conflict do nothing;

create table bench.place as
  select code, row_number() over (order by code) - 1 as k from region where level = 'district';

create unique index on bench.place (k);

-- Members first, then the owners of the shops.
insert into account (id, lang, created_at, updated_at, entered)
  select bench.id(1, n), 'id', at - interval '3 years', at - interval '3 years', true
  from bench.size, generate_series(1, members + shops) as n;

insert into account_contact (account_id, kind, address, confirmed_at)
  select bench.id(1, n), 'email', 'orang' || n || '@bench.example', at - interval '3 years'
  from bench.size, generate_series(1, members + shops) as n;

insert into profile (account_id, name, updated_at)
  select bench.id(1, n), 'Orang ' || n, at - interval '3 years' from bench.size, generate_series(1, members + shops) as n;

insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
  select bench.id(2, n), 'toko-' || n, 'Toko ' || n, '31.74', at - interval '3 years', at - interval '3 years', at - interval '3 years'
  from bench.size, generate_series(1, shops) as n;

insert into shop_staff (shop_id, account_id, role, since)
  select bench.id(2, n), bench.id(1, members + n), 'owner', at - interval '3 years' from bench.size, generate_series(1, shops) as n;

insert into warehouse (id, shop_id, name, region_code, position, created_at)
  select bench.id(3, n), bench.id(2, n), 'Gudang utama', '31.74', 0, at - interval '3 years'
  from bench.size, generate_series(1, shops) as n;

-- Goods: four hundred of the first shop, ten of each other.
create table bench.good as
  select shop, g, (shop - 1) * 10 + case when shop = 1 then 0 else 400 end + g as n
  from bench.size, generate_series(1, shops) as shop, generate_series(0, case when shop = 1 then 399 else 9 end) as g;

alter table bench.good add price bigint, add primary key (shop, g);

update bench.good set price = 10000 + (bench.chance(n, 1) * 400)::bigint * 1000;

insert into product (id, shop_id, category_id, slug, name, state, weight_g, price_min, price_max, in_stock, published_at, created_at, updated_at)
  select bench.id(4, n), bench.id(2, shop), category.id, 'barang-' || n, 'Barang uji nomor ' || n, 'active', 300, price, price, true,
    size.at - interval '3 years', size.at - interval '3 years', size.at - interval '3 years'
  from bench.good, bench.size, (select id from category order by slug limit 1) as category;

insert into variant (id, product_id, shop_id, sku, price, created_at, updated_at)
  select bench.id(5, n), bench.id(4, n), bench.id(2, shop), 'UJI-' || n, price, size.at - interval '3 years', size.at - interval '3 years'
  from bench.good, bench.size;

-- Orders evenly over two years, the latest moments ago.
create table bench.sold as
  with drawn as (
    select n, at - interval '730 days' * (1 - n::double precision / orders) - interval '10 minutes' as placed_at, at,
      case when bench.chance(n, 2) < 0.6 then 1 else 2 + floor(power(bench.chance(n, 3), 2) * (shops - 1))::bigint end as shop,
      case when bench.chance(n, 4) < 0.02 then 1 when bench.chance(n, 4) < 0.12 then null
        else 2 + floor(power(bench.chance(n, 5), 2) * (members - 1))::bigint end as member,
      floor(power(bench.chance(n, 6), 3) * 400)::int as pick, bench.chance(n, 7) < 0.3 as two,
      1 + floor(bench.chance(n, 8) * 3)::int as quantity, bench.chance(n, 9) as fate,
      9000 + floor(bench.chance(n, 10) * 20)::bigint * 1000 as shipping,
      floor(bench.chance(n, 11) * (select count(*) from bench.place))::bigint as place
    from bench.size, generate_series(1, orders) as n
  ), aged as (
    select drawn.*, extract(epoch from at - placed_at) / 86400 as age from drawn
  ), told as (
    select aged.*, case when fate < 0.02 then 'expired' when fate < 0.04 then 'cancelled' when age < 0.5 and fate < 0.14 then 'awaiting_payment'
        when age < 1 then 'paid' when age < 2 then 'accepted' when age < 3 then 'packed' when age < 6 then 'shipped'
        when age < 9 then 'delivered' else 'completed' end as state
    from aged
  )
  select told.*, first.n as good, first.price, second.n as other, second.price as other_price,
    first.price * quantity + coalesce(second.price, 0) as goods,
    (first.price * quantity * 25 + 999) / 1000 as commission, (coalesce(second.price, 0) * 25 + 999) / 1000 as other_commission
  from told
  join bench.good as first on first.shop = told.shop and first.g = case when told.shop = 1 then pick else pick % 10 end
  left join bench.good as second on told.two and second.shop = told.shop and second.g = (first.g + 1) % case when told.shop = 1 then 400 else 10 end;

alter table bench.sold add primary key (n);

create table bench.line as
  select n, 0 as position, n * 2 as line, good, quantity, price, state, placed_at, shop from bench.sold
  union all
  select n, 1, n * 2 + 1, other, 1, other_price, state, placed_at, shop from bench.sold where two;

-- One order each; what was cancelled had been paid, what expired had not.
insert into order_group (id, account_id, guest_token_hash, email, lang, state, method, currency, total, placed_at, due_at, cleared_at, paid_at, ended_at)
  select bench.id(6, n), bench.id(1, member), case when member is null then sha256(n::text::bytea) end,
    'orang' || coalesce(member, 0) || '@bench.example', 'id', case when is_paid then 'paid' else state end, 'va_bca', 'IDR',
    goods + shipping + 1000, placed_at, placed_at + interval '1 day', cleared_at, cleared_at,
    case when state = 'expired' then placed_at + interval '1 day' end
  from bench.sold, lateral (select state not in ('awaiting_payment', 'expired') as is_paid) as paid,
    lateral (select case when is_paid then placed_at + interval '5 minutes' end as cleared_at) as cleared;

insert into shop_order (id, number, group_id, shop_id, account_id, state, currency, goods, shop_discount, platform_discount, shipping,
    shipping_discount, shipping_discount_by_shop, insurance, fee, total, commission, courier, service, weight_g, arrives_from, arrives_to,
    insured, recipient, phone, region_code, postcode, street, accept_within, ship_within, settle_within, accept_by, ship_by, settle_by,
    placed_at, cleared_at, accepted_at, packed_at, shipped_at, delivered_at, completed_at, cancelled_at)
  select bench.id(7, n), 'INV/' || to_char(placed_at, 'YYYYMMDD') || '/' || lpad((n % 10000000)::text, 7, '0'), bench.id(6, n), bench.id(2, shop),
    bench.id(1, member), case when state = 'expired' then 'cancelled' else state end, 'IDR', goods, 0, 0, shipping, 0, 0, 0, 1000,
    goods + shipping + 1000, commission + other_commission + 500, 'kirim_cepat', 'regular', 600, placed_at::date + 2, placed_at::date + 4, false,
    (array['Sari', 'Budi', 'Dewi', 'Agus', 'Rina', 'Joko', 'Ayu', 'Eko', 'Putri', 'Hadi'])[1 + n % 10] || ' '
      || (array['Wulandari', 'Santoso', 'Lestari', 'Wibowo', 'Kurniawan', 'Hidayat', 'Saputra'])[1 + n % 7] || ' ' || coalesce(member, n), '+628123456789',
    bench.place.code, '12110', 'Jl. Melati No. 5', 172800, 345600, 259200, placed_at + interval '2 days', placed_at + interval '4 days',
    case when step >= 4 then placed_at + interval '9 days' end, placed_at, case when state not in ('awaiting_payment', 'expired') then placed_at + interval '5 minutes' end,
    case when step >= 1 then placed_at + interval '1 day' end, case when step >= 2 then placed_at + interval '2 days' end,
    case when step >= 3 then placed_at + interval '3 days' end, case when step >= 4 then placed_at + interval '6 days' end,
    case when step >= 5 then placed_at + interval '9 days' end,
    case state when 'cancelled' then placed_at + interval '2 hours' when 'expired' then placed_at + interval '1 day' end
  from bench.sold join bench.place on bench.place.k = sold.place,
    lateral (select coalesce(array_position(array['accepted', 'packed', 'shipped', 'delivered', 'completed'], state), 0) as step) as step;

-- As its trigger would, and into the index at once.
drop index order_words_found;

insert into order_words (order_id, words)
  select id, words_of_order(shop_id, number, recipient) from shop_order where state not in ('awaiting_payment', 'paid');

create index order_words_found on order_words using gin (words) with (fastupdate = off);

insert into order_line (id, order_id, position, product_id, variant_id, product_name, sku, slug, quantity, unit_price, list_price,
    shop_discount, platform_discount, net, tax, gross, weight_g, packed)
  select bench.id(8, line), bench.id(7, n), position, bench.id(4, good), bench.id(5, good), 'Barang uji nomor ' || good, 'UJI-' || good,
    'barang-' || good, quantity, price, price, 0, 0, price * quantity, 0, price * quantity, 300,
    case when state in ('packed', 'shipped', 'delivered', 'completed') then quantity else 0 end
  from bench.line order by n, position;

insert into order_fee (order_id, position, line_id, kind, base, rate, amount)
  select bench.id(7, n), 0, bench.id(8, n * 2), 'commission', price * quantity, 250, commission from bench.sold
  union all
  select bench.id(7, n), 1, bench.id(8, n * 2 + 1), 'commission', other_price, 250, other_commission from bench.sold where two
  union all
  select bench.id(7, n), 2, null, 'order', 0, 0, 500 from bench.sold;

insert into order_transition (order_id, from_state, to_state, actor, reason, at)
  select bench.id(7, n), was, became, actor, reason, placed_at + since
  from bench.sold, lateral (
    select * from (values (0, null, 'awaiting_payment', 'buyer', null, interval '0'), (1, 'awaiting_payment', 'paid', 'provider', null, interval '5 minutes'),
      (2, 'paid', 'accepted', 'shop', null, interval '1 day'), (3, 'accepted', 'packed', 'shop', null, interval '2 days'),
      (4, 'packed', 'shipped', 'courier', null, interval '3 days'), (5, 'shipped', 'delivered', 'courier', null, interval '6 days'),
      (6, 'delivered', 'completed', 'buyer', null, interval '9 days')) as path
    where column1 <= case state when 'expired' then 0 when 'cancelled' then 1
      else array_position(array['awaiting_payment', 'paid', 'accepted', 'packed', 'shipped', 'delivered', 'completed'], state) - 1 end
    union all select 7, 'awaiting_payment', 'cancelled', 'clock', 'unpaid', interval '1 day' where state = 'expired'
    union all select 7, 'paid', 'cancelled', 'buyer', 'changed_mind', interval '2 hours' where state = 'cancelled'
  ) as step (nth, was, became, actor, reason, since)
  order by n, nth;

insert into payment (id, group_id, provider, method, amount, currency, state, provider_ref, due_at, created_at, updated_at, closed_at, captured, refunded, refunding)
  select bench.id(9, n), bench.id(6, n), 'simulator', 'va_bca', total, 'IDR',
    case state when 'awaiting_payment' then 'pending' when 'expired' then 'expired' when 'cancelled' then 'refunded' else 'captured' end, 'bayar-' || n,
    placed_at + interval '1 day', placed_at, placed_at + interval '5 minutes', case when state <> 'awaiting_payment' then placed_at + interval '1 day' end,
    case when state in ('awaiting_payment', 'expired') then 0 else total end, case when state = 'cancelled' then total else 0 end,
    case when state = 'cancelled' then total else 0 end
  from bench.sold, lateral (select goods + shipping + 1000 as total) as whole;

insert into payment_share (payment_id, order_id, amount, refunding)
  select bench.id(9, n), bench.id(7, n), goods + shipping + 1000, case when state = 'cancelled' then goods + shipping + 1000 else 0 end from bench.sold;

insert into payment_event (provider, event_id, payment_id, kind, reference, amount, occurred_at, received_at, body)
  select 'simulator', 'bayar-' || n, bench.id(9, n), 'captured', 'bayar-' || n, goods + shipping + 1000, placed_at + interval '5 minutes',
    placed_at + interval '5 minutes', '{}'
  from bench.sold where state not in ('awaiting_payment', 'expired');

insert into refund (id, payment_id, order_id, amount, state, key, provider_ref, requested_at, sent_at, ended_at)
  select bench.id(10, n), bench.id(9, n), bench.id(7, n), goods + shipping + 1000, 'settled', 'kembali-' || n, 'kembali-' || n,
    placed_at + interval '2 hours', placed_at + interval '2 hours', placed_at + interval '3 hours'
  from bench.sold where state = 'cancelled';

-- Each shop's goods lie in its one warehouse.
insert into stock (variant_id, warehouse_id, shop_id, on_hand, reserved, updated_at)
  select bench.id(5, good.n), bench.id(3, good.shop), bench.id(2, good.shop), 2000000 - coalesce(gone, 0), coalesce(kept, 0), size.at
  from bench.good cross join bench.size left join (
    select good, sum(quantity) filter (where state in ('shipped', 'delivered', 'completed')) as gone,
      sum(quantity) filter (where state in ('awaiting_payment', 'paid', 'accepted', 'packed')) as kept
    from bench.line group by good) as moved on moved.good = good.n;

insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, at)
  select bench.id(5, n), bench.id(3, shop), 'received', 2000000, 0, size.at - interval '3 years' from bench.good, bench.size;

insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, reference, line, at)
  select bench.id(5, good), bench.id(3, shop), kind, on_hand, reserved, bench.id(6, n), bench.id(8, line), placed_at + since
  from bench.line, lateral (
    select 'reserved', 0, quantity, interval '0'
    union all select 'released', 0, -quantity, interval '2 hours' where state in ('expired', 'cancelled')
    union all select 'shipped', -quantity, -quantity, interval '3 days' where state in ('shipped', 'delivered', 'completed')
  ) as step (kind, on_hand, reserved, since)
  order by placed_at + since;

insert into reservation (id, reference, line, part, variant_id, warehouse_id, per_unit, quantity, released, shipped, counted, state, deadline, created_at, updated_at)
  select bench.id(11, line), bench.id(6, n), bench.id(8, line), 0, bench.id(5, good), bench.id(3, shop), 1, quantity,
    case became when 'released' then quantity else 0 end, case became when 'shipped' then quantity else 0 end, true, became,
    case became when 'held' then placed_at + interval '1 day' end, placed_at, placed_at
  from bench.line, lateral (select case when state = 'awaiting_payment' then 'held' when state in ('expired', 'cancelled') then 'released'
    when state in ('paid', 'accepted', 'packed') then 'committed' else 'shipped' end) as step (became)
  order by n, position;

insert into shipment (id, order_id, carrier, carrier_ref, tracking_ref, waybill, weight_g, state, created_at, booked_at, left_at)
  select bench.id(12, n), bench.id(7, n), 'simulator', 'kirim-' || n, 'lacak-' || n, 'UJI' || lpad(n::text, 10, '0'), 600,
    case state when 'packed' then 'booked' when 'shipped' then 'in_transit' else 'delivered' end, placed_at + interval '2 days',
    placed_at + interval '2 days', case when state <> 'packed' then placed_at + interval '3 days' end
  from bench.sold where state in ('packed', 'shipped', 'delivered', 'completed');

insert into shipment_line (shipment_id, line_id, quantity)
  select bench.id(12, n), bench.id(8, line), quantity from bench.line where state in ('packed', 'shipped', 'delivered', 'completed') order by n;

insert into shipment_event (shipment_id, reference, state, note, occurred_at, heard_at)
  select bench.id(12, n), 'kabar-' || nth, became, 'Di jalan', placed_at + since, placed_at + since
  from bench.sold, (values (1, 'picked_up', interval '3 days'), (2, 'in_transit', interval '4 days'), (3, 'delivered', interval '6 days')) as step (nth, became, since)
  where state in ('shipped', 'delivered', 'completed') and (nth < 3 or state <> 'shipped')
  order by n, nth;

insert into shop_fault (order_id, shop_id, kind, cleared_at)
  select bench.id(7, n), bench.id(2, shop), 'late', placed_at + interval '5 minutes' from bench.sold where state = 'completed' and n % 50 = 0;

-- The ledger: what was paid, given back, divided, given as coins, and taken out.
insert into ledger_account (kind, owner, currency)
  values ('provider', 'simulator', 'IDR'), ('platform_revenue', '', 'IDR'), ('platform_promotion', '', 'IDR'), ('courier', 'kirim_cepat', 'IDR'), ('bank', '', 'IDR');

insert into ledger_account (kind, owner, currency) select 'buyer_clearing', bench.id(6, n)::text, 'IDR' from bench.sold where state = 'cancelled' order by n;

insert into ledger_account (kind, owner, currency, balance)
  select 'escrow', bench.id(7, n)::text, 'IDR', case when state in ('cancelled', 'completed') then 0 else goods + shipping + 1000 end
  from bench.sold where state not in ('awaiting_payment', 'expired') order by n;

-- Shops take out nine parts in ten of what they earned, in equal sums: one for each two hundred orders, the last few still on their way.
create table bench.taken as
  with earned as (
    select shop, count(*) / 200 as times, sum(goods - commission - other_commission - 500) as amount from bench.sold where state = 'completed' group by shop
  )
  select row_number() over (order by shop, k) as n, shop, (amount * 9 / 10 / (1 + times))::bigint as amount, size.at - interval '700 days' * k / (1 + times) as at,
    case when k = 0 then 'requested' when k = 1 then 'sent' else 'settled' end as state
  from earned, bench.size, generate_series(0, times) as k;

insert into ledger_account (kind, owner, currency, balance)
  select 'seller', bench.id(2, shop)::text, 'IDR', sum(amount)
  from (
    select shop, goods - commission - other_commission - 500 as amount from bench.sold where state = 'completed'
    union all select shop, -amount from bench.taken) as part
  group by shop;

create table bench.coins as
  select n, member, goods / 100 as amount, placed_at + interval '9 days' as at from bench.sold, bench.size
  where state = 'completed' and member is not null and placed_at > size.at - interval '300 days';

insert into ledger_account (kind, owner, currency, balance)
  select 'coins', bench.id(1, member)::text, 'IDR', sum(amount) from bench.coins group by member;

insert into coin_lot (id, account_id, order_id, amount, remaining, earned_at, expires_at)
  select bench.id(13, n), bench.id(1, member), bench.id(7, n), amount, amount, at, at + interval '365 days' from bench.coins;

-- Journals, with what they move: by kind of account and owner, in the order of time.
create table bench.journal as
  select row_number() over (order by at, kind, n) as j, * from (
    select 'received' as kind, n, bench.id(6, n) as reference, placed_at + interval '5 minutes' as at from bench.sold where state not in ('awaiting_payment', 'expired')
    union all select 'refunded', n, bench.id(7, n), placed_at + interval '2 hours' from bench.sold where state = 'cancelled'
    union all select 'refund_settled', n, bench.id(6, n), placed_at + interval '3 hours' from bench.sold where state = 'cancelled'
    union all select 'released', n, bench.id(7, n), placed_at + interval '9 days' from bench.sold where state = 'completed'
    union all select 'coins_earned', n, bench.id(7, n), at from bench.coins
    union all select 'withdrawn', n, bench.id(15, n), at from bench.taken) as every;

insert into ledger_journal (id, kind, reference, key, at) select bench.id(14, j), kind, reference, kind || ':' || n, at from bench.journal order by j;

insert into ledger_entry (journal_id, account_id, amount)
  with whole as materialized (select id, kind, owner from ledger_account),
  moved as (
    select j, 'provider' as kind, 'simulator' as owner, -(goods + shipping + 1000) as amount from bench.journal join bench.sold using (n) where kind = 'received'
    union all select j, 'escrow', bench.id(7, n)::text, goods + shipping + 1000 from bench.journal join bench.sold using (n) where kind = 'received'
    union all select j, 'escrow', bench.id(7, n)::text, -(goods + shipping + 1000) from bench.journal join bench.sold using (n) where kind in ('refunded', 'released')
    union all select j, 'buyer_clearing', bench.id(6, n)::text, goods + shipping + 1000 from bench.journal join bench.sold using (n) where kind = 'refunded'
    union all select j, 'buyer_clearing', bench.id(6, n)::text, -(goods + shipping + 1000) from bench.journal join bench.sold using (n) where kind = 'refund_settled'
    union all select j, 'provider', 'simulator', goods + shipping + 1000 from bench.journal join bench.sold using (n) where kind = 'refund_settled'
    union all select j, 'courier', 'kirim_cepat', shipping from bench.journal join bench.sold using (n) where kind = 'released'
    union all select j, 'platform_revenue', '', commission + other_commission + 1500 from bench.journal join bench.sold using (n) where kind = 'released'
    union all select j, 'seller', bench.id(2, shop)::text, goods - commission - other_commission - 500 from bench.journal join bench.sold using (n) where kind = 'released'
    union all select j, 'platform_promotion', '', -amount from bench.journal join bench.coins using (n) where kind = 'coins_earned'
    union all select j, 'coins', bench.id(1, member)::text, amount from bench.journal join bench.coins using (n) where kind = 'coins_earned'
    union all select j, 'seller', bench.id(2, shop)::text, -amount from bench.journal join bench.taken using (n) where kind = 'withdrawn'
    union all select j, 'bank', '', amount from bench.journal join bench.taken using (n) where kind = 'withdrawn'
  )
  select bench.id(14, j), whole.id, amount from moved join whole on whole.kind = moved.kind and whole.owner = moved.owner order by j;

insert into payout_account (id, shop_id, bank, number, holder, added_by, added_at)
  select bench.id(16, n), bench.id(2, n), 'bca', lpad(n::text, 10, '0'), 'Orang ' || n, bench.id(1, members + n), at - interval '3 years'
  from bench.size, generate_series(1, shops) as n;

insert into withdrawal (id, shop_id, account_id, amount, currency, state, requested_by, requested_at, provider, provider_ref, ended_at)
  select bench.id(15, n), bench.id(2, shop), bench.id(16, shop), amount, 'IDR', state, bench.id(1, members + shop), taken.at,
    case when state <> 'requested' then 'simulator' end, case when state <> 'requested' then 'tarik-' || n end,
    case when state = 'settled' then taken.at + interval '1 day' end
  from bench.taken, bench.size;

insert into withdrawal_transition (withdrawal_id, from_state, to_state, at) select bench.id(15, n), null, 'requested', at from bench.taken order by n;

-- What jobs count by day, and what operators and the system did.
insert into shop_sales_day (shop_id, day, orders, cancelled, pieces, sales, fees, counted_at)
  select bench.id(2, shop), (placed_at at time zone 'Asia/Jakarta')::date, count(*) filter (where state <> 'cancelled'),
    count(*) filter (where state = 'cancelled'), coalesce(sum(quantity + two::int) filter (where state <> 'cancelled'), 0),
    coalesce(sum(goods) filter (where state <> 'cancelled'), 0), coalesce(sum(commission + other_commission + 500) filter (where state <> 'cancelled'), 0), max(at)
  from bench.sold where state not in ('awaiting_payment', 'expired') group by 1, 2;

insert into variant_sales_day (shop_id, day, variant_id, product_id, pieces, sales)
  select bench.id(2, shop), (placed_at at time zone 'Asia/Jakarta')::date, bench.id(5, good), bench.id(4, good), sum(quantity), sum(price * quantity)
  from bench.line where state not in ('awaiting_payment', 'expired', 'cancelled') group by 1, 2, 3, 4;

insert into city_sales_day (shop_id, day, city_code, orders, sales)
  select bench.id(2, shop), (placed_at at time zone 'Asia/Jakarta')::date, left(code, 5), count(*), sum(goods)
  from bench.sold join bench.place on bench.place.k = sold.place
  where state not in ('awaiting_payment', 'expired', 'cancelled') group by 1, 2, 3;

insert into product_looks_day (shop_id, day, product_id, source, looks)
  select shop_id, day, product_id, source, pieces * 10 from variant_sales_day, (values ('search'), ('category'), ('site')) as way (source);

insert into audit_entry (id, at, actor, account_id, action, subject, subject_id, network, request)
  select bench.id(17, n), placed_at, case when n % 4 = 0 then 'account' else 'system' end, case when n % 4 = 0 then bench.id(1, members + 1 + n % 20) end,
    (array['sign_in', 'withdrawal_approved', 'order_cancelled', 'shop_changed'])[1 + n % 4], 'account', bench.id(1, 1 + n % members), '203.0.113.0', bench.id(18, n)
  from bench.sold, bench.size where n % 5 = 0 order by n;

alter table ledger_journal enable always trigger ledger_journal_balanced;

alter table ledger_entry enable always trigger ledger_entry_balanced;

set session_replication_role = origin;

vacuum analyze;
