//! Which goods are changed together.

use super::{BulkError, keeping, store};
use crate::{once::made_before, seller::AtShop};
use kernel::{Cx, idempotency::Key};
use model::{
    ids::{GoodsEditId, ProductId},
    shop::{BulkChosen, StallFilter, together},
};
use serde::Serialize;

/// Goods of the shop, those that are not are left out.
pub async fn choose(cx: &Cx, at: &AtShop, chosen: &BulkChosen) -> Result<GoodsEditId, BulkError> {
    once(cx, at, chosen, None::<(&Key, &())>).await
}

/// What was ticked in the list, or all that its filter shows.
pub async fn choose_ticked(
    cx: &Cx,
    at: &AtShop,
    ticked: Vec<ProductId>,
    all: bool,
    filter: StallFilter,
) -> Result<GoodsEditId, BulkError> {
    let chosen = if all { BulkChosen::Matching(filter) } else { BulkChosen::These(ticked) };
    choose(cx, at, &chosen).await
}

/// The same under a key: whoever asks again with the same words is given the first one.
pub(super) async fn once<B: Serialize>(
    cx: &Cx,
    at: &AtShop,
    chosen: &BulkChosen,
    asked: Option<(&Key, &B)>,
) -> Result<GoodsEditId, BulkError> {
    let shop = keeping(at)?;
    let id: GoodsEditId = cx.id();
    let mut tx = cx.begin().await?;
    if let Some((key, body)) = asked {
        let claim = (shop.uuid(), "goods.change_together", Some(key));
        if let Some(made) = made_before(cx, &mut tx, claim, body, id.uuid()).await? {
            tx.roll_back().await?;
            return Ok(made.into());
        }
    }
    let most = i64::from(together::MOST);
    let found = match chosen {
        BulkChosen::These(products) => views::stall::these(&mut tx, shop, products, most + 1).await?,
        BulkChosen::Matching(filter) => views::stall::matching(&mut tx, shop, filter, most + 1).await?,
    };
    let refused = if found.is_empty() {
        Some(BulkError::Nothing)
    } else {
        let rows: i64 = found.iter().map(|(_, variants)| (*variants).max(1)).sum();
        (rows > most).then_some(BulkError::TooMany)
    };
    if let Some(refused) = refused {
        tx.roll_back().await?;
        return Err(refused);
    }
    let products: Vec<ProductId> = found.into_iter().map(|(product, _)| product).collect();
    store::insert(&mut tx, id, (shop, at.member().account), &products, cx.now()).await?;
    tx.commit().await?;
    Ok(id)
}
