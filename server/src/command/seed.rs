//! `pasar seed`: the demonstration market, or a catalogue of any size for measuring.

use crate::{settings::Settings, wiring};
use clap::{Arg, ArgMatches, Command, value_parser};
use kernel::Kernel;
use std::io::{IsTerminal, Write};
use tracing::info;

/// What the demonstration market grows from unless another number is given.
const SEED: u64 = 17;

pub fn command() -> Command {
    Command::new("seed")
        .about("Fill in demo data")
        .long_about(
            "Makes the demonstration market: shops, products with variants, drawn pictures and reviews. The same seed \
             gives the same market everywhere, and what is there already is left alone. With --scale it makes a \
             catalogue of so many products instead, with sales and prices spread as in life, for measuring.",
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("NUMBER")
                .value_parser(value_parser!(u64))
                .help("What the data grows from [default: 17]"),
        )
        .arg(
            Arg::new("scale")
                .long("scale")
                .value_name("PRODUCTS")
                .value_parser(value_parser!(u64).range(1..=10_000_000))
                .help("So many products for measuring, up to 10000000"),
        )
}

#[derive(Clone, Copy, Debug)]
pub struct Options {
    seed: u64,
    scale: Option<u64>,
}

impl Options {
    pub fn of(arguments: &ArgMatches) -> Self {
        let number = |name| arguments.get_one::<u64>(name).copied();
        Self { seed: number("seed").unwrap_or(SEED), scale: number("scale") }
    }
}

pub async fn run(settings: Settings, options: Options) -> anyhow::Result<()> {
    let _telemetry = wiring::telemetry(&settings)?;
    let house = wiring::open(&settings).await?;
    let outcome = fill(&house.kernel, options).await;
    house.database.close().await;
    outcome
}

async fn fill(kernel: &Kernel, options: Options) -> anyhow::Result<()> {
    let cx = kernel.job_cx();
    let shown = std::io::stderr().is_terminal();
    let made = match options.scale {
        None => {
            flows::seed::people(&cx).await?;
            let made = flows::seed::demo(&cx, options.seed).await?;
            flows::seed::staff(&cx).await?;
            flows::seed::orders(kernel, options.seed).await?;
            flows::seed::looks(&cx, options.seed).await?;
            flows::figures::count_again(&cx).await?;
            made
        }
        Some(n) => {
            let say = |done: u64| {
                if shown {
                    eprint!("\r  {done:>9} of {n} products");
                    let _ = std::io::stderr().flush();
                }
            };
            let made = flows::seed::scale(&cx, n, options.seed, say).await?;
            if shown {
                eprintln!();
            }
            made
        }
    };
    tell_people(kernel).await?;
    println!("Made {} shops, {} products and {} reviews.", made.shops, made.products, made.reviews);
    Ok(())
}

/// Says as whom one can sign in, where the demonstration's people are there.
pub async fn tell_people(kernel: &Kernel) -> anyhow::Result<()> {
    for person in flows::seed::present_people(&kernel.job_cx()).await? {
        println!("  Sign in as {} with the password {}", person.email, person.password);
    }
    Ok(())
}

/// The demonstration market, where there are no products at all.
pub async fn if_empty(kernel: &Kernel) -> anyhow::Result<()> {
    let empty: Option<bool> =
        sqlx::query_scalar("select not exists (select from product)").fetch_one(kernel.db()).await?;
    if empty == Some(true) {
        info!("Filling in the demo data (some seconds)");
        flows::seed::people(&kernel.job_cx()).await?;
        let made = flows::seed::demo(&kernel.job_cx(), SEED).await?;
        flows::seed::staff(&kernel.job_cx()).await?;
        flows::seed::orders(kernel, SEED).await?;
        flows::seed::looks(&kernel.job_cx(), SEED).await?;
        flows::figures::count_again(&kernel.job_cx()).await?;
        info!("Made {} shops, {} products and {} reviews", made.shops, made.products, made.reviews);
    }
    Ok(())
}
