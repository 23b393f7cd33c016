//! Files of goods, sent and read.

use crate::editor_support::Desk;
use bytes::Bytes;
use flows::seller::goods::{BadRows, Export, Sent, send, take_over};
use model::{
    ids::GoodsImportId,
    shop::{GoodsImportPage, ImportState, RowCounts, RowProblem, StallFilter},
};

pub fn counts(new: u32, changed: u32, same: u32, bad: u32) -> RowCounts {
    RowCounts { new, changed, same, bad }
}

impl Desk {
    /// Sent and read through.
    pub async fn checked(&self, content: impl Into<Bytes>) -> GoodsImportPage {
        let sent = Sent { name: "barang.csv".to_owned(), content: content.into(), stock: "3".to_owned() };
        let id = send(&self.cx, &self.at, sent).await.unwrap();
        self.house.app.run_jobs().await;
        self.import(id).await
    }

    /// The same, and taken over.
    pub async fn taken(&self, content: impl Into<Bytes>) -> GoodsImportPage {
        let checked = self.checked(content).await;
        assert_eq!(checked.import.state, ImportState::Checked);
        take_over(&self.cx, &self.at, checked.import.id).await.unwrap();
        self.house.app.run_jobs().await;
        let done = self.import(checked.import.id).await;
        assert_eq!(done.import.state, ImportState::Done);
        done
    }

    pub async fn import(&self, id: GoodsImportId) -> GoodsImportPage {
        let mut db = self.cx.db().acquire().await.unwrap();
        views::goods_import::page(&mut db, self.at.shop(), id).await.unwrap().unwrap()
    }

    /// All goods as a CSV.
    pub async fn csv(&self) -> Vec<u8> {
        let mut goods = self.export().await;
        let mut text = Export::csv_head().to_vec();
        while let Some(part) = goods.csv_part().await.unwrap() {
            text.extend(part);
        }
        text
    }

    pub async fn export(&self) -> Export {
        let filter = StallFilter::default();
        Export::open(&self.cx, &self.at, filter, "https://pasar.example").await.unwrap()
    }

    /// The bad rows of a file, as a file.
    pub async fn bad(&self, id: GoodsImportId) -> String {
        let mut rows = BadRows::open(&self.cx, &self.at, id).await.unwrap();
        let mut text = rows.head().to_vec();
        while let Some(part) = rows.part().await.unwrap() {
            text.extend(part);
        }
        String::from_utf8(text).unwrap()
    }

    /// What a text of one row says.
    pub async fn one<T>(&self, sql: &'static str) -> T
    where
        T: Send + Unpin,
        (T,): for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
    {
        sqlx::query_scalar(sql).fetch_one(self.cx.db()).await.unwrap()
    }
}

/// Row, column and problem of each bad row.
pub fn told(page: &GoodsImportPage) -> Vec<(u32, &str, RowProblem)> {
    page.bad.iter().map(|bad| (bad.row, bad.column.as_str(), bad.problem)).collect()
}
