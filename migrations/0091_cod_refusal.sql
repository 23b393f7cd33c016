-- Parcels paid on delivery that came back are looked for by who did not take them. Few orders end this way.
create index shop_order_came_back_account on shop_order (account_id, cancelled_at desc)
  where state = 'cancelled' and shipped_at is not null and account_id is not null;
create index shop_order_came_back_phone on shop_order (phone, cancelled_at desc)
  where state = 'cancelled' and shipped_at is not null and phone is not null;
