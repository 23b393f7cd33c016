-- What one of a shop's people has typed about a product and not saved: a form that was refused, or is half filled in. It is
-- theirs alone, and gone when they save, let it go or leave the shop.
create table product_edit (
  product_id uuid not null references product (id) on delete cascade,
  shop_id uuid not null,
  account_id uuid not null,
  -- Of the product the edit was made from.
  version int not null,
  typed jsonb not null constraint product_edit_size check (length(typed::text) <= 2000000),
  updated_at timestamptz not null,
  primary key (product_id, account_id),
  constraint product_edit_of_its_people foreign key (shop_id, account_id) references shop_staff (shop_id, account_id) on delete cascade
);
create index product_edit_person on product_edit (shop_id, account_id);
