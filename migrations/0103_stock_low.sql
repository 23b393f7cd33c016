-- What is about to run out, and what is to be ordered again.
alter table stock_policy
  -- As few as this, on hand or on the way: order so many more.
  add column reorder_at int constraint stock_policy_reorder_at_range check (reorder_at between 0 and 1000000),
  add column reorder_quantity int constraint stock_policy_reorder_quantity_range check (reorder_quantity between 1 and 1000000);
create index stock_policy_reorder on stock_policy (variant_id) where reorder_at is not null;

-- One row for each variant of which little is left, kept by a job that follows changes of stock; so nobody adds up a whole
-- shop to say how many there are.
create table stock_low (
  variant_id uuid primary key references variant (id) on delete cascade,
  shop_id uuid not null references shop (id),
  -- Nothing is left at all.
  is_out boolean not null,
  since timestamptz not null,
  -- What the people of the shop were told since it fell: once for little, and once more for nothing.
  told text constraint stock_low_told_known check (told in ('low', 'out'))
);
create index stock_low_shop on stock_low (shop_id);
create index stock_low_untold on stock_low (shop_id) where told is null or (is_out and told = 'low');

-- As it stands; nobody is told of what has been so for long.
insert into stock_low (variant_id, shop_id, is_out, since, told)
  select id, shop_id, available <= 0, now(), case when available <= 0 then 'out' else 'low' end
  from (
    select variant.id, variant.shop_id, coalesce(policy.low_at, 5) as low_at,
      coalesce(sum(stock.on_hand - stock.reserved) filter (where warehouse.is_active), 0)
        - coalesce(policy.threshold, 0) as available
    from variant
    join stock on stock.variant_id = variant.id
    join warehouse on warehouse.id = stock.warehouse_id
    left join stock_policy as policy on policy.variant_id = variant.id
    where variant.retired_at is null and coalesce(policy.tracked, true)
    group by variant.id, policy.variant_id
  ) as there
  where available <= low_at;

-- Shops' people may do without these messages.
alter table notification_preference drop constraint notification_preference_optional;
alter table notification_preference add constraint notification_preference_optional
  check (topic in ('price_drop', 'back_in_stock', 'stock'));
