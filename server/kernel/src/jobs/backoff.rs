//! How long a failed job waits.

use time::Duration;

const FIRST: Duration = Duration::seconds(10);
const LONGEST: Duration = Duration::hours(6);

/// Exponential with full jitter: after the n-th failure anything between a second and `FIRST * 2^(n-1)`, at most
/// `LONGEST`. The jitter keeps jobs that failed together, because something they need was away, from coming back
/// together.
pub(super) fn delay(failures: i32, random: u64) -> Duration {
    let doublings = u32::try_from(failures - 1).unwrap_or_default().min(20);
    let ceiling = (FIRST * (1_i32 << doublings)).min(LONGEST).whole_milliseconds();
    let millis = u128::from(random) % u128::try_from(ceiling).unwrap_or(1).max(1);
    Duration::SECOND + Duration::milliseconds(i64::try_from(millis).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_delay_is_at_least_a_second_and_bounded(failures in 0..i32::MAX, random: u64) {
            let delay = delay(failures, random);
            prop_assert!(delay >= Duration::SECOND);
            prop_assert!(delay <= LONGEST + Duration::SECOND);
        }
    }

    #[test]
    fn the_ceiling_doubles() {
        let widest = |failures| (0..20_000_u64).map(|n| delay(failures, n * 997)).max().unwrap();
        assert!(widest(1) <= FIRST + Duration::SECOND);
        assert!(widest(2) > FIRST + Duration::SECOND && widest(2) <= FIRST * 2 + Duration::SECOND);
        assert!(widest(3) > FIRST * 2 + Duration::SECOND);
    }
}
