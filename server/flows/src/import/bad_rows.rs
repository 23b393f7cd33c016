//! The file of bad rows: the rows as they came, preceded by line, column, code and reason, ready to be mended and
//! brought in again.

use super::{ImportError, RowError, Rows};
use csv::{ByteRecord, StringRecord};
use std::{
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

const ADDED: [&str; 4] = ["error_line", "error_column", "error_code", "error"];

pub struct BadRows {
    path: Option<PathBuf>,
    header: StringRecord,
    delimiter: u8,
    /// A resumed run writes on; a new one starts afresh.
    append: bool,
    file: Option<csv::Writer<File>>,
}

impl BadRows {
    pub fn new(path: Option<PathBuf>, of: &Rows, append: bool) -> Self {
        Self { path, header: of.header().clone(), delimiter: of.delimiter(), append, file: None }
    }

    pub fn write(&mut self, error: &RowError, record: &ByteRecord) -> Result<(), ImportError> {
        let Some(path) = &self.path else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            none => none
                .insert(open(path, &self.header, self.delimiter, self.append).map_err(ImportError::BadRows)?),
        };
        let line = error.line.to_string();
        let reason = error.problem.to_string();
        let added = [line.as_str(), &error.column, error.problem.code(), &reason].map(str::as_bytes);
        file.write_record(added.into_iter().chain(record)).map_err(|e| ImportError::BadRows(e.into()))
    }

    /// With each batch, so that what is counted as bad can also be read.
    pub fn flush(&mut self) -> Result<(), ImportError> {
        self.file.as_mut().map_or(Ok(()), csv::Writer::flush).map_err(ImportError::BadRows)
    }
}

fn open(path: &Path, header: &StringRecord, delimiter: u8, append: bool) -> io::Result<csv::Writer<File>> {
    let going_on = append && path.exists();
    let file = OpenOptions::new().create(true).write(true).append(going_on).truncate(!going_on).open(path)?;
    let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(file);
    if !going_on {
        writer.write_record(ADDED.into_iter().chain(header))?;
    }
    Ok(writer)
}
