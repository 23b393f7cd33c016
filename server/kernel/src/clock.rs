//! Time is asked of a [`Clock`], so that tests turn it instead of waiting.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use time::{Duration, OffsetDateTime};

/// What time it is. Instants are in UTC and whole microseconds, which is what PostgreSQL keeps: a value read back
/// equals the value written.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> OffsetDateTime;
}

/// The machine's clock.
#[derive(Clone, Copy, Default, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    fn now(&self) -> OffsetDateTime {
        whole_micros(OffsetDateTime::now_utc())
    }
}

pub(crate) fn whole_micros(instant: OffsetDateTime) -> OffsetDateTime {
    instant - Duration::nanoseconds(i64::from(instant.nanosecond() % 1000))
}

/// A clock that stands still until it is turned. Clones show the same time.
#[derive(Clone, Debug)]
pub struct TestClock {
    micros: Arc<AtomicI64>,
}

impl TestClock {
    /// Where every test clock starts unless told otherwise.
    pub const START: OffsetDateTime = time::macros::datetime!(2026-01-05 03:00 UTC);

    pub fn at(instant: OffsetDateTime) -> Self {
        let clock = Self { micros: Arc::default() };
        clock.set(instant);
        clock
    }

    pub fn set(&self, instant: OffsetDateTime) {
        let micros = i64::try_from(instant.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX);
        self.micros.store(micros, Ordering::SeqCst);
    }

    pub fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::at(Self::START)
    }
}

impl Clock for TestClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::microseconds(self.micros.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_clock_moves_only_when_turned_and_clones_agree() {
        let clock = TestClock::default();
        let other = clock.clone();
        assert_eq!(clock.now(), TestClock::START);
        clock.advance(Duration::minutes(90));
        assert_eq!(other.now(), TestClock::START + Duration::minutes(90));
    }

    #[test]
    fn instants_have_no_more_than_microseconds() {
        assert_eq!(SystemClock.now().nanosecond() % 1000, 0);
        let fine = TestClock::START + Duration::nanoseconds(1_999);
        assert_eq!(whole_micros(fine), TestClock::START + Duration::microseconds(1));
    }
}
