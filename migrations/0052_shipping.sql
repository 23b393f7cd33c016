-- Counters of the couriers, at which parcels wait for those they are for.
create table pickup_point (
  id uuid primary key,
  courier text not null constraint pickup_point_courier_known
    check (courier in ('kirim_cepat', 'antar_nusa', 'lintas_pulau', 'gesit_kota')),
  name text not null constraint pickup_point_name_length check (length(btrim(name)) between 3 and 100),
  district_code text not null constraint pickup_point_district_known references region (code)
    constraint pickup_point_district_form check (district_code ~ '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}$'),
  city_code text not null generated always as (left(district_code, 5)) stored,
  street text not null constraint pickup_point_street_length check (length(btrim(street)) between 5 and 200),
  latitude double precision constraint pickup_point_latitude_in_indonesia check (latitude between -11.1 and 6.3),
  longitude double precision constraint pickup_point_longitude_in_indonesia check (longitude between 94.9 and 141.1),
  is_active boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint pickup_point_position_whole check ((latitude is null) = (longitude is null)),
  constraint pickup_point_unique unique (district_code, courier, name)
);
create index pickup_point_of_city on pickup_point (city_code, name, id) where is_active;
