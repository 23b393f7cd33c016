//! Taking part in flash sales: a shop says what it would sell for how much, is told what that costs it, and takes it back
//! while others may still nominate.

use super::AtShop;
use crate::sales::bid;
use access::audit::{Entry, Subject, record};
use kernel::Cx;
use model::{
    AppError, Code, FieldError, Money, MoneyError, Page, Permission, Qty,
    audit::Action,
    ids::{FlashSaleId, ShopId, VariantId},
    typed::Problems,
    views::sales::{NominationInput, NominationState, SaleCost, SaleGood, SalePage, SaleRow},
};
use pricing::{FeeRule, NominateError, SoldLine, sale::Bid, store};
use serde_json::Value;
use sqlx::PgConnection;
use views::goods::Good;

#[derive(Debug, thiserror::Error)]
pub enum FlashError {
    /// Or it is another shop's, or not their work.
    #[error("there is no such sale, or the shop has no such goods")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    /// Its time to nominate is over, or an operator has accepted it.
    #[error("it is settled already")]
    Settled,
    #[error("the shop has as many in the sale as it may")]
    Most,
    /// It was accepted into another sale for a part of that time.
    #[error("it is in another sale at that time")]
    Elsewhere,
    #[error("it cannot be priced: {0}")]
    Price(#[from] MoneyError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<FlashError> for AppError {
    fn from(error: FlashError) -> Self {
        match error {
            FlashError::NotFound => Self::not_found(),
            FlashError::Invalid(problems) => problems.into(),
            FlashError::Settled => Code::Conflict.into(),
            FlashError::Most => Self::field("variant", FieldError::OutOfRange),
            FlashError::Elsewhere => Self::field("variant", FieldError::Taken),
            FlashError::Price(_) => Code::Internal.into(),
            FlashError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<NominateError> for FlashError {
    fn from(error: NominateError) -> Self {
        match error {
            NominateError::Settled => Self::Settled,
            NominateError::Most => Self::Most,
            NominateError::OutOfRange => Self::Invalid(Problems::default()),
            NominateError::Database(error) => Self::Database(error),
        }
    }
}

fn promoting(at: &AtShop) -> Result<ShopId, FlashError> {
    if at.permissions().has(Permission::Promotions) { Ok(at.shop()) } else { Err(FlashError::NotFound) }
}

/// Sales that are to come or are on, with how much the shop has in each.
pub async fn coming(cx: &Cx, at: &AtShop) -> Result<Vec<SaleRow>, FlashError> {
    let shop = promoting(at)?;
    Ok(views::sales::coming(&mut *cx.db().acquire().await?, shop, cx.now()).await?)
}

/// One of them, with what the shop asks for in it.
pub async fn find(cx: &Cx, at: &AtShop, sale: FlashSaleId) -> Result<SalePage, FlashError> {
    let shop = promoting(at)?;
    let mut db = cx.db().acquire().await?;
    let sale = announced(cx, &mut db, sale, shop).await?;
    let items = views::sales::own(&mut db, &sale, shop, cx.now()).await?;
    Ok(SalePage { sale, goods: Page { items, next: None, total: None } })
}

/// What the shop sells that has `q` in its name or SKU, and could be in the sale.
pub async fn find_goods(
    cx: &Cx,
    at: &AtShop,
    sale: FlashSaleId,
    q: &str,
) -> Result<Vec<SaleGood>, FlashError> {
    let shop = promoting(at)?;
    let mut db = cx.db().acquire().await?;
    let sale = announced(cx, &mut db, sale, shop).await?;
    Ok(views::sales::find_goods(&mut db, Some(&sale), shop, q, cx.now()).await?)
}

/// One variant of the shop, and the sale it could be in.
pub async fn find_good(
    cx: &Cx,
    at: &AtShop,
    (sale, variant): (FlashSaleId, VariantId),
) -> Result<(SaleRow, SaleGood), FlashError> {
    let shop = promoting(at)?;
    let mut db = cx.db().acquire().await?;
    named(cx, &mut db, (sale, shop, variant)).await
}

/// What a nomination would cost the shop.
pub async fn cost_of(
    cx: &Cx,
    at: &AtShop,
    (sale, variant): (FlashSaleId, VariantId),
    input: &NominationInput,
) -> Result<SaleCost, FlashError> {
    let shop = promoting(at)?;
    let mut db = cx.db().acquire().await?;
    let (_, good) = named(cx, &mut db, (sale, shop, variant)).await?;
    let bid = Bid::parse(input, good.most, good.stock).map_err(FlashError::Invalid)?;
    let of = views::goods::goods(&mut db, &[variant]).await?.remove(&variant).ok_or(FlashError::NotFound)?;
    let rules =
        store::rules_for(&mut db, &[shop], &of.categories, &[of.product], of.price.currency()).await?;
    Ok(reckon(&of, &bid, &rules)?)
}

/// Asks for a place in a sale; again, in the place of what was asked before. Not for what is in another sale of that time:
/// nobody could accept it.
pub async fn nominate(
    cx: &Cx,
    at: &AtShop,
    (sale, variant): (FlashSaleId, VariantId),
    input: &NominationInput,
) -> Result<(), FlashError> {
    let shop = promoting(at)?;
    let mut tx = cx.begin().await?;
    let held = store::lock_sale(&mut tx, sale).await?.ok_or(FlashError::NotFound)?;
    let (_, good) = named(cx, &mut tx, (sale, shop, variant)).await?;
    if !held.is_open(cx.now()) || !good.on_sale {
        return Err(FlashError::Settled);
    }
    if good.elsewhere.is_some() {
        return Err(FlashError::Elsewhere);
    }
    let asked = Bid::parse(input, good.most, good.stock).map_err(FlashError::Invalid)?;
    let before = store::find_nomination(&mut tx, sale, variant).await?.map(|it| bid((sale, variant), &it));
    store::nominate(&mut tx, (sale, shop, variant), &asked, cx.now()).await?;
    let after = store::find_nomination(&mut tx, sale, variant).await?.map(|it| bid((sale, variant), &it));
    let entry = Entry::of(Action::NominationMade, Subject::Shop(shop)).after(after.unwrap_or(Value::Null));
    let entry = match before {
        Some(before) => entry.before(before),
        None => entry,
    };
    record(&mut tx, cx, &entry).await?;
    Ok(tx.commit().await?)
}

/// Takes back what was asked for, also what was accepted, while shops may nominate. Again, it changes nothing.
pub async fn withdraw(
    cx: &Cx,
    at: &AtShop,
    (sale, variant): (FlashSaleId, VariantId),
) -> Result<(), FlashError> {
    let shop = promoting(at)?;
    let mut tx = cx.begin().await?;
    store::lock_sale(&mut tx, sale).await?.ok_or(FlashError::NotFound)?;
    let before = store::find_nomination(&mut tx, sale, variant).await?;
    let before = before.filter(|it| it.shop == shop).ok_or(FlashError::NotFound)?;
    if before.state == NominationState::Withdrawn {
        return Ok(());
    }
    if !store::withdraw_nomination(&mut tx, (sale, shop, variant), cx.now()).await? {
        return Err(FlashError::Settled);
    }
    let mut after = before.clone();
    after.state = NominationState::Withdrawn;
    let entry = Entry::of(Action::NominationWithdrawn, Subject::Shop(shop));
    let of = (sale, variant);
    record(&mut tx, cx, &entry.before(bid(of, &before)).after(bid(of, &after))).await?;
    Ok(tx.commit().await?)
}

/// A sale that shops are asked for.
async fn announced(
    cx: &Cx,
    db: &mut PgConnection,
    sale: FlashSaleId,
    shop: ShopId,
) -> Result<SaleRow, FlashError> {
    let found = views::sales::find(db, sale, Some(shop), cx.now()).await?;
    found.filter(|sale| sale.nominate_until.is_some()).ok_or(FlashError::NotFound)
}

async fn named(
    cx: &Cx,
    db: &mut PgConnection,
    (sale, shop, variant): (FlashSaleId, ShopId, VariantId),
) -> Result<(SaleRow, SaleGood), FlashError> {
    let sale = announced(cx, db, sale, shop).await?;
    let good = views::sales::find_good(db, Some(&sale), (shop, variant), cx.now()).await?;
    Ok((sale, good.ok_or(FlashError::NotFound)?))
}

/// By the rules that hold now, of orders of one piece each: more pieces in one order never cost a shop more.
fn reckon(good: &Good, bid: &Bid, rules: &[FeeRule]) -> Result<SaleCost, MoneyError> {
    let fees = |price: Money| {
        let line = SoldLine {
            line: good.variant.uuid(),
            shop: good.shop.id,
            tier: good.shop.tier,
            product: good.product,
            categories: good.categories.clone(),
            quantity: Qty::ONE,
            price,
            shop_discount: Money::zero(price.currency()),
        };
        pricing::commission(rules, &[line], price.currency()).map(|owed| owed.total)
    };
    let in_sale = fees(bid.price)?;
    let keeps = bid.price.minus(in_sale)?;
    let keeps_now = good.price.minus(fees(good.price)?)?;
    Ok(SaleCost {
        price: bid.price,
        quota: bid.quota.get(),
        off: good.price.minus(bid.price)?,
        fees: in_sale,
        keeps,
        keeps_now,
        less: keeps_now.minus(keeps)?.times(bid.quota)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        BasisPoints,
        ids::{ProductId, Uuid},
        views::{Picture, Tier},
    };
    use pricing::{Applies, Fee, FeeAmount};
    use views::goods::GoodShop;

    fn good(price: i64) -> Good {
        let id = Uuid::from_u128(1);
        Good {
            variant: id.into(),
            product: ProductId::new(id),
            shop: GoodShop {
                id: id.into(),
                slug: "toko".parse().unwrap(),
                name: "Toko".to_owned(),
                tier: Tier::Regular,
                joined_at: time::OffsetDateTime::UNIX_EPOCH,
                city: "Bandung".to_owned(),
                city_code: "32.73".to_owned(),
                position: None,
                couriers: None,
            },
            slug: "kopi".parse().unwrap(),
            sku: "K-1".to_owned(),
            name: "Kopi".to_owned(),
            label: String::new(),
            picture: Picture::drawn("cup", 1, ""),
            media: None,
            categories: vec![],
            price: Money::idr(price),
            list_price: None,
            tiers: vec![],
            min_qty: 1,
            max_qty: None,
            weight_g: 250,
            size_mm: None,
            preorder_days: None,
            on_sale: true,
            scheduled: false,
        }
    }

    #[test]
    fn a_sale_costs_what_is_taken_off_less_the_fees_that_fall_with_it() {
        let rule = |fee, amount| FeeRule { fee, applies: Applies::Everywhere, amount };
        let rate = |points: u16, cap: Option<i64>| FeeAmount::Rate {
            rate: BasisPoints::try_from(points).unwrap(),
            cap: cap.map(Money::idr),
            floor: None,
        };
        let rules = [
            rule(Fee::Commission, rate(650, None)),
            rule(Fee::Dynamic, rate(550, Some(40_000))),
            rule(Fee::Mall, rate(150, Some(5_000))),
            rule(Fee::Order, FeeAmount::PerOrder(Money::idr(500))),
        ];
        let bid = Bid { price: Money::idr(90_000), quota: 10.try_into().unwrap(), per_buyer: None };
        let cost = reckon(&good(100_000), &bid, &rules).unwrap();
        assert_eq!(cost.fees, Money::idr(5_850 + 4_950 + 1_350 + 500), "as an order of that price pays");
        assert_eq!((cost.off, cost.keeps), (Money::idr(10_000), Money::idr(77_350)));
        assert_eq!(cost.keeps_now, Money::idr(100_000 - 6_500 - 5_500 - 1_500 - 500));
        assert_eq!(cost.less, Money::idr(10 * (86_000 - 77_350)));
    }
}
