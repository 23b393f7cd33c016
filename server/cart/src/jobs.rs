//! Guests who did not come back are forgotten.

use crate::store;
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use serde::{Deserialize, Serialize};

/// Carts forgotten in one transaction.
const BATCH: i64 = 500;

/// Forgets the guests' carts that have expired. Run by the clock.
#[derive(Serialize, Deserialize)]
pub struct ForgetGuests {}

impl Job for ForgetGuests {
    const NAME: &'static str = "cart.forget_guests";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut db = cx.db().acquire().await?;
        while store::forget_guests(&mut db, cx.now(), BATCH).await? {}
        Ok(())
    }
}
