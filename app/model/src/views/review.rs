//! What buyers say.

use crate::{Page, ids::ReviewId};
use serde::{Deserialize, Serialize};

/// One to five stars.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Stars(u8);

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a rating is between 1 and 5 stars")]
pub struct NotStars;

impl Stars {
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Stars {
    type Error = NotStars;
    fn try_from(n: u8) -> Result<Self, NotStars> {
        if (1..=5).contains(&n) { Ok(Self(n)) } else { Err(NotStars) }
    }
}

impl From<Stars> for u8 {
    fn from(stars: Stars) -> Self {
        stars.0
    }
}

/// How many reviews gave one, two … five stars.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Histogram(pub [u32; 5]);

impl Histogram {
    pub const fn of(&self, stars: Stars) -> u32 {
        self.0[stars.0 as usize - 1]
    }

    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Whole percents of all, for the width of a bar.
    pub fn percent(&self, stars: Stars) -> u8 {
        let share = u64::from(self.of(stars)) * 100 / u64::from(self.total().max(1));
        u8::try_from(share).unwrap_or(100)
    }
}

/// `count` people rated, `average_x100` hundredths of a star on average (0 where nobody did). The histogram
/// counts the written reviews that can be read here: a listing brought from elsewhere may come with an average
/// over many more ratings than it has reviews.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Rating {
    pub average_x100: u16,
    pub count: u32,
    pub histogram: Histogram,
}

impl Rating {
    /// Reviews that can be read.
    pub fn written(&self) -> u32 {
        self.histogram.total()
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReviewItem {
    pub id: ReviewId,
    pub author: String,
    pub stars: Stars,
    pub text: String,
    /// What was bought, where there was a choice: `Hitam, XL`.
    pub variant: Option<String>,
    pub created_at: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReviewPage {
    pub rating: Rating,
    pub reviews: Page<ReviewItem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_shares_of_what_can_be_read() {
        let histogram = Histogram([1, 0, 0, 1, 2]);
        assert_eq!(histogram.total(), 4);
        assert_eq!(Stars::ALL.map(|s| histogram.percent(s)), [25, 0, 0, 25, 50]);
        assert_eq!(Histogram::default().percent(Stars::ALL[0]), 0);
        assert!(Stars::try_from(0).is_err() && Stars::try_from(6).is_err());
    }
}
