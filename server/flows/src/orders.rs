//! What buyers do with what they ordered.

use crate::cart::{self, CartError};
use kernel::{Buyer, Cx, idempotency::Key};
use model::{
    Page,
    ids::{OrderGroupId, OrderId},
    order::OrderFilter,
    views::{GroupPage, OrderCard, OrderPage},
};
use views::ViewError;

pub use crate::{
    cancel::{CancelError, by_buyer as cancel, by_buyer_once as cancel_once},
    fulfil::{ReceiveError, receive},
};

/// The latest first.
pub async fn list(
    cx: &Cx,
    buyer: &Buyer,
    filter: OrderFilter,
    query: &str,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<OrderCard>, ViewError> {
    views::orders::list(&mut *cx.db().acquire().await?, buyer, filter, query, after, limit).await
}

/// Somebody else's is not there.
pub async fn order(cx: &Cx, buyer: &Buyer, id: OrderId) -> Result<Option<OrderPage>, sqlx::Error> {
    views::orders::order(&mut *cx.db().acquire().await?, buyer, id).await
}

/// Somebody else's is not there.
pub async fn group(cx: &Cx, buyer: &Buyer, id: OrderGroupId) -> Result<Option<GroupPage>, sqlx::Error> {
    views::orders::group(&mut *cx.db().acquire().await?, buyer, id).await
}

/// Puts what can still be bought of an order into the cart; how many lines.
pub async fn buy_again(cx: &Cx, buyer: &Buyer, id: OrderId) -> Result<u32, CartError> {
    buy_again_once(cx, buyer, None, id).await
}

/// The same; again under the same key it puts in nothing more.
pub async fn buy_again_once(
    cx: &Cx,
    buyer: &Buyer,
    key: Option<&Key>,
    id: OrderId,
) -> Result<u32, CartError> {
    let bought = views::orders::bought(&mut *cx.db().acquire().await?, buyer, id).await?;
    let bought = bought.ok_or(CartError::NotFound)?;
    cart::add_all(cx, buyer, ("order.buy_again", key, id.uuid()), &bought).await
}
