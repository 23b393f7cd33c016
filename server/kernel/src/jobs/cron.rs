//! Jobs that come by the clock. The next time of each entry is stored, so that of several nodes one queues the
//! job, and one that was missed while all were down is made up for once.

use super::{NewJob, Registry, store};
use crate::Kernel;
use std::fmt;
use time::{Duration, OffsetDateTime, Time, UtcOffset};

/// When a cron entry is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Schedule {
    /// At the multiples of this since 1970, so that nodes agree whenever they were started.
    Every(Duration),
    /// Once a day at this time of day at this distance from UTC.
    Daily(Time, UtcOffset),
}

impl Schedule {
    /// Western Indonesia Time, which knows no summer time.
    const WIB: UtcOffset = time::macros::offset!(+7);

    pub const fn every(period: Duration) -> Self {
        Self::Every(period)
    }

    /// Daily at this time in Jakarta.
    pub const fn daily(at: Time) -> Self {
        Self::Daily(at, Self::WIB)
    }

    /// The first time after the given one.
    pub fn next_after(self, now: OffsetDateTime) -> OffsetDateTime {
        match self {
            Self::Every(period) => {
                let period = period.whole_nanoseconds().max(1_000_000_000);
                let since = now.unix_timestamp_nanos();
                let wait = period - since.rem_euclid(period);
                now + Duration::nanoseconds(i64::try_from(wait).unwrap_or(i64::MAX))
            }
            Self::Daily(at, offset) => {
                let today = now.to_offset(offset).replace_time(at);
                let next = if today > now { today } else { today + Duration::DAY };
                next.to_offset(UtcOffset::UTC)
            }
        }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every(period) => write!(f, "every {period}"),
            Self::Daily(at, offset) => write!(f, "daily at {at} {offset}"),
        }
    }
}

pub(crate) struct Entry {
    pub name: &'static str,
    pub schedule: Schedule,
    pub job: Box<dyn Fn() -> NewJob + Send + Sync>,
}

/// Makes the registry's entries known to the database. To be done once at the start of a process.
pub(crate) async fn prepare(kernel: &Kernel, registry: &Registry) -> Result<(), sqlx::Error> {
    let mut db = kernel.db().acquire().await?;
    for entry in &registry.cron {
        let next = entry.schedule.next_after(kernel.now());
        store::cron::upsert(&mut db, entry.name, &entry.schedule.to_string(), next).await?;
    }
    Ok(())
}

/// Queues the jobs of all entries that are due.
pub(crate) async fn tick(kernel: &Kernel, registry: &Registry) -> Result<(), sqlx::Error> {
    if registry.cron.is_empty() {
        return Ok(());
    }
    let now = kernel.now();
    let due = store::cron::list_due(&mut *kernel.db().acquire().await?, now).await?;
    for entry in registry.cron.iter().filter(|entry| due.iter().any(|name| name == entry.name)) {
        let cx = kernel.job_cx();
        let mut tx = cx.begin().await?;
        if store::cron::mark_fired(&mut tx, entry.name, now, entry.schedule.next_after(now)).await? {
            (entry.job)().enqueue(&mut tx, &cx).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{datetime, time};

    #[test]
    fn schedules_say_when_they_are_next_due() {
        let hourly = Schedule::every(Duration::HOUR);
        let nightly = Schedule::daily(time!(02:30));
        for (schedule, now, next) in [
            (hourly, datetime!(2026-01-05 03:00 UTC), datetime!(2026-01-05 04:00 UTC)),
            (hourly, datetime!(2026-01-05 03:59:59.999 UTC), datetime!(2026-01-05 04:00 UTC)),
            (nightly, datetime!(2026-01-05 19:29 UTC), datetime!(2026-01-05 19:30 UTC)),
            (nightly, datetime!(2026-01-05 19:30 UTC), datetime!(2026-01-06 19:30 UTC)),
            (nightly, datetime!(2026-12-31 20:00 UTC), datetime!(2027-01-01 19:30 UTC)),
        ] {
            assert_eq!(schedule.next_after(now), next, "{schedule} after {now}");
        }
    }
}
