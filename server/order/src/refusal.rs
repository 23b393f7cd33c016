//! Cash on delivery is not for who did not take such parcels before.

use time::{Duration, OffsetDateTime};

/// What is put up with.
pub mod limits {
    use time::Duration;

    /// So many parcels that came back
    pub const REFUSALS: u8 = 2;
    /// within this time
    pub const WITHIN: Duration = Duration::days(180);
    /// end cash on delivery for so long after the last of them.
    pub const BLOCKED_FOR: Duration = Duration::days(90);
}

/// Until when there is no cash on delivery, given when the last [`limits::REFUSALS`] parcels came back, the latest first.
/// None where that is long ago or there were not so many.
pub fn blocked_until(refusals: &[OffsetDateTime], now: OffsetDateTime) -> Option<OffsetDateTime> {
    let (latest, before) = (refusals.first()?, refusals.get(usize::from(limits::REFUSALS) - 1)?);
    let until = *latest + limits::BLOCKED_FOR;
    let close: Duration = *latest - *before;
    (close <= limits::WITHIN && now < until).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_within_half_a_year_end_it_for_three_months() {
        let day = |n: i64| OffsetDateTime::UNIX_EPOCH + Duration::days(n);
        for (refusals, now, until) in [
            (vec![], 1000, None),
            (vec![1000], 1000, None),
            (vec![1000, 1000], 1000, Some(1090)),
            (vec![1000, 820], 1000, Some(1090)),
            (vec![1000, 819], 1000, None),
            (vec![1000, 990], 1089, Some(1090)),
            (vec![1000, 990], 1090, None),
            (vec![1000, 990, 10], 1001, Some(1090)),
        ] {
            let times: Vec<_> = refusals.iter().copied().map(day).collect();
            assert_eq!(blocked_until(&times, day(now)), until.map(day), "{refusals:?} on {now}");
        }
    }
}
