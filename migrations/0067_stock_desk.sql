-- So few pieces of a variant left are worth a warning; where nothing is said, as many as the market thinks.
alter table stock_policy add column low_at int constraint stock_policy_low_range check (low_at between 0 and 1000000);

-- Pieces that go from one warehouse to another: they leave the one and come into the other, under one reference.
alter table stock_movement drop constraint stock_movement_kind_known;
alter table stock_movement add constraint stock_movement_kind_known check (kind in
  ('received', 'adjusted', 'counted', 'moved', 'reserved', 'released', 'shipped', 'unshipped', 'returned'));
