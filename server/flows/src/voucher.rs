//! Vouchers anybody may have.

use crate::cart::show;
use kernel::Cx;
use model::views::{ShopCard, VoucherOffer};
use std::collections::HashMap;

/// Of a shop and of the platform, those that end soonest first.
pub async fn of_shop(cx: &Cx, shop: &ShopCard) -> Result<Vec<VoucherOffer>, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    let vouchers = pricing::store::list_public_of(&mut db, &[shop.id], None, cx.now()).await?;
    let shops = HashMap::from([(shop.id, (shop.slug.clone(), shop.name.clone()))]);
    let coded = vouchers.iter().filter(|voucher| !voucher.automatic());
    Ok(coded.map(|voucher| show::offer(voucher, &shops)).collect())
}
