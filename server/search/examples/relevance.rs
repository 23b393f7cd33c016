//! How well real listings are found: `relevance LISTINGS.csv QUERIES.csv… [--hide-in N] [--misses]`.
//!
//! Known items: words of a listing's own name are typed (three, shuffled; with a slip; unfinished; two) and the listing
//! is looked for among the first ten. Typed: what people type, scored by the share of the first five of the right
//! category. With `DATABASE_URL` set, PostgreSQL's trigrams and full text answer the same questions beside ours.
//! Everything follows from one seed.

#![allow(clippy::cast_precision_loss, reason = "shares of counts")]

#[path = "support/mod.rs"]
mod support;

use std::{collections::HashMap, error::Error, time::Instant};

use search::{Config, Engine, Query};
use sqlx::{Connection as _, PgConnection, Row as _};
use support::{Listing, Random, listings};
use uuid::Uuid;

const SEED: u64 = 20_261_122;
const FIRST: usize = 10;

/// What is typed and the categories that are right.
type Typed = (String, Vec<String>);

struct Asked {
    text: String,
    listing: Uuid,
}

#[derive(Default)]
struct Score {
    asked: usize,
    found: usize,
    reciprocal: f64,
}

impl Score {
    fn add(&mut self, place: Option<usize>) {
        self.asked += 1;
        if let Some(place) = place {
            self.found += 1;
            self.reciprocal += 1.0 / (place + 1) as f64;
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let listings_file = arguments.next().ok_or("give the listings")?;
    let mut query_files = Vec::new();
    let (mut hide_in, mut misses) = (0, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--hide-in" => hide_in = arguments.next().ok_or("hide in how many?")?.parse()?,
            "--misses" => misses = true,
            other if other.starts_with("--") => return Err(format!("unknown argument {other}").into()),
            file => query_files.push(file.to_owned()),
        }
    }
    let listings = listings(&listings_file)?;
    let lists: Vec<(String, Vec<Typed>)> = query_files
        .iter()
        .map(|file| Ok((list_name(file), typed(file)?)))
        .collect::<Result<_, Box<dyn Error>>>()?;
    let known = known_items(&listings);

    let folder = tempfile::tempdir()?;
    let engine = Engine::create(folder.path(), Config::default())?;
    let started = Instant::now();
    let mut real: Vec<_> = listings.iter().map(support::document).collect();
    real.sort_by_key(|document| std::cmp::Reverse(document.sold));
    let count = engine.rebuild(merged(real, support::catalogue_by_sales(hide_in)), 1, |_| ())?;
    println!(
        "{count} products indexed in {:.1} s; {} listings, {} typed queries, seed {SEED}",
        started.elapsed().as_secs_f64(),
        listings.len(),
        lists.iter().map(|(_, typed)| typed.len()).sum::<usize>()
    );

    println!("\n{:<12} {:<26} {:>9} {:>8}", "", "", "found@10", "MRR@10");
    for (name, asked) in &known {
        let mut score = Score::default();
        for question in asked {
            let mut query = Query::text(question.text.as_str());
            query.limit = FIRST;
            query.facets = false;
            let hits = engine.search(&query)?.hits;
            let place = hits.iter().position(|hit| hit.product == question.listing);
            score.add(place);
            if misses && place.is_none() {
                let name = listings.iter().find(|l| l.id == question.listing).map_or("", |l| &l.name);
                println!("    missed {:?} for {name:?}", question.text);
            }
        }
        print_known("ours", name, &score);
    }
    // Seeded products hang in the same categories, so they may be right as well.
    let mut category_of: HashMap<Uuid, String> =
        listings.iter().map(|l| (l.id, l.category.clone())).collect();
    category_of.extend((0..hide_in).map(|i| (support::seeded_id(i), support::seeded_category(i).to_owned())));
    for (list, typed) in &lists {
        let mut shares = 0.0;
        for (text, right) in typed {
            let mut query = Query::text(text.as_str());
            query.limit = 5;
            query.facets = false;
            let hits = engine.search(&query)?.hits;
            let got: Vec<&str> =
                hits.iter().filter_map(|hit| category_of.get(&hit.product).map(String::as_str)).collect();
            let share = share(&got, right);
            shares += share;
            if misses && share < 1.0 {
                println!("    {share:.1} {text:?} wants {right:?}, got {got:?}");
            }
        }
        print_typed("ours", list, shares, typed.len());
    }

    if let Ok(url) = std::env::var("DATABASE_URL") {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(baselines(&url, &listings, &known, &lists))?;
    }
    Ok(())
}

/// Best sellers first, whichever they are from.
fn merged(
    real: Vec<search::Document>,
    seeded: impl Iterator<Item = search::Document> + Send,
) -> impl Iterator<Item = search::Document> + Send {
    let mut real = real.into_iter().peekable();
    let mut seeded = seeded.peekable();
    std::iter::from_fn(move || match (real.peek(), seeded.peek()) {
        (Some(a), Some(b)) if a.sold < b.sold => seeded.next(),
        (None, _) => seeded.next(),
        _ => real.next(),
    })
}

fn print_known(who: &str, what: &str, score: &Score) {
    let asked = score.asked as f64;
    println!(
        "{who:<12} {what:<26} {:>8.1}% {:>8.3}",
        100.0 * score.found as f64 / asked,
        score.reciprocal / asked
    );
}

/// `queries-everyday.csv` is `queries-everyday`.
fn list_name(file: &str) -> String {
    let name = std::path::Path::new(file).file_stem().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn print_typed(who: &str, list: &str, shares: f64, queries: usize) {
    println!("{who:<12} {:<26} {:>9.3}", format!("{list}: right of 5"), shares / queries as f64);
}

/// Missing ones of the five count as wrong.
fn share(got: &[&str], right: &[String]) -> f64 {
    got.iter().take(5).filter(|category| right.iter().any(|r| r == *category)).count() as f64 / 5.0
}

fn typed(file: &str) -> Result<Vec<Typed>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(file)?;
    let rows = reader.records().map(|row| {
        let row = row?;
        Ok((row[0].to_owned(), row[1].split('|').map(str::to_owned).collect()))
    });
    rows.collect()
}

/// Per kind of question one per listing whose name has the words for it.
fn known_items(listings: &[Listing]) -> Vec<(&'static str, Vec<Asked>)> {
    let cut = |name: &str| -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for word in name.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
            if word.chars().count() >= 2 && !words.iter().any(|w| w == word) {
                words.push(word.to_owned());
            }
        }
        words
    };
    let mut frequency: HashMap<String, usize> = HashMap::new();
    for listing in listings {
        for word in cut(&listing.name) {
            *frequency.entry(word).or_default() += 1;
        }
    }
    let mut random = Random(SEED);
    let mut kinds = [
        ("three words, shuffled", Vec::new()),
        ("… with a slip", Vec::new()),
        ("… last word unfinished", Vec::new()),
        ("two words", Vec::new()),
    ];
    for listing in listings {
        let mut words = cut(&listing.name);
        // The rarest are the most distinctive; equal ones stay in the order of the name.
        words.sort_by_key(|word| frequency[word]);
        if words.len() < 2 {
            continue;
        }
        let asked = |words: &[String]| Asked { text: words.join(" "), listing: listing.id };
        let mut three: Vec<String> = words.iter().take(3).cloned().collect();
        random.shuffle(&mut three);
        kinds[0].1.push(asked(&three));
        let mut slipped = three.clone();
        let longest = (0..slipped.len())
            .max_by_key(|i| slipped[*i].chars().count().min(5) * 10 + random.below(10))
            .unwrap_or(0);
        slipped[longest] = slip(&slipped[longest], &mut random);
        kinds[1].1.push(asked(&slipped));
        let mut unfinished = three.clone();
        if let Some(last) = unfinished.last_mut() {
            let length = last.chars().count();
            let keep = (length - (1 + random.below(3)).min(length - 1)).max(2.min(length));
            *last = last.chars().take(keep).collect();
        }
        kinds[2].1.push(asked(&unfinished));
        let mut two: Vec<String> = words.into_iter().take(2).collect();
        random.shuffle(&mut two);
        kinds[3].1.push(asked(&two));
    }
    kinds.into()
}

/// One letter left out, doubled, replaced, or swapped with the next.
fn slip(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.below(letters.len());
    match random.below(4) {
        0 if letters.len() > 2 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 if letters.len() > 1 => {
            let at = at.min(letters.len() - 2);
            letters.swap(at, at + 1);
        }
        _ => letters[at] = char::from(b'a' + u8::try_from(random.below(26)).unwrap_or(0)),
    }
    letters.into_iter().collect()
}

/// Trigram similarity and full text over the names, as one would do without an engine.
async fn baselines(
    url: &str,
    listings: &[Listing],
    known: &[(&str, Vec<Asked>)],
    lists: &[(String, Vec<Typed>)],
) -> Result<(), Box<dyn Error>> {
    let mut db = PgConnection::connect(url).await?;
    for statement in [
        "create extension if not exists pg_trgm",
        "create temporary table listing (id uuid, name text, category text)",
    ] {
        sqlx::query(statement).execute(&mut db).await?;
    }
    for listing in listings {
        sqlx::query("insert into listing values ($1, $2, $3)")
            .bind(listing.id)
            .bind(&listing.name)
            .bind(&listing.category)
            .execute(&mut db)
            .await?;
    }
    let trigrams = "select id, category from listing where $1 <% name order by word_similarity($1, name) desc, similarity($1, name) desc, id limit $2";
    let full_text = "select id, category from listing where words @@ plainto_tsquery('simple', $1) \
                     order by ts_rank(words, plainto_tsquery('simple', $1)) desc, id limit $2";
    sqlx::query(
        "alter table listing add words tsvector generated always as (to_tsvector('simple', name)) stored",
    )
    .execute(&mut db)
    .await?;
    sqlx::query("select set_limit(0.1), set_config('pg_trgm.word_similarity_threshold', '0.1', false)")
        .execute(&mut db)
        .await?;
    for (who, sql) in [("trigrams", trigrams), ("full text", full_text)] {
        for (name, asked) in known {
            let mut score = Score::default();
            for question in asked {
                let rows = sqlx::query(sql)
                    .bind(&question.text)
                    .bind(i64::try_from(FIRST)?)
                    .fetch_all(&mut db)
                    .await?;
                let ids: Vec<Uuid> = rows.iter().map(|row| row.get(0)).collect();
                score.add(ids.iter().position(|id| *id == question.listing));
            }
            print_known(who, name, &score);
        }
        for (list, typed) in lists {
            let mut shares = 0.0;
            for (text, right) in typed {
                let rows = sqlx::query(sql).bind(text).bind(5_i64).fetch_all(&mut db).await?;
                let got: Vec<String> = rows.iter().map(|row| row.get(1)).collect();
                shares += share(&got.iter().map(String::as_str).collect::<Vec<_>>(), right);
            }
            print_typed(who, list, shares, typed.len());
        }
    }
    Ok(())
}
