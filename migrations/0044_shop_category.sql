-- How many goods on sale a shop has in each category, kept in step with its totals, so that a shop's page reads as many
-- rows as it has categories instead of as many as it has goods.
create table shop_category (
  shop_id uuid not null references shop (id) on delete cascade,
  category_id uuid not null references category (id) on delete cascade,
  product_count int not null constraint shop_category_counted check (product_count > 0),
  primary key (shop_id, category_id)
);

insert into shop_category (shop_id, category_id, product_count)
select shop_id, category_id, count(*) from product where state = 'active' group by shop_id, category_id;
