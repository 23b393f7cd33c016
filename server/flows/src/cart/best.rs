//! The vouchers that save the most together, at one press.

use super::{
    CartError, locked,
    price::{self, PriceError, Priced, Reach},
    view,
};
use cart::store;
use kernel::{Buyer, Cx};
use pricing::{QuoteError, Voucher};

pub(crate) struct Best {
    pub vouchers: Vec<Voucher>,
    /// Less than with those that are in the cart; minor units.
    pub saves: i64,
}

/// Of those that were typed and those that anybody may have. Coins are left aside: with them everything may cost nothing.
pub(crate) fn of(priced: &Priced, public: &[Voucher]) -> Result<Best, QuoteError> {
    let mut candidates: Vec<Voucher> = priced.codes.iter().filter_map(|(_, typed)| typed.clone()).collect();
    for voucher in public {
        if !candidates.iter().any(|it| it.id == voucher.id) {
            candidates.push(voucher.clone());
        }
    }
    let mut basket = priced.basket.clone();
    basket.coins = 0;
    let before = pricing::quote(&basket)?.total.amount();
    let ids = pricing::best(&basket, &candidates)?;
    candidates.retain(|it| ids.contains(&it.id));
    basket.vouchers.retain(Voucher::automatic);
    basket.vouchers.extend(candidates.iter().cloned());
    let saves = before - pricing::quote(&basket)?.total.amount();
    Ok(Best { vouchers: candidates, saves })
}

/// Puts the vouchers into the cart that save the most on its goods together.
pub async fn use_best(cx: &Cx, buyer: &Buyer) -> Result<(), CartError> {
    choose_best(cx, buyer, Reach::Goods).await
}

/// The same of what is priced so far. What was typed goes only where another takes its place: it may be for what is not
/// decided yet. Again, it changes nothing.
pub(crate) async fn choose_best(cx: &Cx, buyer: &Buyer, reach: Reach) -> Result<(), CartError> {
    let (mut tx, cart) = locked(cx, buyer).await?;
    let priced = price::load(cx, &mut tx, buyer, reach, None).await.map_err(sqlx::Error::from)?;
    let mut priced = priced.ok_or(CartError::NotFound)?;
    let public = view::public_vouchers(cx, &mut tx, buyer, &mut priced).await?;
    let best = of(&priced, &public).map_err(PriceError::from).map_err(sqlx::Error::from)?.vouchers;
    for (code, typed) in &priced.codes {
        let Some(typed) = typed else { continue };
        let chosen = best.iter().any(|it| it.id == typed.id);
        if !chosen && best.iter().any(|it| it.crowds_out(typed)) {
            store::remove_code(&mut tx, cart.id, code, cx.now()).await?;
        }
    }
    for voucher in &best {
        let there =
            priced.codes.iter().any(|(_, typed)| typed.as_ref().is_some_and(|it| it.id == voucher.id));
        let code = voucher.code.as_ref().and_then(|code| code.as_str().parse().ok());
        if let Some(code) = code.filter(|_| !there) {
            store::add_code(&mut tx, cart.id, &code, cx.now()).await?;
        }
    }
    Ok(tx.commit().await?)
}
