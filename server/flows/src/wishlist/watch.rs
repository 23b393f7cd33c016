//! Telling people that what they wish for became cheaper or can be had again.

use crate::account::{link, tell};
use catalog::store::{Shelved, find_shelved};
use identity::{
    events::WishCameCloser,
    wishlist::store::{self, Watched},
};
use kernel::{
    Cx,
    jobs::{self, Job, JobError, NewJob, Priority},
    outbox,
};
use model::{
    Money,
    ids::{ProductId, WishId},
    wish::Marks,
};
use notify::Message;
use serde::{Deserialize, Serialize};

/// Wishes looked at in one transaction.
const BATCH: i64 = 500;

/// Looks at everybody who wishes for a product after it changed, and tells of what became better. What was told is
/// noted with the wish in the same transaction, so running it again tells nothing twice.
#[derive(Serialize, Deserialize)]
pub struct LookAgain {
    pub product: ProductId,
}

impl Job for LookAgain {
    const NAME: &'static str = "wishlist.look_again";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut after = None;
        loop {
            let (looked_at, last) = self.batch(cx, after).await?;
            after = last;
            if looked_at < BATCH {
                return Ok(());
            }
        }
    }
}

/// The same for those of many products that anybody wishes for. Few of what comes in with a file are.
#[derive(Serialize, Deserialize)]
pub struct LookAtMany {
    pub products: Vec<ProductId>,
}

impl Job for LookAtMany {
    const NAME: &'static str = "wishlist.look_at_many";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let wished = store::list_wished_by_anybody(&mut tx, &self.products).await?;
        let again = wished.into_iter().map(|product| NewJob::of(&LookAgain { product }).unique(product));
        jobs::enqueue_all(&mut tx, cx, again.collect()).await?;
        Ok(tx.commit().await?)
    }
}

impl LookAgain {
    async fn batch(&self, cx: &Cx, after: Option<WishId>) -> Result<(i64, Option<WishId>), JobError> {
        let mut tx = cx.begin().await?;
        let watched = store::list_watched(&mut tx, self.product, after, BATCH).await?;
        let shelved =
            if watched.is_empty() { None } else { find_shelved(&mut tx, self.product, cx.now()).await? };
        for wish in &watched {
            // Not on sale any more is as good as sold out.
            let (price, in_stock) =
                shelved.as_ref().and_then(|shelved| shelved.of(wish.variant)).unwrap_or((wish.told, false));
            if let (Some(event), Some(shelved)) = (self.news(wish, price, in_stock), &shelved) {
                outbox::publish(&mut tx, cx, &event).await?;
                tell(&mut tx, cx, wish.owner, &letter(&event, shelved)).await?;
            }
            if (price, in_stock) != (wish.told, wish.in_stock_told) {
                store::mark_told(&mut tx, wish.wish, price, in_stock).await?;
            }
        }
        tx.commit().await?;
        Ok((i64::try_from(watched.len()).unwrap_or(i64::MAX), watched.last().map(|wish| wish.wish)))
    }

    fn news(&self, wish: &Watched, price: Money, in_stock: bool) -> Option<WishCameCloser> {
        let marks = Marks::since(wish.told, wish.in_stock_told, price, in_stock);
        (marks.price_drop.is_some() || marks.back_in_stock).then_some(WishCameCloser {
            account: wish.owner,
            wish: wish.wish,
            product: self.product,
            price,
            drop: marks.price_drop,
            back_in_stock: marks.back_in_stock,
        })
    }
}

/// What can be bought again matters more than what became cheaper. Whether it is wanted at all is asked when it leaves.
fn letter(event: &WishCameCloser, shelved: &Shelved) -> Message {
    let (product, link) = (shelved.name.clone(), link(&format!("/p/{}", shelved.slug)));
    match event.drop {
        Some(drop) if !event.back_in_stock => Message::PriceDrop {
            product,
            before: event.price.plus(drop).unwrap_or(event.price),
            now: event.price,
            link,
        },
        _ => Message::BackInStock { product, price: event.price, link },
    }
}
