//! What a shop sees of its orders.

use crate::account;
use kernel::Cx;
use model::{
    Permission,
    ids::OrderId,
    order::SellerFilter,
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
    views::sold::one(&mut *cx.db().acquire().await?, at.shop(), id).await
}

/// What is stuck onto its parcel; none before its courier is booked.
pub async fn label(cx: &Cx, at: &AtShop, id: OrderId) -> Result<Option<Label>, sqlx::Error> {
    let Some(order) = order(cx, at, id).await? else { return Ok(None) };
    let Some(waybill) = order.parcel.as_ref().and_then(|parcel| parcel.waybill.clone()) else {
        return Ok(None);
    };
    let (Some(bars), Some((size, path))) = (code128(&waybill), account::qr(&waybill)) else {
        return Ok(None);
    };
    let qr = QrPicture { payload: waybill.clone(), size: u16::try_from(size).unwrap_or(u16::MAX), path };
    let cash = (order.method == Method::Cod).then_some(order.summary.total);
    Ok(Some(Label { order, waybill, bars_width: bars.width, bars: bars.path, qr, cash }))
}
