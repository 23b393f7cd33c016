-- Parcels of orders, and what their couriers tell of them.
create table shipment (
  id uuid primary key,
  order_id uuid not null references shop_order (id),
  -- Who books couriers for us, and what they call it; none before it is booked.
  carrier text not null constraint shipment_carrier_form check (carrier ~ '^[a-z][a-z_]{1,29}$'),
  carrier_ref text constraint shipment_carrier_ref_length check (length(carrier_ref) between 1 and 100),
  -- By this its tracking is asked for.
  tracking_ref text constraint shipment_tracking_ref_length check (length(tracking_ref) between 1 and 100),
  -- What stands on its label.
  waybill text constraint shipment_waybill_form check (waybill ~ '^[A-Za-z0-9-]{4,40}$'),
  -- As packed, in grams.
  weight_g int not null constraint shipment_weight_range check (weight_g between 1 and 1000000),
  -- What all that was told comes to.
  state text not null default 'booked' constraint shipment_state_known check (state in ('booked', 'picked_up', 'in_transit',
    'out_for_delivery', 'failed_attempt', 'delivered', 'returned_to_sender', 'lost', 'cancelled')),
  created_at timestamptz not null,
  booked_at timestamptz,
  -- It is not sent after all: the order was cancelled, or another is booked in its place.
  dropped_at timestamptz,
  -- When its courier was last asked.
  asked_at timestamptz,
  version int not null default 1,
  constraint shipment_booked check (num_nulls(carrier_ref, tracking_ref, waybill, booked_at) in (0, 4))
);
create unique index shipment_one_per_order on shipment (order_id) where dropped_at is null;
create index shipment_order on shipment (order_id);
create unique index shipment_carrier_ref_unique on shipment (carrier, carrier_ref) where carrier_ref is not null;
create index shipment_waybill on shipment (waybill) where waybill is not null;
create index shipment_under_way on shipment (asked_at nulls first, id)
  where dropped_at is null and carrier_ref is not null and state in ('booked', 'picked_up', 'in_transit', 'out_for_delivery', 'failed_attempt');

create table shipment_event (
  id bigint generated always as identity primary key,
  shipment_id uuid not null references shipment (id),
  -- The courier's own name for it, so that it is written once.
  reference text not null constraint shipment_event_reference_length check (length(reference) between 1 and 100),
  state text not null constraint shipment_event_state_known check (state in ('booked', 'picked_up', 'in_transit',
    'out_for_delivery', 'failed_attempt', 'delivered', 'returned_to_sender', 'lost', 'cancelled')),
  -- In the courier's words.
  note text not null default '' constraint shipment_event_note_length check (length(note) <= 300),
  occurred_at timestamptz not null,
  heard_at timestamptz not null,
  constraint shipment_event_once unique (shipment_id, reference)
);
create function shipment_events_are_final() returns trigger language plpgsql as $$
begin
  raise exception 'what a courier told is never changed' using errcode = 'restrict_violation', constraint = 'shipment_events_are_final';
end $$;
create trigger shipment_event_final before delete or update on shipment_event for each row execute function shipment_events_are_final();
create trigger shipment_event_kept before truncate on shipment_event for each statement execute function shipment_events_are_final();

-- A parcel that came back or was lost ends its order, so one that is cancelled may have been shipped.
alter table shop_order drop constraint shop_order_shipped;
alter table shop_order add constraint shop_order_shipped check (case when state in ('shipped', 'delivered', 'completed') then shipped_at is not null
  when state = 'cancelled' then true else shipped_at is null end);
