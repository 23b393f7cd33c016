//! Counting everything anew, as after an import or when a rule of counting has changed.

use super::{judge, sales, store, visits};
use catalog::recommend::KEEP_VIEWS;
use kernel::Cx;
use views::jakarta::{day_of, first_of};

/// Shops asked for at a time.
const AT_ONCE: i64 = 200;

/// How much was counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    pub shops: u64,
    /// Of all shops together.
    pub days: u64,
}

/// Every day on which a shop had orders, and looks and carts of the days of which they are all kept.
pub async fn count_again(cx: &Cx) -> Result<Counted, sqlx::Error> {
    let mut counted = Counted::default();
    let mut after = None;
    loop {
        let shops = store::list_selling(&mut *cx.db().acquire().await?, after, AT_ONCE).await?;
        let Some(last) = shops.last() else { break };
        after = Some(*last);
        for shop in shops {
            counted.shops += 1;
            for day in store::list_days(&mut *cx.db().acquire().await?, shop).await? {
                sales::count(cx, shop, day).await?;
                counted.days += 1;
            }
        }
    }
    let today = day_of(cx.now());
    let mut day = first_of(today, u16::try_from(KEEP_VIEWS.whole_days()).unwrap_or(1));
    while day <= today {
        visits::count(cx, day).await?;
        let Some(next) = day.next_day() else { break };
        day = next;
    }
    judge::judge(cx).await?;
    Ok(counted)
}
