//! What a shop sees of its orders.

use super::collect;
use crate::account;
use kernel::Cx;
use model::{
    Permission,
    ids::{OrderId, ShipmentId},
    order::{OrderState, SellerFilter},
    payment::Method,
    views::{
        QrPicture,
        sold::{Label, SoldList, SoldPage},
    },
};
use shipping::barcode::code128;
use shop::staff::AtShop;
use views::ViewError;

/// The latest first.
pub async fn list(
    cx: &Cx,
    at: &AtShop,
    filter: SellerFilter,
    query: &str,
    after: Option<&str>,
    limit: u16,
) -> Result<SoldList, ViewError> {
    if at.permission() != Permission::Orders {
        return Err(sqlx::Error::RowNotFound.into());
    }
    let mut db = cx.db().acquire().await?;
    views::sold::list(&mut db, at.shop(), filter, query, after, limit, cx.now()).await
}

/// Another shop's is not there.
pub async fn order(cx: &Cx, at: &AtShop, id: OrderId) -> Result<Option<SoldPage>, sqlx::Error> {
    if at.permission() != Permission::Orders {
        return Ok(None);
    }
    let mut db = cx.db().acquire().await?;
    let Some(mut order) = views::sold::one(&mut db, at.shop(), id).await? else { return Ok(None) };
    if matches!(order.state, OrderState::Accepted | OrderState::Packed) {
        order.ways = collect::ways(cx, &mut db, id).await?;
        order.key = cx.ids().uuid().to_string();
    }
    Ok(Some(order))
}

/// What is stuck onto the parcel of it that was packed last; none before its courier is booked.
pub async fn label(cx: &Cx, at: &AtShop, id: OrderId) -> Result<Option<Label>, sqlx::Error> {
    label_of(cx, at, id, None).await
}

/// What is stuck onto this parcel of it.
pub async fn label_of(
    cx: &Cx,
    at: &AtShop,
    id: OrderId,
    parcel: Option<ShipmentId>,
) -> Result<Option<Label>, sqlx::Error> {
    let Some(order) = order(cx, at, id).await? else { return Ok(None) };
    let all = order.parcels.len();
    let place = match parcel {
        Some(parcel) => order.parcels.iter().position(|it| it.id == parcel),
        None => all.checked_sub(1),
    };
    let Some((place, parcel)) = place.and_then(|place| Some((place, order.parcels.get(place)?.clone())))
    else {
        return Ok(None);
    };
    let Some(waybill) = parcel.waybill.clone() else { return Ok(None) };
    let (Some(bars), Some((size, path))) = (code128(&waybill), account::qr(&waybill)) else {
        return Ok(None);
    };
    let qr = QrPicture { payload: waybill.clone(), size: u16::try_from(size).unwrap_or(u16::MAX), path };
    let cash = (order.method == Method::Cod).then_some(order.summary.total);
    let n = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let place = (n(place + 1), n(all));
    Ok(Some(Label { order, parcel, place, waybill, bars_width: bars.width, bars: bars.path, qr, cash }))
}
