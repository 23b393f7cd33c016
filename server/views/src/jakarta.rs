//! Days as shops and their buyers count them.

use time::{Date, OffsetDateTime, Time, UtcOffset};

/// Western Indonesia Time, which knows no summer time.
const WIB: UtcOffset = time::macros::offset!(+7);

/// The day it is in Jakarta at that instant.
pub fn day_of(at: OffsetDateTime) -> Date {
    at.to_offset(WIB).date()
}

/// When that day begins.
pub fn start_of(day: Date) -> OffsetDateTime {
    day.with_time(Time::MIDNIGHT).assume_offset(WIB).to_offset(UtcOffset::UTC)
}

/// From when, and until just before when, it is that day.
pub fn span(day: Date) -> (OffsetDateTime, OffsetDateTime) {
    (start_of(day), start_of(day.next_day().unwrap_or(Date::MAX)))
}

/// The first of so many days of which this is the last.
pub fn first_of(last: Date, days: u16) -> Date {
    last.checked_sub(time::Duration::days(i64::from(days) - 1)).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_day_begins_seven_hours_before_it_does_in_greenwich() {
        let day = date!(2026 - 11 - 30);
        assert_eq!(span(day), (datetime!(2026-11-29 17:00 UTC), datetime!(2026-11-30 17:00 UTC)));
        for (at, expected) in [
            (datetime!(2026-11-29 16:59:59.999 UTC), date!(2026 - 11 - 29)),
            (datetime!(2026-11-29 17:00 UTC), day),
            (datetime!(2026-11-30 16:59:59 UTC), day),
            (datetime!(2026-11-30 17:00 UTC), date!(2026 - 12 - 01)),
        ] {
            assert_eq!(day_of(at), expected, "{at}");
        }
        assert_eq!(first_of(day, 7), date!(2026 - 11 - 24));
    }
}
