-- The carrier simulator: parcels that are moved along on a page. As with the bank, no table of the market refers to these,
-- and these refer to none of the market's; they know neither names nor streets.
create table carrier_parcel (
  id uuid primary key,
  -- What whoever books it calls it; booked again, it is the same parcel.
  reference text not null constraint carrier_parcel_once unique
    constraint carrier_parcel_reference_length check (length(reference) between 1 and 100),
  waybill text not null constraint carrier_parcel_waybill_unique unique
    constraint carrier_parcel_waybill_form check (waybill ~ '^[A-Z0-9]{6,20}$'),
  courier text not null constraint carrier_parcel_courier_length check (length(courier) between 1 and 40),
  service text not null constraint carrier_parcel_service_length check (length(service) between 1 and 40),
  description text not null constraint carrier_parcel_description_length check (length(description) <= 200),
  weight_g int not null constraint carrier_parcel_weight_positive check (weight_g > 0),
  -- To be collected at the door.
  cash bigint constraint carrier_parcel_cash_positive check (cash > 0),
  from_postcode text constraint carrier_parcel_from_length check (length(from_postcode) <= 10),
  to_postcode text constraint carrier_parcel_to_length check (length(to_postcode) <= 10),
  notify_url text constraint carrier_parcel_notify_url_form check (notify_url ~ '^https?://' and length(notify_url) <= 2000),
  state text not null default 'confirmed' constraint carrier_parcel_state_known check (state in ('confirmed', 'picked', 'in_transit',
    'dropping_off', 'on_hold', 'return_in_transit', 'delivered', 'returned', 'disposed', 'cancelled')),
  -- It goes a step further every minute.
  travels boolean not null default false,
  created_at timestamptz not null,
  version int not null default 1
);

create table carrier_event (
  id uuid primary key,
  parcel_id uuid not null references carrier_parcel (id),
  state text not null,
  note text not null constraint carrier_event_note_length check (length(note) <= 200),
  occurred_at timestamptz not null,
  -- How telling whoever booked it has gone.
  attempts int not null default 0,
  answer text constraint carrier_event_answer_length check (length(answer) <= 200),
  delivered_at timestamptz
);
create index carrier_event_parcel on carrier_event (parcel_id, id);
