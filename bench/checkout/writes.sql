-- What one checkout of two things from two shops writes, and nothing else: the same rows in the same transactions as the
-- server's, with every constraint and trigger, for `pgbench` to run. The ids of what is bought are in bench.goods. Letters
-- are left out: the server sends them besides.
\set one random(1, :goods)
\set other random(1, :goods)
select gen_random_uuid() as cart, gen_random_uuid() as line_a, gen_random_uuid() as line_b, gen_random_uuid() as grp,
  gen_random_uuid() as order_a, gen_random_uuid() as order_b, gen_random_uuid() as bought_a, gen_random_uuid() as bought_b,
  gen_random_uuid() as payment, gen_random_uuid() as charge, gen_random_uuid() as event, gen_random_uuid() as request,
  gen_random_uuid() as expire, gen_random_uuid() as ask, gen_random_uuid() as charge_expires, gen_random_uuid() as tell,
  gen_random_uuid() as tell_stock, gen_random_uuid() as received, gen_random_uuid() as settled,
  a.variant as variant_a, a.product as product_a, a.shop as shop_a, a.warehouse as warehouse_a,
  b.variant as variant_b, b.product as product_b, b.shop as shop_b, b.warehouse as warehouse_b
from bench.goods as a, bench.goods as b where a.n = :one and a.side = 1 and b.n = :other and b.side = 2 \gset

-- A cart, filled and addressed.
insert into cart (id, guest_token_hash, created_at, updated_at, expires_at)
values (:cart, sha256(uuid_send(:cart::uuid)), now(), now(), now() + interval '30 days');
begin;
update cart set updated_at = now() where id = :cart;
insert into cart_line (id, cart_id, variant_id, quantity, price_seen, added_at)
values (:line_a, :cart, :variant_a, 1, 10000, now());
commit;
begin;
update cart set updated_at = now() where id = :cart;
insert into cart_line (id, cart_id, variant_id, quantity, price_seen, added_at)
values (:line_b, :cart, :variant_b, 1, 20000, now());
commit;
update cart set email = 'sari@mail.example', updated_at = now() where id = :cart;
update cart set address = '{"recipient": "Sari Wulandari", "phone": "0812 3456 7890", "district": "31.74.07", "postcode": "12110", "street": "Jl. Melati No. 5, RT 03/RW 04"}', updated_at = now() where id = :cart;
update cart set method = 'gopay', updated_at = now() where id = :cart;

-- Placed.
begin;
insert into idempotency (owner_id, operation, key, body_hash, made, at)
values (:cart, 'order.place', 'bench', sha256('bench'), :grp, now());
update stock set reserved = reserved + 1, updated_at = now()
from (select variant_id, warehouse_id from stock
      where (variant_id, warehouse_id) in ((:variant_a::uuid, :warehouse_a::uuid), (:variant_b::uuid, :warehouse_b::uuid))
      order by variant_id, warehouse_id for no key update) as locked
where stock.variant_id = locked.variant_id and stock.warehouse_id = locked.warehouse_id;
insert into reservation (id, reference, line, part, variant_id, warehouse_id, per_unit, quantity, counted, state, deadline, created_at, updated_at)
values (gen_random_uuid(), :grp, :bought_a, 0, :variant_a, :warehouse_a, 1, 1, true, 'held', now() + interval '1 hour', now(), now()),
  (gen_random_uuid(), :grp, :bought_b, 0, :variant_b, :warehouse_b, 1, 1, true, 'held', now() + interval '1 hour', now(), now());
insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, reference, line, at)
values (:variant_a, :warehouse_a, 'reserved', 0, 1, :grp, :bought_a, now()), (:variant_b, :warehouse_b, 'reserved', 0, 1, :grp, :bought_b, now());
insert into outbox (name, key, body, at, request)
values ('bench.stock', :shop_a, jsonb_build_object('shop', :shop_a::uuid), now(), :request), ('bench.stock', :shop_b, jsonb_build_object('shop', :shop_b::uuid), now(), :request);
insert into order_group (id, guest_token_hash, email, lang, state, method, currency, total, placed_at, due_at)
values (:grp, sha256(uuid_send(:cart::uuid)), 'sari@mail.example', 'id', 'awaiting_payment', 'gopay', 'IDR', 49000, now(), now() + interval '1 hour');
insert into shop_order (id, number, group_id, shop_id, state, currency, goods, shop_discount, platform_discount, shipping, shipping_discount,
  shipping_discount_by_shop, insurance, fee, total, commission, courier, service, weight_g, arrives_from, arrives_to, insured, recipient, phone,
  region_code, postcode, street, accept_within, ship_within, settle_within, placed_at)
select id, next_order_number(current_date), :grp, shop, 'awaiting_payment', 'IDR', goods, 0, 0, 9000, 0, 0, 0, 500, goods + 9500, goods / 40,
  'kirim_cepat', 'regular', 1000, current_date + 2, current_date + 4, false, 'Sari Wulandari', '+6281234567890', '31.74.07', '12110',
  'Jl. Melati No. 5, RT 03/RW 04', 172800, 345600, 604800, now()
from (values (:order_a::uuid, :shop_a::uuid, 10000), (:order_b::uuid, :shop_b::uuid, 20000)) as t (id, shop, goods);
insert into order_transition (order_id, to_state, actor, at)
values (:order_a, 'awaiting_payment', 'buyer', now()), (:order_b, 'awaiting_payment', 'buyer', now());
insert into order_line (id, order_id, position, product_id, variant_id, product_name, sku, slug, quantity, unit_price, list_price, shop_discount,
  platform_discount, net, tax, gross, weight_g)
values (:bought_a, :order_a, 0, :product_a, :variant_a, 'Kopi Gayo', 'SKU', 'kopi-gayo', 1, 10000, 10000, 0, 0, 10000, 0, 10000, 250),
  (:bought_b, :order_b, 0, :product_b, :variant_b, 'Kaos Polos', 'SKU', 'kaos-polos', 1, 20000, 20000, 0, 0, 20000, 0, 20000, 250);
insert into order_fee (order_id, position, line_id, kind, base, rate, amount)
values (:order_a, 0, :bought_a, 'commission', 10000, 250, 250), (:order_b, 0, :bought_b, 'commission', 20000, 250, 500);
insert into outbox (name, key, body, at, request) values ('bench.placed', :grp, jsonb_build_object('group', :grp::uuid), now(), :request);
insert into payment (id, group_id, provider, method, amount, currency, due_at, created_at, updated_at)
values (:payment, :grp, 'simulator', 'gopay', 49000, 'IDR', now() + interval '1 hour', now(), now());
insert into payment_share (payment_id, order_id, amount) values (:payment, :order_a, 19500), (:payment, :order_b, 29500);
insert into job (id, name, args, max_attempts, unique_key, due, created_at, request)
values (:ask, 'bench.ask', '{}', 10, :ask::uuid::text, now() + interval '1 day', now(), :request), (:expire, 'bench.expire', '{}', 10, :expire::uuid::text, now() + interval '1 day', now(), :request);
update cart set updated_at = now() where id = :cart;
delete from cart_line where cart_id = :cart;
delete from cart_shop where cart_id = :cart;
commit;

-- The bank is asked, and is paid.
begin;
insert into bank_charge (id, payment_id, amount, currency, method, number, description, notify_url, return_url, due_at, created_at)
values (:charge, :payment, 49000, 'IDR', 'gopay', (select string_agg((get_byte(uuid_send(:charge::uuid), n) % 10)::text, '') || lpad((extract(microseconds from clock_timestamp())::int % 100000000)::text, 8, '0')
  from generate_series(0, 11) as n), 'bench', 'http://localhost/notify', 'http://localhost/return', now() + interval '1 hour', now());
insert into job (id, name, args, max_attempts, unique_key, due, created_at, request)
values (:charge_expires, 'bench.charge_expires', '{}', 10, :charge_expires::uuid::text, now() + interval '1 day', now(), :request);
commit;
begin;
update payment set provider_ref = :charge::uuid::text, instructions = '{"how": {"redirect": {"url": "http://localhost/pay"}}}', updated_at = now(), version = version + 1 where id = :payment;
commit;
begin;
update bank_charge set paid = amount, state = 'paid', version = version + 1 where id = :charge;
insert into bank_event (id, charge_id, kind, amount, reference, occurred_at) values (:event, :charge, 'charge.paid', 49000, :event::uuid::text, now());
insert into job (id, name, args, max_attempts, unique_key, due, created_at, request)
values (:tell, 'bench.tell', '{}', 10, :tell::uuid::text, now() + interval '1 day', now(), :request);
commit;

-- It tells, and the order is paid.
begin;
insert into payment_event (provider, event_id, payment_id, kind, reference, amount, occurred_at, received_at, body)
values ('simulator', :event::uuid::text, :payment, 'captured', :event::uuid::text, 49000, now(), now(), '{}');
update payment set state = 'captured', captured = 49000, closed_at = now(), updated_at = now(), version = version + 1 where id = :payment;
insert into ledger_journal (id, kind, reference, key, at)
values (:received, 'received', :grp, 'received:' || :received::uuid::text, now()), (:settled, 'paid', :grp, 'paid:' || :settled::uuid::text, now());
insert into ledger_account (kind, owner, currency, balance)
values ('provider', 'simulator', 'IDR', null), ('buyer_clearing', :grp::uuid::text, 'IDR', null), ('escrow', :order_a::uuid::text, 'IDR', 0), ('escrow', :order_b::uuid::text, 'IDR', 0)
on conflict do nothing;
insert into ledger_entry (journal_id, account_id, amount)
select journal, account.id, amount from (values (:received::uuid, 'provider', 'simulator', -49000), (:received::uuid, 'buyer_clearing', :grp::uuid::text, 49000),
    (:settled::uuid, 'buyer_clearing', :grp::uuid::text, -49000), (:settled::uuid, 'escrow', :order_a::uuid::text, 19500), (:settled::uuid, 'escrow', :order_b::uuid::text, 29500)) as t (journal, kind, owner, amount)
join ledger_account as account using (kind, owner) where account.currency = 'IDR';
update ledger_account set balance = balance + case owner when :order_a::uuid::text then 19500 else 29500 end
where kind = 'escrow' and owner in (:order_a::uuid::text, :order_b::uuid::text);
update order_group set state = 'paid', cleared_at = now(), paid_at = now(), version = version + 1 where id = :grp;
update shop_order set state = 'paid', cleared_at = now(), accept_by = now() + interval '2 days', ship_by = now() + interval '4 days', version = version + 1 where group_id = :grp;
insert into order_transition (order_id, from_state, to_state, actor, at)
values (:order_a, 'awaiting_payment', 'paid', 'provider', now()), (:order_b, 'awaiting_payment', 'paid', 'provider', now());
update reservation set state = 'committed', deadline = null, updated_at = now() where reference = :grp;
insert into job (id, name, args, max_attempts, unique_key, due, created_at, request)
values (gen_random_uuid(), 'bench.overdue', '{}', 10, :order_a::uuid::text, now() + interval '2 days', now(), :request), (gen_random_uuid(), 'bench.overdue', '{}', 10, :order_b::uuid::text, now() + interval '2 days', now(), :request);
insert into outbox (name, key, body, at, request)
values ('bench.paid', :grp, jsonb_build_object('group', :grp::uuid), now(), :request), ('bench.changed', :payment, jsonb_build_object('payment', :payment::uuid), now(), :request);
commit;
update bank_event set delivered_at = now(), attempts = attempts + 1, answer = 'HTTP 204' where id = :event;

-- What the queue does for it: what was asked is asked, the bank has told, pages are told of the stock.
insert into job (id, name, args, max_attempts, due, created_at, request)
values (:tell_stock, 'bench.stock', '{}', 10, now() + interval '1 day', now(), :request);
begin;
update variant set on_hand = on_hand - 1, updated_at = now() where id in (select id from variant where id in (:variant_a::uuid, :variant_b::uuid) order by id for no key update);
commit;
begin;
set local synchronous_commit = off;
update job set state = 'running', worker = :request, leased_until = now() + interval '1 minute', attempts = 1 where id in (:ask, :tell, :tell_stock);
commit;
begin;
set local synchronous_commit = off;
update job set state = 'done', worker = null, leased_until = null, finished_at = now() where id in (:ask, :tell, :tell_stock);
commit;
