use model::{
    FieldError, Slug,
    ids::ShopId,
    shop::{ShopInput, limits},
    typed::{self, Problems},
    views::Tier,
};
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

/// Addresses that mean something else where a shop's could stand, or would make a shop look like the market itself.
const RESERVED: &[&str] = &[
    "open", "join", "new", "api", "admin", "operator", "seller", "pasar", "official", "resmi", "bantuan",
    "support",
];

/// What somebody typed who opens a shop, made fit to be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opening {
    pub name: ShopName,
    pub slug: Slug,
    /// Code of the district its goods are sent from, and of the city that lies in.
    pub district: String,
    pub city: String,
    pub description: String,
}

impl Opening {
    /// `district` is the one that was typed, where there is such a district.
    pub fn parse(input: &ShopInput, district: Option<&str>) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("name", parse_name(&input.name));
        let slug = match input.slug.trim() {
            "" => Slug::of(&input.name, "toko").as_str().to_owned(),
            typed => typed.to_owned(),
        };
        let slug = problems.take("slug", parse_slug(&slug));
        let city = district.and_then(|code| code.rsplit_once('.')).map(|(city, _)| city);
        let place = district.zip(city).ok_or(FieldError::Required);
        let place = problems.take("district", place);
        let description = typed::paragraphs(&input.description, limits::DESCRIPTION);
        let description = problems.take("description", description);
        match (name, slug, place, description) {
            (Some(name), Some(slug), Some((district, city)), Some(description)) => Ok(Self {
                name,
                slug,
                district: district.to_owned(),
                city: city.to_owned(),
                description: description.unwrap_or_default(),
            }),
            _ => Err(problems),
        }
    }
}

/// One line that can be seen.
pub fn parse_name(typed: &str) -> Result<ShopName, FieldError> {
    let line = typed::required_line(typed, limits::NAME_LEAST, limits::NAME)?;
    ShopName::try_from(line.as_str()).map_err(|_| FieldError::Malformed)
}

/// The address of a shop that is yet to open; whether somebody has it is for the database to say.
pub fn parse_slug(typed: &str) -> Result<Slug, FieldError> {
    let slug = typed.trim();
    if slug.len() < limits::SLUG_LEAST {
        Err(if slug.is_empty() { FieldError::Required } else { FieldError::TooShort })
    } else if slug.len() > limits::SLUG {
        Err(FieldError::TooLong)
    } else if RESERVED.contains(&slug) {
        Err(FieldError::NotAllowed)
    } else {
        slug.parse().map_err(|_| FieldError::Malformed)
    }
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

    fn typed(slug: &str) -> ShopInput {
        ShopInput { name: " Kopi  Senja ".to_owned(), slug: slug.to_owned(), ..ShopInput::default() }
    }

    #[test]
    fn a_shop_is_opened_under_an_address_of_its_name_unless_another_is_typed() {
        let opening = Opening::parse(&typed(""), Some("31.74.07")).unwrap();
        assert_eq!((opening.name.as_str(), opening.slug.as_str()), ("Kopi Senja", "kopi-senja"));
        assert_eq!(opening.city, "31.74");
        assert_eq!(Opening::parse(&typed("senja"), Some("31.74.07")).unwrap().slug.as_str(), "senja");
    }

    #[test]
    fn all_that_is_wrong_with_an_opening_is_told_at_once() {
        let input = ShopInput { name: "x".to_owned(), slug: "pasar".to_owned(), ..ShopInput::default() };
        let problems = Opening::parse(&input, None).unwrap_err();
        assert_eq!(problems.of("name"), Some(FieldError::TooShort));
        assert_eq!(problems.of("slug"), Some(FieldError::NotAllowed));
        assert_eq!(problems.of("district"), Some(FieldError::Required));
        for (slug, error) in [
            ("ab", FieldError::TooShort),
            ("Toko", FieldError::Malformed),
            ("toko--jaya", FieldError::Malformed),
            ("open", FieldError::NotAllowed),
            (&"a".repeat(41), FieldError::TooLong),
        ] {
            assert_eq!(parse_slug(slug), Err(error), "{slug}");
        }
    }

    #[test]
    fn a_shop_s_name_is_trimmed_and_of_sensible_length() {
        assert_eq!(ShopName::try_from("  Toko Jaya ").unwrap().as_str(), "Toko Jaya");
        for bad in ["", "ab", " x ", "a\u{7}bc", &"x".repeat(61)] {
            assert_eq!(ShopName::try_from(bad), Err(NotAShop::Name), "{bad:?}");
        }
    }
}
