//! How a parcel comes to its courier, while it has not left.

use super::{CancelShipment, FulfilError, open, pack};
use kernel::{Cx, Tx, jobs::NewJob};
use model::{
    ids::{OrderId, ShipmentId},
    order::OrderState,
    shipping::{Collection, CourierCode, Service, ShipmentState},
};
use order::Order;
use shop::staff::AtShop;
use sqlx::PgConnection;

/// What the courier of an order offers its shop now.
pub(super) async fn ways(
    cx: &Cx,
    db: &mut PgConnection,
    id: OrderId,
) -> Result<Vec<Collection>, sqlx::Error> {
    let Some(order) = order::store::find_order(db, id).await? else { return Ok(vec![]) };
    of(cx, db, &order).await
}

async fn of(cx: &Cx, db: &mut PgConnection, order: &Order) -> Result<Vec<Collection>, sqlx::Error> {
    let hours = shop::store::settings::open_hours(db, order.shop).await?;
    let courier = CourierCode::try_from(order.delivery.courier.clone()).ok();
    let way = courier.zip(Service::from_name(&order.delivery.service));
    Ok(way.map(|(courier, service)| shipping::ways(&courier, service, hours, cx.now())).unwrap_or_default())
}

/// What was chosen, if the courier offers it now.
pub(super) async fn offered(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    chosen: Collection,
) -> Result<Collection, FulfilError> {
    if of(cx, tx, order).await?.contains(&chosen) { Ok(chosen) } else { Err(FulfilError::Collection) }
}

/// Has a parcel fetched at another time, or brings it, until it is handed over. Its courier is booked anew, so it has another
/// waybill; one that is to come that way already stays as it is.
pub async fn collect_otherwise(
    cx: &Cx,
    at: &AtShop,
    id: OrderId,
    parcel: ShipmentId,
    chosen: Collection,
) -> Result<(), FulfilError> {
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    let parcels = shipping::store::shipments_of(&mut tx, id).await?;
    let before = parcels.iter().find(|it| it.id == parcel).ok_or(FulfilError::NotFound)?;
    let waits = matches!(before.state, ShipmentState::Booked | ShipmentState::Cancelled);
    if !matches!(order.state, OrderState::Accepted | OrderState::Packed) || !waits || before.left_at.is_some()
    {
        return Err(FulfilError::Stage { now: order.state });
    }
    if before.collection == chosen && before.state == ShipmentState::Booked {
        return Ok(());
    }
    let chosen = offered(cx, &mut tx, &order, chosen).await?;
    let shipment = pack::instead(cx, &mut tx, &order, before, chosen).await?;
    NewJob::of(&CancelShipment { shipment: parcel }).unique(parcel).enqueue(&mut tx, cx).await?;
    tx.commit().await?;
    tracing::info!(order.id = %id, "A parcel of order {id} is collected otherwise");
    pack::book(cx, shipment).await;
    Ok(())
}
