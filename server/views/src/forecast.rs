//! How long something lasts.

/// Sales of so many days say how fast something goes.
pub(crate) const PACE_DAYS: u16 = 30;

/// Whole days until so many pieces are sold, if as many go as went in the last [`PACE_DAYS`]; none where nothing goes.
pub(crate) fn days_left(available: u64, sold: u64) -> Option<u32> {
    let days = u128::from(available) * u128::from(PACE_DAYS) / u128::from((sold > 0).then_some(sold)?);
    Some(u32::try_from(days).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sells_lasts_as_long_as_its_pace_allows() {
        for (available, sold, days) in [
            (30, 30, Some(30)),
            (10, 30, Some(10)),
            (1, 60, Some(0)),
            (0, 5, Some(0)),
            (7, 2, Some(105)),
            (5, 0, None),
            (u64::MAX, 1, Some(u32::MAX)),
        ] {
            assert_eq!(days_left(available, sold), days, "{available} left, {sold} sold");
        }
    }
}
