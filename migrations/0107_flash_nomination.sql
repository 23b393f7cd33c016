-- What shops are asked for in a flash sale that is to come. A sale without a last moment to nominate was put together
-- by the house itself.
alter table flash_sale
  -- Basis points below the lowest price of the last 30 days.
  add column least_discount int not null default 0 constraint flash_sale_discount_range check (least_discount between 0 and 9000),
  add column most_per_shop int constraint flash_sale_most_positive check (most_per_shop > 0),
  add column nominate_until timestamptz,
  add column cancelled_at timestamptz,
  add constraint flash_sale_nominated_before check (nominate_until <= starts_at);
create index flash_sale_latest on flash_sale (starts_at desc, id desc);

-- A variant that its shop would sell in it. What is accepted stands in flash_item as well, as it was accepted.
create table flash_nomination (
  sale_id uuid not null references flash_sale (id),
  variant_id uuid not null references variant (id),
  shop_id uuid not null references shop (id),
  price bigint not null constraint flash_nomination_price_positive check (price > 0),
  currency text not null default 'IDR' constraint flash_nomination_currency_known check (currency in ('IDR', 'USD', 'SGD')),
  quota int not null constraint flash_nomination_quota_positive check (quota > 0),
  per_buyer int constraint flash_nomination_per_buyer_range check (per_buyer between 1 and quota),
  state text not null default 'waiting'
    constraint flash_nomination_state_known check (state in ('waiting', 'accepted', 'refused', 'withdrawn')),
  -- Why it was refused, for the shop to read.
  reason text constraint flash_nomination_reason_length check (length(btrim(reason)) between 1 and 500),
  nominated_at timestamptz not null,
  decided_at timestamptz,
  constraint flash_nomination_once primary key (sale_id, variant_id),
  constraint flash_nomination_decided check ((state in ('accepted', 'refused')) = (decided_at is not null)),
  constraint flash_nomination_reasoned check ((state = 'refused') = (reason is not null))
);
create index flash_nomination_listed on flash_nomination (sale_id, state, nominated_at, variant_id);
create index flash_nomination_shop on flash_nomination (shop_id, sale_id);
create index flash_nomination_variant on flash_nomination (variant_id);

-- A shop has so many at most in a sale. The sale's row is locked, so that two who nominate at once see each other.
create function flash_nomination_most() returns trigger language plpgsql as $$
declare
  most int;
begin
  select most_per_shop into most from flash_sale where id = new.sale_id for no key update;
  if most < (
    select count(*) from flash_nomination
    where shop_id = new.shop_id and sale_id = new.sale_id and state in ('waiting', 'accepted')
  ) then
    raise exception 'shop % has more than % in flash sale %', new.shop_id, most, new.sale_id
      using errcode = 'check_violation', constraint = 'flash_nomination_most';
  end if;
  return null;
end $$;
create trigger flash_nomination_most after insert or update on flash_nomination
  for each row when (new.state in ('waiting', 'accepted')) execute function flash_nomination_most();
