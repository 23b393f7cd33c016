//! Couriers outside are asked before a checkout is shown, while no connection is held.

use crate::{
    cart::price::{self, PriceError, Priced, Reach},
    rates::Rates,
};
use kernel::{Buyer, Cx};
use model::ids::ShopId;
use sqlx::{Postgres, pool::PoolConnection};

/// A cart priced with all that is offered.
pub(super) struct Whole {
    pub db: PoolConnection<Postgres>,
    pub priced: Priced,
    /// About whose parcels somebody was asked just now.
    pub asked: Vec<ShopId>,
}

/// Nothing where this buyer has no cart.
pub(super) async fn load(cx: &Cx, buyer: &Buyer) -> Result<Option<Whole>, PriceError> {
    let mut db = cx.db().acquire().await?;
    let Some(priced) = price::load(cx, &mut db, buyer, Reach::Shipping, None).await? else {
        return Ok(None);
    };
    let Some(rates) = cx.part::<Rates>() else {
        return Ok(Some(Whole { db, priced, asked: Vec::new() }));
    };
    let now = cx.now();
    let unasked: Vec<_> = priced.shipped.iter().filter_map(|of| Some((of.shop, of.unasked(now)?))).collect();
    if unasked.is_empty() {
        return Ok(Some(Whole { db, priced, asked: Vec::new() }));
    }
    drop(db);
    let asked = unasked.iter().map(|(shop, _)| *shop).collect();
    rates.ask(cx, unasked.into_iter().map(|(_, question)| question).collect()).await?;
    let mut db = cx.db().acquire().await?;
    let priced = price::load(cx, &mut db, buyer, Reach::Shipping, None).await?;
    Ok(priced.map(|priced| Whole { db, priced, asked }))
}
