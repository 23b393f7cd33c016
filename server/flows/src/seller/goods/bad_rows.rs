//! Bad rows as a file: as they came, each after its number, its column and what is wrong, ready to be mended and sent
//! again.

use super::{ExportError, SendGoodsError, keeping};
use crate::seller::AtShop;
use bytes::Bytes;
use kernel::Cx;
use model::{ids::GoodsImportId, words::goods as words};

/// Rows read at a time.
const PART: i64 = 500;
const ADDED: [&str; 4] = ["error_row", "error_column", "error_code", "error"];

/// Bad rows on their way out, in their order.
pub struct BadRows {
    cx: Cx,
    id: GoodsImportId,
    /// Parts the fields, as in the file.
    delimiter: u8,
    header: String,
    /// The last that is out; none once all are.
    after: Option<i32>,
}

impl BadRows {
    pub async fn open(cx: &Cx, at: &AtShop, id: GoodsImportId) -> Result<Self, SendGoodsError> {
        let shop = keeping(at)?;
        let found = views::goods_import::header(&mut *cx.db().acquire().await?, shop, id).await?;
        let (header, delimiter) = found.ok_or(SendGoodsError::NotFound)?;
        Ok(Self { cx: cx.clone(), id, delimiter, header, after: Some(0) })
    }

    pub fn head(&self) -> Bytes {
        let mut head = "\u{feff}".to_owned();
        let header = self.header.trim_start_matches('\u{feff}');
        head.push_str(&self.line(&ADDED, header));
        head.into()
    }

    /// Some more; none at the end.
    pub async fn part(&mut self) -> Result<Option<Bytes>, ExportError> {
        let Some(after) = self.after else { return Ok(None) };
        let mut db = self.cx.db().acquire().await?;
        let rows = views::goods_import::bad_lines(&mut db, self.id, after, PART).await?;
        self.after = rows.last().and_then(|(bad, _)| i32::try_from(bad.row).ok());
        let lang = self.cx.lang();
        let lines = rows.iter().map(|(bad, line)| {
            let (row, why) = (bad.row.to_string(), words::problem_of(lang, bad.problem));
            self.line(&[&row, &bad.column, bad.problem.as_str(), why], line)
        });
        Ok(Some(lines.collect::<String>().into()))
    }

    /// What is added, before a row as it came.
    fn line(&self, added: &[&str; 4], row: &str) -> String {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        // Writing into memory cannot fail.
        let _ = writer.write_record(added);
        let bytes = writer.into_inner().unwrap_or_default();
        let added = String::from_utf8_lossy(&bytes);
        format!("{}{}{row}\r\n", added.trim_end(), char::from(self.delimiter))
    }
}
