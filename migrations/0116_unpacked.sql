-- When its shop opened a parcel again before its courier had it: of those that are not sent after all, what became of this one.
alter table shipment
  add column unpacked_at timestamptz,
  add constraint shipment_unpacked_in_hand check (unpacked_at is null or (dropped_at is not null and left_at is null));
