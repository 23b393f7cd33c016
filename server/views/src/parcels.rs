//! What parcels carry on them, and what their couriers tell.

use crate::{cards::currency, error::unsound};
use model::{
    Money,
    geo::Position,
    ids::{OrderId, ShipmentId, Uuid},
    order::CancelReason,
    shipping::{Collection, ShipmentState},
    views::sold::{LeftOutRow, Parcel, ParcelPiece, Seen},
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// Where a parcel is fetched.
#[derive(Clone, PartialEq, Debug)]
pub struct Sender {
    pub shop: String,
    /// Warehouse and place in one.
    pub address: String,
    pub position: Option<Position>,
    pub postcode: Option<String>,
}

/// The warehouse most of it lies in, the shop's main one where that cannot be said.
pub async fn sender(db: &mut PgConnection, parcel: ShipmentId) -> Result<Option<Sender>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select shop.name as shop, warehouse.name as "warehouse?", coalesce(place.name, city.name) as "place!",
             coalesce(warehouse.latitude, place.latitude, city.latitude) as latitude,
             coalesce(warehouse.longitude, place.longitude, city.longitude) as longitude, warehouse.postcode as "postcode?"
           from shipment
           join shop_order on shop_order.id = shipment.order_id
           join shop on shop.id = shop_order.shop_id
           join region as city on city.code = shop.city_code
           left join lateral (
             select warehouse.* from warehouse
             left join reservation on reservation.warehouse_id = warehouse.id and reservation.line in (
               select line_id from shipment_line where shipment_id = shipment.id)
             where warehouse.shop_id = shop.id
             order by reservation.quantity desc nulls last, warehouse.position limit 1
           ) as warehouse on true
           left join region as place on place.code = warehouse.region_code
           where shipment.id = $1"#,
        parcel.uuid()
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
        postcode: row.postcode,
    }))
}

/// Of a line, as it is read.
#[derive(Debug, Deserialize)]
struct PieceRow {
    line: Uuid,
    name: String,
    label: String,
    quantity: i32,
}

impl From<PieceRow> for ParcelPiece {
    fn from(row: PieceRow) -> Self {
        Self { line: row.line.into(), name: row.name, label: row.label, quantity: row.quantity }
    }
}

/// The parcels of an order and where they are, the first first; none before anything is packed.
pub async fn of(db: &mut PgConnection, order: OrderId) -> Result<Vec<Parcel>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select shipment.id, shipment.state, shipment.waybill, shipment.weight_g, shipment.collection,
             extract(epoch from slot_from)::bigint as slot_from, extract(epoch from slot_until)::bigint as slot_until,
             left_at is not null as "left!",
             (select jsonb_agg(jsonb_build_object('line', line.id, 'name', line.product_name, 'label', line.variant_label,
                 'quantity', held.quantity) order by line.position)
              from shipment_line as held join order_line as line on line.id = held.line_id
              where held.shipment_id = shipment.id) as "pieces?: Json<Vec<PieceRow>>",
             (select jsonb_agg(jsonb_build_array(state, note, extract(epoch from occurred_at)::bigint)
                order by occurred_at desc, id desc)
              from shipment_event where shipment_id = shipment.id) as "seen?: Json<Vec<(String, String, i64)>>"
           from shipment where order_id = $1 and dropped_at is null order by created_at, id"#,
        order.uuid()
    )
    .fetch_all(db)
    .await?;
    let state = |name: &str| ShipmentState::from_name(name).ok_or_else(|| unsound("a parcel's state", name));
    let mut parcels = Vec::with_capacity(rows.len());
    for row in rows {
        let mut seen = Vec::new();
        for (name, note, at) in row.seen.map(|seen| seen.0).unwrap_or_default() {
            seen.push(Seen { state: state(&name)?, note, at });
        }
        let collection = match row.slot_from.zip(row.slot_until) {
            Some((from, until)) => Collection::Slot { from, until },
            None if row.collection == Collection::DropOff.kind() => Collection::DropOff,
            None => Collection::PickUp,
        };
        parcels.push(Parcel {
            id: row.id.into(),
            pieces: row
                .pieces
                .map(|pieces| pieces.0)
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            collection,
            left: row.left,
            state: state(&row.state)?,
            waybill: row.waybill,
            weight_g: row.weight_g,
            seen,
        });
    }
    Ok(parcels)
}

/// What is in a parcel.
pub async fn pieces(db: &mut PgConnection, parcel: ShipmentId) -> Result<Vec<ParcelPiece>, sqlx::Error> {
    let rows = sqlx::query_as!(
        PieceRow,
        "select line.id as line, line.product_name as name, line.variant_label as label, held.quantity
         from shipment_line as held join order_line as line on line.id = held.line_id
         where held.shipment_id = $1 order by line.position",
        parcel.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(ParcelPiece::from).collect())
}

/// What does not come of an order, the first first.
pub async fn left_out(db: &mut PgConnection, order: OrderId) -> Result<Vec<LeftOutRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select left_out.id, left_out.reason, left_out.refund, extract(epoch from left_out.at)::bigint as "at!", o.currency,
             (select jsonb_agg(jsonb_build_object('line', line.id, 'name', line.product_name, 'label', line.variant_label,
                 'quantity', part.quantity) order by line.position)
              from left_out_line as part join order_line as line on line.id = part.line_id
              where part.left_out_id = left_out.id) as "pieces?: Json<Vec<PieceRow>>"
           from left_out join shop_order as o on o.id = left_out.order_id
           where left_out.order_id = $1 order by left_out.at, left_out.id"#,
        order.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(LeftOutRow {
                id: row.id.into(),
                reason: CancelReason::from_name(&row.reason)
                    .ok_or_else(|| unsound("a reason", &row.reason))?,
                pieces: row
                    .pieces
                    .map(|pieces| pieces.0)
                    .unwrap_or_default()
                    .into_iter()
                    .map(Into::into)
                    .collect(),
                refund: Money::new(row.refund, currency(&row.currency)?),
                at: row.at,
            })
        })
        .collect()
}
