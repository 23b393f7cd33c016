-- What its people decide about a shop.
alter table shop
  add column logo_id uuid references media (id),
  add column banner_id uuid references media (id),
  -- The days it answers and sends, Monday as the first bit, and from when till when, in minutes after midnight.
  add column open_days smallint constraint shop_open_days_range check (open_days between 1 and 127),
  add column opens smallint constraint shop_opens_range check (opens between 0 and 1439),
  add column closes smallint constraint shop_closes_range check (closes between 1 and 1440),
  -- Those it sends with; all where it does not say.
  add column couriers text[] constraint shop_couriers_some check (cardinality(couriers) > 0),
  add column holiday_from timestamptz,
  add column holiday_until timestamptz,
  add column holiday_message text constraint shop_holiday_message_length check (length(btrim(holiday_message)) between 1 and 300),
  -- Grows with what its people decide; `version` grows with its totals as well.
  add column settings_version int not null default 1,
  add constraint shop_hours_whole check (num_nulls(open_days, opens, closes) in (0, 3)),
  add constraint shop_hours_order check (closes > opens),
  add constraint shop_holiday_whole check (num_nulls(holiday_from, holiday_until) in (0, 2)),
  add constraint shop_holiday_order check (holiday_until > holiday_from),
  add constraint shop_holiday_message_of_holiday check (holiday_message is null or holiday_from is not null);
create index shop_logo on shop (logo_id) where logo_id is not null;
create index shop_banner on shop (banner_id) where banner_id is not null;

-- Where couriers fetch parcels, and who hands them over.
alter table warehouse
  add column contact text constraint warehouse_contact_length check (length(btrim(contact)) between 1 and 60),
  add column phone text constraint warehouse_phone_form check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  add column street text constraint warehouse_street_length check (length(btrim(street)) between 5 and 200),
  add column postcode text constraint warehouse_postcode_form check (postcode ~ '^[0-9]{5}$'),
  add constraint warehouse_address_whole check (num_nulls(contact, phone, street, postcode) in (0, 4));
