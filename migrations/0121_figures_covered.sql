-- What a shop's days are added up from stands in the keys they are found by, so that a quarter is read from the index alone.
alter table product_looks_day drop constraint product_looks_day_pkey,
  add primary key (shop_id, day, product_id, source) include (looks);
alter table product_carts_day drop constraint product_carts_day_pkey,
  add primary key (shop_id, day, product_id) include (additions);
alter table variant_sales_day drop constraint variant_sales_day_pkey,
  add primary key (shop_id, day, variant_id) include (product_id, pieces, sales);
alter table city_sales_day drop constraint city_sales_day_pkey,
  add primary key (shop_id, day, city_code) include (orders, sales);
