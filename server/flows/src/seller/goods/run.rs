//! Reading a file of goods, to check it or to take it over: row by row, in batches, each noted with how far it has come.

use super::{
    cells::Names,
    columns::{COLUMNS, Cells, Col, N, suffice},
    guard::unguarded,
    problems::BadCell,
    send::place,
    sort::Seen,
    store::{self, Run},
    take::Batch,
    xlsx,
};
use crate::{
    import::{ImportError, columns::Found, reading::Rows},
    seller::Papers,
    totals,
};
use bytes::Bytes;
use csv::ByteRecord;
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use model::{
    ids::GoodsImportId,
    shop::{ImportFailure, ImportState, RowProblem, file},
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Rows in one transaction.
const BATCH: usize = 1000;
/// After so many rows, and each time there are four times as many, the planner is told how large the tables have become:
/// what pages ask for is planned once, and a plan for a small shop reads a large one from end to end.
const GROWN: u32 = 2_000;

/// Reads a file in the state it is in. Run again, it goes on behind what was noted last.
#[derive(Serialize, Deserialize)]
pub struct ReadGoods {
    pub import: GoodsImportId,
}

impl Job for ReadGoods {
    const NAME: &'static str = "goods.read_file";
    const PRIORITY: Priority = Priority::Low;
    const TIMEOUT: Duration = Duration::from_hours(1);

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let run = store::find_under_way(&mut *cx.db().acquire().await?, self.import).await?;
        let Some(run) = run else { return Err(JobError::discard("the file is not wanted any more")) };
        match read(cx, run.clone()).await {
            Ok(()) => Ok(()),
            Err(ReadError::Elsewhere) => {
                Err(JobError::discard("it was cancelled, or somebody else reads it"))
            }
            Err(ReadError::Failure(failure)) => {
                let mut db = cx.db().acquire().await?;
                store::finish(&mut db, &run, ImportState::Failed, Some(failure), cx.now()).await?;
                Ok(())
            }
            Err(error) => Err(JobError::Retry(Box::new(error))),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It will not be otherwise next time.
    #[error("the file cannot be read: {0}")]
    Failure(ImportFailure),
    #[error("it is not read here any more")]
    Elsewhere,
    #[error(transparent)]
    Papers(#[from] crate::seller::PapersError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ImportError> for ReadError {
    fn from(error: ImportError) -> Self {
        Self::Failure(match error {
            ImportError::Encoding => ImportFailure::Encoding,
            ImportError::EndlessRow { .. } => ImportFailure::Quotes,
            _ => ImportFailure::Unreadable,
        })
    }
}

/// A row, and what it says or why it says nothing.
pub struct Row {
    /// The first row of the file is 1.
    pub number: u32,
    pub cells: Result<Cells, BadCell>,
    /// What the file calls the column concerned, where the row itself is unsound.
    pub column: String,
    record: ByteRecord,
    delimiter: u8,
}

impl Row {
    /// As it stands in the file, without its end.
    pub fn line(&self) -> String {
        line(&self.record, self.delimiter)
    }
}

pub fn line(record: &ByteRecord, delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_byte_record(record);
    let bytes = writer.into_inner().unwrap_or_default();
    // PostgreSQL keeps no zero bytes in text.
    String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).replace('\0', "\u{fffd}")
}

/// What the file is, once it lies open.
pub struct Sheet {
    rows: Rows,
    pub found: Found<N>,
    met: u32,
}

impl Sheet {
    fn open(content: Bytes) -> Result<Self, ReadError> {
        let rows = Rows::of(content)?;
        let found = Found::find(&COLUMNS, rows.header());
        if suffice(&found) {
            Ok(Self { rows, found, met: 1 })
        } else {
            Err(ReadError::Failure(ImportFailure::Columns))
        }
    }

    fn next(&mut self) -> Result<Vec<Row>, ReadError> {
        let delimiter = self.rows.delimiter();
        let rows = self.rows.next(BATCH)?.into_iter().map(|row| {
            self.met += 1;
            let mut column = String::new();
            let cells = match &row.content {
                Ok(record) => {
                    let fields = self.found.fields(record);
                    Ok(Cells(fields.map(|field| field.map(|text| unguarded(text).to_owned()))))
                }
                Err(unsound) => {
                    let error = &unsound.error;
                    column = Some(error.column.clone()).filter(|column| column != "-").unwrap_or_default();
                    let problem = RowProblem::from_name(error.problem.code());
                    Err(BadCell::whole(problem.unwrap_or(RowProblem::Malformed)))
                }
            };
            let cells = cells.and_then(without_control);
            Row { number: self.met, cells, column, record: row.bytes().clone(), delimiter }
        });
        Ok(rows.collect())
    }
}

/// No text in the database may have this one character.
fn without_control(cells: Cells) -> Result<Cells, BadCell> {
    if cells.0.iter().flatten().any(|text| text.contains('\0')) {
        Err(BadCell::whole(RowProblem::Control))
    } else {
        Ok(cells)
    }
}

/// The file as CSV.
async fn content(cx: &Cx, id: GoodsImportId) -> Result<Bytes, ReadError> {
    let unreadable = || ReadError::Failure(ImportFailure::Unreadable);
    let content = Papers::of(cx)?.get(cx, place(id)).await?.ok_or_else(unreadable)?;
    if !xlsx::is_one(&content) {
        return Ok(content);
    }
    let read = tokio::task::spawn_blocking(move || xlsx::to_csv(content)).await;
    read.map_err(|_| unreadable())?.map_err(ReadError::Failure)
}

async fn read(cx: &Cx, mut run: Run) -> Result<(), ReadError> {
    let content = content(cx, run.id).await?;
    let mut sheet = Sheet::open(content.clone())?;
    let mut db = cx.db().acquire().await?;
    if run.state == ImportState::Checking && run.read == 0 {
        let rows = tokio::task::spawn_blocking(move || count(content)).await;
        let rows = rows.map_err(|_| ReadError::Failure(ImportFailure::Unreadable))??;
        let header = line(sheet.rows.header().as_byte_record(), sheet.rows.delimiter());
        // What an earlier file of bad rows had beside them.
        let ignored = sheet.found.others().iter().filter(|name| !name.starts_with("error"));
        let ignored: Vec<String> = ignored.take(50).map(|name| name.chars().take(60).collect()).collect();
        store::put_shape(&mut db, run.id, rows, (&header, sheet.rows.delimiter()), &ignored).await?;
    }
    let names = Names::load(&mut db).await?;
    drop(db);
    let (mut seen, mut carried, mut met) = (Seen::default(), Vec::new(), 0);
    let mut grown = GROWN.max(run.read);
    loop {
        let fresh = sheet.next()?;
        let end = fresh.is_empty();
        carried.extend(fresh);
        if carried.is_empty() {
            break;
        }
        let cut = if end { carried.len() } else { whole(&carried) };
        let mut rows: Vec<Row> = carried.drain(..cut).collect();
        // An earlier run has come past these.
        let behind = usize::try_from(run.read.saturating_sub(met)).unwrap_or(usize::MAX).min(rows.len());
        met += u32::try_from(rows.len()).unwrap_or(u32::MAX);
        for row in rows.drain(..behind) {
            if let Ok(cells) = &row.cells {
                seen.is_first(cells);
                seen.leave(cells);
            }
        }
        if !rows.is_empty() {
            let batch = Batch { cx, run: &run, names: &names, found: &sheet.found, rows, now: cx.now() };
            let told = batch.go(&mut seen, met).await?;
            run = Run { read: met, told, ..run };
            if run.state == ImportState::TakingOver && met >= grown {
                grown = met.saturating_mul(4);
                let mut db = cx.db().acquire().await?;
                if let Err(error) = catalog::store::analyze(&mut db).await {
                    tracing::warn!(%error, "The planner was not told how large the tables have become");
                }
            }
        }
    }
    end(cx, &run).await
}

async fn end(cx: &Cx, run: &Run) -> Result<(), ReadError> {
    let mut tx = cx.begin().await?;
    let to = if run.state == ImportState::Checking { ImportState::Checked } else { ImportState::Done };
    if !store::finish(&mut tx, run, to, None, cx.now()).await? {
        return Err(ReadError::Elsewhere);
    }
    if to == ImportState::Done {
        totals::refresh(&mut tx, cx, &[run.shop]).await?;
        catalog::store::recount_categories(&mut tx).await?;
    }
    tx.commit().await?;
    tracing::info!(
        import = %run.id,
        new = run.told.new,
        changed = run.told.changed,
        same = run.told.same,
        bad = run.told.bad,
        "A file of goods is {to}"
    );
    Ok(())
}

/// How many rows there are after the first.
fn count(content: Bytes) -> Result<u32, ReadError> {
    let mut rows = Rows::of(content)?;
    let mut all = 0_u32;
    loop {
        let met = u32::try_from(rows.next(BATCH)?.len()).unwrap_or(u32::MAX);
        all = all.saturating_add(met);
        if all > file::ROWS {
            return Err(ReadError::Failure(ImportFailure::Rows));
        }
        if met == 0 {
            break;
        }
    }
    if all == 0 { Err(ReadError::Failure(ImportFailure::Empty)) } else { Ok(all) }
}

/// So many of the rows as end with a whole product: more of the last one may follow. One that is longer than a product
/// can be is cut all the same.
fn whole(rows: &[Row]) -> usize {
    let product =
        |row: &Row| row.cells.as_ref().map(|cells| cells.text(Col::Product)).unwrap_or_default().to_owned();
    let Some(last) = rows.last().map(product).filter(|name| !name.is_empty()) else { return rows.len() };
    let tail = rows.iter().rev().take_while(|row| product(row) == last).count();
    if tail > file::VARIANTS || tail == rows.len() { rows.len() } else { rows.len() - tail }
}
