//! `pasar import`: listings and reviews of them from CSV files, and photographs of products.

mod photos;

use crate::{settings::Settings, wiring};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use flows::import::{Difference, Options, Progress, Report, Sample};
use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
};

pub fn command() -> Command {
    let file = |name: &'static str| Arg::new(name).value_name("FILE").value_parser(value_parser!(PathBuf));
    let import = Command::new("import").about("Bring in listings, reviews and photographs");
    import.subcommand_required(true).subcommand(photos::command()).subcommand(
        Command::new("listings")
            .about("Take over a CSV of listings, and of reviews of them")
            .long_about(
                "Takes over listings from a CSV with the columns product_id, category, name, location, price_idr, \
                 rating, sold and review_count, and reviews with product_id, rating and text. Rows are checked one by \
                 one; a bad one is named with line and column and does not stop the others. Fields may be parted by \
                 commas, semicolons or tabs. Safe to interrupt and to repeat: what is there already stays the same.",
            )
            .arg(file("FILE").required(true).help("The listings"))
            .arg(file("reviews").long("reviews").help("The reviews of these listings"))
            .arg(
                Arg::new("source")
                    .long("source")
                    .value_name("NAME")
                    .default_value("listings")
                    .help("Where they come from; keys are unique within it"),
            )
            .arg(file("bad-rows").long("bad-rows").help("Where bad rows go [default: FILE.bad.csv]"))
            .arg(Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help("Check and compare everything, write nothing")),
    )
}

pub enum Asked {
    Listings(Listings),
    Photos(photos::Photos),
}

impl Asked {
    pub fn of(arguments: &ArgMatches) -> anyhow::Result<Self> {
        match arguments.subcommand() {
            Some(("listings", arguments)) => Ok(Self::Listings(Listings::of(arguments))),
            Some(("photos", arguments)) => Ok(Self::Photos(photos::Photos::of(arguments)?)),
            _ => anyhow::bail!("say what to import: listings or photos"),
        }
    }
}

pub struct Listings {
    file: PathBuf,
    reviews: Option<PathBuf>,
    source: String,
    bad_rows: Option<PathBuf>,
    dry_run: bool,
}

impl Listings {
    fn of(arguments: &ArgMatches) -> Self {
        let path = |name| arguments.get_one::<PathBuf>(name).cloned();
        Self {
            file: path("FILE").unwrap_or_default(),
            reviews: path("reviews"),
            source: arguments.get_one::<String>("source").cloned().unwrap_or_default(),
            bad_rows: path("bad-rows"),
            dry_run: arguments.get_flag("dry-run"),
        }
    }

    fn options(&self, file: &Path) -> Options {
        let mut bad_rows = file.as_os_str().to_owned();
        bad_rows.push(".bad.csv");
        Options {
            dry_run: self.dry_run,
            bad_rows: (!self.dry_run).then(|| self.bad_rows.clone().unwrap_or_else(|| bad_rows.into())),
            ..Options::of(self.source.clone())
        }
    }
}

pub async fn run(settings: Settings, asked: Asked) -> anyhow::Result<()> {
    let _telemetry = wiring::telemetry(&settings)?;
    let house = wiring::open(&settings).await?;
    let cx = house.kernel.job_cx();
    let outcome = match &asked {
        Asked::Listings(asked) => listings(&cx, asked).await,
        Asked::Photos(asked) => asked.take_in(&cx).await,
    };
    house.database.close().await;
    outcome
}

async fn listings(cx: &kernel::Cx, asked: &Listings) -> anyhow::Result<()> {
    let report =
        flows::import_listings(cx, &asked.file, &asked.options(&asked.file), bar("listings")).await?;
    tell("listings", &report, asked.dry_run);
    let mut bad = report.counts.bad;
    if let Some(reviews) = &asked.reviews {
        let report = flows::import_reviews(cx, reviews, &asked.options(reviews), bar("reviews")).await?;
        tell("reviews", &report, asked.dry_run);
        bad += report.counts.bad;
    }
    anyhow::ensure!(bad == 0, "{bad} rows were not taken over; they are listed above");
    Ok(())
}

/// A progress bar on a terminal, nothing elsewhere.
fn bar(what: &'static str) -> impl FnMut(Progress) {
    let shown = std::io::stderr().is_terminal();
    move |progress| {
        if !shown {
            return;
        }
        let done = (progress.bytes_read * 30).checked_div(progress.bytes.max(1)).unwrap_or_default().min(30);
        let done = usize::try_from(done).unwrap_or(30);
        let bar = format!("{}{}", "█".repeat(done), "░".repeat(30 - done));
        eprint!("\r  {what:<9} {bar} {:>9} rows", progress.counts.rows());
        if progress.bytes_read >= progress.bytes {
            eprintln!();
        }
        let _ = std::io::stderr().flush();
    }
}

fn tell(what: &str, report: &Report, dry_run: bool) {
    let counts = report.counts;
    let would = if dry_run { " (dry run: nothing was written)" } else { "" };
    println!(
        "{what}: {} new, {} changed, {} same, {} bad{would}",
        counts.new, counts.changed, counts.same, counts.bad
    );
    if report.resumed_after > 0 {
        println!("  went on after {} rows of an earlier run", report.resumed_after);
    }
    if dry_run {
        rows("new    ", &report.new, counts.new);
    }
    rows("changed", &report.changed, counts.changed);
    for row in &report.bad {
        println!("  bad     {row}");
    }
    more("bad", report.bad.len(), counts.bad);
}

/// The first rows of a kind, and what is different about them.
fn rows(kind: &str, rows: &[Sample], all: u64) {
    for row in rows {
        println!("  {kind} line {}: {} {}", row.line, row.key, row.name);
        for Difference { column, from, to } in &row.differences {
            println!("            {column}: {from} → {to}");
        }
    }
    more(kind.trim(), rows.len(), all);
}

fn more(kind: &str, shown: usize, all: u64) {
    let more = all.saturating_sub(shown as u64);
    if more > 0 {
        println!("  and {more} more {kind} rows");
    }
}
