//! The bookkeeping of files of goods: which there are, how far each has come, and what there is to tell of its rows.

use model::{
    ids::{AccountId, GoodsImportId, ShopId, Uuid},
    shop::{ImportFailure, ImportState, RowCounts, RowDifference, RowProblem},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub struct NewImport<'a> {
    pub id: GoodsImportId,
    pub shop: ShopId,
    pub by: AccountId,
    pub file_name: &'a str,
    pub bytes: usize,
    pub stock: i32,
    pub counts: bool,
}

pub async fn insert(
    db: &mut PgConnection,
    new: &NewImport<'_>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into goods_import (id, shop_id, account_id, file_name, bytes, stock, counts, state, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'checking', $8, $8)",
        new.id.uuid(),
        new.shop.uuid(),
        new.by.uuid(),
        new.file_name,
        i64::try_from(new.bytes).unwrap_or(i64::MAX),
        new.stock,
        new.counts,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many of a shop's files are being read.
pub async fn count_under_way(db: &mut PgConnection, shop: ShopId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from goods_import where shop_id = $1 and state in ('checking', 'taking_over')"#,
        shop.uuid()
    )
    .fetch_one(db)
    .await
}

/// A file that is being read.
#[derive(Clone, Debug)]
pub struct Run {
    pub id: GoodsImportId,
    pub shop: ShopId,
    pub by: AccountId,
    pub state: ImportState,
    pub stock: i32,
    pub counts: bool,
    /// Rows read until now, those that are empty among them.
    pub read: u32,
    pub told: RowCounts,
}

pub async fn find_under_way(db: &mut PgConnection, id: GoodsImportId) -> Result<Option<Run>, sqlx::Error> {
    let row = sqlx::query!(
        "select shop_id, account_id, state, stock, counts, rows_read, rows_new, rows_changed, rows_same, rows_bad
         from goods_import where id = $1 and state in ('checking', 'taking_over')",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    let count = |n: i32| u32::try_from(n).unwrap_or_default();
    Ok(row.map(|row| Run {
        id,
        shop: row.shop_id.into(),
        by: row.account_id.into(),
        state: if row.state == ImportState::TakingOver.as_str() {
            ImportState::TakingOver
        } else {
            ImportState::Checking
        },
        stock: row.stock,
        counts: row.counts,
        read: count(row.rows_read),
        told: RowCounts {
            new: count(row.rows_new),
            changed: count(row.rows_changed),
            same: count(row.rows_same),
            bad: count(row.rows_bad),
        },
    }))
}

/// What the first row says, and how many there are after it.
pub async fn put_shape(
    db: &mut PgConnection,
    id: GoodsImportId,
    rows: u32,
    (header, delimiter): (&str, u8),
    ignored: &[String],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update goods_import set rows_all = $2, header = $3, delimiter = $4, ignored = $5 where id = $1",
        id.uuid(),
        i32::try_from(rows).unwrap_or(i32::MAX),
        header,
        char::from(delimiter).to_string(),
        ignored
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How far it has come from where it was; in the transaction of the rows between, which holds its place until then. False
/// where it is not there any more: it was cancelled, or somebody else has gone on with it.
pub async fn save_progress(
    db: &mut PgConnection,
    from: &Run,
    read: u32,
    told: RowCounts,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let saved = sqlx::query!(
        "update goods_import
         set rows_read = $4, rows_new = $5, rows_changed = $6, rows_same = $7, rows_bad = $8, updated_at = $9
         where id = $1 and state = $2 and rows_read = $3",
        from.id.uuid(),
        from.state.as_str(),
        count(from.read),
        count(read),
        count(told.new),
        count(told.changed),
        count(told.same),
        count(told.bad),
        now
    );
    Ok(saved.execute(db).await?.rows_affected() == 1)
}

/// Its end, if it is still as it was.
pub async fn finish(
    db: &mut PgConnection,
    run: &Run,
    to: ImportState,
    failure: Option<ImportFailure>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update goods_import set state = $3, failure = $4, updated_at = $5 where id = $1 and state = $2",
        run.id.uuid(),
        run.state.as_str(),
        to.as_str(),
        failure.map(ImportFailure::as_str),
        now
    );
    Ok(done.execute(db).await?.rows_affected() == 1)
}

/// What there is to tell of a row.
#[derive(Clone, PartialEq, Debug)]
pub struct ToldRow {
    pub row: u32,
    pub of: Told,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    New {
        sku: String,
        name: String,
    },
    Changed {
        sku: String,
        name: String,
        differences: Vec<RowDifference>,
    },
    /// With the row as it came.
    Bad {
        column: String,
        problem: RowProblem,
        said: String,
        line: String,
    },
}

pub async fn put_rows(db: &mut PgConnection, id: GoodsImportId, rows: &[ToldRow]) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let of = |pick: fn(&Told) -> Option<String>| rows.iter().map(|row| pick(&row.of)).collect::<Vec<_>>();
    let numbers: Vec<i32> = rows.iter().map(|row| i32::try_from(row.row).unwrap_or(i32::MAX)).collect();
    let kinds: Vec<String> = rows.iter().map(|row| row.of.kind().to_owned()).collect();
    let differences: Vec<Option<serde_json::Value>> = rows
        .iter()
        .map(|row| match &row.of {
            Told::Changed { differences, .. } => serde_json::to_value(differences).ok(),
            _ => None,
        })
        .collect();
    sqlx::query!(
        r#"insert into goods_import_row
             (import_id, row_number, kind, "column", problem, said, line, sku, name, differences)
           select $1, row_number, kind, "column", problem, said, line, sku, name, differences
           from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
               $10::jsonb[])
             as t (row_number, kind, "column", problem, said, line, sku, name, differences)
           on conflict (import_id, row_number) do nothing"#,
        id.uuid(),
        &numbers,
        &kinds,
        &of(|told| told.bad().map(|bad| bad.0.clone())) as &[Option<String>],
        &of(|told| told.bad().map(|bad| bad.1.as_str().to_owned())) as &[Option<String>],
        &of(|told| told.bad().map(|bad| bad.2.clone())) as &[Option<String>],
        &of(|told| told.bad().map(|bad| bad.3.clone())) as &[Option<String>],
        &of(|told| told.named().map(|(sku, _)| sku.clone())) as &[Option<String>],
        &of(|told| told.named().map(|(_, name)| name.clone())) as &[Option<String>],
        &differences as &[Option<serde_json::Value>]
    )
    .execute(db)
    .await?;
    Ok(())
}

impl Told {
    const fn kind(&self) -> &'static str {
        match self {
            Self::New { .. } => "new",
            Self::Changed { .. } => "changed",
            Self::Bad { .. } => "bad",
        }
    }

    fn bad(&self) -> Option<(&String, RowProblem, &String, &String)> {
        match self {
            Self::Bad { column, problem, said, line } => Some((column, *problem, said, line)),
            _ => None,
        }
    }

    fn named(&self) -> Option<(&String, &String)> {
        match self {
            Self::New { sku, name } | Self::Changed { sku, name, .. } => Some((sku, name)),
            Self::Bad { .. } => None,
        }
    }
}

/// What became of asking that a file be taken over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TakeOver {
    Begun,
    /// It is being taken over, or was.
    Already,
    /// In its state that is not possible.
    Forbidden,
    Unknown,
}

/// Begins to read it once more, this time for good. What was told when it was checked is told anew.
pub async fn begin_taking(
    db: &mut PgConnection,
    shop: ShopId,
    id: GoodsImportId,
    counts: bool,
    now: OffsetDateTime,
) -> Result<TakeOver, sqlx::Error> {
    let state = sqlx::query_scalar!(
        "select state from goods_import where id = $1 and shop_id = $2 for update",
        id.uuid(),
        shop.uuid()
    );
    let Some(state) = state.fetch_optional(&mut *db).await? else { return Ok(TakeOver::Unknown) };
    match ImportState::from_name(&state) {
        Some(ImportState::Checked) => {}
        Some(ImportState::TakingOver | ImportState::Done) => return Ok(TakeOver::Already),
        _ => return Ok(TakeOver::Forbidden),
    }
    sqlx::query!("delete from goods_import_row where import_id = $1", id.uuid()).execute(&mut *db).await?;
    sqlx::query!(
        "update goods_import
         set state = 'taking_over', counts = $2, rows_read = 0, rows_new = 0, rows_changed = 0, rows_same = 0, rows_bad = 0,
           updated_at = $3
         where id = $1",
        id.uuid(),
        counts,
        now
    )
    .execute(db)
    .await?;
    Ok(TakeOver::Begun)
}

/// None where the shop has no such file; false where it cannot be cancelled any more.
pub async fn cancel(
    db: &mut PgConnection,
    shop: ShopId,
    id: GoodsImportId,
    now: OffsetDateTime,
) -> Result<Option<bool>, sqlx::Error> {
    let state = sqlx::query_scalar!(
        "select state from goods_import where id = $1 and shop_id = $2 for update",
        id.uuid(),
        shop.uuid()
    );
    let Some(state) = state.fetch_optional(&mut *db).await? else { return Ok(None) };
    let state = ImportState::from_name(&state);
    if state == Some(ImportState::Cancelled) {
        return Ok(Some(true));
    }
    if !state.is_some_and(ImportState::may_be_cancelled) {
        return Ok(Some(false));
    }
    sqlx::query!(
        "update goods_import set state = 'cancelled', updated_at = $2 where id = $1",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(Some(true))
}

/// Some to which nothing has happened since then, and whose files are still there.
pub async fn list_overdue(
    db: &mut PgConnection,
    since: OffsetDateTime,
    limit: i64,
) -> Result<Vec<GoodsImportId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from goods_import where swept_at is null and updated_at < $1 order by updated_at limit $2",
        since,
        limit
    );
    Ok(ids.fetch_all(db).await?.into_iter().map(GoodsImportId::new).collect())
}

/// Of these nothing is kept but that there was a file; what waited for somebody is cancelled.
pub async fn mark_swept(
    db: &mut PgConnection,
    ids: &[GoodsImportId],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query!("delete from goods_import_row where import_id = any($1)", &ids).execute(&mut *db).await?;
    sqlx::query!(
        "update goods_import
         set swept_at = $2, state = case when state in ('done', 'failed') then state else 'cancelled' end
         where id = any($1)",
        &ids,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
