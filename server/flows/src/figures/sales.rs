//! Counting what a shop sold on a day.

use super::store;
use kernel::{
    Cx,
    jobs::{Job, JobError, NewJob, Priority},
};
use model::ids::{OrderGroupId, ShopId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use time::{Date, Duration};
use views::jakarta::day_of;

/// So long after something changed its day is counted; whatever else changes until then is counted with it, so that a
/// shop with many orders is not counted at each of them.
const GATHER: Duration = Duration::minutes(5);

/// Something became of orders of this group: the days of their shops are to be counted anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoteSales {
    pub group: OrderGroupId,
}

impl Job for NoteSales {
    const NAME: &'static str = "figures.note_sales";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let orders = order::store::orders_of(&mut tx, self.group).await?;
        let cleared = orders.iter().filter_map(|order| Some((order.shop, day_of(order.cleared_at?))));
        // In the order of their keys, so that two of these do not wait for each other.
        let days: BTreeSet<(ShopId, Date)> = cleared.collect();
        for (shop, day) in days {
            let job = NewJob::of(&CountDay { shop, day }).unique(format_args!("{shop}/{day}"));
            job.at(cx.now() + GATHER).enqueue_missing(&mut tx, cx).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Counts the orders of a shop's day, and those of them that count against it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CountDay {
    pub shop: ShopId,
    pub day: Date,
}

impl Job for CountDay {
    const NAME: &'static str = "figures.count_day";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        Ok(count(cx, self.shop, self.day).await?)
    }
}

/// All of it anew, whatever was counted before.
pub(super) async fn count(cx: &Cx, shop: ShopId, day: Date) -> Result<(), sqlx::Error> {
    let mut tx = cx.begin().await?;
    // Whoever counts the same day waits here, and then sees all that was there for the one before.
    store::lock_day(&mut tx, shop, day, cx.now()).await?;
    store::note_faults(&mut tx, shop, day).await?;
    store::count_orders(&mut tx, shop, day).await?;
    store::count_variants(&mut tx, shop, day).await?;
    store::count_cities(&mut tx, shop, day).await?;
    tx.commit().await
}
