//! Bringing in listings and reviews from files (CSV with a header line).
//!
//! A file is read as a stream and taken over in batches, each one transaction together with how far the run has come:
//! an interrupted run of the same file goes on behind its last batch, and a repeated one finds everything the same.
//! A listing is known by its source and key; what was last taken over is remembered as a fingerprint. Every row is
//! checked before anything is written; a bad one is told with line, column and reason, goes to a file of its own, and
//! holds nobody else up. A dry run does all of this and writes nothing.
//!
//! **Ratings.** A listing comes with totals (stars on average, how many rated) and, in another file, with some of the
//! reviews behind them. The totals stay as given; its reviews are counted in the histogram of what can be read
//! here, not a second time in the totals. A review written here later counts in both.

mod addresses;
pub(crate) mod attributes;
mod bad_rows;
pub(crate) mod columns;
mod listing;
mod listings;
pub(crate) mod reading;
mod review;
mod reviews;
mod take_over;
pub(crate) mod taxonomy;

pub(crate) use attributes::Derive;
pub(crate) use listing::said;
pub use listings::import_listings;
use reading::Rows;
pub use reviews::import_reviews;

use std::path::PathBuf;

/// How to read a file.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the listings come from; keys are unique within it.
    pub source: String,
    /// Checks and compares everything, writes nothing.
    pub dry_run: bool,
    /// Rows in one transaction.
    pub batch: usize,
    /// Where bad rows go; the file is made when the first one is found.
    pub bad_rows: Option<PathBuf>,
    /// Names of columns in this file that differ from the usual ones: (usual, in this file).
    pub columns: Vec<(String, String)>,
}

impl Options {
    pub const BATCH: usize = 1000;

    pub fn of(source: impl Into<String>) -> Self {
        Self { source: source.into(), dry_run: false, batch: Self::BATCH, bad_rows: None, columns: vec![] }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Listings,
    Reviews,
}

impl Kind {
    /// As in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Listings => "listings",
            Self::Reviews => "reviews",
        }
    }
}

/// What became of the rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    pub new: u64,
    pub changed: u64,
    pub same: u64,
    pub bad: u64,
}

impl Counts {
    pub const fn rows(&self) -> u64 {
        self.new + self.changed + self.same + self.bad
    }
}

/// How far it is; told after each batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    pub bytes_read: u64,
    pub bytes: u64,
    pub counts: Counts,
}

/// What was done, or in a dry run would be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    pub counts: Counts,
    /// Rows an earlier, interrupted run had taken over already; part of `counts`.
    pub resumed_after: u64,
    /// The first new, changed and bad rows, at most [`Report::SAMPLE`] of each.
    pub new: Vec<Sample>,
    pub changed: Vec<Sample>,
    pub bad: Vec<RowError>,
}

impl Report {
    pub const SAMPLE: usize = 10;

    fn note(list: &mut Vec<Sample>, line: u64, key: &str, name: &str) {
        if list.len() < Self::SAMPLE {
            list.push(Sample { line, key: key.to_owned(), name: name.to_owned(), differences: vec![] });
        }
    }

    fn bad(&mut self, error: RowError) {
        self.counts.bad += 1;
        if self.bad.len() < Self::SAMPLE {
            self.bad.push(error);
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sample {
    pub line: u64,
    pub key: String,
    pub name: String,
    /// From what there is to what the file says; none of a new row.
    pub differences: Vec<Difference>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// By its usual name.
    pub column: &'static str,
    pub from: String,
    pub to: String,
}

/// What is wrong with a row, and where.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct RowError {
    /// Of the file, the header being line 1.
    pub line: u64,
    /// As the header of the file calls it.
    pub column: String,
    pub problem: Problem,
}

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Problem {
    #[error("is empty")]
    Missing,
    #[error("“{0}” is not a number")]
    NotANumber(String),
    #[error("“{0}” is out of range")]
    OutOfRange(String),
    #[error("is shorter or longer than allowed")]
    Length,
    #[error("there is no category “{0}”")]
    UnknownCategory(String),
    #[error("there is no city or regency “{0}”")]
    UnknownCity(String),
    #[error("no listing “{0}” has been brought in from this source")]
    UnknownListing(String),
    #[error("“{0}” stands in an earlier row already")]
    Repeated(String),
    #[error("the row has another number of fields than the header")]
    Fields,
    #[error("is not valid UTF-8")]
    Encoding,
    #[error("has a control character")]
    Control,
}

impl Problem {
    /// For the file of bad rows and for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotANumber(_) => "not_a_number",
            Self::OutOfRange(_) => "out_of_range",
            Self::Length => "length",
            Self::UnknownCategory(_) => "unknown_category",
            Self::UnknownCity(_) => "unknown_city",
            Self::UnknownListing(_) => "unknown_listing",
            Self::Repeated(_) => "repeated",
            Self::Fields => "fields",
            Self::Encoding => "encoding",
            Self::Control => "control",
        }
    }
}

/// Why a file could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read")]
    File(#[source] std::io::Error),
    #[error("the file of bad rows cannot be written")]
    BadRows(#[source] std::io::Error),
    #[error("the file has no column “{wanted}”; its first line says: {there}")]
    NoColumn { wanted: String, there: String },
    #[error("the file is UTF-16; save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)")]
    Encoding,
    #[error(
        "the row that begins in line {line} is longer than {} KiB; is a quotation mark missing?",
        Rows::LONGEST >> 10
    )]
    EndlessRow { line: u64 },
    #[error("another import of this file is under way")]
    Elsewhere,
    #[error("the file is not CSV")]
    Csv(#[from] csv::Error),
    #[error("a shop or product derived from the file would not be sound")]
    Derived(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error(transparent)]
    Regions(#[from] region::LoadError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a file says, short enough for a message.
fn quoted(said: &str) -> String {
    const LONGEST: usize = 120;
    match said.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &said[..end]),
        None => said.to_owned(),
    }
}

impl From<catalog::NotAProduct> for ImportError {
    fn from(error: catalog::NotAProduct) -> Self {
        Self::Derived(error.into())
    }
}

impl From<shop::NotAShop> for ImportError {
    fn from(error: shop::NotAShop) -> Self {
        Self::Derived(error.into())
    }
}
