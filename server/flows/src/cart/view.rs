//! The cart as its page shows it.

use super::{
    holder,
    price::{self, Priced, Reach},
    show,
};
use cart::store;
use kernel::{Buyer, Cx};
use model::{
    Slug,
    ids::ShopId,
    views::{CartCount, CartShop, CartView, MergeNews, VoucherOffer},
};
use pricing::Voucher;
use sqlx::PgConnection;
use std::collections::HashMap;

/// Priced as of now; empty for who has none.
pub async fn view(cx: &Cx, buyer: Option<&Buyer>) -> Result<CartView, sqlx::Error> {
    let Some(buyer) = buyer else { return Ok(CartView::default()) };
    let mut db = cx.db().acquire().await?;
    let Some(priced) = price::load(cx, &mut db, buyer, Reach::Goods, None).await? else {
        return Ok(CartView::default());
    };
    let mut shops: Vec<CartShop> = Vec::new();
    for (item, good) in show::items(&priced, |line| !line.saved_for_later) {
        match shops.iter_mut().find(|shop| shop.id == good.shop.id) {
            Some(shop) => shop.items.push(item),
            None => shops.push(CartShop {
                id: good.shop.id,
                slug: good.shop.slug.clone(),
                name: good.shop.name.clone(),
                tier: good.shop.tier,
                city: good.shop.city.clone(),
                items: vec![item],
            }),
        }
    }
    let saved = show::items(&priced, |line| line.saved_for_later);
    let offers = voucher_offers(cx, &mut db, &priced).await?;
    Ok(CartView {
        shops,
        saved: saved.into_iter().map(|(item, _)| item).collect(),
        codes: show::codes(&priced),
        summary: show::summary(&priced, false),
        offers,
        merged: MergeNews {
            left_out: priced.news.left_out.unsigned_abs(),
            reduced: priced.news.reduced.unsigned_abs(),
        },
    })
}

/// For the head of every page: one small query.
pub async fn count(cx: &Cx, buyer: Option<&Buyer>) -> Result<CartCount, sqlx::Error> {
    let Some(buyer) = buyer else { return Ok(CartCount::default()) };
    let lines = store::count_of(&mut *cx.db().acquire().await?, &holder(buyer)).await?;
    Ok(CartCount { lines: u32::try_from(lines).unwrap_or(u32::MAX) })
}

/// Public vouchers of the platform and of the shops something ticked is from.
pub(crate) async fn voucher_offers(
    cx: &Cx,
    db: &mut PgConnection,
    priced: &Priced,
) -> Result<Vec<VoucherOffer>, sqlx::Error> {
    let mut shops: HashMap<ShopId, (Slug, String)> = HashMap::new();
    for (_, good) in priced.ticked() {
        shops.insert(good.shop.id, (good.shop.slug.clone(), good.shop.name.clone()));
    }
    if shops.is_empty() {
        return Ok(vec![]);
    }
    let mut owners: Vec<ShopId> = shops.keys().copied().collect();
    owners.sort_unstable();
    let candidates = pricing::store::list_public_of(db, &owners, Some(&priced.buyer_key), cx.now()).await?;
    let coded = |voucher: &Voucher| !voucher.automatic();
    Ok(show::offers(priced, candidates.into_iter().filter(coded).collect(), &shops))
}
