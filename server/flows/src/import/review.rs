//! One row of a file of reviews.

use super::{Problem, RowError, columns::Mapping, quoted};
use csv::StringRecord;
use model::views::Stars;
use review::Body;

#[derive(Clone, Debug)]
pub struct ReviewRow {
    pub listing: String,
    pub stars: Stars,
    pub body: Body,
}

impl ReviewRow {
    pub fn parse(line: u64, record: &StringRecord, mapping: &Mapping<3>) -> Result<Self, RowError> {
        let [listing, stars, text] = mapping.fields(record);
        let wrong =
            |column: usize, problem| RowError { line, column: mapping.name(column).to_owned(), problem };
        for (column, field) in [listing, stars, text].into_iter().enumerate() {
            if field.is_empty() {
                return Err(wrong(column, Problem::Missing));
            }
        }
        // The one character that no text in the database may have.
        for (column, field) in [(0, listing), (2, text)] {
            if field.contains('\0') {
                return Err(wrong(column, Problem::Control));
            }
        }
        let number: u8 = stars.parse().map_err(|_| wrong(1, Problem::NotANumber(quoted(stars))))?;
        Ok(Self {
            listing: listing.to_owned(),
            stars: Stars::try_from(number).map_err(|_| wrong(1, Problem::OutOfRange(quoted(stars))))?,
            body: Body::try_from(text).map_err(|_| wrong(2, Problem::Length))?,
        })
    }
}
