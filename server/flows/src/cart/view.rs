//! The cart as its page shows it.

use super::{
    best, holder,
    price::{self, Priced, Reach},
    show,
};
use cart::store;
use kernel::{Buyer, Cx};
use model::{
    Money, Slug,
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
    let Some(mut priced) = price::load(cx, &mut db, buyer, Reach::Goods, None).await? else {
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
    let saved = show::items(&priced, |line| line.saved_for_later).into_iter().map(|(item, _)| item).collect();
    let Offers { offers, best } = voucher_offers(cx, &mut db, buyer, &mut priced).await?;
    Ok(CartView {
        shops,
        saved,
        codes: show::codes(&priced),
        summary: show::summary(&priced, false),
        offers,
        best,
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

/// Vouchers that can be had, and what the best of them would save.
#[derive(Default)]
pub(crate) struct Offers {
    pub offers: Vec<VoucherOffer>,
    pub best: Option<Money>,
}

/// Public vouchers of the platform and of the shops something ticked is from.
pub(crate) async fn voucher_offers(
    cx: &Cx,
    db: &mut PgConnection,
    buyer: &Buyer,
    priced: &mut Priced,
) -> Result<Offers, sqlx::Error> {
    let mut shops: HashMap<ShopId, (Slug, String)> = HashMap::new();
    for (_, good) in priced.ticked() {
        shops.insert(good.shop.id, (good.shop.slug.clone(), good.shop.name.clone()));
    }
    if shops.is_empty() {
        return Ok(Offers::default());
    }
    let public = public_vouchers(cx, db, buyer, priced).await?;
    let best = best::of(priced, &public).map_err(price::PriceError::from)?;
    let saves = (best.saves > 0).then(|| Money::new(best.saves, priced.cart.currency));
    let ids: Vec<_> = best.vouchers.iter().map(|voucher| voucher.id).collect();
    Ok(Offers { offers: show::offers(priced, public, &ids, &shops), best: saves })
}

/// Those with a code that may be had now by anybody, by members of a tier, or for a first order, of the platform and of the
/// shops something ticked is from.
pub(crate) async fn public_vouchers(
    cx: &Cx,
    db: &mut PgConnection,
    buyer: &Buyer,
    priced: &mut Priced,
) -> Result<Vec<Voucher>, sqlx::Error> {
    let mut owners: Vec<ShopId> = priced.ticked().map(|(_, good)| good.shop.id).collect();
    owners.sort_unstable();
    owners.dedup();
    let mut public = pricing::store::list_public_of(db, &owners, Some(&priced.buyer_key), cx.now()).await?;
    public.retain(|voucher| !voucher.automatic());
    // Neither was looked up where no voucher of the cart asks for it.
    let tier = price::member_tier(db, priced.basket.buyer.account, &public).await?;
    if tier.reaches(priced.basket.buyer.member_tier) {
        priced.basket.buyer.member_tier = tier;
    }
    if !priced.basket.buyer.first_order {
        priced.basket.buyer.first_order = price::first_order(db, buyer, &priced.cart, &public).await?;
    }
    Ok(public)
}
