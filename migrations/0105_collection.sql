-- How a parcel comes to its courier: the shop brings it to a counter, or the courier comes for it, between two times where
-- the shop chose them.
alter table shipment
  add column collection text not null default 'pick_up'
    constraint shipment_collection_known check (collection in ('pick_up', 'drop_off')),
  add column slot_from timestamptz,
  add column slot_until timestamptz,
  add constraint shipment_slot_whole check (num_nulls(slot_from, slot_until) in (0, 2)),
  add constraint shipment_slot_order check (slot_until > slot_from),
  add constraint shipment_slot_of_pick_up check (slot_from is null or collection = 'pick_up');

-- The simulator hears of it as well.
alter table carrier_parcel
  add column collection text not null default 'pickup'
    constraint carrier_parcel_collection_known check (collection in ('pickup', 'drop_off')),
  add column pickup_from timestamptz,
  add column pickup_until timestamptz,
  add constraint carrier_parcel_pickup_whole check (num_nulls(pickup_from, pickup_until) in (0, 2));
