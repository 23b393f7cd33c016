-- What a variant costs at a moment: its own price, or what holds for a time or in a flash sale that has pieces left, where that is
-- less. The same that carts charge for one piece.
create function price_at(of_variant uuid, usual bigint, moment timestamptz) returns bigint language sql stable as $$
  select least(usual,
    (select timed.price from scheduled_price as timed
     where timed.variant_id = of_variant and timed.starts_at <= moment and timed.ends_at > moment),
    (select min(item.price) from flash_item as item join flash_sale as sale on sale.id = item.sale_id
     where item.variant_id = of_variant and item.sold < item.quota and sale.starts_at <= moment and sale.ends_at > moment))
$$;

-- Until when a product may cost something else for a time: later than that nobody looks for such prices. It may be later than the
-- last of them ends, as where one is taken back, and is null where there never was one.
alter table product add column dated_until timestamptz;

create function product_dated_until(of_variant uuid, last timestamptz) returns void language sql as $$
  update product set dated_until = last
  where id = (select product_id from variant where id = of_variant) and (dated_until is null or dated_until < last)
$$;

-- As before, but the product is locked before its variant, as everybody locks them: it is dated after this.
create or replace function scheduled_price_alone() returns trigger language plpgsql as $$
begin
  perform from product where id = (select product_id from variant where id = new.variant_id) for no key update;
  perform from variant where id = new.variant_id for no key update;
  if exists (
    select from scheduled_price as other
    where other.variant_id = new.variant_id and other.starts_at <> new.starts_at
      and other.starts_at < new.ends_at and new.starts_at < other.ends_at
  ) then
    raise exception 'variant % has another price for a part of that time', new.variant_id
      using errcode = 'exclusion_violation', constraint = 'scheduled_price_alone';
  end if;
  return null;
end $$;

create function scheduled_price_dates() returns trigger language plpgsql as $$
begin
  perform product_dated_until(new.variant_id, new.ends_at);
  return null;
end $$;
create trigger scheduled_price_dates after insert or update on scheduled_price
  for each row execute function scheduled_price_dates();

create function flash_item_dates() returns trigger language plpgsql as $$
begin
  perform product_dated_until(new.variant_id, sale.ends_at) from flash_sale as sale where sale.id = new.sale_id;
  return null;
end $$;
create trigger flash_item_dates after insert on flash_item
  for each row execute function flash_item_dates();

update product set dated_until = dated.until
from (
  select variant.product_id, max(price.ends_at) as until
  from (select variant_id, ends_at from scheduled_price
        union all
        select variant_id, ends_at from flash_item join flash_sale on flash_sale.id = sale_id) as price
  join variant on variant.id = price.variant_id
  group by variant.product_id
) as dated
where product.id = dated.product_id;
