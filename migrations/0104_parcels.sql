-- An order may leave in several parcels, each with pieces of its own, and some of its pieces may not be sent after all.
-- Of each line: how many pieces are in parcels, and how many were left out. Never more than were sold.
alter table order_line
  add column packed int not null default 0,
  add column left_out int not null default 0,
  add constraint order_line_pieces_within check (packed >= 0 and left_out >= 0 and packed + left_out <= quantity);

drop index shipment_one_per_order;
-- When its courier had it: from then on its pieces are not on hand any more.
alter table shipment add column left_at timestamptz;

-- What is in a parcel.
create table shipment_line (
  shipment_id uuid not null references shipment (id),
  line_id uuid not null references order_line (id),
  quantity int not null constraint shipment_line_quantity_positive check (quantity > 0),
  primary key (shipment_id, line_id)
);
create index shipment_line_of on shipment_line (line_id);

-- Until now an order went in one parcel.
insert into shipment_line (shipment_id, line_id, quantity)
  select shipment.id, order_line.id, order_line.quantity
  from shipment join order_line on order_line.order_id = shipment.order_id;
update order_line set packed = quantity from shipment
  where shipment.order_id = order_line.order_id and shipment.dropped_at is null;
update shipment set left_at = shop_order.shipped_at from shop_order
  where shop_order.id = shipment.order_id and shop_order.shipped_at is not null and shipment.dropped_at is null;

-- Pieces that are not sent after all, or did not arrive while others did, and what of the order's money is not due for them.
create table left_out (
  id uuid primary key,
  order_id uuid not null references shop_order (id),
  actor text not null constraint left_out_actor_known check (actor in ('shop', 'operator', 'clock', 'courier')),
  reason text not null constraint left_out_reason_form check (reason ~ '^[a-z][a-z_]{1,29}$'),
  -- What goes back to whoever paid.
  refund bigint not null constraint left_out_refund_not_negative check (refund >= 0),
  -- What the platform adds for its vouchers, and takes as commission, where these pieces are kept.
  discount_back bigint not null constraint left_out_discount_not_negative check (discount_back >= 0),
  commission_back bigint not null constraint left_out_commission_not_negative check (commission_back >= 0),
  at timestamptz not null
);
create index left_out_order on left_out (order_id, at, id);

create table left_out_line (
  left_out_id uuid not null references left_out (id),
  line_id uuid not null references order_line (id),
  quantity int not null constraint left_out_line_quantity_positive check (quantity > 0),
  primary key (left_out_id, line_id)
);
create index left_out_line_of on left_out_line (line_id);

-- The counts on the lines follow, whoever writes.
create function pieces_are_packed() returns trigger language plpgsql as $$
begin
  update order_line set packed = packed + new.quantity
  where id = new.line_id
    and order_id = (select order_id from shipment where id = new.shipment_id and dropped_at is null);
  if not found then
    raise exception 'a parcel has pieces of its own order' using errcode = 'check_violation', constraint = 'shipment_line_of_its_order';
  end if;
  return null;
end $$;
create trigger shipment_line_packed after insert on shipment_line for each row execute function pieces_are_packed();

create function pieces_are_unpacked() returns trigger language plpgsql as $$
begin
  update order_line set packed = packed - held.quantity
  from shipment_line as held where held.shipment_id = new.id and order_line.id = held.line_id;
  return null;
end $$;
create trigger shipment_unpacked after update of dropped_at on shipment for each row
  when (old.dropped_at is null and new.dropped_at is not null) execute function pieces_are_unpacked();

create function pieces_are_left_out() returns trigger language plpgsql as $$
begin
  update order_line set left_out = left_out + new.quantity
  where id = new.line_id and order_id = (select order_id from left_out where id = new.left_out_id);
  if not found then
    raise exception 'pieces are left out of their own order' using errcode = 'check_violation', constraint = 'left_out_line_of_its_order';
  end if;
  return null;
end $$;
create trigger left_out_line_counted after insert on left_out_line for each row execute function pieces_are_left_out();

create function parcels_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'what was packed or left out is never changed' using errcode = 'restrict_violation', constraint = 'parcels_are_final';
end $$;
create trigger shipment_line_final before update or delete on shipment_line for each row execute function parcels_are_final();
create trigger shipment_line_kept before truncate on shipment_line for each statement execute function parcels_are_final();
create trigger left_out_final before update or delete on left_out for each row execute function parcels_are_final();
create trigger left_out_kept before truncate on left_out for each statement execute function parcels_are_final();
create trigger left_out_line_final before update or delete on left_out_line for each row execute function parcels_are_final();
create trigger left_out_line_kept before truncate on left_out_line for each statement execute function parcels_are_final();
