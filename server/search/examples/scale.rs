//! How fast a large catalogue is searched and built: `scale [PRODUCTS] [FOLDER]` (one million if not said; a folder that
//! holds an index of that many is used again). Prints the rate of a rebuild and the most memory it had, the latency of a
//! mix of queries with facets and how many times that of a small shop it is, of suggestions and of a change becoming
//! findable, and the memory.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "measuring"
)]

#[path = "support/mod.rs"]
mod support;

use std::{error::Error, path::Path, time::Instant};

use search::{AttributeFilter, Change, Config, Engine, Filters, Lang, PriceRange, Query, Sort, Wanted};
use support::Random;

const ROUNDS: usize = 2_000;
/// A shop beside which the large one is measured: as many products as the listings that come with the project.
const SMALL: usize = 1_322;
/// Words people type, common and rare, whole, misspelt and unfinished.
const TYPED: &[&str] = &[
    "sepatu wanita",
    "keyboard wireless",
    "powerbank 10000",
    "hp android",
    "casing hp",
    "lampu led",
    "makanan kucing",
    "tas ransel anti air",
    "kemeja pria katun",
    "sepatu",
    "hijab",
    "tempered glass premium",
    "kabel data type c",
    "sepatu lari pria",
    "botol minum 1000 ml",
    "mainan anak",
    "buku anak",
    "kopi bubuk premium",
    "rice cooker mini",
    "kursi gaming",
    "charger laptop",
    "keybord wireles",
    "sepatu wnaita",
    "powerbnk",
    "tas sekoalh",
    "kamera miror",
    "setrika m",
    "gamepad blue",
    "jam tangan wanita kulit",
    "gamis satin premium",
    "tripod portable",
    "oli motor",
    "parfum",
    "popok bayi isi 10",
    "minyak telon",
    "emas batangan",
    "mukena travel",
    "dress katun korea",
    "helm",
    "gitar",
    "novel",
    "komik",
    "stik ps4 original",
    "lcd",
    "earphone bluetooth murah",
    "asdfqwer",
    "xk482",
    "masker wajah korea",
    "wajan stainless anti slip",
    "celana chino slim",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().map_or(Ok(1_000_000), |n| n.parse())?;
    let temporary = tempfile::tempdir()?;
    let folder = arguments.next().map_or_else(|| temporary.path().to_owned(), Into::into);
    let before = resident();
    let engine = open(&folder, count)?;
    println!("index on disk           {:>8.0} MB", on_disk(&folder)? as f64 / 1e6);
    println!("rows in memory          {:>8.0} MB", engine.memory() as f64 / 1e6);

    let mut random = Random(7);
    let queries: Vec<Query> = (0..ROUNDS).map(|_| query(&mut random)).collect();
    let small = Engine::create(temporary.path().join("small"), Config::default())?;
    small.rebuild(support::catalogue_by_sales(SMALL), 1, |_| ())?;
    let (slow_there, _) = searched(&small, &queries)?;
    let (mut slowest, found) = searched(&engine, &queries)?;
    let middle = |times: &[Took]| report("search with facets", times.iter().map(|(ms, _)| *ms).collect());
    println!("of {SMALL} products:");
    let there = middle(&slow_there);
    println!("of {count} products:");
    let here = middle(&slowest);
    println!("  p50 is {:.1} times that of the small shop; {} hits on average", here / there, found / ROUNDS);
    slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let filtered = |query: &Query| query.filters != Filters::default();
    for place in [0, ROUNDS / 100, ROUNDS / 10, ROUNDS / 4, ROUNDS / 2, ROUNDS * 3 / 4] {
        let (ms, i) = slowest[place];
        let (query, total) = (&queries[i], engine.search(&queries[i])?.total);
        let narrowed = if filtered(query) { " filtered" } else { "" };
        println!("  number {place:>4} of the slowest: {ms:.2} ms {:?}{narrowed} {total} hits", query.text);
    }
    let mut browse = Vec::new();
    for i in 0..40 {
        let mut query = Query::text("");
        query.sort = [Sort::Relevance, Sort::Newest, Sort::Sales, Sort::PriceAscending][i % 4];
        query.filters.categories = if i % 2 == 0 { Vec::new() } else { vec!["kitchen".to_owned()] };
        let started = Instant::now();
        engine.search(&query)?;
        browse.push(started.elapsed().as_secs_f64() * 1e3);
    }
    report("browse without words", browse);
    let mut suggest = Vec::new();
    for _ in 0..1_000 {
        let text = TYPED[random.below(TYPED.len())];
        let length = 1 + random.below(text.len());
        let started = Instant::now();
        engine.suggest(&text[..length], Lang::default(), 8)?;
        suggest.push(started.elapsed().as_secs_f64() * 1e3);
    }
    report("suggest", suggest);
    let mut similar = Vec::new();
    for i in 0..200 {
        let started = Instant::now();
        engine.similar(support::seeded_id(i * 37 % count), 12)?;
        similar.push(started.elapsed().as_secs_f64() * 1e3);
    }
    report("similar", similar);
    println!(
        "memory of the process   {:>8.0} MB more than at the start ({:.0} MB)",
        (resident() - before) as f64 / 1e3,
        before as f64 / 1e3
    );

    let mut apply = Vec::new();
    for (sequence, document) in (10..).zip(support::catalogue(20)) {
        let started = Instant::now();
        engine.apply([Change::Upsert(Box::new(document))], sequence)?;
        apply.push(started.elapsed().as_secs_f64() * 1e3);
    }
    report("change findable", apply);
    Ok(())
}

/// How long a query takes, in milliseconds, with its place in the list.
type Took = (f64, usize);

/// How long each query takes, and how much is found in all.
fn searched(engine: &Engine, queries: &[Query]) -> Result<(Vec<Took>, usize), Box<dyn Error>> {
    for query in queries.iter().take(200) {
        engine.search(query)?;
    }
    // Others may be using the machine: each query runs three times and the least time counts.
    let mut times: Vec<Took> = Vec::with_capacity(queries.len());
    let mut found = 0;
    for (i, query) in queries.iter().enumerate() {
        let least = (0..3).map(|_| timed(|| engine.search(query))).collect::<Result<Vec<_>, _>>()?;
        found += least[0].1.total;
        times.push((least.iter().map(|(ms, _)| *ms).fold(f64::MAX, f64::min), i));
    }
    Ok((times, found))
}

fn open(folder: &Path, count: usize) -> Result<Engine, Box<dyn Error>> {
    let started = Instant::now();
    if let Ok(engine) = Engine::open(folder, Config::default())
        && engine.products() == count
    {
        println!("opened and checked      {:>8.1} s", started.elapsed().as_secs_f64());
        return Ok(engine);
    }
    let generated = Instant::now();
    let sample = support::catalogue(count.min(20_000)).map(|d| d.name.len()).sum::<usize>();
    let making = generated.elapsed().as_secs_f64() / count.min(20_000) as f64;
    let engine = Engine::create(folder, Config::default())?;
    let documents = support::catalogue_by_sales(count);
    let started = Instant::now();
    engine.rebuild(documents, 1, |_| ())?;
    let seconds = started.elapsed().as_secs_f64();
    println!("rebuild of {count} products: {seconds:.1} s, {:.0}/s", count as f64 / seconds);
    println!("  the most memory meanwhile    {:>8.0} MB", most_memory() as f64 / 1e3);
    println!(
        "  of one core's time, making the products took {:.1} s ({} bytes of names in the sample)",
        making * count as f64,
        sample
    );
    Ok(engine)
}

/// Two thirds plain, the rest filtered and sorted as people do.
fn query(random: &mut Random) -> Query {
    let mut query = Query::text(TYPED[random.skewed(TYPED.len() * 4) % TYPED.len()]);
    match random.below(12) {
        0 => {
            query.filters =
                Filters { price: Some(PriceRange { from: 50_000, to: 200_000 }), ..Filters::default() }
        }
        1 => {
            let colour =
                AttributeFilter { key: "Warna".to_owned(), wanted: Wanted::AnyOf(vec!["Merah".to_owned()]) };
            let size = AttributeFilter {
                key: "Ukuran".to_owned(),
                wanted: Wanted::AnyOf(vec!["40".to_owned(), "41".to_owned()]),
            };
            query.filters = Filters { attributes: vec![colour, size], ..Filters::default() };
        }
        2 => {
            query.filters = Filters {
                cities: vec!["Jakarta Barat".to_owned(), "Kota Bandung".to_owned()],
                min_rating: Some(450),
                ..Filters::default()
            }
        }
        3 => query.sort = Sort::PriceAscending,
        _ => {}
    }
    query
}

fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<(f64, T), E> {
    let started = Instant::now();
    let done = work()?;
    Ok((started.elapsed().as_secs_f64() * 1e3, done))
}

/// Prints and returns the middle.
fn report(what: &str, mut milliseconds: Vec<f64>) -> f64 {
    milliseconds.sort_by(f64::total_cmp);
    let at = |share: f64| milliseconds[((milliseconds.len() - 1) as f64 * share) as usize];
    println!(
        "{what:<22} p50 {:>7.2} ms   p90 {:>7.2} ms   p99 {:>7.2} ms   most {:>7.2} ms",
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
    at(0.5)
}

fn on_disk(folder: &Path) -> std::io::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() { on_disk(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}

/// The most kilobytes this process ever had in memory, of the files it maps too.
fn most_memory() -> i64 {
    status("VmHWM:")
}

/// Kilobytes of this process that are in memory and its own (the mapped index is the system's).
fn resident() -> i64 {
    status("RssAnon:")
}

fn status(what: &str) -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
