//! When a parcel arrives.

use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime, Time, UtcOffset, Weekday, macros::offset};

/// Western Indonesian time, by which all couriers' hours are given.
pub const WIB: UtcOffset = offset!(+7);

/// The days on which it may arrive, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Arrival {
    pub from: Date,
    pub until: Date,
}

/// When a courier works. Public holidays are not known to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hours {
    /// What is ordered from then on, by WIB, is collected on the next day.
    pub cut_off: Time,
    pub sundays: bool,
}

impl Arrival {
    /// At the earliest and at the latest so many working days after it was collected. Goods on pre-order are ready on
    /// the morning of their day, so the hour at which they were ordered does not count.
    pub(crate) fn of(at: OffsetDateTime, preorder_days: u16, hours: Hours, (least, most): (u8, u8)) -> Self {
        let local = at.checked_to_offset(WIB).unwrap_or(at);
        let late = preorder_days == 0 && local.time() >= hours.cut_off;
        let wait = i64::from(preorder_days) + i64::from(late);
        let collected = hours.working(local.date().saturating_add(Duration::days(wait)));
        Self { from: hours.after(collected, least), until: hours.after(collected, most) }
    }
}

impl Hours {
    /// Does it work on this day?
    pub(crate) fn works_on(self, day: Date) -> bool {
        self.sundays || day.weekday() != Weekday::Sunday
    }

    fn working(self, day: Date) -> Date {
        if self.works_on(day) { day } else { next(day) }
    }

    fn after(self, day: Date, working_days: u8) -> Date {
        (0..working_days).fold(day, |day, _| self.working(next(day)))
    }
}

pub(crate) fn next(day: Date) -> Date {
    day.saturating_add(Duration::DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime, time};

    const SHUT_ON_SUNDAYS: Hours = Hours { cut_off: time!(15:00), sundays: false };
    const ALWAYS: Hours = Hours { cut_off: time!(20:00), sundays: true };

    #[test]
    fn days_are_counted_from_the_cut_off_and_without_sundays() {
        // 2026-11-20 is a Friday, the 22nd a Sunday. 15:00 WIB is 08:00 UTC.
        let (friday, saturday) = (date!(2026 - 11 - 20), date!(2026 - 11 - 21));
        let (sunday, monday) = (date!(2026 - 11 - 22), date!(2026 - 11 - 23));
        let tuesday = date!(2026 - 11 - 24);
        for (at, preorder, hours, days, from, until) in [
            (datetime!(2026-11-20 07:59:59 UTC), 0, SHUT_ON_SUNDAYS, (1, 2), saturday, monday),
            (datetime!(2026-11-20 08:00 UTC), 0, SHUT_ON_SUNDAYS, (1, 2), monday, tuesday),
            // Saturday afternoon: collected on Monday.
            (datetime!(2026-11-21 08:00 UTC), 0, SHUT_ON_SUNDAYS, (1, 1), tuesday, tuesday),
            (datetime!(2026-11-22 03:00 UTC), 0, SHUT_ON_SUNDAYS, (1, 1), tuesday, tuesday),
            // Ready on Sunday, collected on Monday; the hour of a pre-order does not count.
            (datetime!(2026-11-20 09:00 UTC), 2, SHUT_ON_SUNDAYS, (1, 1), tuesday, tuesday),
            (datetime!(2026-11-20 09:00 UTC), 1, SHUT_ON_SUNDAYS, (1, 1), monday, monday),
            // 23:00 UTC already is the next day's morning.
            (datetime!(2026-11-19 23:00 UTC), 0, ALWAYS, (0, 0), friday, friday),
            (datetime!(2026-11-21 13:00 UTC), 0, ALWAYS, (0, 0), sunday, sunday),
            (datetime!(2026-11-22 12:59 UTC), 0, ALWAYS, (0, 0), sunday, sunday),
        ] {
            let arrival = Arrival::of(at, preorder, hours, days);
            assert_eq!(arrival, Arrival { from, until }, "{at}, {preorder} days of pre-order");
        }
    }

    #[test]
    fn the_end_of_time_is_no_reason_to_panic() {
        let end = Date::MAX.midnight().assume_utc();
        assert_eq!(Arrival::of(end, 90, SHUT_ON_SUNDAYS, (9, 9)).until, Date::MAX);
    }
}
