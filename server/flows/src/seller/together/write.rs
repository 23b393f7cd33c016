//! Writing a batch of steps, as each would be written by hand.

use super::{BulkError, judge::About, store::Run};
use catalog::{
    Actor, Forbidden, Moved, Offer, Price, Product, ProductsChanged, Stage,
    store::{sheet, together as goods},
};
use kernel::{Cx, OffsetDateTime, Tx, outbox};
use model::{
    ids::{CategoryId, ProductId, VariantId},
    shop::{BulkChange, BulkKind, BulkState, BulkValue},
    views::ProductState::{self, Active, Archived, Draft, Hidden, InReview},
};
use serde_json::Value;
use std::collections::HashMap;

/// A row that goes from what is there to something else.
pub struct Step {
    pub about: About,
    pub before: BulkValue,
    pub after: BulkValue,
    /// What is said again, where goods go back to their category.
    pub said: Option<Value>,
}

/// Writes all of them, and gives what is no longer said of products that went to another category.
pub async fn write(
    cx: &Cx,
    tx: &mut Tx,
    run: &Run,
    change: &BulkChange,
    steps: &[Step],
) -> Result<HashMap<ProductId, Value>, BulkError> {
    let mut dropped = HashMap::new();
    if steps.is_empty() {
        return Ok(dropped);
    }
    let changed = match change.kind {
        BulkKind::Price | BulkKind::PricePercent | BulkKind::PriceAmount => prices(cx, tx, steps).await?,
        BulkKind::Stock | BulkKind::StockAdd => {
            stock(cx, tx, run, change, steps).await?;
            vec![]
        }
        BulkKind::Show | BulkKind::Hide | BulkKind::Archive => {
            walk(cx, tx, steps).await?;
            vec![]
        }
        BulkKind::Category => {
            let wanted: Vec<(ProductId, CategoryId)> = steps.iter().filter_map(category).collect();
            dropped = goods::set_categories(tx, &wanted, cx.now()).await?;
            let again: Vec<Value> = steps.iter().filter_map(|step| step.said.clone()).collect();
            goods::say(tx, &again).await?;
            products(steps)
        }
        BulkKind::Weight => {
            let wanted: Vec<(ProductId, i32)> = steps.iter().filter_map(weight).collect();
            goods::set_weights(tx, &wanted, cx.now()).await?;
            products(steps)
        }
    };
    outbox::publish_many(tx, cx, ProductsChanged::of(&changed)).await?;
    Ok(dropped)
}

fn products(steps: &[Step]) -> Vec<ProductId> {
    let mut products: Vec<ProductId> = steps.iter().map(|step| step.about.product).collect();
    products.sort_unstable();
    products
}

fn category(step: &Step) -> Option<(ProductId, CategoryId)> {
    let BulkValue::Category(category) = step.after else { return None };
    Some((step.about.product, category))
}

fn weight(step: &Step) -> Option<(ProductId, i32)> {
    let BulkValue::Weight(grams) = step.after else { return None };
    Some((step.about.product, grams))
}

/// Old prices are remembered by the database.
async fn prices(cx: &Cx, tx: &mut Tx, steps: &[Step]) -> Result<Vec<ProductId>, BulkError> {
    let offer = |step: &Step| {
        let BulkValue::Price { price, list } = step.after else { return None };
        let list = list.map(Price::try_from).transpose().ok()?;
        let offer = Offer::new(Price::try_from(price).ok()?, list).ok()?;
        Some((step.about.variant?, offer))
    };
    let offers: Vec<(VariantId, Offer)> = steps.iter().filter_map(offer).collect();
    Ok(goods::set_offers(tx, &offers, cx.now()).await?)
}

/// With a movement of each, in the name of whoever began the change.
async fn stock(
    cx: &Cx,
    tx: &mut Tx,
    run: &Run,
    change: &BulkChange,
    steps: &[Step],
) -> Result<(), BulkError> {
    let Some(warehouse) = change.warehouse else { return Ok(()) };
    let difference = |step: &Step| {
        let (BulkValue::Pieces(before), BulkValue::Pieces(after)) = (step.before, step.after) else {
            return None;
        };
        Some((step.about.variant?, after - before))
    };
    let differences: Vec<(VariantId, i32)> = steps.iter().filter_map(difference).collect();
    let corrects = change.kind == BulkKind::StockAdd || run.state == BulkState::Undoing;
    let by = Some(run.by);
    inventory::store::shift_lying(tx, warehouse, &differences, corrects, by, cx.now()).await?;
    let variants: Vec<VariantId> = differences.into_iter().map(|(variant, _)| variant).collect();
    Ok(crate::stock::changed(cx, tx, &variants).await?)
}

/// With the lines of their timelines. Neither this nor what comes before keeps those waiting who order the goods.
async fn walk(cx: &Cx, tx: &mut Tx, steps: &[Step]) -> Result<(), BulkError> {
    let now = cx.now();
    let (mut moves, mut seen) = (Vec::with_capacity(steps.len()), Vec::new());
    for step in steps {
        let (BulkValue::State(from), BulkValue::State(to)) = (step.before, step.after) else { continue };
        let moved = moved(step.about.product, from, to, now)?;
        // By shoppers, before or from now on.
        if moved.last().is_some_and(|moved| moved.to == Active || from == Active) {
            seen.push(step.about.product);
        }
        moves.push(moved);
    }
    sheet::save_moves(tx, &moves, || cx.ids().uuid(), now).await?;
    Ok(outbox::publish_many(tx, cx, ProductsChanged::of(&seen)).await?)
}

type Verb = fn(Product, Actor, OffsetDateTime) -> Result<(Product, Moved), Forbidden>;

/// From where to where, and the steps between.
type Path = (ProductState, ProductState, &'static [(Verb, Actor)]);

/// By which steps goods go from where they are to where they are to be, and back. What was a draft and went on sale is hidden
/// where it is put back: it was seen, and is no draft any more.
const PATHS: &[Path] = &[
    (Hidden, Active, &[(Product::show, Actor::Seller)]),
    (Draft, Active, &[(Product::submit, Actor::Seller), (Product::approve, Actor::Rule)]),
    (Draft, InReview, &[(Product::submit, Actor::Seller)]),
    (InReview, Draft, &[(Product::withdraw, Actor::Seller)]),
    (Active, Hidden, &[(Product::hide, Actor::Seller)]),
    (Active, Draft, &[(Product::hide, Actor::Seller)]),
    (Active, Archived, &[(Product::hide, Actor::Seller), (Product::archive, Actor::Seller)]),
    (Hidden, Archived, &[(Product::archive, Actor::Seller)]),
    (Draft, Archived, &[(Product::archive, Actor::Seller)]),
    (Archived, Active, &[(Product::restore, Actor::Seller), (Product::show, Actor::Seller)]),
    (Archived, Hidden, &[(Product::restore, Actor::Seller)]),
    (Archived, Draft, &[(Product::redraft, Actor::Seller)]),
];

fn moved(
    id: ProductId,
    from: ProductState,
    to: ProductState,
    now: OffsetDateTime,
) -> Result<Vec<Moved>, Forbidden> {
    let path = PATHS.iter().find(|(before, after, _)| (*before, *after) == (from, to));
    let (_, _, path) = path.ok_or(Forbidden { from, to })?;
    // When it was first on sale is kept by the catalogue, whatever is said here.
    let stage = match from {
        Active => Stage::Active { published: now },
        Hidden => Stage::Hidden { published: now },
        Archived => Stage::Archived { published: Some(now) },
        InReview => Stage::InReview,
        _ => Stage::Draft,
    };
    let mut product = Product { id, stage, version: 0 };
    let mut steps = Vec::with_capacity(path.len());
    for (verb, actor) in *path {
        let (next, step) = verb(product, *actor, now)?;
        product = next;
        steps.push(step);
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Uuid;
    use time::macros::datetime;

    #[test]
    fn every_path_is_one_that_goods_may_take() {
        let now = datetime!(2026-03-01 08:00 UTC);
        for (from, to, path) in PATHS {
            let steps = moved(Uuid::nil().into(), *from, *to, now).unwrap();
            assert_eq!(steps.len(), path.len());
            let end = if (*from, *to) == (Active, Draft) { Hidden } else { *to };
            assert_eq!((steps[0].from, steps.last().unwrap().to), (*from, end));
        }
        assert!(moved(Uuid::nil().into(), ProductState::Rejected, Active, now).is_err());
    }
}
