-- A variant is in one flash sale at a time: were it in two, one of its prices would be taken and the other be a promise
-- nobody keeps. The rows of the sale and of its variants are locked, so that two who fill sales at once see each other,
-- as for prices that hold for a time.
create function flash_item_alone(of_sale uuid, of_variant uuid) returns void language plpgsql as $$
begin
  if exists (
    select from flash_item as held
    join flash_sale as other on other.id = held.sale_id
    join flash_sale as this on this.id = of_sale
    where held.variant_id = of_variant and held.sale_id <> of_sale
      and this.cancelled_at is null and other.cancelled_at is null
      and other.starts_at < this.ends_at and this.starts_at < other.ends_at
  ) then
    raise exception 'variant % is in another flash sale for a part of that time', of_variant
      using errcode = 'exclusion_violation', constraint = 'flash_item_alone';
  end if;
end $$;

create function flash_item_enters() returns trigger language plpgsql as $$
begin
  -- Its times stay as they are until this is committed. The product before its variant, as everybody locks them: it is
  -- dated after this.
  perform from flash_sale where id = new.sale_id for no key update;
  perform from product where id = (select product_id from variant where id = new.variant_id) for no key update;
  perform from variant where id = new.variant_id for no key update;
  perform flash_item_alone(new.sale_id, new.variant_id);
  return null;
end $$;
create trigger flash_item_alone after insert or update of sale_id, variant_id on flash_item
  for each row execute function flash_item_enters();

-- A sale that is moved, or held after all, takes what is in it along.
create function flash_sale_moves() returns trigger language plpgsql as $$
declare
  held uuid;
begin
  for held in select variant_id from flash_item where sale_id = new.id order by variant_id loop
    perform from variant where id = held for no key update;
    perform flash_item_alone(new.id, held);
  end loop;
  return null;
end $$;
create trigger flash_sale_alone after update of starts_at, ends_at, cancelled_at on flash_sale
  for each row when (new.cancelled_at is null
    and (new.starts_at < old.starts_at or new.ends_at > old.ends_at or old.cancelled_at is not null))
  execute function flash_sale_moves();
