//! Reading a file as a stream of rows that know their line.

use super::{ImportError, Problem, RowError};
use csv::{ByteRecord, StringRecord};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

/// Names these very bytes, so that a run goes on only with the file it began with.
pub fn fingerprint(path: &Path) -> Result<[u8; 32], ImportError> {
    let mut file = File::open(path).map_err(ImportError::File)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).map_err(ImportError::File)?;
        if n == 0 {
            return Ok(hasher.finalize().into());
        }
        hasher.update(&buffer[..n]);
    }
}

pub struct Rows {
    reader: csv::Reader<BufReader<File>>,
    header: StringRecord,
    /// Where lines end in `\r\n` the reader counts a line when it comes to its `\n`, which it takes for the beginning
    /// of the next row: one too few.
    behind: u64,
    pub bytes: u64,
}

/// A row, or what keeps it from being one.
pub struct Row {
    pub line: u64,
    /// Lossy where it is not UTF-8; then `sound` says so.
    pub record: StringRecord,
    pub sound: Result<(), RowError>,
}

impl Rows {
    pub fn open(path: &Path) -> Result<Self, ImportError> {
        let file = File::open(path).map_err(ImportError::File)?;
        let bytes = file.metadata().map_err(ImportError::File)?.len();
        let mut file = BufReader::with_capacity(1 << 16, file);
        let start = file.fill_buf().map_err(ImportError::File)?;
        let behind =
            start.iter().position(|byte| *byte == b'\n').is_some_and(|end| start[..end].ends_with(b"\r"));
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
        let header = reader.headers()?.clone();
        Ok(Self { reader, header, behind: behind.into(), bytes })
    }

    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    pub fn bytes_read(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The next rows, at most `limit`; none at the end. A batch comes from the page cache in a few milliseconds, which
    /// is why this does not leave the thread.
    pub fn next(&mut self, limit: usize) -> Result<Vec<Row>, ImportError> {
        let mut rows = Vec::with_capacity(limit.min(4096));
        let mut record = ByteRecord::new();
        while rows.len() < limit && self.reader.read_byte_record(&mut record)? {
            rows.push(self.row(&record));
        }
        Ok(rows)
    }

    fn row(&self, record: &ByteRecord) -> Row {
        let line = record.position().map_or(0, csv::Position::line) + self.behind;
        let bad = |column: Option<&str>, problem| {
            Err(RowError { line, column: column.unwrap_or("-").to_owned(), problem })
        };
        let sound = if record.len() == self.header.len() { Ok(()) } else { bad(None, Problem::Fields) };
        match StringRecord::from_byte_record(record.clone()) {
            Ok(record) => Row { line, record, sound },
            Err(error) => {
                let column = self.header.get(error.utf8_error().field());
                let record = StringRecord::from_byte_record_lossy(error.into_byte_record());
                Row { line, record, sound: bad(column, Problem::Encoding) }
            }
        }
    }
}
