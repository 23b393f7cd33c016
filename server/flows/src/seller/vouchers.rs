//! The vouchers of a shop, by its people. Their shop always pays for them, and they lower nobody else's prices.

use super::AtShop;
use crate::vouchers::{self as given, Giver};
use kernel::{Cx, idempotency::Key};
use model::{
    Permission,
    ids::VoucherId,
    shop::{VoucherCost, VoucherInput, VoucherList, VoucherStanding},
};
use views::{ViewError, vouchers::Found};

pub use given::VoucherError;

/// Nobody gives a shop's money away but those whose work that is.
fn promoting(at: &AtShop) -> Result<Giver, VoucherError> {
    if at.permissions().has(Permission::Promotions) {
        Ok(Giver::Shop(at.shop()))
    } else {
        Err(VoucherError::NotFound)
    }
}

/// A part of the shop's vouchers of one standing, the latest first.
pub async fn list(
    cx: &Cx,
    at: &AtShop,
    standing: VoucherStanding,
    after: Option<&str>,
    limit: u16,
) -> Result<VoucherList, ViewError> {
    given::list(cx, Giver::Shop(at.shop()), standing, after, limit).await
}

/// One of the shop's vouchers, and what it costs.
pub async fn find(
    cx: &Cx,
    at: &AtShop,
    voucher: VoucherId,
) -> Result<Option<(Found, VoucherCost)>, VoucherError> {
    given::find(cx, promoting(at)?, voucher).await
}

/// Gives a voucher out. Under a key, asking again answers with the one made the first time.
pub async fn make(
    cx: &Cx,
    at: &AtShop,
    input: &VoucherInput,
    key: Option<&Key>,
) -> Result<VoucherId, VoucherError> {
    given::make(cx, promoting(at)?, input, key).await
}

/// Writes a voucher's terms anew, if they are still of the version the edit began with and nobody has used it.
pub async fn change(
    cx: &Cx,
    at: &AtShop,
    of: (VoucherId, i32),
    input: &VoucherInput,
) -> Result<(), VoucherError> {
    given::change(cx, promoting(at)?, of, input).await
}

/// Says anew when a voucher ends and how often it may be used, which may only grow; also of one that was used. What is
/// not said stays.
pub async fn extend(
    cx: &Cx,
    at: &AtShop,
    of: (VoucherId, i32),
    quota: Option<&str>,
    until: Option<&str>,
) -> Result<(), VoucherError> {
    given::extend(cx, promoting(at)?, of, quota, until).await
}

/// Switches a voucher off, or on again. Again, it changes nothing.
pub async fn switch(cx: &Cx, at: &AtShop, id: VoucherId, on: bool) -> Result<(), VoucherError> {
    given::switch(cx, promoting(at)?, id, on).await
}

/// What a voucher that is typed would cost.
pub async fn cost_of(cx: &Cx, at: &AtShop, input: &VoucherInput) -> Result<VoucherCost, VoucherError> {
    given::cost_of(cx, promoting(at)?, input).await
}
