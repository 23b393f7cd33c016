use model::{Slug, ids::ShopId, views::Tier};
use std::fmt;
use time::OffsetDateTime;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAShop {
    #[error("a shop's name has 3 to 60 letters")]
    Name,
}

/// 3 to 60 characters, trimmed, without control characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShopName(String);

impl ShopName {
    pub const MAX: usize = 60;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for ShopName {
    type Error = NotAShop;
    fn try_from(name: &str) -> Result<Self, NotAShop> {
        let name = name.trim();
        let fits = (3..=Self::MAX).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if fits { Ok(Self(name.to_owned())) } else { Err(NotAShop::Name) }
    }
}

impl fmt::Display for ShopName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A shop about to open.
#[derive(Clone, Debug)]
pub struct NewShop {
    pub id: ShopId,
    pub slug: Slug,
    pub name: ShopName,
    pub description: String,
    /// Code of the region table.
    pub city_code: String,
    pub tier: Tier,
    pub joined_at: OffsetDateTime,
}

/// What a shop's products add up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
    pub shop: ShopId,
    /// On sale now.
    pub products: i32,
    pub sold: i64,
    pub rating_count: i64,
    /// Stars in hundredths.
    pub rating_sum: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_s_name_is_trimmed_and_of_sensible_length() {
        assert_eq!(ShopName::try_from("  Toko Jaya ").unwrap().as_str(), "Toko Jaya");
        for bad in ["", "ab", " x ", "a\u{7}bc", &"x".repeat(61)] {
            assert_eq!(ShopName::try_from(bad), Err(NotAShop::Name), "{bad:?}");
        }
    }
}
