//! All SQL about pick-up points, shipments and what couriers outside take.

mod kept;
mod shipment;

pub use kept::{forget_quotes, keep_quotes, list_quotes};
pub use shipment::{
    drop_shipment, drop_shipments_of, find_by_carrier, find_shipment, insert_shipment, list_sightings,
    list_unasked, mark_booked, mark_left, pieces_of, record, shipment_of, shipments_of, unpack_shipment,
};

use crate::{NewPickupPoint, PickupPoint};
use model::{
    geo::Position,
    ids::Uuid,
    shipping::{Courier, PickupPointId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Why a pick-up point was not entered.
#[derive(Debug, thiserror::Error)]
pub enum InsertPickupError {
    #[error("there is no such district")]
    UnknownDistrict,
    /// This courier has a point of this name in the district.
    #[error("the point is there already")]
    AlreadyThere,
    #[error("a name has 3 to 100 characters")]
    Name,
    #[error("a street has 5 to 200 characters")]
    Street,
    #[error("the position does not lie in Indonesia")]
    Position,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for InsertPickupError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(|refused| refused.constraint()) {
            Some("pickup_point_district_known" | "pickup_point_district_form") => Self::UnknownDistrict,
            Some("pickup_point_unique") => Self::AlreadyThere,
            Some("pickup_point_name_length") => Self::Name,
            Some("pickup_point_street_length") => Self::Street,
            Some("pickup_point_latitude_in_indonesia" | "pickup_point_longitude_in_indonesia") => {
                Self::Position
            }
            _ => Self::Database(error),
        }
    }
}

/// Enters a counter; it takes parcels at once.
pub async fn insert_pickup_point(
    db: &mut PgConnection,
    id: PickupPointId,
    new: &NewPickupPoint,
    now: OffsetDateTime,
) -> Result<(), InsertPickupError> {
    sqlx::query!(
        "insert into pickup_point (id, courier, name, district_code, street, latitude, longitude, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        id.uuid(),
        new.courier.as_str(),
        new.name.trim(),
        new.district,
        new.street.trim(),
        new.position.map(|p| p.latitude),
        new.position.map(|p| p.longitude),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Opens or closes a counter; whether there is one.
pub async fn mark_pickup_point(
    db: &mut PgConnection,
    id: PickupPointId,
    is_active: bool,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update pickup_point set is_active = $2, updated_at = $3 where id = $1",
        id.uuid(),
        is_active,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A counter, whether it is open or not: parcels may still wait there.
pub async fn find_pickup_point(
    db: &mut PgConnection,
    id: PickupPointId,
) -> Result<Option<PickupPoint>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, courier, name, district_code, street, latitude, longitude, is_active
         from pickup_point where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::point).transpose()
}

/// The open counters of a city (its code, `31.71`), by name; at most `limit`.
pub async fn list_pickup_points(
    db: &mut PgConnection,
    city: &str,
    limit: u16,
) -> Result<Vec<PickupPoint>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, courier, name, district_code, street, latitude, longitude, is_active
         from pickup_point where city_code = $1 and is_active order by name, id limit $2",
        city,
        i64::from(limit)
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::point).collect()
}

/// Which couriers have an open counter in a city, for [`Parcel::with_pickup`](crate::Parcel::with_pickup).
pub async fn list_pickup_couriers(db: &mut PgConnection, city: &str) -> Result<Vec<Courier>, sqlx::Error> {
    let names = sqlx::query_scalar!(
        "select distinct courier from pickup_point where city_code = $1 and is_active order by courier",
        city
    )
    .fetch_all(db)
    .await?;
    names.iter().map(|name| courier(name)).collect()
}

struct Row {
    id: Uuid,
    courier: String,
    name: String,
    district_code: String,
    street: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    is_active: bool,
}

impl Row {
    fn point(self) -> Result<PickupPoint, sqlx::Error> {
        let position = self.latitude.zip(self.longitude);
        Ok(PickupPoint {
            id: self.id.into(),
            point: NewPickupPoint {
                courier: courier(&self.courier)?,
                name: self.name,
                district: self.district_code,
                street: self.street,
                position: position.map(|(latitude, longitude)| Position::new(latitude, longitude)),
            },
            is_active: self.is_active,
        })
    }
}

fn courier(name: &str) -> Result<Courier, sqlx::Error> {
    Courier::from_name(name).ok_or_else(|| sqlx::Error::Decode("an unknown courier".into()))
}
