//! Files of a shop's goods, for those who keep them: the list of them, and one with what there is to tell of its rows.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Page,
    ids::{GoodsImportId, ShopId, Uuid},
    shop::{
        BadRow, GoodsImport, GoodsImportPage, ImportFailure, ImportState, RowCounts, RowDifference,
        RowProblem, RowSample, file,
    },
};
use sqlx::{PgConnection, types::Json};

struct Row {
    id: Uuid,
    file_name: String,
    bytes: i64,
    state: String,
    failure: Option<String>,
    rows_all: Option<i32>,
    rows_new: i32,
    rows_changed: i32,
    rows_same: i32,
    rows_bad: i32,
    ignored: Vec<String>,
    key: i64,
    updated_at: i64,
}

fn count(n: i32) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

impl Row {
    fn import(self) -> Result<GoodsImport, sqlx::Error> {
        let failure = |name: String| {
            ImportFailure::from_name(&name).ok_or_else(|| unsound("the failure of a file of goods", &name))
        };
        Ok(GoodsImport {
            id: self.id.into(),
            file_name: self.file_name,
            bytes: u64::try_from(self.bytes).unwrap_or_default(),
            state: ImportState::from_name(&self.state)
                .ok_or_else(|| unsound("the state of a file of goods", &self.state))?,
            failure: self.failure.map(failure).transpose()?,
            rows: self.rows_all.map(count),
            counts: RowCounts {
                new: count(self.rows_new),
                changed: count(self.rows_changed),
                same: count(self.rows_same),
                bad: count(self.rows_bad),
            },
            ignored: self.ignored,
            created_at: self.key / 1_000_000,
            updated_at: self.updated_at,
        })
    }
}

/// The latest first.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<GoodsImport>, ViewError> {
    let after = Cursor::read(after)?.unwrap_or(Cursor::HIGHEST);
    let rows = sqlx::query_as!(
        Row,
        r#"select id, file_name, bytes, state, failure, rows_all, rows_new, rows_changed, rows_same, rows_bad, ignored,
             (extract(epoch from created_at) * 1000000)::bigint as "key!",
             extract(epoch from updated_at)::bigint as "updated_at!"
           from goods_import
           where shop_id = $1 and ((extract(epoch from created_at) * 1000000)::bigint, id) < ($2, $3)
           order by created_at desc, id desc limit $4"#,
        shop.uuid(),
        after.key,
        after.id,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    let items = rows.into_iter().map(Row::import).collect::<Result<_, _>>()?;
    Ok(Page { items, next, total: None })
}

/// None where the shop has no such file.
pub async fn find(
    db: &mut PgConnection,
    shop: ShopId,
    id: GoodsImportId,
) -> Result<Option<GoodsImport>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, file_name, bytes, state, failure, rows_all, rows_new, rows_changed, rows_same, rows_bad, ignored,
             (extract(epoch from created_at) * 1000000)::bigint as "key!",
             extract(epoch from updated_at)::bigint as "updated_at!"
           from goods_import where id = $1 and shop_id = $2"#,
        id.uuid(),
        shop.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::import).transpose()
}

/// With what there is to tell of its rows.
pub async fn page(
    db: &mut PgConnection,
    shop: ShopId,
    id: GoodsImportId,
) -> Result<Option<GoodsImportPage>, sqlx::Error> {
    let Some(import) = find(db, shop, id).await? else { return Ok(None) };
    let bad = bad_rows(db, id, 0, i64::from(file::TOLD)).await?;
    let rows = sqlx::query!(
        r#"select row_number, kind, sku, name, differences as "differences?: Json<Vec<RowDifference>>"
           from goods_import_row where import_id = $1 and kind in ('new', 'changed') order by row_number limit $2"#,
        id.uuid(),
        2 * i64::from(file::SAMPLES)
    )
    .fetch_all(db)
    .await?;
    let mut page = GoodsImportPage { import, bad, new: Vec::new(), changed: Vec::new() };
    for row in rows {
        let into = if row.kind == "new" { &mut page.new } else { &mut page.changed };
        into.push(RowSample {
            row: count(row.row_number),
            sku: row.sku.unwrap_or_default(),
            name: row.name.unwrap_or_default(),
            differences: row.differences.map(|differences| differences.0).unwrap_or_default(),
        });
    }
    Ok(Some(page))
}

/// What is wrong with those after a row, in their order.
pub async fn bad_rows(
    db: &mut PgConnection,
    id: GoodsImportId,
    after: i32,
    limit: i64,
) -> Result<Vec<BadRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select row_number, "column", problem as "problem!", said from goods_import_row
           where import_id = $1 and kind = 'bad' and row_number > $2 order by row_number limit $3"#,
        id.uuid(),
        after,
        limit
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(BadRow {
            row: count(row.row_number),
            column: row.column.unwrap_or_default(),
            problem: RowProblem::from_name(&row.problem)
                .ok_or_else(|| unsound("a problem of a row", &row.problem))?,
            said: row.said.unwrap_or_default(),
        })
    });
    rows.collect()
}

/// The first row of a file and what parts its fields, once it was read; none where the shop has no such file.
pub async fn header(
    db: &mut PgConnection,
    shop: ShopId,
    id: GoodsImportId,
) -> Result<Option<(String, u8)>, sqlx::Error> {
    let row = sqlx::query!(
        "select header, delimiter from goods_import where id = $1 and shop_id = $2",
        id.uuid(),
        shop.uuid()
    );
    let row = row.fetch_optional(db).await?;
    Ok(row.map(|row| {
        let sign = row.delimiter.and_then(|sign| sign.bytes().next()).unwrap_or(b',');
        (row.header.unwrap_or_default(), sign)
    }))
}

/// Bad rows as they came, each with its number and what is wrong with it.
pub async fn bad_lines(
    db: &mut PgConnection,
    id: GoodsImportId,
    after: i32,
    limit: i64,
) -> Result<Vec<(BadRow, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select row_number, "column", problem as "problem!", said, line as "line!" from goods_import_row
           where import_id = $1 and kind = 'bad' and row_number > $2 order by row_number limit $3"#,
        id.uuid(),
        after,
        limit
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let problem =
            RowProblem::from_name(&row.problem).ok_or_else(|| unsound("a problem of a row", &row.problem))?;
        let bad = BadRow {
            row: count(row.row_number),
            column: row.column.unwrap_or_default(),
            problem,
            said: row.said.unwrap_or_default(),
        };
        Ok((bad, row.line))
    });
    rows.collect()
}
