//! Members who buy much.

use model::pricing::MemberTier;

/// From how much on a member is of which tier. In rupiah, for goods of orders that were completed within the last months.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MemberPolicy {
    pub months: u8,
    pub silver: i64,
    pub gold: i64,
    pub platinum: i64,
}

impl MemberPolicy {
    /// Each tier takes more than the one below it.
    pub const fn ascends(&self) -> bool {
        0 < self.silver && self.silver < self.gold && self.gold < self.platinum
    }

    pub const fn least(&self, tier: MemberTier) -> i64 {
        match tier {
            MemberTier::Regular => 0,
            MemberTier::Silver => self.silver,
            MemberTier::Gold => self.gold,
            MemberTier::Platinum => self.platinum,
        }
    }

    /// The highest that so much reaches.
    pub fn tier_of(&self, spent: i64) -> MemberTier {
        let reached = MemberTier::ALL.iter().rev().find(|tier| spent >= self.least(**tier));
        reached.copied().unwrap_or(MemberTier::Regular)
    }

    /// The tier above that, and what is missing to it; none at the top.
    pub fn next(&self, spent: i64) -> Option<(MemberTier, i64)> {
        let next = MemberTier::ALL.iter().find(|tier| spent < self.least(**tier))?;
        Some((*next, self.least(*next) - spent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_is_reached_to_the_rupiah() {
        let policy = MemberPolicy { months: 12, silver: 100, gold: 500, platinum: 2_000 };
        assert!(policy.ascends());
        for (spent, tier, next) in [
            (0, MemberTier::Regular, Some((MemberTier::Silver, 100))),
            (99, MemberTier::Regular, Some((MemberTier::Silver, 1))),
            (100, MemberTier::Silver, Some((MemberTier::Gold, 400))),
            (1_999, MemberTier::Gold, Some((MemberTier::Platinum, 1))),
            (2_000, MemberTier::Platinum, None),
            (i64::MAX, MemberTier::Platinum, None),
        ] {
            assert_eq!((policy.tier_of(spent), policy.next(spent)), (tier, next), "{spent}");
        }
        for wrong in [
            MemberPolicy { silver: 0, ..policy },
            MemberPolicy { gold: 100, ..policy },
            MemberPolicy { platinum: 400, ..policy },
        ] {
            assert!(!wrong.ascends(), "{wrong:?}");
        }
    }
}
