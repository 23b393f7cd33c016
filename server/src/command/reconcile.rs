//! `pasar reconcile`: proves that ledger, orders, payments, coins and stock fit.

use crate::{settings::Settings, wiring};
use clap::Command;

pub fn command() -> Command {
    Command::new("reconcile").about("Prove that ledger, orders, payments, coins and stock fit").long_about(
        "Adds up every journal, compares each order's escrow with what was paid for it, each provider's account with \
         what the provider told, paid payments with their orders, what shops were given with their orders, withdrawals with \
         what left the balance, each member's coins with what came, was spent and expired, and reserved stock with its reservations. Changes nothing, and ends with an error where something does not fit.",
    )
}

pub async fn run(settings: Settings) -> anyhow::Result<()> {
    let house = wiring::open(&settings).await?;
    let findings = flows::reconcile::reconcile(&house.kernel.job_cx()).await;
    house.database.close().await;
    let findings = findings?;
    for difference in &findings.ledger {
        println!("  ledger  {difference:?}");
    }
    for misfit in &findings.misfits {
        println!("  misfit  {misfit:?}");
    }
    anyhow::ensure!(
        findings.is_good(),
        "{} of these do not fit",
        findings.ledger.len() + findings.misfits.len()
    );
    println!("Everything fits.");
    Ok(())
}
