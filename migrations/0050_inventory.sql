-- Where goods lie, how many of them, who has been promised some, and every change of it.

create table warehouse (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  name text not null constraint warehouse_name_length check (length(btrim(name)) between 1 and 60),
  -- A city or a district.
  region_code text not null constraint warehouse_region_known references region (code),
  -- Where it was pinned on the map; otherwise it lies where its region does.
  latitude double precision constraint warehouse_latitude_range check (latitude between -90 and 90),
  longitude double precision constraint warehouse_longitude_range check (longitude between -180 and 180),
  is_active boolean not null default true,
  -- The shop's first is its main one: there it owes what it sells beyond what it has.
  position smallint not null constraint warehouse_position_range check (position between 0 and 99),
  created_at timestamptz not null,
  constraint warehouse_pin_whole check ((latitude is null) = (longitude is null)),
  constraint warehouse_main_stays_open check (is_active or position > 0),
  constraint warehouse_position_unique unique (shop_id, position),
  constraint warehouse_name_unique unique (shop_id, name),
  -- For the stock below: a shop's goods lie in the shop's warehouses.
  constraint warehouse_of_shop unique (id, shop_id)
);

-- How a variant is sold. Without a row: counted, none kept back, none beyond what is there.
create table stock_policy (
  variant_id uuid primary key references variant (id) on delete cascade,
  tracked boolean not null default true,
  -- Kept back from sale.
  threshold int not null default 0 constraint stock_policy_threshold_range check (threshold between 0 and 1000000),
  -- So many may be promised that are not there yet.
  backorder_limit int not null default 0 constraint stock_policy_backorder_range check (backorder_limit between 0 and 1000000),
  updated_at timestamptz not null
);

create table stock (
  variant_id uuid not null references variant (id) on delete cascade,
  warehouse_id uuid not null,
  shop_id uuid not null,
  on_hand int not null default 0 constraint stock_on_hand_range check (on_hand between 0 and 1000000000),
  reserved int not null default 0 constraint stock_reserved_not_negative check (reserved >= 0),
  -- The policy's limit in the shop's main warehouse, 0 elsewhere, so that the rows' checks add up to the variant's.
  backorder int not null default 0 constraint stock_backorder_range check (backorder between 0 and 1000000),
  updated_at timestamptz not null,
  primary key (variant_id, warehouse_id),
  constraint stock_warehouse_of_shop foreign key (warehouse_id, shop_id) references warehouse (id, shop_id),
  constraint stock_reserved_within check (reserved <= on_hand + backorder)
) with (fillfactor = 80);

-- A variant made of others has no stock of its own. One level: no bundles of bundles.
create table bundle_component (
  bundle_variant uuid not null references variant (id) on delete cascade,
  component_variant uuid not null references variant (id),
  quantity int not null constraint bundle_quantity_range check (quantity between 1 and 10000),
  primary key (bundle_variant, component_variant),
  constraint bundle_not_of_itself check (bundle_variant <> component_variant)
);
create index bundle_component_in on bundle_component (component_variant);

-- One at a time, since two that are written together do not see each other. Bundles are put together rarely.
create function bundle_is_flat() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('bundle_component'));
  if exists (
    select from bundle_component
    where bundle_variant = new.component_variant or component_variant = new.bundle_variant
  ) then
    raise exception 'a bundle is not part of a bundle' using errcode = 'check_violation', constraint = 'bundle_is_flat';
  end if;
  return new;
end $$;
create trigger bundle_is_flat before insert or update on bundle_component
  for each row execute function bundle_is_flat();

-- What is promised to one line of an order, out of one warehouse. Quantities are pieces of the variant that lies there;
-- for a bundle that is a component, of which each unit of the line takes `per_unit`.
create table reservation (
  id uuid primary key,
  -- What is paid at once, and a line of it.
  reference uuid not null,
  line uuid not null,
  -- A line may be made up from several warehouses or components: counted from 0.
  part smallint not null constraint reservation_part_range check (part >= 0),
  variant_id uuid not null,
  warehouse_id uuid not null,
  per_unit int not null constraint reservation_per_unit_positive check (per_unit > 0),
  quantity int not null constraint reservation_quantity_positive check (quantity > 0),
  released int not null default 0 constraint reservation_released_not_negative check (released >= 0),
  shipped int not null default 0 constraint reservation_shipped_not_negative check (shipped >= 0),
  returned int not null default 0 constraint reservation_returned_range check (returned between 0 and shipped),
  -- Whether it stands in the stock: not for what was untracked when it was sold.
  counted boolean not null,
  state text not null constraint reservation_state_known check (state in ('held', 'committed', 'released', 'shipped')),
  deadline timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint reservation_line_once unique (line, part),
  constraint reservation_of_stock foreign key (variant_id, warehouse_id) references stock (variant_id, warehouse_id),
  constraint reservation_not_more_than_all check (released + shipped <= quantity),
  constraint reservation_open_by_state check ((state in ('held', 'committed')) = (released + shipped < quantity)),
  constraint reservation_end_by_state check (case state when 'released' then shipped = 0 when 'shipped' then shipped > 0 when 'held' then shipped = 0 else true end),
  constraint reservation_deadline_by_state check ((state = 'held') = (deadline is not null))
);
create index reservation_reference on reservation (reference);
create index reservation_stock on reservation (variant_id, warehouse_id);
create index reservation_deadline on reservation (deadline) where state = 'held';

-- Every change of stock. It outlives the variant, hence no foreign keys.
create table stock_movement (
  id bigint primary key generated always as identity,
  variant_id uuid not null,
  warehouse_id uuid not null,
  kind text not null constraint stock_movement_kind_known check (kind in
    ('received', 'adjusted', 'counted', 'reserved', 'released', 'shipped', 'unshipped', 'returned')),
  on_hand_delta int not null,
  reserved_delta int not null,
  -- A delivery, or what is paid at once and a line of it.
  reference uuid,
  line uuid,
  reason text,
  -- The account that did it; none where it followed from an order or an import.
  actor uuid,
  at timestamptz not null,
  constraint stock_movement_moves check (on_hand_delta <> 0 or reserved_delta <> 0),
  constraint stock_movement_reason_of_adjustments check ((kind = 'adjusted') = (reason is not null))
);
create index stock_movement_variant on stock_movement (variant_id, id desc);

create function stock_movement_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'movements of stock are only ever added' using errcode = 'restrict_violation',
    constraint = 'stock_movement_is_append_only';
end $$;
create trigger stock_movement_is_append_only before update or delete on stock_movement
  for each row execute function stock_movement_is_append_only();
create trigger stock_movement_is_not_emptied before truncate on stock_movement
  for each statement execute function stock_movement_is_append_only();

-- What there was before warehouses: each shop's goods in one, in its city.
insert into warehouse (id, shop_id, name, region_code, position, created_at)
  select gen_random_uuid(), id, 'Gudang utama', city_code, 0, now() from shop;
insert into stock (variant_id, warehouse_id, shop_id, on_hand, updated_at)
  select variant.id, warehouse.id, warehouse.shop_id, least(variant.on_hand, 1000000000), now()
  from variant join warehouse on warehouse.shop_id = variant.shop_id;
insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, at)
  select variant_id, warehouse_id, 'counted', on_hand, 0, now() from stock where on_hand > 0;
