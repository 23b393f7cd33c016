//! Taking a shop's goods out as a file.

use super::{
    SendGoodsError,
    cells::{Names, rows},
    columns::{COLUMNS, N},
    guard::guarded,
    keeping,
    xlsx::Book,
};
use crate::seller::AtShop;
use bytes::Bytes;
use kernel::Cx;
use model::{ids::ShopId, shop::StallFilter};
use views::ViewError;

/// Products read at a time, so that all goods of a shop never lie in memory at once.
const PART: u16 = 100;

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    View(#[from] ViewError),
    #[error("the workbook cannot be written")]
    Book(#[from] rust_xlsxwriter::XlsxError),
    #[error("the workbook was not finished")]
    Cut(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ExportError> for model::AppError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::View(error) => error.into(),
            ExportError::Database(error) => kernel::db::code(&error).into(),
            ExportError::Book(_) | ExportError::Cut(_) => model::Code::Internal.into(),
        }
    }
}

/// A shop's goods on their way out, the latest first.
pub struct Export {
    cx: Cx,
    shop: ShopId,
    names: Names,
    /// None once all are out.
    filter: Option<StallFilter>,
    /// Stands before the addresses of photographs.
    site: String,
}

impl Export {
    pub async fn open(cx: &Cx, at: &AtShop, filter: StallFilter, site: &str) -> Result<Self, SendGoodsError> {
        let shop = keeping(at)?;
        let names = Names::load(&mut *cx.db().acquire().await?).await?;
        let filter = Some(StallFilter { after: None, ..filter });
        Ok(Self { cx: cx.clone(), shop, names, filter, site: site.to_owned() })
    }

    async fn part(&mut self) -> Result<Option<Vec<[String; N]>>, ExportError> {
        let Some(filter) = self.filter.take() else { return Ok(None) };
        let mut db = self.cx.db().acquire().await?;
        let (products, next) = views::sheet::list(&mut db, self.shop, &filter, PART).await?;
        self.filter = next.map(|after| StallFilter { after: Some(after), ..filter });
        Ok(Some(products.iter().flat_map(|product| rows(product, &self.names, &self.site)).collect()))
    }

    /// The mark by which spreadsheets know UTF-8, and the names of the columns.
    pub fn csv_head() -> Bytes {
        let names = COLUMNS.map(|column| column.name.to_owned());
        let mut head = "\u{feff}".as_bytes().to_vec();
        head.extend(csv(std::iter::once(names)));
        head.into()
    }

    /// Some more rows, as CSV (RFC 4180); none at the end.
    pub async fn csv_part(&mut self) -> Result<Option<Bytes>, ExportError> {
        let rows = self.part().await?;
        Ok(rows.map(|rows| csv(rows.into_iter().map(|row| row.map(guarded))).into()))
    }

    /// All of it, as XLSX.
    pub async fn workbook(mut self) -> Result<Vec<u8>, ExportError> {
        let mut book = Book::new()?;
        while let Some(rows) = self.part().await? {
            for row in &rows {
                book.put(row)?;
            }
        }
        Ok(tokio::task::spawn_blocking(move || book.bytes()).await??)
    }
}

fn csv(rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::with_capacity(1 << 14));
    for row in rows {
        // Writing into memory cannot fail.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}
