-- Where a person's parcels go.
create table address (
  id uuid primary key,
  account_id uuid not null references account (id),
  recipient text not null constraint address_recipient_length check (length(btrim(recipient)) between 1 and 60),
  -- E.164.
  phone text not null constraint address_phone_form check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  district_code text not null references region (code)
    constraint address_district_form check (district_code ~ '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}$'),
  postcode text not null constraint address_postcode_form check (postcode ~ '^[0-9]{5}$'),
  street text not null constraint address_street_length check (length(btrim(street)) between 5 and 200),
  detail text constraint address_detail_length check (length(btrim(detail)) between 1 and 100),
  -- 'home', 'office', or the owner's own words.
  label text not null constraint address_label_length check (length(btrim(label)) between 1 and 30),
  notes text constraint address_notes_length check (length(btrim(notes)) between 1 and 200),
  latitude double precision constraint address_latitude_in_indonesia check (latitude between -11.1 and 6.3),
  longitude double precision constraint address_longitude_in_indonesia check (longitude between 94.9 and 141.1),
  is_default boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint address_pin_whole check ((latitude is null) = (longitude is null))
);
create index address_account on address (account_id, created_at, id);
-- At most one is the default; that there is one wherever there are addresses is looked at when a change is complete.
create unique index address_one_default on address (account_id) where is_default;

create function address_has_default() returns trigger language plpgsql as $$
begin
  if exists (select from address where account_id = coalesce(new.account_id, old.account_id))
     and not exists (select from address where account_id = coalesce(new.account_id, old.account_id) and is_default) then
    raise exception 'one of the addresses has to be the default'
      using errcode = 'check_violation', constraint = 'address_has_default';
  end if;
  return null;
end $$;
create constraint trigger address_has_default after insert or update or delete on address
  deferrable initially deferred for each row execute function address_has_default();
