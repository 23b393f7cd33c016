//! `pasar work`: jobs only, for a machine that serves no pages.

use super::stop_asked;
use crate::{settings::Settings, wiring};
use clap::Command;
use tracing::{info, warn};

pub fn command() -> Command {
    Command::new("work").about("Work off jobs only").long_about(
        "Works off jobs until told to stop. Any number of processes may do so over one database; the embedded one \
         belongs to a single process, so this needs DATABASE_URL.",
    )
}

pub async fn run(settings: Settings) -> anyhow::Result<()> {
    let telemetry = wiring::telemetry(&settings)?;
    let house = wiring::open(&settings).await?;
    let workers = wiring::workers(&house.kernel, &settings);
    info!("Working off jobs, {} at a time", settings.job_workers);
    stop_asked().await;
    info!("Stopping: finishing what is in flight");
    let cut = workers.drain(settings.shutdown_grace).await;
    if cut > 0 {
        warn!("{cut} jobs were cut short; they will be run again");
    }
    house.database.close().await;
    telemetry.shut_down();
    Ok(())
}
