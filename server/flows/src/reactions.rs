//! Which jobs follow from which events: one table.

use crate::wishlist::LookAgain;
use catalog::{ProductChanged, ProductGone};
use kernel::{
    jobs::{NewJob, Registry, Schedule},
    outbox::Reactions,
};
use model::ids::ProductId;

pub fn reactions() -> Reactions {
    let look_again = |product: ProductId| NewJob::of(&LookAgain { product }).unique(product);
    Reactions::new()
        .on(move |changed: ProductChanged, then| {
            then.enqueue(look_again(changed.product));
        })
        .on(move |gone: ProductGone, then| {
            then.enqueue(look_again(gone.product));
        })
}

/// The jobs of the flows about people, and what of them runs by the clock.
#[must_use]
pub fn people(registry: Registry) -> Registry {
    crate::account::jobs(registry)
        .job::<LookAgain>()
        .job::<crate::privacy::ExportData>()
        .job::<crate::privacy::EraseAccount>()
        .cron("sweep archives of personal data", Schedule::every(time::Duration::HOUR), || {
            crate::privacy::SweepExports {}
        })
}
