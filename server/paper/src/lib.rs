//! What people print and file: PDFs, made of the same views as the pages.
//!
//! A [`Sheet`] is A4, or for labels A6, with a cursor that goes down, and takes a new page where something does not fit. Positions and
//! sizes are points (1/72 inch), from the upper left. Text stays text: it can be searched, copied and read aloud. The
//! fonts are Plus Jakarta Sans in two weights; what they have no glyph for becomes a question mark.

mod font;
mod invoice;
mod label;
mod sheet;
mod statement;

pub use font::Weight;
pub use invoice::invoice;
pub use label::label;
pub use sheet::{Ink, Sheet};
pub use statement::{Month, statement};

#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("the PDF cannot be written: {0}")]
    Write(String),
}
