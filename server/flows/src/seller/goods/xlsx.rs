//! Spreadsheets: one that was sent becomes CSV, which is what is read; what is taken out becomes one.

use super::{
    columns::{COLUMNS, Col, N},
    guard::guarded,
};
use bytes::Bytes;
use calamine::{DataRef, Reader as _, Xlsx};
use csv::Writer;
use model::shop::{ImportFailure, file};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Columns beyond these are left out.
const WIDEST: usize = 200;
/// Of all that is packed in one, and of what is read out of it. A few kilobytes can be packed that fill a disk.
const MOST_UNPACKED: u64 = 256 << 20;
const MOST_TEXT: usize = 96 << 20;

/// A ZIP archive with a workbook in it.
pub fn is_one(content: &Bytes) -> bool {
    content.starts_with(b"PK\x03\x04")
        && ZipArchive::new(Cursor::new(content.clone()))
            .is_ok_and(|archive| archive.index_for_name("xl/workbook.xml").is_some())
}

/// The first sheet. Its rows keep their numbers: one that is empty stays an empty row.
pub fn to_csv(content: Bytes) -> Result<Bytes, ImportFailure> {
    check_size(&content)?;
    let mut book = Xlsx::new(Cursor::new(content)).map_err(|_| ImportFailure::Unreadable)?;
    let sheet = book.sheet_names().into_iter().next().ok_or(ImportFailure::Empty)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|_| ImportFailure::Unreadable)?;
    let mut text =
        Text { writer: Writer::from_writer(Vec::new()), row: Vec::new(), at: 0, width: None, written: 0 };
    loop {
        let cell = cells.next_cell().map_err(|_| ImportFailure::Unreadable)?;
        let Some(cell) = cell else { break };
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column < WIDEST {
            let said = said(cell.get_value());
            text.put(row, column, said)?;
        }
    }
    text.finish()
}

/// What is packed is unpacked here once, to be counted: what an archive says of itself need not be true.
fn check_size(content: &Bytes) -> Result<(), ImportFailure> {
    let mut archive = ZipArchive::new(Cursor::new(content.clone())).map_err(|_| ImportFailure::Unreadable)?;
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let packed = archive.by_index(place).map_err(|_| ImportFailure::Unreadable)?;
        let mut counted = packed.take(left + 1);
        let size =
            std::io::copy(&mut counted, &mut std::io::sink()).map_err(|_| ImportFailure::Unreadable)?;
        left = left.checked_sub(size).ok_or(ImportFailure::Rows)?;
    }
    Ok(())
}

/// A cell as somebody would type it.
fn said(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => if *flag { "1" } else { "0" }.to_owned(),
        DataRef::DateTime(at) => at.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

struct Text {
    writer: Writer<Vec<u8>>,
    /// The one being read, and its number.
    row: Vec<String>,
    at: u32,
    /// How many fields the first row has: so many have all.
    width: Option<usize>,
    written: usize,
}

impl Text {
    fn put(&mut self, row: u32, column: usize, said: String) -> Result<(), ImportFailure> {
        while self.at < row {
            self.end_row()?;
        }
        if self.row.len() <= column {
            self.row.resize(column + 1, String::new());
        }
        self.row[column] = guarded(said);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ImportFailure> {
        if self.at > file::ROWS {
            return Err(ImportFailure::Rows);
        }
        let mut row = std::mem::take(&mut self.row);
        while row.last().is_some_and(String::is_empty) && self.width.is_none_or(|width| row.len() > width) {
            row.pop();
        }
        match self.width {
            // Rows before the first that says anything are none.
            None if row.is_empty() => {
                self.at += 1;
                return Ok(());
            }
            None => self.width = Some(row.len()),
            Some(width) if row.len() < width => row.resize(width, String::new()),
            Some(_) => {}
        }
        self.written += row.iter().map(String::len).sum::<usize>();
        if self.written > MOST_TEXT {
            return Err(ImportFailure::Rows);
        }
        self.writer.write_record(&row).map_err(|_| ImportFailure::Unreadable)?;
        self.at += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<Bytes, ImportFailure> {
        if !self.row.is_empty() {
            self.end_row()?;
        }
        if self.width.is_none() {
            return Err(ImportFailure::Empty);
        }
        self.writer.into_inner().map(Bytes::from).map_err(|_| ImportFailure::Unreadable)
    }
}

/// A workbook that is being written, row by row. What is written lies in a file of the machine, not in memory.
pub struct Book {
    book: Workbook,
    row: u32,
}

impl Book {
    pub fn new() -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory()?;
        let bold = Format::new().set_bold();
        sheet.set_freeze_panes(1, 3)?;
        for (place, column) in (0..).zip(&COLUMNS) {
            sheet.write_string_with_format(0, place, column.name, &bold)?;
        }
        Ok(Self { book, row: 1 })
    }

    /// Numbers as numbers, so that a spreadsheet reckons with them; everything else as text, so that nothing of it runs.
    pub fn put(&mut self, row: &[String; N]) -> Result<(), XlsxError> {
        let sheet = self.book.worksheet_from_index(0)?;
        for (place, (said, col)) in (0..).zip(row.iter().zip(ALL)) {
            if said.is_empty() {
                continue;
            }
            match said.parse::<f64>() {
                Ok(number) if col.is_whole() || col.is_decimal() => {
                    sheet.write_number(self.row, place, number)?;
                }
                _ => _ = sheet.write_string(self.row, place, said)?,
            }
        }
        self.row += 1;
        Ok(())
    }

    pub fn bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        self.book.save_to_buffer()
    }
}

/// In the order of [`COLUMNS`].
const ALL: [Col; N] = [
    Col::Product,
    Col::Sku,
    Col::Name,
    Col::Category,
    Col::State,
    Col::Brand,
    Col::Condition,
    Col::Description,
    Col::Option1,
    Col::Value1,
    Col::Option2,
    Col::Value2,
    Col::Price,
    Col::ListPrice,
    Col::Stock,
    Col::StockWas,
    Col::Wholesale,
    Col::MinQty,
    Col::MaxQty,
    Col::Weight,
    Col::VariantWeight,
    Col::Length,
    Col::Width,
    Col::Height,
    Col::Preorder,
    Col::Video,
    Col::Attributes,
    Col::Pictures,
    Col::VariantPicture,
];

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Buf as _;

    #[test]
    fn a_workbook_that_is_written_is_read_as_it_was() {
        let mut row: [String; N] = std::array::from_fn(|_| String::new());
        row[Col::Sku as usize] = "00123".to_owned();
        row[Col::Name as usize] = "=1+1 \"kutip\", koma\nbaris".to_owned();
        row[Col::Price as usize] = "50000".to_owned();
        row[Col::Length as usize] = "20.5".to_owned();
        let mut book = Book::new().unwrap();
        book.put(&row).unwrap();
        let content = Bytes::from(book.bytes().unwrap());
        assert!(is_one(&content));
        let text = to_csv(content).unwrap();
        let mut read = csv::Reader::from_reader(text.reader());
        assert_eq!(read.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS.map(|column| column.name));
        let record = read.records().next().unwrap().unwrap();
        assert_eq!(&record[Col::Sku as usize], "00123");
        assert_eq!(
            &record[Col::Name as usize],
            "'=1+1 \"kutip\", koma\nbaris",
            "as in a CSV that is taken out"
        );
        assert_eq!((&record[Col::Price as usize], &record[Col::Length as usize]), ("50000", "20.5"));
        assert_eq!(record.len(), N);
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(!is_one(&Bytes::from_static(b"PK\x03\x04 nothing")));
        assert_eq!(to_csv(Bytes::from_static(b"PK\x03\x04 nothing")), Err(ImportFailure::Unreadable));
    }

    #[test]
    fn columns_stand_in_the_order_of_their_names() {
        assert!(ALL.iter().enumerate().all(|(place, col)| *col as usize == place));
    }
}
