-- A variant that is no longer offered stays, for the orders, reviews and prices that name it; nothing sells it.
alter table variant
  add column retired_at timestamptz,
  -- What was chosen, in words, since options change afterwards; empty for the only variant.
  add column retired_label text,
  add constraint variant_retired_whole check ((retired_at is null) = (retired_label is null)),
  drop constraint variant_sku_unique,
  drop constraint variant_choices_unique;
-- What is retired gives its unit and its place free.
create unique index variant_sku_unique on variant (shop_id, sku) where retired_at is null;
create unique index variant_choices_unique on variant (product_id, choices) where retired_at is null;
create index variant_product on variant (product_id);

-- A draft may be thrown away before it ever had a price.
alter table product drop constraint product_priced_unless_draft;
alter table product add constraint product_priced_unless_draft
  check (price_min is not null or state in ('draft', 'archived'));
