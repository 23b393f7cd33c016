//! Counting who looked at what, what was put into carts, and which searches led there.

use super::store;
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use serde::{Deserialize, Serialize};
use time::{Date, Duration};
use views::jakarta::{day_of, span, start_of};

/// So long single additions to carts are kept, as single looks are.
const KEEP_CARTS: Duration = catalog::recommend::KEEP_VIEWS;

/// Counts today and the day before, on which a look may still be written late. Run by the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CountVisits {}

impl Job for CountVisits {
    const NAME: &'static str = "figures.count_visits";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let today = day_of(cx.now());
        let before = today.previous_day().unwrap_or(Date::MIN);
        for day in [before, today] {
            count(cx, day).await?;
        }
        let mut tx = cx.begin().await?;
        store::sweep_carts(&mut tx, cx.now() - KEEP_CARTS).await?;
        store::sweep_leads(&mut tx, start_of(before)).await?;
        Ok(tx.commit().await?)
    }
}

/// Forgets which texts led where: rare ones when the log of searches does, all of them when its counts end. Run by the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ForgetLeads {}

impl Job for ForgetLeads {
    const NAME: &'static str = "figures.forget_leads";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let rare = day_of(cx.now() - inquiry::jobs::KEEP_ROWS);
        store::forget_rare_leads(&mut tx, rare, inquiry::MANY).await?;
        store::forget_leads(&mut tx, day_of(cx.now() - inquiry::jobs::KEEP_COUNTS)).await?;
        Ok(tx.commit().await?)
    }
}

/// All of a day anew. Of a day whose looks are swept already nothing is left to count.
pub(super) async fn count(cx: &Cx, day: Date) -> Result<(), sqlx::Error> {
    let (from, until) = span(day);
    let mut tx = cx.begin().await?;
    store::count_looks(&mut tx, day, from, until).await?;
    store::count_carts(&mut tx, day, from, until).await?;
    store::count_leads(&mut tx, day, from, until).await?;
    tx.commit().await
}
