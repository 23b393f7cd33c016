//! One row of a file of listings.

use super::{
    Problem, RowError,
    columns::{LISTING, Mapping},
    quoted, taxonomy,
};
use catalog::{Price, ProductName, StandIn, store::Category};
use csv::StringRecord;
use region::Cities;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Raised when rows are read differently, so that what was the same is taken over anew.
const READING: u8 = 1;

/// A listing that is sound: its category and city are known, its numbers are in range.
#[derive(Clone, Debug)]
pub struct Listing {
    pub key: String,
    pub category: Arc<Category>,
    pub name: ProductName,
    pub city_code: String,
    pub city: String,
    pub price: Price,
    pub totals: StandIn,
    /// Of everything the row says.
    pub fingerprint: Vec<u8>,
}

const KEY: usize = 0;
const CATEGORY: usize = 1;
const NAME: usize = 2;
const LOCATION: usize = 3;
const PRICE: usize = 4;
const RATING: usize = 5;
const SOLD: usize = 6;
const REVIEWS: usize = 7;

impl Listing {
    pub fn parse(
        line: u64,
        record: &StringRecord,
        mapping: &Mapping<8>,
        categories: &[Arc<Category>],
        cities: &Cities,
    ) -> Result<Self, RowError> {
        let fields = mapping.fields(record);
        let wrong =
            |column: usize, problem| RowError { line, column: mapping.name(column).to_owned(), problem };
        for column in [KEY, CATEGORY, NAME, LOCATION, PRICE] {
            if fields[column].is_empty() {
                return Err(wrong(column, Problem::Missing));
            }
        }
        if fields[KEY].len() > 64 {
            return Err(wrong(KEY, Problem::Length));
        }
        for column in [KEY, NAME] {
            if fields[column].chars().any(|c| c.is_control() && !c.is_whitespace()) {
                return Err(wrong(column, Problem::Control));
            }
        }
        let category = taxonomy::category(fields[CATEGORY], categories)
            .ok_or_else(|| wrong(CATEGORY, Problem::UnknownCategory(quoted(fields[CATEGORY]))))?;
        let name = ProductName::try_from(fields[NAME]).map_err(|_| wrong(NAME, Problem::Length))?;
        let city_code = cities
            .code(fields[LOCATION])
            .ok_or_else(|| wrong(LOCATION, Problem::UnknownCity(quoted(fields[LOCATION]))))?;
        let price: i64 = number(fields[PRICE]).map_err(|p| wrong(PRICE, p))?;
        let price =
            Price::try_from(price).map_err(|_| wrong(PRICE, Problem::OutOfRange(quoted(fields[PRICE]))))?;
        let rating = stars_x100(fields[RATING]).map_err(|p| wrong(RATING, p))?;
        let sold: u32 = number_or_zero(fields[SOLD]).map_err(|p| wrong(SOLD, p))?;
        let reviews: u32 = number_or_zero(fields[REVIEWS]).map_err(|p| wrong(REVIEWS, p))?;
        let rating = match (rating, reviews) {
            (None, 1..) => return Err(wrong(RATING, Problem::Missing)),
            (rating, _) => rating.unwrap_or_default(),
        };
        let small = |n: u32, column: usize| {
            i32::try_from(n).map_err(|_| wrong(column, Problem::OutOfRange(quoted(fields[column]))))
        };
        let totals = StandIn {
            sold: small(sold, SOLD)?,
            rating_count: small(reviews, REVIEWS)?,
            rating_sum: i64::from(rating) * i64::from(reviews),
        };
        Ok(Self {
            key: fields[KEY].to_owned(),
            category,
            name,
            city_code: city_code.to_owned(),
            city: cities.short_name(city_code).unwrap_or_default().to_owned(),
            price,
            totals,
            fingerprint: fingerprint(&fields),
        })
    }

    /// What the row says, by the usual names of its columns and in the words of the catalogue, to tell people what
    /// changes.
    pub fn said(&self) -> [(&'static str, String); 7] {
        let StandIn { sold, rating_count, rating_sum } = self.totals;
        said(
            self.category.slug.clone(),
            self.name.to_string(),
            self.city.clone(),
            self.price.get(),
            (rating_sum, rating_count),
            sold,
        )
    }
}

pub fn said(
    category: String,
    name: String,
    city: String,
    price: i64,
    (rating_sum, rating_count): (i64, i32),
    sold: i32,
) -> [(&'static str, String); 7] {
    let average = rating_sum.checked_div(i64::from(rating_count)).unwrap_or_default();
    let columns = LISTING.map(|column| column.name);
    [
        (columns[CATEGORY], category),
        (columns[NAME], name),
        (columns[LOCATION], city),
        (columns[PRICE], price.to_string()),
        (columns[RATING], format!("{}.{:02}", average / 100, average % 100)),
        (columns[SOLD], sold.to_string()),
        (columns[REVIEWS], rating_count.to_string()),
    ]
}

fn fingerprint(fields: &[&str]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update([READING]);
    for field in fields {
        hasher.update(field.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize()[..16].to_vec()
}

fn number<T: std::str::FromStr<Err = std::num::ParseIntError>>(text: &str) -> Result<T, Problem> {
    use std::num::IntErrorKind::{NegOverflow, PosOverflow};
    text.parse().map_err(|error: std::num::ParseIntError| match error.kind() {
        PosOverflow | NegOverflow => Problem::OutOfRange(quoted(text)),
        _ if text.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok()) => {
            Problem::OutOfRange(quoted(text))
        }
        _ => Problem::NotANumber(quoted(text)),
    })
}

fn number_or_zero(text: &str) -> Result<u32, Problem> {
    if text.is_empty() { Ok(0) } else { number(text) }
}

/// `4.9` as 490, read digit by digit; none where nothing is said. Between 1 and 5 stars.
fn stars_x100(text: &str) -> Result<Option<u32>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = !whole.is_empty() && whole.len() <= 2 && part.len() <= 2;
    if !digits || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(Problem::NotANumber(quoted(text)));
    }
    let hundredths = format!("{whole}{part:0<2}").parse().map_err(|_| Problem::NotANumber(quoted(text)))?;
    if (100..=500).contains(&hundredths) {
        Ok(Some(hundredths))
    } else {
        Err(Problem::OutOfRange(quoted(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_are_read_exactly() {
        for (text, stars) in
            [("4.9", Some(490)), ("5", Some(500)), ("4,85", Some(485)), ("1.0", Some(100)), ("", None)]
        {
            assert_eq!(stars_x100(text), Ok(stars), "{text}");
        }
        for text in ["5.1", "0.9", "0"] {
            assert_eq!(stars_x100(text), Err(Problem::OutOfRange(text.into())));
        }
        for text in ["x", "4.", "-4", "4.955", "4.9.1", ".5"] {
            assert!(stars_x100(text).is_err() || text == "4.", "{text}");
        }
    }

    #[test]
    fn numbers_say_what_is_wrong_with_them() {
        assert_eq!(number::<i64>("53500"), Ok(53_500));
        assert_eq!(number::<u32>("-3"), Err(Problem::OutOfRange("-3".into())));
        assert_eq!(number::<u32>("99999999999"), Err(Problem::OutOfRange("99999999999".into())));
        assert_eq!(number::<i64>("Rp 5"), Err(Problem::NotANumber("Rp 5".into())));
    }
}
