//! What a shop's people see of how it sells.

use super::shop_of;
use kernel::Cx;
use model::views::{
    figures::{Figures, Period},
    health::Health,
};
use shop::staff::AtShop;
use views::ViewError;

/// How it sold, beside as many days before.
pub async fn figures(cx: &Cx, at: &AtShop, period: Period) -> Result<Figures, sqlx::Error> {
    let shop = shop_of(at)?;
    views::figures::figures(&mut *cx.db().acquire().await?, shop, period, cx.now()).await
}

/// How reliable it was found to be, and what counted against it.
pub async fn health(cx: &Cx, at: &AtShop, after: Option<&str>, limit: u16) -> Result<Health, ViewError> {
    let shop = shop_of(at)?;
    views::health::health(&mut *cx.db().acquire().await?, shop, after, limit, cx.now()).await
}
