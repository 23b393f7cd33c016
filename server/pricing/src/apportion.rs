//! Sharing a whole number so that the parts add up to it.

/// Shares `whole` in proportion to `weights` by largest remainder: everyone gets the whole units due to them, and those
/// left over go to the largest fractions, of equal ones to the earlier. Where nothing weighs anything all weigh the same.
/// A negative whole is shared as its opposite; a negative weight counts as none.
pub fn apportion(whole: i64, weights: &[i64]) -> Vec<i64> {
    let weights: Vec<i128> = if weights.iter().all(|weight| *weight <= 0) {
        vec![1; weights.len()]
    } else {
        weights.iter().map(|weight| i128::from((*weight).max(0))).collect()
    };
    let sum: i128 = weights.iter().sum();
    if sum == 0 {
        return Vec::new();
    }
    let size = i128::from(whole).abs();
    let mut shares: Vec<i128> = weights.iter().map(|weight| size * weight / sum).collect();
    let left = size - shares.iter().sum::<i128>();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    // A stable sort, so that ties stay in order.
    by_remainder.sort_by_key(|i| -(size * weights[*i] % sum));
    for i in by_remainder.into_iter().take(usize::try_from(left).unwrap_or_default()) {
        shares[i] += 1;
    }
    // No share is larger than the whole.
    shares
        .into_iter()
        .map(|share| i64::try_from(share * i128::from(whole.signum())).unwrap_or(whole))
        .collect()
}

/// Something that can bear a part of a discount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Part {
    pub weight: i64,
    /// It bears no more than this.
    pub most: i64,
}

/// Shares `whole` like [`apportion`], but what would be too much for one part is borne by the others. `whole` is at most
/// what all parts together can bear; more than that is not shared.
pub(crate) fn share_out(whole: i64, parts: &[Part]) -> Vec<i64> {
    let mut shares = vec![0; parts.len()];
    let mut left = whole;
    while left > 0 {
        let room: Vec<usize> = (0..parts.len()).filter(|i| shares[*i] < parts[*i].most).collect();
        if room.is_empty() {
            break;
        }
        let weights: Vec<i64> = room.iter().map(|i| parts[*i].weight).collect();
        // Each round shares everything or fills a part.
        for (i, share) in room.into_iter().zip(apportion(left, &weights)) {
            let share = share.min(parts[i].most - shares[i]);
            shares[i] += share;
            left -= share;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_follow_the_weights_and_the_rest_goes_to_the_largest_remainders() {
        for (whole, weights, expected) in [
            (299, &[1000, 1000, 1000][..], &[100, 100, 99][..]),
            (40, &[10, 0], &[40, 0]),
            (10, &[0, 0], &[5, 5]),
            (50_000, &[125_000, 78_500, 46_499], &[25_000, 15_700, 9_300]),
            (-299, &[1000, 1000, 1000], &[-100, -100, -99]),
            (0, &[1, 2], &[0, 0]),
            (7, &[], &[]),
            (i64::MAX, &[i64::MAX, i64::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2]),
        ] {
            assert_eq!(apportion(whole, weights), expected, "{whole} over {weights:?}");
        }
    }

    #[test]
    fn what_is_too_much_for_one_part_is_borne_by_the_others() {
        let part = |weight, most| Part { weight, most };
        assert_eq!(share_out(200, &[part(200, 100), part(100, 100)]), [100, 100]);
        assert_eq!(share_out(90, &[part(2, 50), part(1, 50), part(0, 50)]), [50, 40, 0]);
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_whole(
            whole in any::<i64>(),
            weights in prop::collection::vec(0i64.., 1..20),
        ) {
            let shares = apportion(whole, &weights);
            prop_assert_eq!(shares.iter().map(|s| i128::from(*s)).sum::<i128>(), i128::from(whole));
            prop_assert!(shares.iter().all(|share| share.signum() * whole.signum() >= 0));
        }
    }
}
