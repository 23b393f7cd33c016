//! `pasar migrate`: the schema this program expects, nothing else.

use crate::{settings::Settings, wiring};
use clap::Command;
use kernel::db::{Database, migrate};

pub fn command() -> Command {
    Command::new("migrate").about("Bring the database up to date").long_about(
        "Applies the schema changes the database lacks, one process at a time (an advisory lock sees to that), and \
         says how many. `serve` does the same when it starts.",
    )
}

pub async fn run(settings: Settings) -> anyhow::Result<()> {
    let _telemetry = wiring::telemetry(&settings)?;
    let database = Database::open(&wiring::db_settings(&settings)).await?;
    let migrated = migrate(database.pool()).await;
    database.close().await;
    match migrated?.applied {
        0 => println!("The database is up to date."),
        1 => println!("1 schema change applied; the database is up to date."),
        n => println!("{n} schema changes applied; the database is up to date."),
    }
    Ok(())
}
