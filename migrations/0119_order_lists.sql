-- Lists of orders and of money that cost the same however many orders there are.

-- A shop's orders by stage. What nobody paid is not among them, and a stage that few are in is found without reading the
-- others.
create index shop_order_shop_stage on shop_order (shop_id, state, placed_at desc, id desc) where cleared_at is not null;
create index shop_order_shop_all on shop_order (shop_id, placed_at desc, id desc) where cleared_at is not null;
drop index shop_order_shop_state;
drop index shop_order_shop;

-- Those that are under way, with what is summed up of them.
create index shop_order_under_way on shop_order (shop_id, state)
  include (accept_by, ship_by, goods, platform_discount, shipping_discount_by_shop, commission)
  where state in ('paid', 'accepted', 'packed', 'shipped', 'delivered');

-- A buyer's by stage.
create index shop_order_account_stage on shop_order (account_id, state, placed_at desc, id desc) where account_id is not null;
drop index shop_order_account;

-- What is on its way out of a shop's balance.
create index withdrawal_leaving on withdrawal (shop_id) include (amount) where state in ('requested', 'approved', 'sent');

-- What a member can still spend.
create index coin_lot_left on coin_lot (account_id, expires_at, id) include (remaining) where remaining > 0;
