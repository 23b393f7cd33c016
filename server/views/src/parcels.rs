//! What parcels carry on them, and what their couriers tell.

use crate::error::unsound;
use model::{
    geo::Position,
    ids::OrderId,
    shipping::ShipmentState,
    views::sold::{Parcel, Seen},
};
use sqlx::{PgConnection, types::Json};

/// Where an order is fetched.
#[derive(Clone, PartialEq, Debug)]
pub struct Sender {
    pub shop: String,
    /// Warehouse and place in one.
    pub address: String,
    pub position: Option<Position>,
}

/// The warehouse most of it lies in, the shop's main one where that cannot be said.
pub async fn sender(db: &mut PgConnection, order: OrderId) -> Result<Option<Sender>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select shop.name as shop, warehouse.name as "warehouse?", coalesce(place.name, city.name) as "place!",
             coalesce(warehouse.latitude, place.latitude, city.latitude) as latitude,
             coalesce(warehouse.longitude, place.longitude, city.longitude) as longitude
           from shop_order
           join shop on shop.id = shop_order.shop_id
           join region as city on city.code = shop.city_code
           left join lateral (
             select warehouse.* from warehouse
             left join reservation on reservation.warehouse_id = warehouse.id and reservation.line in (
               select id from order_line where order_id = shop_order.id)
             where warehouse.shop_id = shop.id
             order by reservation.quantity desc nulls last, warehouse.position limit 1
           ) as warehouse on true
           left join region as place on place.code = warehouse.region_code
           where shop_order.id = $1"#,
        order.uuid()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Sender {
        shop: row.shop,
        address: row.warehouse.into_iter().chain([row.place]).collect::<Vec<_>>().join(", "),
        position: row
            .latitude
            .zip(row.longitude)
            .map(|(latitude, longitude)| Position::new(latitude, longitude)),
    }))
}

/// The parcel of an order and where it is; none before it is packed.
pub async fn of(db: &mut PgConnection, order: OrderId) -> Result<Option<Parcel>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select shipment.state, shipment.waybill, shipment.weight_g,
             (select jsonb_agg(jsonb_build_array(state, note, extract(epoch from occurred_at)::bigint)
                order by occurred_at desc, id desc)
              from shipment_event where shipment_id = shipment.id) as "seen?: Json<Vec<(String, String, i64)>>"
           from shipment where order_id = $1 and dropped_at is null"#,
        order.uuid()
    )
    .fetch_optional(db)
    .await?;
    let state = |name: &str| ShipmentState::from_name(name).ok_or_else(|| unsound("a parcel's state", name));
    let Some(row) = row else { return Ok(None) };
    let mut seen = Vec::new();
    for (name, note, at) in row.seen.map(|seen| seen.0).unwrap_or_default() {
        seen.push(Seen { state: state(&name)?, note, at });
    }
    Ok(Some(Parcel { state: state(&row.state)?, waybill: row.waybill, weight_g: row.weight_g, seen }))
}
