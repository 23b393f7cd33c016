//! `pasar explain`: a search taken apart.

use crate::{settings::Settings, wiring};
use anyhow::Context;
use clap::{Arg, ArgAction, ArgMatches, Command};
use model::views::{
    SearchParams,
    operator::{Explained, FoundBy, HitExplained, Sought, Verdict},
};
use std::sync::Arc;

pub fn command() -> Command {
    Command::new("explain")
        .about("Take a search apart")
        .long_about(
            "Says how a query is read, what each hit's score is made of, and of a product why it is not among the hits. \
             Reads this data folder's index beside the server that keeps it; over the embedded database, which belongs \
             to one process, the server has to be stopped.",
        )
        .arg(Arg::new("QUERY").required(true).help("As a shopper types it"))
        .arg(Arg::new("product").long("product").value_name("SLUG").help("Where this product is, or why it is not there"))
        .arg(
            Arg::new("filter")
                .long("filter")
                .value_name("KEY=VALUE")
                .action(ArgAction::Append)
                .help("As in the result page's address: city=Bandung, a.size=42; may be repeated"),
        )
}

pub struct Asked {
    params: SearchParams,
    product: Option<String>,
}

impl Asked {
    pub fn of(arguments: &ArgMatches) -> anyhow::Result<Self> {
        let query = arguments.get_one::<String>("QUERY").cloned().unwrap_or_default();
        let filters = arguments.get_many::<String>("filter").into_iter().flatten();
        let pairs = filters
            .map(|filter| filter.split_once('=').with_context(|| format!("{filter:?} is not KEY=VALUE")))
            .collect::<anyhow::Result<Vec<_>>>()?;
        Ok(Self {
            params: SearchParams::from_pairs([("q", query.as_str())].into_iter().chain(pairs)),
            product: arguments.get_one::<String>("product").cloned(),
        })
    }
}

pub async fn run(settings: Settings, asked: Asked) -> anyhow::Result<()> {
    let _telemetry = wiring::telemetry(&settings)?;
    let house = wiring::open(&settings).await?;
    let outcome = explained(&house, &settings, &asked).await;
    house.database.close().await;
    print(&outcome?);
    Ok(())
}

async fn explained(house: &wiring::House, settings: &Settings, asked: &Asked) -> anyhow::Result<Explained> {
    let folder = settings.data.join("search");
    let engine = tokio::task::spawn_blocking(move || flows::index::open_to_read(&folder)).await??;
    let engine = Arc::new(engine);
    flows::index::read_synonyms(&house.kernel, &engine).await?;
    let cx = house.kernel.clone().with_part(engine).job_cx();
    Ok(views::explain::explain(&cx, &asked.params, asked.product.as_deref()).await?)
}

fn print(explained: &Explained) {
    println!("{} products in the index", explained.products);
    if !explained.dropped.is_empty() {
        println!("says nothing: {}", explained.dropped.join(", "));
    }
    for word in &explained.words {
        let praise = if word.praise { ", praise" } else { "" };
        println!("\n{}  weight {:.2}, {} as written{praise}", word.word, word.weight, word.exact);
        if !word.stems.is_empty() {
            println!("  stems {}", word.stems.join(", "));
        }
        for way in &word.ways {
            println!("  {:<11} {:<28} worth {:.2}  {} products", way.by, way.term, way.worth, way.products);
        }
    }
    let how = match (explained.loosened, explained.filled) {
        (false, false) => "every word",
        (true, false) => "loosened",
        (false, true) => "every word, filled up from the category",
        (true, true) => "loosened, filled up from the category",
    };
    println!(
        "\n{} have every word strictly; {how}; {} match, {} in all",
        explained.strict, explained.matching, explained.total
    );
    for (category, weight) in explained.speaks_of.iter().take(5) {
        println!("  speaks of {category} ({weight:.2})");
    }
    if let Some(better) = &explained.did_you_mean {
        println!("did you mean {better:?}");
    }
    for (place, hit) in explained.hits.iter().enumerate() {
        print_hit(place + 1, hit);
    }
    explained.sought.iter().for_each(print_sought);
}

fn print_hit(place: usize, hit: &HitExplained) {
    let related = if hit.related { " (related)" } else { "" };
    println!("\n{place:>3}. {:.3} {}{related}", hit.score, hit.name);
    let p = hit.parts;
    println!(
        "     (text {:.2} + phrase {:.2} + head {:.2} + cover {:.2}) x category {:.2} + sales {:.3} + rating {:.3} \
         + tier {:.3} + fresh {:.3}",
        p.text, p.phrase, p.head, p.cover, p.affinity, p.sales, p.rating, p.tier, p.freshness
    );
    print_words(&hit.words);
}

fn print_words(words: &[FoundBy]) {
    let told = words.iter().map(|word| match &word.found {
        Some(found) if *found == word.word => format!("{} {}", word.word, word.by),
        Some(found) => format!("{} -> {found} ({})", word.word, word.by),
        None => format!("{} missing", word.word),
    });
    println!("     {}", told.collect::<Vec<_>>().join("; "));
}

fn print_sought(sought: &Sought) {
    let name = sought.name.as_deref().unwrap_or(&sought.slug);
    print!("\n{name}: ");
    match sought.verdict {
        Verdict::Unknown => println!("there is no such product"),
        Verdict::NotOnSale(state) => println!("it is {}, and only active products are found", state.as_str()),
        Verdict::NotIndexed => println!("it is on sale but not in this index yet"),
        Verdict::Filtered => println!("it fails {}", sought.fails.join(", ")),
        Verdict::LacksWords => println!("it lacks words that enough others have"),
        Verdict::TooDeep => println!("it fits, but further down than anybody looks"),
        Verdict::Found(place) => println!("found in place {place}"),
    }
    print_words(&sought.words);
    if let Some(hit) = &sought.hit
        && let Verdict::Found(place) = sought.verdict
    {
        print_hit(usize::try_from(place).unwrap_or_default(), hit);
    }
}
