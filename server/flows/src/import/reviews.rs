//! Bringing in reviews of listings that were brought in before.

use super::{
    Counts, ImportError, Kind, Options, Problem, Progress, Report, RowError,
    bad_rows::BadRows,
    columns::{Mapping, REVIEW},
    quoted,
    reading::{Row, Rows, fingerprint},
    review::ReviewRow,
};
use crate::{store, text};
use kernel::{Cx, OffsetDateTime};
use model::ids::ProductId;
use review::{NewReview, Source};
use std::{
    collections::{HashMap, HashSet},
    path::Path,
};
use time::{Duration, macros::datetime};

/// The files give no dates. So that reviews have an order, each has one within these two years that follows from its
/// text; nothing is computed from it.
const FIRST: OffsetDateTime = datetime!(2021-01-01 00:00 UTC);
const SPAN_SECONDS: u64 = 2 * 365 * 24 * 3600;

/// Takes over the reviews of a file; see the module for what that promises. A review is the same if listing, stars
/// and text are: the second of two alike is a review of its own.
pub async fn import_reviews(
    cx: &Cx,
    file: &Path,
    options: &Options,
    mut progress: impl FnMut(Progress),
) -> Result<Report, ImportError> {
    let mut rows = Rows::open(file)?;
    let mapping = Mapping::find(&REVIEW, rows.header(), options)?;
    let sha256 = fingerprint(file)?;
    let mut report = Report::default();
    let run = if options.dry_run {
        None
    } else {
        let mut db = cx.db().acquire().await?;
        Some(store::open_run(&mut db, cx.id(), Kind::Reviews, &options.source, &sha256, cx.now()).await?)
    };
    report.counts = run.map_or_else(Counts::default, |run| run.counts);
    report.resumed_after = report.counts.rows();
    let mut bad_rows = BadRows::new(options.bad_rows.clone(), &rows, report.resumed_after > 0);

    let mut behind = report.resumed_after;
    let mut alike: HashMap<u64, u32> = HashMap::new();
    loop {
        let batch = rows.next(options.batch.max(1))?;
        if batch.is_empty() {
            break;
        }
        let before = report.counts.rows();
        let mut reviews = Vec::with_capacity(batch.len());
        for row in batch {
            let parsed = parse(&row, &mapping, &options.source, &mut alike);
            if behind > 0 {
                behind -= 1;
                continue;
            }
            match parsed {
                Ok((review, key)) => reviews.push((row, review, key)),
                Err(error) => refuse(error, &row, &mut bad_rows, &mut report)?,
            }
        }
        let mut tx = cx.begin().await?;
        let listings: Vec<String> = reviews.iter().map(|(_, review, _)| review.listing.clone()).collect();
        let products = store::find_listings(&mut tx, &options.source, &listings).await?;
        let mut known = Vec::with_capacity(reviews.len());
        for (row, review, key) in reviews {
            if let Some((product, _)) = products.get(&review.listing) {
                known.push((row.line, review, key, *product));
            } else {
                let problem = Problem::UnknownListing(quoted(&review.listing));
                let error = RowError { line: row.line, column: mapping.name(0).to_owned(), problem };
                refuse(error, &row, &mut bad_rows, &mut report)?;
            }
        }
        let keys: Vec<String> = known.iter().map(|(_, _, key, _)| key.clone()).collect();
        let there = review::store::list_known(&mut tx, Source::Import, &keys).await?;
        let there: HashSet<String> = there.into_iter().collect();
        known.retain(|(_, _, key, _)| !there.contains(key));
        report.counts.same += there.len() as u64;
        report.counts.new += known.len() as u64;
        for (line, review, key, _) in &known {
            Report::note(&mut report.new, *line, key, review.body.as_str());
        }
        bad_rows.flush()?;
        if let Some(run) = run {
            if !store::save_run(&mut tx, run.id, before, &report.counts, false, cx.now()).await? {
                return Err(ImportError::Elsewhere);
            }
            let reviews: Vec<NewReview> = known
                .into_iter()
                .map(|(_, review, key, product)| new_review(cx, review, key, product))
                .collect();
            let given = review::store::insert_missing(&mut tx, &reviews, Source::Import).await?;
            catalog::store::count_rating(&mut tx, &given, Source::Import.already_in_total()).await?;
        }
        tx.commit().await?;
        progress(Progress { bytes_read: rows.bytes_read(), bytes: rows.bytes, counts: report.counts });
    }

    if let Some(run) = run {
        let mut db = cx.db().acquire().await?;
        let read = report.counts.rows();
        if !store::save_run(&mut db, run.id, read, &report.counts, true, cx.now()).await? {
            return Err(ImportError::Elsewhere);
        }
    }
    tracing::info!(
        rows = report.counts.rows(),
        new = report.counts.new,
        bad = report.counts.bad,
        dry_run = options.dry_run,
        "Reviews of {} were read",
        options.source
    );
    Ok(report)
}

/// The review and the key that makes it the same when it comes again.
fn parse(
    row: &Row,
    mapping: &Mapping<3>,
    source: &str,
    alike: &mut HashMap<u64, u32>,
) -> Result<(ReviewRow, String), RowError> {
    let record = row.content.as_ref().map_err(|unsound| unsound.error.clone())?;
    let review = ReviewRow::parse(row.line, record, mapping)?;
    let stars = review.stars.get().to_string();
    let parts = [source, &review.listing, &stars, review.body.as_str()];
    // Two hashes of different parts make 128 bits: no two reviews of a market share a key by chance.
    let h = text::hash(&parts);
    let other = text::hash(&["again", parts[3], parts[2], parts[1], parts[0]]);
    let nth = alike.entry(h).or_default();
    *nth += 1;
    let key = format!("{h:016x}{other:016x}.{nth}");
    Ok((review, key))
}

fn refuse(
    error: RowError,
    row: &Row,
    bad_rows: &mut BadRows,
    report: &mut Report,
) -> Result<(), ImportError> {
    bad_rows.write(&error, row.bytes())?;
    report.bad(error);
    Ok(())
}

fn new_review(cx: &Cx, review: ReviewRow, key: String, product: ProductId) -> NewReview {
    let h = text::hash(&["review", &key]);
    let after = i64::try_from(text::below(h >> 8, SPAN_SECONDS)).unwrap_or_default();
    NewReview {
        id: cx.id(),
        product,
        variant: None,
        author: text::author(h),
        stars: review.stars,
        body: review.body,
        key,
        created_at: FIRST + Duration::seconds(after),
    }
}
