-- A parcel may wait at a counter of its courier's. Counters are closed, never deleted, so that orders keep theirs; a choice
-- that is not offered any more counts for nothing.
alter table cart_shop add column pickup_point uuid constraint cart_shop_pickup_point_known
  references pickup_point (id) on delete set null;
create index cart_shop_pickup_point on cart_shop (pickup_point) where pickup_point is not null;
