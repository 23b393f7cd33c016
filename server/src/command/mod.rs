//! What the program can be told to do.

mod counters;
mod doctor;
mod explain;
mod figures;
mod import;
mod migrate;
mod operator;
mod reconcile;
mod seed;
mod serve;
mod synonyms;
mod work;

use crate::settings::Settings;
use clap::{ArgMatches, Command};
use std::future::Future;

pub fn all() -> Vec<Command> {
    vec![
        serve::command(),
        work::command(),
        migrate::command(),
        seed::command(),
        import::command(),
        synonyms::command(),
        explain::command(),
        counters::command(),
        operator::command(),
        reconcile::command(),
        figures::command(),
        doctor::command(),
    ]
}

pub fn run(name: &str, arguments: &ArgMatches, settings: Settings) -> anyhow::Result<()> {
    match name {
        "serve" => in_runtime(serve::run(settings, serve::Options::of(arguments))),
        "work" => in_runtime(work::run(settings)),
        "migrate" => in_runtime(migrate::run(settings)),
        "seed" => in_runtime(seed::run(settings, seed::Options::of(arguments))),
        "import" => in_runtime(import::run(settings, import::Asked::of(arguments)?)),
        "synonyms" => in_runtime(synonyms::run(settings, synonyms::Asked::of(arguments)?)),
        "explain" => in_runtime(explain::run(settings, explain::Asked::of(arguments)?)),
        "counters" => in_runtime(counters::run(settings, counters::Asked::of(arguments)?)),
        "operator" => in_runtime(operator::run(settings, operator::Asked::of(arguments)?)),
        "figures" => in_runtime(figures::run(settings)),
        "reconcile" => in_runtime(reconcile::run(settings)),
        "doctor" => in_runtime(doctor::run(settings)),
        other => anyhow::bail!("there is no command {other}"),
    }
}

fn in_runtime(task: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(task)
}

/// Resolves when somebody asks the process to stop: Ctrl-C, `kill`, or the service manager.
async fn stop_asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let wait = |kind| async move {
        match signal(kind) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(error) => {
                tracing::error!("Cannot wait for signals: {error}");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = wait(SignalKind::interrupt()) => {}
        () = wait(SignalKind::terminate()) => {}
    }
}
