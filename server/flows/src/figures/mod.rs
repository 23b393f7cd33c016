//! Figures of shops, counted ahead of the pages that show them: orders by [`CountDay`], looks, carts and searches by
//! [`CountVisits`], and from the orders once a night how reliable a shop is, by [`JudgeShops`].
//!
//! A day is always counted as a whole from what there is, so a job may run twice or late: the next one makes it right, and
//! [`count_again`] makes all of it. Days are Jakarta's.

mod again;
mod judge;
mod sales;
mod show;
mod store;
mod visits;

pub use again::{Counted, count_again};
pub use judge::JudgeShops;
pub use sales::{CountDay, NoteSales};
pub use show::{figures, health};
pub use visits::{CountVisits, ForgetLeads};

use kernel::jobs::{Registry, Schedule};
use model::{Permission, ids::ShopId};
use shop::staff::AtShop;

/// The jobs that count, and what of them runs by the clock.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry
        .job::<NoteSales>()
        .job::<CountDay>()
        .cron("count visits", Schedule::every(time::Duration::minutes(15)), || CountVisits {})
        .cron("forget what searches led to", Schedule::daily(time::macros::time!(02:50)), || ForgetLeads {})
        .cron("judge shops", Schedule::daily(time::macros::time!(03:10)), || JudgeShops {})
}

/// The shop one is let in to for how it sells.
fn shop_of(at: &AtShop) -> Result<ShopId, sqlx::Error> {
    if at.permission() == Permission::Insights { Ok(at.shop()) } else { Err(sqlx::Error::RowNotFound) }
}
