//! Packing: a parcel stands ready, and its courier is booked.

use super::{BookShipment, Fleet, FulfilError, advance::advance, collect, open, parcel};
use crate::once;
use kernel::{Cx, Tx, idempotency::Key, jobs::NewJob};
use model::{
    ids::{OrderId, ShipmentId},
    order::{Actor, LinePieces, OrderState},
    payment::Method,
    shipping::{Collection, CourierCode, ShipmentState},
};
use order::{Order, Progress};
use serde::Serialize;
use shipping::{NewShipment, Shipment};
use shop::staff::AtShop;

/// No parcel of ours weighs more.
const HEAVIEST: i32 = 1_000_000;

/// How a parcel is packed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Packing {
    /// What is in it; all that waits where nothing is said.
    pub pieces: Option<Vec<LinePieces>>,
    /// In grams; without it, what was charged for, or what these pieces are said to weigh.
    pub weight_g: Option<i32>,
    /// One of the ways the courier offers now; without it, it comes as soon as it can.
    pub collection: Option<Collection>,
}

/// The goods are packed in one parcel and weigh so many grams. A courier is booked right away; where that does not work out, a
/// job does it. An order that was packed before stays as it is.
pub async fn pack(cx: &Cx, at: &AtShop, id: OrderId, weight_g: Option<i32>) -> Result<(), FulfilError> {
    pack_as(cx, at, None, id, &Packing { weight_g, ..Packing::default() }).await
}

/// The same of some of its pieces, or fetched otherwise; again under the same key it is packed already.
pub async fn pack_as(
    cx: &Cx,
    at: &AtShop,
    key: Option<&Key>,
    id: OrderId,
    how: &Packing,
) -> Result<(), FulfilError> {
    if how.weight_g.is_some_and(|grams| !(1..=HEAVIEST).contains(&grams)) {
        return Err(FulfilError::Weight);
    }
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    let claim = (at.shop().uuid(), "order.pack", key);
    if once::made_before(cx, &mut tx, claim, &(id, how), id.uuid()).await?.is_some() {
        return Ok(tx.roll_back().await?);
    }
    match order.state {
        OrderState::Accepted => {}
        OrderState::Packed => return Ok(()),
        now => return Err(FulfilError::Stage { now }),
    }
    let progress = order::store::progress_of(&mut tx, id).await?;
    let rest: Vec<LinePieces> = progress.iter().map(Progress::rest).filter(|it| it.quantity > 0).collect();
    let pieces = match &how.pieces {
        Some(wanted) => waiting(&rest, wanted)?,
        None => rest.clone(),
    };
    if order.method == Method::Cod && pieces != rest {
        return Err(FulfilError::Cash);
    }
    let whole = progress.iter().map(|line| line.quantity).eq(pieces.iter().map(|it| it.quantity));
    let weight = match how.weight_g {
        Some(grams) => grams,
        None if whole => order.delivery.weight,
        None => weight_of(&mut tx, id, &pieces).await?,
    };
    let collection = match how.collection {
        Some(chosen) => collect::offered(cx, &mut tx, &order, chosen).await?,
        None => Collection::PickUp,
    };
    let shipment = ready(cx, &mut tx, &order, weight.clamp(1, HEAVIEST), collection, pieces).await?;
    advance(cx, &mut tx, id, Actor::Shop).await?;
    tx.commit().await?;
    tracing::info!(order.id = %id, "A parcel of order {id} was packed");
    book(cx, shipment).await;
    Ok(())
}

/// What is wanted of what waits, in the order of the lines; each line once.
pub(super) fn waiting(rest: &[LinePieces], wanted: &[LinePieces]) -> Result<Vec<LinePieces>, FulfilError> {
    let mut left = wanted.iter().filter(|it| it.quantity != 0).count();
    let mut pieces = vec![];
    for line in rest {
        let mut of_line = wanted.iter().filter(|it| it.line == line.line && it.quantity != 0);
        let Some(one) = of_line.next() else { continue };
        if of_line.next().is_some() || !(1..=line.quantity).contains(&one.quantity) {
            return Err(FulfilError::Pieces);
        }
        pieces.push(*one);
        left -= 1;
    }
    // Something else than what waits, or nothing at all.
    if left > 0 || pieces.is_empty() { Err(FulfilError::Pieces) } else { Ok(pieces) }
}

async fn weight_of(tx: &mut Tx, id: OrderId, pieces: &[LinePieces]) -> Result<i32, FulfilError> {
    let lines = order::store::lines_of(tx, &[id]).await?;
    let of = |it: &LinePieces| {
        let line = lines.iter().find(|line| line.line.id == it.line);
        line.map_or(0, |line| line.line.weight.saturating_mul(it.quantity))
    };
    Ok(pieces.iter().map(of).fold(0, i32::saturating_add))
}

/// Another courier for each parcel whose courier does not come after all.
pub async fn book_again(cx: &Cx, at: &AtShop, id: OrderId) -> Result<(), FulfilError> {
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    if !matches!(order.state, OrderState::Accepted | OrderState::Packed) {
        return Err(FulfilError::Stage { now: order.state });
    }
    let parcels = shipping::store::shipments_of(&mut tx, id).await?;
    if parcels.is_empty() {
        return Err(FulfilError::Stage { now: order.state });
    }
    let mut booked = vec![];
    // One that is booked, or about to be, is not booked twice.
    for before in parcels.iter().filter(|it| it.state == ShipmentState::Cancelled && it.left_at.is_none()) {
        // The slot may be over.
        let collection = match before.collection {
            Collection::Slot { .. } => Collection::PickUp,
            other => other,
        };
        booked.push(instead(cx, &mut tx, &order, before, collection).await?);
    }
    tx.commit().await?;
    for shipment in booked {
        book(cx, shipment).await;
    }
    Ok(())
}

/// Another parcel in the place of one, with the same in it.
pub(super) async fn instead(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    before: &Shipment,
    collection: Collection,
) -> Result<ShipmentId, FulfilError> {
    let pieces = shipping::store::pieces_of(tx, before.id).await?;
    shipping::store::drop_shipment(tx, before.id, cx.now()).await?;
    ready(cx, tx, order, before.weight_g, collection, pieces).await
}

async fn ready(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    weight_g: i32,
    collection: Collection,
    pieces: Vec<LinePieces>,
) -> Result<ShipmentId, FulfilError> {
    let fleet = cx.part::<Fleet>().ok_or(FulfilError::NoCourier)?;
    let courier =
        CourierCode::try_from(order.delivery.courier.clone()).map_err(|_| FulfilError::NoCourier)?;
    let carrier = fleet.of(&courier).ok_or(FulfilError::NoCourier)?.name().to_owned();
    let new = NewShipment { id: cx.id(), order: order.id, carrier, weight_g, collection, pieces };
    shipping::store::insert_shipment(tx, &new, cx.now()).await?;
    NewJob::of(&BookShipment { shipment: new.id }).unique(new.id).enqueue(tx, cx).await?;
    Ok(new.id)
}

/// So that the shop sees the waybill at once.
pub(super) async fn book(cx: &Cx, shipment: ShipmentId) {
    if let Err(error) = parcel::book(cx, shipment).await {
        tracing::warn!("Shipment {shipment} was not booked right away: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::{OrderLineId, Uuid};

    fn pieces(line: u128, quantity: i32) -> LinePieces {
        LinePieces { line: OrderLineId::new(Uuid::from_u128(line)), quantity }
    }

    #[test]
    fn no_more_is_taken_than_waits() {
        let rest = [pieces(1, 2), pieces(2, 5)];
        assert_eq!(waiting(&rest, &[pieces(2, 5), pieces(1, 0)]).unwrap(), [pieces(2, 5)]);
        assert_eq!(waiting(&rest, &[pieces(2, 1), pieces(1, 2)]).unwrap(), [pieces(1, 2), pieces(2, 1)]);
        for wanted in [
            vec![],
            vec![pieces(1, 0)],
            vec![pieces(1, 3)],
            vec![pieces(1, -1)],
            vec![pieces(3, 1), pieces(1, 1)],
            vec![pieces(1, 1), pieces(1, 1)],
        ] {
            assert!(matches!(waiting(&rest, &wanted), Err(FulfilError::Pieces)), "{wanted:?}");
        }
    }
}
