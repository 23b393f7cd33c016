//! What one piece costs.

use super::Work;
use crate::{Basket, Line, QuoteError};
use model::{
    ids::{ProductId, VariantId},
    pricing::Source,
};
use std::collections::HashMap;

/// How many pieces there are, over all lines: a thing may stand on two, with different notes.
pub(super) struct Pieces {
    products: HashMap<ProductId, i64>,
    variants: HashMap<VariantId, i64>,
}

impl Pieces {
    pub fn of(basket: &Basket) -> Self {
        let (mut products, mut variants) = (HashMap::new(), HashMap::new());
        for line in &basket.lines {
            *products.entry(line.product).or_default() += i64::from(line.quantity.get());
            *variants.entry(line.variant).or_default() += i64::from(line.quantity.get());
        }
        Self { products, variants }
    }
}

/// The lowest price that applies, and what made it lower than the list price. Of equal ones it is the earlier step, so
/// that no piece of a flash sale is taken for nothing. A flash price is for all pieces or none.
pub(super) fn price(
    work: &Work<'_>,
    line: &Line,
    pieces: &Pieces,
) -> Result<(i64, Option<Source>), QuoteError> {
    let now = work.basket.now;
    let mut lowest = (work.amount(line.list)?, None);
    let of_product = pieces.products.get(&line.product).copied().unwrap_or_default();
    let of_variant = pieces.variants.get(&line.variant).copied().unwrap_or_default();

    let reached = line.tiers.iter().filter(|tier| i64::from(tier.min_qty.get()) <= of_product);
    let tier = reached.max_by_key(|tier| tier.min_qty);
    let scheduled = line.scheduled.filter(|price| price.starts_at <= now && now < price.ends_at);
    let flash = line.flash.filter(|flash| now < flash.ends_at && of_variant <= i64::from(flash.left()));
    let offers = [
        tier.map(|tier| (tier.price, Source::Tier { min_qty: tier.min_qty.get() })),
        scheduled.map(|scheduled| (scheduled.price, Source::Schedule)),
        flash.map(|flash| (flash.price, Source::Flash(flash.sale))),
    ];
    for (price, source) in offers.into_iter().flatten() {
        let price = work.amount(price)?;
        if price < lowest.0 {
            lowest = (price, Some(source));
        }
    }
    Ok(lowest)
}
