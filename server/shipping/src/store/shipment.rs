//! All SQL about shipments.

use crate::{Booked, NewShipment, Shipment, Sighting, fold};
use model::{
    ids::{OrderId, ShipmentId, Uuid},
    order::LinePieces,
    shipping::{Collection, ShipmentState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

struct Row {
    id: Uuid,
    order_id: Uuid,
    carrier: String,
    carrier_ref: Option<String>,
    tracking_ref: Option<String>,
    waybill: Option<String>,
    weight_g: i32,
    state: String,
    collection: String,
    slot_from: Option<OffsetDateTime>,
    slot_until: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    left_at: Option<OffsetDateTime>,
    dropped_at: Option<OffsetDateTime>,
    unpacked_at: Option<OffsetDateTime>,
}

impl Row {
    fn shipment(self) -> Result<Shipment, sqlx::Error> {
        Ok(Shipment {
            id: self.id.into(),
            order: self.order_id.into(),
            carrier: self.carrier,
            carrier_ref: self.carrier_ref,
            tracking_ref: self.tracking_ref,
            waybill: self.waybill,
            weight_g: self.weight_g,
            state: state(&self.state)?,
            collection: collection(&self.collection, self.slot_from.zip(self.slot_until)),
            created_at: self.created_at,
            left_at: self.left_at,
            dropped_at: self.dropped_at,
            unpacked_at: self.unpacked_at,
        })
    }
}

fn state(name: &str) -> Result<ShipmentState, sqlx::Error> {
    ShipmentState::from_name(name)
        .ok_or_else(|| sqlx::Error::Decode(format!("{name} is no state of a shipment").into()))
}

fn collection(kind: &str, slot: Option<(OffsetDateTime, OffsetDateTime)>) -> Collection {
    match slot {
        Some((from, until)) => {
            Collection::Slot { from: from.unix_timestamp(), until: until.unix_timestamp() }
        }
        None if kind == Collection::DropOff.kind() => Collection::DropOff,
        None => Collection::PickUp,
    }
}

/// Puts a parcel down as ready, with what is in it. The database refuses more pieces than are left of a line.
pub async fn insert_shipment(
    db: &mut PgConnection,
    new: &NewShipment,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let at = |seconds| {
        OffsetDateTime::from_unix_timestamp(seconds).map_err(|error| sqlx::Error::Encode(error.into()))
    };
    let slot = match new.collection.slot() {
        Some((from, until)) => Some((at(from)?, at(until)?)),
        None => None,
    };
    sqlx::query!(
        "insert into shipment (id, order_id, carrier, weight_g, collection, slot_from, slot_until, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id.uuid(),
        new.order.uuid(),
        new.carrier,
        new.weight_g,
        new.collection.kind(),
        slot.map(|(from, _)| from),
        slot.map(|(_, until)| until),
        now
    )
    .execute(&mut *db)
    .await?;
    let lines: Vec<Uuid> = new.pieces.iter().map(|it| it.line.uuid()).collect();
    let quantities: Vec<i32> = new.pieces.iter().map(|it| it.quantity).collect();
    sqlx::query!(
        "insert into shipment_line (shipment_id, line_id, quantity)
         select $1, line, quantity from unnest($2::uuid[], $3::int[]) as t (line, quantity)",
        new.id.uuid(),
        &lines,
        &quantities
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find_shipment(db: &mut PgConnection, id: ShipmentId) -> Result<Option<Shipment>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, order_id, carrier, carrier_ref, tracking_ref, waybill, weight_g, state, collection, slot_from, slot_until,
           created_at, left_at, dropped_at, unpacked_at
         from shipment where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::shipment).transpose()
}

/// The parcels an order is sent in, the first first; not those that are not sent after all.
pub async fn shipments_of(db: &mut PgConnection, order: OrderId) -> Result<Vec<Shipment>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, order_id, carrier, carrier_ref, tracking_ref, waybill, weight_g, state, collection, slot_from, slot_until,
           created_at, left_at, dropped_at, unpacked_at
         from shipment where order_id = $1 and dropped_at is null order by created_at, id",
        order.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::shipment).collect()
}

/// The parcel of an order that was packed last.
pub async fn shipment_of(db: &mut PgConnection, order: OrderId) -> Result<Option<Shipment>, sqlx::Error> {
    Ok(shipments_of(db, order).await?.pop())
}

/// What is in a parcel.
pub async fn pieces_of(db: &mut PgConnection, id: ShipmentId) -> Result<Vec<LinePieces>, sqlx::Error> {
    let rows = sqlx::query!(
        "select line_id, quantity from shipment_line where shipment_id = $1 order by line_id",
        id.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| LinePieces { line: row.line_id.into(), quantity: row.quantity }).collect())
}

/// What a carrier means by its own name for a parcel.
pub async fn find_by_carrier(
    db: &mut PgConnection,
    carrier: &str,
    carrier_ref: &str,
) -> Result<Option<ShipmentId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select id from shipment where carrier = $1 and carrier_ref = $2",
        carrier,
        carrier_ref
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(ShipmentId::new))
}

/// A courier will come for it. False where that was known, or nobody is to come any more.
pub async fn mark_booked(
    db: &mut PgConnection,
    id: ShipmentId,
    booked: &Booked,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update shipment
         set carrier_ref = $2, tracking_ref = $3, waybill = $4, booked_at = $5, version = version + 1
         where id = $1 and carrier_ref is null",
        id.uuid(),
        booked.carrier_ref,
        booked.tracking_ref,
        booked.waybill,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Its courier has it. False where that was known, or it is not sent after all.
pub async fn mark_left(
    db: &mut PgConnection,
    id: ShipmentId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update shipment set left_at = $2, version = version + 1
         where id = $1 and left_at is null and dropped_at is null",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A parcel is not sent after all, or did not arrive: what is in it is in no parcel any more. False where that was known.
pub async fn drop_shipment(
    db: &mut PgConnection,
    id: ShipmentId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update shipment set dropped_at = $2, version = version + 1 where id = $1 and dropped_at is null",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A parcel that its courier does not have is opened again, so that what is in it is in no parcel any more. False where the courier
/// has it, or it is not sent anyway.
pub async fn unpack_shipment(
    db: &mut PgConnection,
    id: ShipmentId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update shipment set dropped_at = $2, unpacked_at = $2, version = version + 1
         where id = $1 and dropped_at is null and left_at is null and state in ('booked', 'cancelled')",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// None of an order's parcels is sent after all; which those were, so that their couriers are told.
pub async fn drop_shipments_of(
    db: &mut PgConnection,
    order: OrderId,
    now: OffsetDateTime,
) -> Result<Vec<ShipmentId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "update shipment set dropped_at = $2, version = version + 1
         where order_id = $1 and dropped_at is null returning id",
        order.uuid(),
        now
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ShipmentId::new).collect())
}

/// Writes what a courier told and was not known yet, and where that leaves the parcel. Locks it, so that of two who hear
/// at once the second sees what the first wrote.
pub async fn record(
    db: &mut PgConnection,
    id: ShipmentId,
    told: &[Sighting],
    now: OffsetDateTime,
) -> Result<ShipmentState, sqlx::Error> {
    sqlx::query!("select id from shipment where id = $1 for no key update", id.uuid())
        .fetch_one(&mut *db)
        .await?;
    let references: Vec<String> = told.iter().map(|it| it.reference.clone()).collect();
    let states: Vec<String> = told.iter().map(|it| it.state.as_str().to_owned()).collect();
    let notes: Vec<String> = told.iter().map(|it| it.note.clone()).collect();
    let at: Vec<OffsetDateTime> = told.iter().map(|it| it.occurred_at).collect();
    sqlx::query!(
        "insert into shipment_event (shipment_id, reference, state, note, occurred_at, heard_at)
         select $1, reference, state, note, occurred_at, $6
         from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) as t (reference, state, note, occurred_at)
         on conflict on constraint shipment_event_once do nothing",
        id.uuid(),
        &references,
        &states,
        &notes,
        &at,
        now
    )
    .execute(&mut *db)
    .await?;
    let folded = fold(&list_sightings(db, id).await?);
    sqlx::query!(
        "update shipment set state = $2, asked_at = $3, version = version + 1 where id = $1",
        id.uuid(),
        folded.as_str(),
        now
    )
    .execute(db)
    .await?;
    Ok(folded)
}

/// All that was told of a parcel, the first first.
pub async fn list_sightings(db: &mut PgConnection, id: ShipmentId) -> Result<Vec<Sighting>, sqlx::Error> {
    let rows = sqlx::query!(
        "select reference, state, note, occurred_at from shipment_event where shipment_id = $1 order by occurred_at, id",
        id.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Sighting {
                reference: row.reference,
                state: state(&row.state)?,
                note: row.note,
                occurred_at: row.occurred_at,
            })
        })
        .collect()
}

/// Parcels on their way of which nobody has asked since then, the longest first.
pub async fn list_unasked(
    db: &mut PgConnection,
    since: OffsetDateTime,
    limit: i64,
) -> Result<Vec<ShipmentId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from shipment
         where dropped_at is null and carrier_ref is not null
           and state in ('booked', 'picked_up', 'in_transit', 'out_for_delivery', 'failed_attempt')
           and (asked_at is null or asked_at < $1) and booked_at < $1
         order by asked_at nulls first, id limit $2",
        since,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ShipmentId::new).collect())
}
