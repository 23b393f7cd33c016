//! Bringing in listings: the file, row by row.

use super::{
    Counts, ImportError, Kind, Options, Problem, Progress, Report, RowError, attributes,
    bad_rows::BadRows,
    columns::{LISTING, Mapping},
    listing::Listing,
    reading::{Row, Rows, fingerprint},
    take_over::Batch,
};
use crate::{store, text, totals};
use catalog::store::Category;
use kernel::Cx;
use model::ids::ShopId;
use region::Cities;
use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
};

/// Takes over the listings of a file; see the module for what that promises.
pub async fn import_listings(
    cx: &Cx,
    file: &Path,
    options: &Options,
    mut progress: impl FnMut(Progress),
) -> Result<Report, ImportError> {
    let mut rows = Rows::open(file)?;
    let mapping = Mapping::find(&LISTING, rows.header(), options)?;
    let sha256 = fingerprint(file)?;
    let mut known = Known::load(cx).await?;
    let mut report = Report::default();
    let run = if options.dry_run {
        None
    } else {
        let mut db = cx.db().acquire().await?;
        Some(store::open_run(&mut db, cx.id(), Kind::Listings, &options.source, &sha256, cx.now()).await?)
    };
    report.counts = run.map_or_else(Counts::default, |run| run.counts);
    report.resumed_after = report.counts.rows();
    let mut bad_rows = BadRows::new(options.bad_rows.clone(), &rows, report.resumed_after > 0);

    let mut behind = report.resumed_after;
    loop {
        let batch = rows.next(options.batch.max(1))?;
        if batch.is_empty() {
            break;
        }
        let before = report.counts.rows();
        let mut listings = Vec::with_capacity(batch.len());
        for row in batch {
            let parsed = known.parse(&row, &mapping);
            if behind > 0 {
                behind -= 1;
                continue;
            }
            match parsed {
                Ok(listing) => listings.push((row.line, listing)),
                Err(error) => {
                    bad_rows.write(&error, row.bytes())?;
                    report.bad(error);
                }
            }
        }
        bad_rows.flush()?;
        let batch = Batch { cx, options, listings, now: cx.now() };
        if let Some(run) = run {
            batch.take_over(&mut known, run.id, before, &mut report).await?;
        } else {
            let mut db = cx.db().acquire().await?;
            batch.compare(&mut db, &mut report).await?;
        }
        progress(Progress { bytes_read: rows.bytes_read(), bytes: rows.bytes, counts: report.counts });
    }

    if let Some(run) = run {
        let mut tx = cx.begin().await?;
        let read = report.counts.rows();
        if !store::save_run(&mut tx, run.id, read, &report.counts, true, cx.now()).await? {
            return Err(ImportError::Elsewhere);
        }
        // Once at the end, and of the whole source: an interrupted run left no list of the shops it touched.
        let shops = store::list_shops(&mut tx, &options.source).await?;
        totals::refresh(&mut tx, cx, &shops).await?;
        catalog::store::recount_categories(&mut tx).await?;
        catalog::store::analyze(&mut tx).await?;
        tx.commit().await?;
    }
    tracing::info!(
        rows = report.counts.rows(),
        new = report.counts.new,
        changed = report.counts.changed,
        bad = report.counts.bad,
        dry_run = options.dry_run,
        "Listings of {} were read",
        options.source
    );
    Ok(report)
}

/// What rows are checked against.
pub struct Known {
    categories: Vec<Arc<Category>>,
    cities: Cities,
    /// Hashes of the keys met in this file so far.
    keys: HashSet<u64>,
    /// Slug to id of the shops met so far.
    pub shops: HashMap<String, ShopId>,
    pub attributes: attributes::Derive,
}

impl Known {
    async fn load(cx: &Cx) -> Result<Self, ImportError> {
        // Even a dry run may bring the regions in: they belong to the product, not to the file.
        let mut tx = cx.begin().await?;
        region::load(&mut tx).await?;
        let categories = catalog::store::list_categories(&mut tx).await?;
        let attributes = catalog::store::list_attributes(&mut tx).await?;
        let cities = Cities::all(&mut tx).await?;
        tx.commit().await?;
        let attributes = attributes::Derive::new(&categories, &attributes);
        let categories = categories.into_iter().map(Arc::new).collect();
        Ok(Self { categories, cities, keys: HashSet::new(), shops: HashMap::new(), attributes })
    }

    fn parse(&mut self, row: &Row, mapping: &Mapping<8>) -> Result<Listing, RowError> {
        let record = row.content.as_ref().map_err(|unsound| unsound.error.clone())?;
        let listing = Listing::parse(row.line, record, mapping, &self.categories, &self.cities)?;
        if self.keys.insert(text::hash(&[&listing.key])) {
            Ok(listing)
        } else {
            let problem = Problem::Repeated(listing.key);
            Err(RowError { line: row.line, column: mapping.name(0).to_owned(), problem })
        }
    }
}
