//! All SQL of the carrier.

use crate::{EventId, NewParcel, Parcel, ParcelCollection, ParcelEvent, ParcelId, ParcelState};
use model::ids::Uuid;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The one parcel that has this id, reference or waybill; for whoever knows one of them.
pub enum Key<'a> {
    Id(ParcelId),
    Reference(&'a str),
    Waybill(&'a str),
}

struct Row {
    id: Uuid,
    reference: String,
    waybill: String,
    courier: String,
    service: String,
    description: String,
    weight_g: i32,
    cash: Option<i64>,
    from_postcode: Option<String>,
    to_postcode: Option<String>,
    notify_url: Option<String>,
    collection: String,
    pickup_from: Option<OffsetDateTime>,
    pickup_until: Option<OffsetDateTime>,
    state: String,
    travels: bool,
    created_at: OffsetDateTime,
    version: i32,
}

impl Row {
    fn parcel(self) -> Result<Parcel, sqlx::Error> {
        Ok(Parcel {
            id: self.id.into(),
            reference: self.reference,
            waybill: self.waybill,
            courier: self.courier,
            service: self.service,
            description: self.description,
            weight_g: self.weight_g,
            cash: self.cash,
            from_postcode: self.from_postcode,
            to_postcode: self.to_postcode,
            notify_url: self.notify_url,
            collection: ParcelCollection::from_name(&self.collection).ok_or_else(|| {
                sqlx::Error::Decode(format!("{} is no way to collect a parcel", self.collection).into())
            })?,
            pickup: self.pickup_from.zip(self.pickup_until),
            state: state(&self.state)?,
            travels: self.travels,
            created_at: self.created_at,
            version: self.version,
        })
    }
}

fn state(name: &str) -> Result<ParcelState, sqlx::Error> {
    ParcelState::from_name(name)
        .ok_or_else(|| sqlx::Error::Decode(format!("{name} is no state of a parcel").into()))
}

/// Writes a parcel unless there is one of its reference; whether it was written.
pub async fn insert_parcel(
    db: &mut PgConnection,
    id: ParcelId,
    new: &NewParcel,
    waybill: &str,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into carrier_parcel (id, reference, waybill, courier, service, description, weight_g, cash, from_postcode,
           to_postcode, notify_url, collection, pickup_from, pickup_until, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict on constraint carrier_parcel_once do nothing",
        id.uuid(),
        new.reference,
        waybill,
        new.courier,
        new.service,
        new.description,
        new.weight_g,
        new.cash,
        new.from_postcode,
        new.to_postcode,
        new.notify_url,
        new.collection.as_str(),
        new.pickup.map(|(from, _)| from),
        new.pickup.map(|(_, until)| until),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn find_parcel(db: &mut PgConnection, key: Key<'_>) -> Result<Option<Parcel>, sqlx::Error> {
    let (id, reference, waybill) = match key {
        Key::Id(id) => (Some(id.uuid()), None, None),
        Key::Reference(reference) => (None, Some(reference), None),
        Key::Waybill(waybill) => (None, None, Some(waybill)),
    };
    let row = sqlx::query_as!(
        Row,
        "select id, reference, waybill, courier, service, description, weight_g, cash, from_postcode, to_postcode,
           notify_url, collection, pickup_from, pickup_until, state, travels, created_at, version
         from carrier_parcel where id = $1 or reference = $2 or waybill = $3",
        id,
        reference,
        waybill
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::parcel).transpose()
}

/// The latest first, from after this one on.
pub async fn list_parcels(
    db: &mut PgConnection,
    after: Option<ParcelId>,
    limit: i64,
) -> Result<Vec<Parcel>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, reference, waybill, courier, service, description, weight_g, cash, from_postcode, to_postcode,
           notify_url, collection, pickup_from, pickup_until, state, travels, created_at, version
         from carrier_parcel where $1::uuid is null or id < $1 order by id desc limit $2",
        after.map(ParcelId::uuid),
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::parcel).collect()
}

/// Moves a parcel that is still of this version; whether it was.
pub async fn move_parcel(
    db: &mut PgConnection,
    id: ParcelId,
    version: i32,
    to: ParcelState,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update carrier_parcel set state = $3, version = version + 1 where id = $1 and version = $2",
        id.uuid(),
        version,
        to.as_str()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a parcel travel by itself, or not any more.
pub async fn set_travels(db: &mut PgConnection, id: ParcelId, travels: bool) -> Result<(), sqlx::Error> {
    sqlx::query!("update carrier_parcel set travels = $2 where id = $1", id.uuid(), travels)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn insert_event(db: &mut PgConnection, event: &ParcelEvent) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into carrier_event (id, parcel_id, state, note, occurred_at) values ($1, $2, $3, $4, $5)",
        event.id.uuid(),
        event.parcel.uuid(),
        event.state.as_str(),
        event.note,
        event.occurred_at
    )
    .execute(db)
    .await?;
    Ok(())
}

struct EventRow {
    id: Uuid,
    parcel_id: Uuid,
    state: String,
    note: String,
    occurred_at: OffsetDateTime,
    delivered_at: Option<OffsetDateTime>,
}

impl EventRow {
    fn event(self) -> Result<ParcelEvent, sqlx::Error> {
        Ok(ParcelEvent {
            id: self.id.into(),
            parcel: self.parcel_id.into(),
            state: state(&self.state)?,
            note: self.note,
            occurred_at: self.occurred_at,
            delivered_at: self.delivered_at,
        })
    }
}

pub async fn find_event(db: &mut PgConnection, id: EventId) -> Result<Option<ParcelEvent>, sqlx::Error> {
    let row = sqlx::query_as!(
        EventRow,
        "select id, parcel_id, state, note, occurred_at, delivered_at from carrier_event where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(EventRow::event).transpose()
}

/// What happened to a parcel, the first first.
pub async fn list_events(db: &mut PgConnection, parcel: ParcelId) -> Result<Vec<ParcelEvent>, sqlx::Error> {
    let rows = sqlx::query_as!(
        EventRow,
        "select id, parcel_id, state, note, occurred_at, delivered_at from carrier_event where parcel_id = $1 order by id",
        parcel.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(EventRow::event).collect()
}

/// How telling of an event went; when it was taken, if it was.
pub async fn mark_told(
    db: &mut PgConnection,
    id: EventId,
    answer: &str,
    delivered_at: Option<OffsetDateTime>,
) -> Result<(), sqlx::Error> {
    let answer: String = answer.chars().take(200).collect();
    sqlx::query!(
        "update carrier_event set attempts = attempts + 1, answer = $2, delivered_at = $3 where id = $1",
        id.uuid(),
        answer,
        delivered_at
    )
    .execute(db)
    .await?;
    Ok(())
}
