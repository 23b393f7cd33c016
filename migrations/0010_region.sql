-- Indonesia's provinces, cities and regencies, and districts. The rows come with the product (server/region/data).
create table region (
  code text primary key constraint region_code_form check (code ~ '^[0-9]{2}([.][0-9]{2}([.][0-9]{2})?)?$'),
  parent_code text references region (code),
  level text not null constraint region_level_known check (level in ('province', 'city', 'district')),
  name text not null constraint region_name_present check (length(btrim(name)) > 0),
  -- As people say it on a card: 'Jakarta Barat', 'Kab. Cianjur'.
  short_name text not null generated always as (
    replace(replace(replace(name, 'Kota Administrasi ', ''), 'Kabupaten Administrasi ', 'Kab. '), 'Kabupaten ', 'Kab. ')
  ) stored,
  latitude double precision constraint region_latitude_range check (latitude between -90 and 90),
  longitude double precision constraint region_longitude_range check (longitude between -180 and 180),
  postcodes text[] not null default '{}',
  constraint region_parent_by_level check ((level = 'province') = (parent_code is null)),
  constraint region_position_whole check ((latitude is null) = (longitude is null))
);
create index region_parent on region (parent_code);
create index region_city_name on region (lower(short_name)) where level = 'city';
