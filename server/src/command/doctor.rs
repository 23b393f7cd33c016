//! `pasar doctor`: says what is wrong here and how to mend it.

use crate::{settings::Settings, site, wiring};
use clap::Command;
use kernel::db::{Database, MIGRATOR};
use std::{fs, net::TcpListener, path::Path};

pub fn command() -> Command {
    Command::new("doctor").about("Say what is wrong here and how to mend it").long_about(
        "Looks at the settings, the data folder, the built site, the port and the database, changes nothing but \
         what opening the embedded database changes, and ends with an error where something needs mending.",
    )
}

/// One look: what was looked at, and what is wrong with it, with the cure.
struct Finding {
    about: &'static str,
    result: Result<String, String>,
}

pub async fn run(settings: Settings) -> anyhow::Result<()> {
    let mut findings = vec![
        Finding { about: "settings", result: Ok("every value can be read".to_owned()) },
        Finding { about: "data folder", result: data_folder(&settings.data) },
        Finding { about: "disk space", result: disk_space(&settings.data) },
        Finding { about: "site", result: site::check(&settings.site) },
        Finding { about: "public URL", result: public_url(&settings) },
        Finding { about: "port", result: port(&settings) },
    ];
    findings.extend(database(&settings).await);
    let wrong = findings.iter().filter(|f| f.result.is_err()).count();
    for Finding { about, result } in findings {
        match result {
            Ok(fine) => println!("  ok     {about:<12} {fine}"),
            Err(cure) => println!("  WRONG  {about:<12} {cure}"),
        }
    }
    anyhow::ensure!(wrong == 0, "{wrong} of these need mending");
    println!("Nothing is wrong.");
    Ok(())
}

fn data_folder(path: &Path) -> Result<String, String> {
    fs::create_dir_all(path)
        .map_err(|e| format!("{} cannot be made ({e}); name another with --data", path.display()))?;
    let probe = path.join(".doctor");
    fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe)).map_err(|e| {
        format!(
            "{} cannot be written to ({e}); give this user the folder, or name another with --data",
            path.display()
        )
    })?;
    Ok(path.display().to_string())
}

/// Below this much, PostgreSQL may stop in the middle of the day.
const LITTLE: u64 = 1 << 30;

fn disk_space(path: &Path) -> Result<String, String> {
    let stats = rustix::fs::statvfs(path).map_err(|e| format!("cannot be measured: {e}"))?;
    let free = stats.f_bavail.saturating_mul(stats.f_frsize);
    let text = format!("{} MiB free", free >> 20);
    if free < LITTLE { Err(format!("{text}; make room for at least 1 GiB")) } else { Ok(text) }
}

fn public_url(settings: &Settings) -> Result<String, String> {
    let public = !settings.listen.ip().is_loopback();
    if public && settings.public_url.starts_with("http://") && !settings.public_url.contains("localhost") {
        return Err(format!(
            "{} is not https, so cookies and passwords travel in the clear; put TLS in front and set public-url",
            settings.public_url
        ));
    }
    Ok(settings.public_url.clone())
}

fn port(settings: &Settings) -> Result<String, String> {
    match TcpListener::bind(settings.listen) {
        Ok(_) => Ok(format!("{} is free", settings.listen)),
        Err(e) => Err(format!(
            "{} cannot be listened on ({e}); stop what is there, or choose another with --listen",
            settings.listen
        )),
    }
}

async fn database(settings: &Settings) -> Vec<Finding> {
    let database = match Database::open(&wiring::db_settings(settings)).await {
        Ok(database) => database,
        Err(error) => return vec![Finding { about: "database", result: Err(error.to_string()) }],
    };
    let version: Result<String, sqlx::Error> =
        sqlx::query_scalar("show server_version").fetch_one(database.pool()).await;
    let kind = if database.embedded().is_some() { "embedded" } else { "given by DATABASE_URL" };
    let answer =
        version.map(|v| format!("PostgreSQL {v}, {kind}")).map_err(|e| format!("does not answer: {e}"));
    let known = MIGRATOR.iter().map(|m| m.version).max().unwrap_or_default();
    let applied: Result<Option<i64>, sqlx::Error> =
        sqlx::query_scalar("select max(version) from _sqlx_migrations where success")
            .fetch_one(database.pool())
            .await;
    let schema = match applied {
        Ok(Some(version)) if version >= known => Ok(format!("up to date (change {version})")),
        Ok(_) | Err(_) => {
            Err("schema changes are missing; run `pasar migrate` (serving does it too)".to_owned())
        }
    };
    let dead: Result<i64, sqlx::Error> =
        sqlx::query_scalar("select count(*) from job where state = 'dead'").fetch_one(database.pool()).await;
    let jobs = match dead {
        Ok(0) => Ok("no dead letters".to_owned()),
        Ok(n) => Err(format!("{n} jobs were given up; their errors stand in the table job")),
        Err(_) => Ok("not set up yet".to_owned()),
    };
    database.close().await;
    vec![
        Finding { about: "database", result: answer },
        Finding { about: "schema", result: schema },
        Finding { about: "jobs", result: jobs },
    ]
}
