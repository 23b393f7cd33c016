//! `pasar figures`: counts anew how shops sell.

use crate::{settings::Settings, wiring};
use clap::Command;

pub fn command() -> Command {
    Command::new("figures").about("Count anew how shops sell").long_about(
        "Counts every day of every shop again from its orders, and the days whose looks and carts are still kept from these, \
         and judges how reliable each shop is. Jobs do so by themselves as things happen; this makes good what was changed \
         behind their back. It may run while the site does, and may be repeated.",
    )
}

pub async fn run(settings: Settings) -> anyhow::Result<()> {
    let _telemetry = wiring::telemetry(&settings)?;
    let house = wiring::open(&settings).await?;
    let counted = flows::figures::count_again(&house.kernel.job_cx()).await;
    house.database.close().await;
    let counted = counted?;
    println!("Counted {} days of {} shops.", counted.days, counted.shops);
    Ok(())
}
