//! Reading a file as a stream of rows that know their line.

use super::{ImportError, Problem, RowError};
use bytes::{Buf as _, Bytes};
use csv::{ByteRecord, StringRecord};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
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

/// A file, or what was read of one.
type Source = Box<dyn Read + Send + Sync>;

pub struct Rows {
    reader: csv::Reader<Metered<BufReader<Source>>>,
    header: StringRecord,
    delimiter: u8,
    /// Where lines end in `\r\n` the reader counts a line when it comes to its `\n`, which it takes for the beginning
    /// of the next row: one too few.
    behind: u64,
    pub bytes: u64,
}

/// A row, or what keeps it from being one.
pub struct Row {
    pub line: u64,
    pub content: Result<StringRecord, Unsound>,
}

/// A row that is not text of as many fields as the header, as it came.
pub struct Unsound {
    pub error: RowError,
    record: ByteRecord,
}

impl Row {
    /// As it stands in the file.
    pub fn bytes(&self) -> &ByteRecord {
        match &self.content {
            Ok(record) => record.as_byte_record(),
            Err(unsound) => &unsound.record,
        }
    }
}

impl Rows {
    /// Longest row, in bytes. One quotation mark too many makes the rest of the file one row; this is where that is
    /// noticed, before the memory is full.
    pub const LONGEST: usize = 1 << 20;

    pub fn open(path: &Path) -> Result<Self, ImportError> {
        let file = File::open(path).map_err(ImportError::File)?;
        let bytes = file.metadata().map_err(ImportError::File)?.len();
        Self::read(Box::new(file), bytes)
    }

    /// Of a file that lies in memory.
    pub fn of(content: Bytes) -> Result<Self, ImportError> {
        let bytes = content.len() as u64;
        Self::read(Box::new(content.reader()), bytes)
    }

    fn read(source: Source, bytes: u64) -> Result<Self, ImportError> {
        let mut file = BufReader::with_capacity(1 << 16, source);
        let start = file.fill_buf().map_err(ImportError::File)?;
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            return Err(ImportError::Encoding);
        }
        let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let behind = first.len() < start.len() && first.ends_with(b"\r");
        let delimiter = delimiter(first);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(1 << 16)
            .from_reader(Metered { of: file, left: Self::LONGEST });
        let header = reader.byte_headers().cloned();
        let header = header.map_err(|error| Self::failure(&reader, 1, error))?;
        let header = StringRecord::from_byte_record_lossy(header);
        Ok(Self { reader, header, delimiter, behind: behind.into(), bytes })
    }

    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    pub fn bytes_read(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The next rows, at most `limit`; none at the end. A batch comes from the page cache in a few milliseconds, which
    /// is why this does not leave the thread.
    pub fn next(&mut self, limit: usize) -> Result<Vec<Row>, ImportError> {
        let mut rows = Vec::with_capacity(limit.min(4096));
        while rows.len() < limit {
            let line = self.reader.position().line() + self.behind;
            self.reader.get_mut().left = Self::LONGEST;
            let mut record = ByteRecord::new();
            let more = self.reader.read_byte_record(&mut record);
            if !more.map_err(|error| Self::failure(&self.reader, line, error))? {
                break;
            }
            rows.push(self.row(record));
        }
        Ok(rows)
    }

    fn failure(
        reader: &csv::Reader<Metered<BufReader<Source>>>,
        line: u64,
        error: csv::Error,
    ) -> ImportError {
        if reader.get_ref().left == 0 { ImportError::EndlessRow { line } } else { ImportError::Csv(error) }
    }

    fn row(&self, record: ByteRecord) -> Row {
        let line = record.position().map_or(0, csv::Position::line) + self.behind;
        let bad = |column: Option<&str>, problem, record| {
            let column = column.unwrap_or("-").to_owned();
            Row { line, content: Err(Unsound { error: RowError { line, column, problem }, record }) }
        };
        if record.len() != self.header.len() {
            return bad(None, Problem::Fields, record);
        }
        match StringRecord::from_byte_record(record) {
            Ok(record) => Row { line, content: Ok(record) },
            Err(error) => {
                let column = self.header.get(error.utf8_error().field());
                bad(column, Problem::Encoding, error.into_byte_record())
            }
        }
    }
}

/// What parts the fields: the sign that stands most often in the header outside of quotation marks. Spreadsheets write
/// semicolons where the comma is the decimal sign, as in Indonesia.
fn delimiter(header: &[u8]) -> u8 {
    let mut quoted = false;
    let mut seen = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in header {
        quoted ^= *byte == b'"';
        if let Some((_, n)) = seen.iter_mut().find(|(sign, _)| !quoted && sign == byte) {
            *n += 1;
        }
    }
    // The first of several that stand equally often.
    let most = seen.iter().rev().max_by_key(|(_, n)| *n);
    most.map_or(b',', |(sign, _)| *sign)
}

/// Gives no more than is left until it is told to go on.
struct Metered<R> {
    of: R,
    left: usize,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("a row does not end"));
        }
        let n = self.of.read(buffer)?;
        self.left = self.left.saturating_sub(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_tells_what_parts_the_fields() {
        for (header, sign) in [
            ("product_id,category,name", b','),
            ("product_id;category;name", b';'),
            ("product_id\tcategory", b'\t'),
            ("\"a;b;c\",name", b','),
            ("product_id", b','),
            ("", b','),
        ] {
            assert_eq!(delimiter(header.as_bytes()), sign, "{header}");
        }
    }
}
