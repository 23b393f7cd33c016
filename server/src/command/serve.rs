//! `pasar serve`: pages, APIs and jobs in one process.

use super::stop_asked;
use crate::{outside, settings::Settings, site, wiring};
use anyhow::Context;
use clap::{ArgMatches, Command};
use kernel::telemetry::Telemetry;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};
use web::Ended;

pub fn command() -> Command {
    Command::new("serve")
        .about("Answer HTTP and work off jobs")
        .long_about(
            "Answers HTTP and works off jobs until told to stop (Ctrl-C or SIGTERM); then requests and jobs in \
             flight are finished, at most for shutdown-grace seconds.",
        )
        .arg(crate::switch("seed-if-empty", "Fill in the demo data first where there are no products yet"))
        .arg(crate::switch("no-jobs", "Leave jobs to other processes (pasar work)"))
}

#[derive(Clone, Copy, Debug)]
pub struct Options {
    seed_if_empty: bool,
    jobs: bool,
}

impl Options {
    pub fn of(arguments: &ArgMatches) -> Self {
        Self { seed_if_empty: arguments.get_flag("seed-if-empty"), jobs: !arguments.get_flag("no-jobs") }
    }
}

pub async fn run(settings: Settings, options: Options) -> anyhow::Result<()> {
    let telemetry = wiring::telemetry(&settings)?;
    web::log_panics();
    if !cfg!(debug_assertions) {
        site::check(&settings.site).map_err(anyhow::Error::msg)?;
    }
    // Before the database, so that a port in use is said at once and nothing has to be undone.
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}; is another server running there?", settings.listen))?;
    // Listened for from here on: a signal while the database starts is acted on as soon as that is done.
    let stopping = CancellationToken::new();
    let asked = stopping.clone();
    tokio::spawn(async move {
        stop_asked().await;
        info!("Stopping: finishing what is in flight");
        asked.cancel();
    });
    let house = wiring::open(&settings).await?;
    let outcome = answer(&settings, options, &house, listener, &telemetry, stopping).await;
    house.database.close().await;
    telemetry.shut_down();
    outcome
}

async fn answer(
    settings: &Settings,
    options: Options,
    house: &wiring::House,
    listener: TcpListener,
    telemetry: &Telemetry,
    stopping: CancellationToken,
) -> anyhow::Result<()> {
    if options.seed_if_empty {
        tokio::select! {
            seeded = super::seed::if_empty(&house.kernel) => seeded?,
            () = stopping.cancelled() => return Ok(()),
        }
    }
    let kernel = wiring::with_search(&house.kernel, settings).await?;
    // Not before: nobody outside is asked for the demonstration.
    let kernel = outside::with_rates(kernel, settings)?;
    let kernel = crate::payments::with_news(&kernel);
    let (kernel, visits) = wiring::with_visits(&kernel);
    let router = wiring::router(&kernel, settings, telemetry)?;
    let served = CancellationToken::new();
    let visits = tokio::spawn(visits.write(kernel.db().clone(), served.clone().cancelled_owned()));
    let workers = options.jobs.then(|| wiring::workers(&kernel, settings));
    let url = &settings.public_url;
    // Told to whoever sits at this machine: mails that nobody sends are looked for in vain otherwise.
    let captured = if settings.smtp.is_none() && settings.listen.ip().is_loopback() {
        format!("\n  Mails are kept, for operators to read: {url}/backoffice/messages")
    } else {
        String::new()
    };
    println!("\n  Pasar is open: {url}\n  API: {url}/api/docs{captured}\n  Stop it with Ctrl-C.\n");
    if options.seed_if_empty {
        super::seed::tell_people(&kernel).await?;
    }
    let grace = settings.shutdown_grace;
    match web::serve(listener, router, stopping.cancelled_owned(), grace).await? {
        Ended::Drained => {}
        Ended::CutOff => warn!("Some requests were cut off after {} s", grace.as_secs()),
    }
    served.cancel();
    if tokio::time::timeout(grace, visits).await.is_err() {
        warn!("The last product views could not be written");
    }
    if let Some(workers) = workers {
        let cut = workers.drain(grace).await;
        if cut > 0 {
            warn!("{cut} jobs were cut short; they will be run again");
        }
    }
    Ok(())
}
