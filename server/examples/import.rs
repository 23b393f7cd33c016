//! How fast listings and reviews come in: `import [ROWS] [LISTINGS.csv REVIEWS.csv]` (100,000 rows if not said).
//!
//! Half of the listings are the project's own, the other half, where files are given, theirs over and over under keys of
//! their own, with the reviews beside them. They are taken over into a new database in the folder `PASAR_DATA`, the
//! server's own with its usual settings; then once more with nothing new, then with every price changed. Printed: rows
//! per second, statements, processor time of this process, and the most memory it had.

use csv::StringRecord;
use flows::{
    import::{Options, Report},
    import_listings, import_reviews, seed,
};
use kernel::{
    Cx, Kernel,
    db::{Database, DbSettings},
};
use std::{
    error::Error,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{Layer, filter::Targets, layer::Context, layer::SubscriberExt as _};

static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// Counts what sqlx says it has executed.
struct Statements;

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let rows: u64 = arguments.next().map_or(Ok(100_000), |n| n.parse())?;
    let given = arguments.next().zip(arguments.next());
    let only_sqlx = Targets::new().with_target("sqlx::query", Level::DEBUG);
    let subscriber = tracing_subscriber::registry().with(Statements.with_filter(only_sqlx));
    tracing::subscriber::set_global_default(subscriber)?;

    let data = std::env::var_os("PASAR_DATA").ok_or("PASAR_DATA is not set")?.into();
    let pg_bin = std::env::var_os("PASAR_PG_BIN").map(Into::into);
    let settings = DbSettings { url: None, data, pg_bin, connections: 2 };
    let database = Database::open(&settings).await?;
    let outcome = measure(&database, rows, given).await;
    database.close().await;
    outcome
}

async fn measure(
    database: &Database,
    rows: u64,
    given: Option<(String, String)>,
) -> Result<(), Box<dyn Error>> {
    kernel::db::migrate(database.pool()).await?;
    let cx = Kernel::new(database.pool().clone()).job_cx();
    let folder = tempfile::tempdir()?;
    let file = |name: &str| folder.path().join(name);
    let own = if given.is_some() { rows / 2 } else { rows };
    let reviews =
        write(own, 0, given.map(|given| (given, rows - own)), &file("listings.csv"), &file("reviews.csv"))?;
    write(own, 1_000, None, &file("changed.csv"), &file("none.csv"))?;

    println!(
        "{:<22} {:>9} {:>9} {:>11} {:>12} {:>8}",
        "", "rows", "seconds", "rows/s", "statements", "cpu s"
    );
    let source = Options::of("bench");
    run("new listings", &cx, &file("listings.csv"), &source, Kind::Listings).await?;
    run("the same again", &cx, &file("listings.csv"), &source, Kind::Listings).await?;
    run("other prices", &cx, &file("changed.csv"), &source, Kind::Listings).await?;
    if reviews > 0 {
        run("reviews", &cx, &file("reviews.csv"), &source, Kind::Reviews).await?;
    }
    println!("most memory: {} MiB", peak_kib().unwrap_or_default() / 1024);
    Ok(())
}

#[derive(Clone, Copy)]
enum Kind {
    Listings,
    Reviews,
}

async fn run(what: &str, cx: &Cx, file: &Path, options: &Options, kind: Kind) -> Result<(), Box<dyn Error>> {
    let (started, before, cpu) = (Instant::now(), STATEMENTS.load(Ordering::Relaxed), cpu_ms());
    let report: Report = match kind {
        Kind::Listings => import_listings(cx, file, options, |_| ()).await?,
        Kind::Reviews => import_reviews(cx, file, options, |_| ()).await?,
    };
    let (took, rows) = (started.elapsed(), report.counts.rows());
    let statements = STATEMENTS.load(Ordering::Relaxed) - before;
    let rate = u128::from(rows) * 1000 / took.as_millis().max(1);
    let cpu = cpu_ms().zip(cpu).map_or_else(String::new, |(after, before)| {
        let ms = after - before;
        format!("{}.{:02}", ms / 1000, ms % 1000 / 10)
    });
    println!("{what:<22} {rows:>9} {:>9.2} {rate:>11} {statements:>12} {cpu:>8}", took.as_secs_f64());
    if report.counts.bad > 0 {
        println!("  of which bad: {}, the first: {}", report.counts.bad, report.bad[0]);
    }
    Ok(())
}

/// Writes both files: so many listings of our own, their prices raised by `more`, and so many of the files given.
/// Returns how many reviews there are.
fn write(
    own: u64,
    more: i64,
    given: Option<((String, String), u64)>,
    listings: &Path,
    reviews: &Path,
) -> Result<u64, Box<dyn Error>> {
    let mut out = csv::Writer::from_path(listings)?;
    out.write_record(seed::COLUMNS)?;
    for mut row in seed::listings(own, 1) {
        row[4] = (row[4].parse::<i64>()? + more).to_string();
        out.write_record(&row)?;
    }
    out.flush()?;
    let Some(((theirs, theirs_reviews), n)) = given else { return Ok(0) };
    // Only whole rounds have reviews, so that each of these has its listing.
    let rounds = copy(&theirs, &mut out, n)?;
    let all = read(&theirs_reviews)?.len() as u64 * rounds;
    let mut out = csv::Writer::from_path(reviews)?;
    out.write_record(["product_id", "rating", "text"])?;
    copy(&theirs_reviews, &mut out, all)?;
    Ok(all)
}

fn read(file: &str) -> Result<Vec<StringRecord>, csv::Error> {
    csv::Reader::from_path(file)?.records().collect()
}

/// Writes `n` rows of a file over and over, with the round in the key. Returns how many rounds were whole.
fn copy(file: &str, out: &mut csv::Writer<std::fs::File>, n: u64) -> Result<u64, Box<dyn Error>> {
    let rows = read(file)?;
    let each = rows.len() as u64;
    for i in 0..n {
        let (round, row) = (i / each, &rows[usize::try_from(i % each)?]);
        let key = format!("{}-{round}", &row[0]);
        out.write_record(std::iter::once(key.as_str()).chain(row.iter().skip(1)))?;
    }
    out.flush()?;
    Ok(n / each)
}

/// Processor time of this process, in milliseconds.
fn cpu_ms() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(ticks * 10)
}

/// The most memory this process has had at a time, in KiB.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
