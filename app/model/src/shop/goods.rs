//! A shop's goods as they come in a file, for those who keep them.

use crate::{ids::GoodsImportId, named};
use serde::{Deserialize, Serialize};

/// How much a file of goods takes.
pub mod file {
    pub const BYTES: usize = 32 * 1024 * 1024;
    pub const ROWS: u32 = 100_000;
    /// Of one product.
    pub const VARIANTS: usize = 400;
    /// Of its name, in characters.
    pub const NAME: usize = 120;
    /// Pieces of new goods of which it says nothing.
    pub const STOCK: i64 = 1_000_000;
    /// Bad rows told on the page; a file has all of them.
    pub const TOLD: u16 = 50;
    /// New rows, and changed rows, told as samples.
    pub const SAMPLES: u32 = 10;
    /// It is deleted so many days after anything happened to it.
    pub const KEEP_DAYS: u16 = 30;
}

named!(
    /// The form of a file of goods.
    SheetFormat {
        Csv = "csv",
        Xlsx = "xlsx",
    }
);

named!(
    /// How far a file has come.
    ImportState {
        /// Is being read through; nothing is written.
        Checking = "checking",
        /// Waits for somebody to say that it is to be taken over.
        Checked = "checked",
        TakingOver = "taking_over",
        Done = "done",
        Failed = "failed",
        Cancelled = "cancelled",
    }
);

impl ImportState {
    /// Whether it goes on by itself.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Checking | Self::TakingOver)
    }

    pub const fn may_be_cancelled(self) -> bool {
        matches!(self, Self::Checking | Self::Checked | Self::TakingOver)
    }
}

named!(
    /// Why a file could not be read to its end.
    ImportFailure {
        /// It is neither CSV nor XLSX.
        Unreadable = "unreadable",
        /// It is text, but not UTF-8.
        Encoding = "encoding",
        /// Its first row names no column by which goods are known.
        Columns = "columns",
        /// It has more rows than are taken.
        Rows = "rows",
        /// A row does not end.
        Quotes = "quotes",
        Empty = "empty",
    }
);

named!(
    /// What is wrong with a row.
    RowProblem {
        Missing = "missing",
        NotANumber = "not_a_number",
        OutOfRange = "out_of_range",
        Length = "length",
        /// It holds what shows nothing or cannot stand there.
        Malformed = "malformed",
        NotAllowed = "not_allowed",
        UnknownCategory = "unknown_category",
        UnknownAttribute = "unknown_attribute",
        UnknownPicture = "unknown_picture",
        /// An earlier row has it.
        Repeated = "repeated",
        /// Other goods of the shop have it.
        Taken = "taken",
        /// The rows of a product do not stand together.
        Scattered = "scattered",
        /// It says otherwise than the first row of its product.
        Differs = "differs",
        /// Another row of the same product is bad.
        OtherRow = "other_row",
        /// A variant of its product is missing, where its options change.
        Incomplete = "incomplete",
        Archived = "archived",
        /// More pieces are promised to buyers.
        Promised = "promised",
        /// There is another number of fields than in the first row.
        Fields = "fields",
        Encoding = "encoding",
        Control = "control",
    }
);

/// What became of the rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RowCounts {
    pub new: u32,
    pub changed: u32,
    pub same: u32,
    pub bad: u32,
}

impl RowCounts {
    pub const fn all(self) -> u32 {
        self.new + self.changed + self.same + self.bad
    }

    /// Rows that would be written.
    pub const fn to_write(self) -> u32 {
        self.new + self.changed
    }
}

/// A file of goods, among the others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GoodsImport {
    pub id: GoodsImportId,
    pub file_name: String,
    pub bytes: u64,
    pub state: ImportState,
    pub failure: Option<ImportFailure>,
    /// Once it was read through.
    pub rows: Option<u32>,
    /// Of the reading under way, or of the last one.
    pub counts: RowCounts,
    /// Columns nothing is taken from.
    pub ignored: Vec<String>,
    /// Seconds since 1970.
    pub created_at: i64,
    pub updated_at: i64,
}

/// A file of goods on its page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GoodsImportPage {
    pub import: GoodsImport,
    /// The first that are bad.
    pub bad: Vec<BadRow>,
    /// Some that are new, and some that are changed.
    pub new: Vec<RowSample>,
    pub changed: Vec<RowSample>,
}

/// What is wrong with a row, and where.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BadRow {
    /// The first row of the file is 1.
    pub row: u32,
    /// As the file calls it; empty for the whole row.
    pub column: String,
    pub problem: RowProblem,
    /// What the file says there.
    pub said: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowSample {
    pub row: u32,
    pub sku: String,
    pub name: String,
    /// None of a new one.
    pub differences: Vec<RowDifference>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowDifference {
    /// By its usual name.
    pub column: String,
    pub from: String,
    pub to: String,
}
