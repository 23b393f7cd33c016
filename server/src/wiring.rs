//! The composition root: what a process is made of, and in which order it starts and stops.

use crate::{
    entrances, outside, secrets,
    settings::{LogFormat, Settings},
};
use anyhow::Context;
use axum::Router;
use bank::Bank;
use carrier::Carrier;
use catalog::{
    recommend::RefreshRecommendations,
    visits::{Unwritten, Visits},
};
use flows::{photos::SweepPhotos, privacy::Exports, seller::Papers};
use identity::{Guard, Safe, password::Hasher};
use inquiry::jobs::FoldSearches;
use kernel::{
    Kernel,
    db::{Database, DbSettings, migrate},
    jobs::{Registry, Schedule, WorkerSettings, Workers},
    telemetry::{self, Telemetry, TelemetrySettings},
};
use leptos::config::LeptosOptions;
use media::{DropFiles, Files, MakeForms};
use notify::{Post, PostSettings, SendBulk, SendNow, Tidy};
use std::sync::Arc;
use tracing::info;
use web::{Health, Rate, Rates, WebSettings};

/// An open database with the schema this program expects, and the kernel over it.
pub struct House {
    pub database: Database,
    pub kernel: Kernel,
}

pub fn telemetry(settings: &Settings) -> anyhow::Result<Telemetry> {
    let format = match settings.log_format {
        LogFormat::Pretty => telemetry::LogFormat::Pretty,
        LogFormat::Json => telemetry::LogFormat::Json,
    };
    let settings = TelemetrySettings {
        format,
        filter: Some(settings.log.clone()),
        otlp: settings.otlp_endpoint.clone(),
    };
    Ok(Telemetry::start(&settings)?)
}

pub fn db_settings(settings: &Settings) -> DbSettings {
    DbSettings {
        url: settings.database_url.clone(),
        data: settings.data.clone(),
        pg_bin: settings.pg_bin.clone(),
        connections: settings.database_connections,
    }
}

/// Opens the database and brings its schema up to date, and names the store of pictures.
pub async fn open(settings: &Settings) -> anyhow::Result<House> {
    let files = files(settings)?;
    let database = Database::open(&db_settings(settings)).await?;
    match migrate(database.pool()).await {
        Ok(migrated) if migrated.applied > 0 => info!("{} schema changes applied", migrated.applied),
        Ok(_) => {}
        Err(error) => {
            database.close().await;
            return Err(error.into());
        }
    }
    let kernel = Kernel::new(database.pool().clone()).with_part(Arc::new(files));
    match furnished(kernel, settings).await {
        Ok(kernel) => Ok(House { database, kernel }),
        Err(error) => {
            database.close().await;
            Err(error)
        }
    }
}

/// The parts that every command may need.
async fn furnished(kernel: Kernel, settings: &Settings) -> anyhow::Result<Kernel> {
    let mut random = [0; 32];
    kernel.ids().fill(&mut random);
    let key = settings.identity_key.clone();
    let key = key.map_or_else(|| secrets::load_or_make(&settings.data, "identity-key", random), Ok)?;
    let guard = Guard {
        hasher: Hasher::for_this_machine(),
        safe: Safe::new(key.as_bytes()),
        host: host(&settings.public_url),
    };
    let takes = outside::till(&kernel, settings)?;
    let (fleet, carrier) = outside::fleet(&kernel, settings)?;
    let exports = Exports::folder(&settings.data.join("exports"))?;
    let papers = Papers::folder(&settings.data.join("papers"))?;
    let post = Post::open(&kernel, post_settings(settings)).await?;
    let door = Arc::new(crate::doorman::door());
    let kernel = match takes.bank {
        Some(bank) => kernel.with_part(bank),
        None => kernel,
    };
    let kernel = match takes.cashier {
        Some(cashier) => kernel.with_part(Arc::new(cashier)),
        None => kernel,
    };
    let kernel = match carrier {
        Some(carrier) => kernel.with_part(carrier),
        None => kernel,
    };
    let kernel = entrances::with_entrances(kernel, settings)?;
    Ok(kernel
        .with_part(Arc::new(takes.till))
        .with_part(Arc::new(fleet))
        .with_part(Arc::new(crate::payments::cart_door()))
        .with_part(Arc::new(guard))
        .with_part(door)
        .with_part(Arc::new(exports))
        .with_part(Arc::new(papers))
        .with_part(Arc::new(post)))
}

/// The host of the public address, without its port.
fn host(public_url: &str) -> String {
    let authority = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    match authority.strip_prefix('[').and_then(|v6| v6.split_once(']')) {
        Some((v6, _)) => v6.to_owned(),
        None => authority.split(':').next().unwrap_or_default().to_owned(),
    }
}

fn post_settings(settings: &Settings) -> PostSettings {
    PostSettings {
        site: settings.public_url.clone(),
        from: settings.mail_from.clone().unwrap_or_default(),
        contact: settings.contact.clone(),
        smtp: settings.smtp.clone(),
        sms: settings.sms.clone(),
    }
}

/// In the bucket where one is named, else in the data folder.
fn files(settings: &Settings) -> anyhow::Result<Files> {
    let folder = settings.data.join("media");
    match &settings.media_bucket {
        Some(bucket) => Files::bucket(bucket).with_context(|| format!("media-bucket {:?}", bucket.name)),
        None => Files::folder(&folder).with_context(|| format!("pictures in {}", folder.display())),
    }
}

pub fn workers(kernel: &Kernel, settings: &Settings) -> Workers {
    let pace = WorkerSettings { concurrency: settings.job_workers, ..WorkerSettings::default() };
    Workers::start(kernel.clone(), Arc::new(registry()), pace)
}

/// Every kind of job this program knows, and what runs by the clock.
pub fn registry() -> Registry {
    let often = Schedule::every(time::Duration::minutes(15));
    let nightly = Schedule::daily(time::macros::time!(02:40));
    let registry = flows::reactions::buying(flows::reactions::people(Registry::new()));
    let registry = flows::seller::jobs(registry);
    carrier::with_jobs(bank::with_jobs(registry))
        .cron("refresh recommendations", often, || RefreshRecommendations {})
        .job::<MakeForms>()
        .job::<DropFiles>()
        .cron("sweep photos", Schedule::daily(time::macros::time!(03:40)), || SweepPhotos {})
        .cron("fold searches", nightly, || FoldSearches {})
        .job::<SendNow>()
        .job::<SendBulk>()
        .cron("tidy messages", often, || Tidy {})
        .reactions(flows::reactions::reactions())
}

/// Lets pages note who looked at what; the other end writes it.
pub fn with_visits(kernel: &Kernel) -> (Kernel, Unwritten) {
    let (visits, unwritten) = Visits::new();
    (kernel.clone().with_part(Arc::new(visits)), unwritten)
}

/// Puts this node's search index and the log of searches into the kernel; both are kept in the background.
pub async fn with_search(kernel: &Kernel, settings: &Settings) -> anyhow::Result<Kernel> {
    let folder = settings.data.join("search");
    let engine = tokio::task::spawn_blocking(move || flows::index::open(&folder)).await??;
    let engine = Arc::new(engine);
    tokio::spawn(flows::index::keep(kernel.clone(), engine.clone()));
    tokio::spawn(flows::index::keep_popular(kernel.clone(), engine.clone()));
    let (log, noted) = inquiry::Log::new();
    tokio::spawn(inquiry::keep(kernel.clone(), noted));
    let (leads, noted) = inquiry::Leads::new();
    tokio::spawn(inquiry::keep_leads(kernel.clone(), noted));
    Ok(kernel.clone().with_part(engine).with_part(Arc::new(log)).with_part(Arc::new(leads)))
}

pub fn leptos_options(settings: &Settings) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("pasar")
        .site_root(settings.site.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(settings.listen)
        .hash_files(!cfg!(debug_assertions))
        .reload_port(reload_port().unwrap_or_default())
        .build()
}

/// Where a page hears that there is something new, while cargo-leptos watches the files.
fn reload_port() -> Option<u32> {
    std::env::var_os("LEPTOS_WATCH")?;
    std::env::var("LEPTOS_RELOAD_PORT").ok()?.parse().ok()
}

/// All that answers HTTP.
pub fn router(kernel: &Kernel, settings: &Settings, telemetry: &Telemetry) -> anyhow::Result<Router> {
    let options = leptos_options(settings);
    anyhow::ensure!(
        settings.site.join("pkg").is_dir(),
        "there is no built site in {}; run `make run` in a checkout, or name the folder with --site",
        settings.site.display()
    );
    let mut random = [0; 32];
    kernel.ids().fill(&mut random);
    let token = settings.metrics_token.clone();
    let token = token.map_or_else(|| secrets::load_or_make(&settings.data, "metrics-token", random), Ok)?;
    let mut trusted_proxies = Vec::new();
    for proxy in &settings.trusted_proxies {
        trusted_proxies.push(proxy.parse().with_context(|| format!("trusted-proxies: {proxy:?}"))?);
    }
    let rate = |per_second: u32| Rate { per_second, burst: per_second.saturating_mul(4) };
    let web = WebSettings {
        public_url: settings.public_url.clone(),
        stylesheet: web::stylesheet_url(&options),
        trusted_proxies,
        body_limit: settings.body_limit,
        body_limits: vec![
            ("/seller/".to_owned(), settings.body_limit.max(crate::shops::FORM_BYTES)),
            ("/api/v1/seller/".to_owned(), settings.body_limit.max(model::shop::file::BYTES)),
        ],
        timeout: settings.request_timeout,
        rates: Rates {
            enabled: settings.read_rate > 0 || settings.write_rate > 0,
            read: rate(if settings.read_rate == 0 { u32::MAX / 4 } else { settings.read_rate }),
            write: rate(if settings.write_rate == 0 { u32::MAX / 4 } else { settings.write_rate }),
            ..Rates::default()
        },
        metrics_token: Some(token),
        connect_src: reload_port()
            .map(|port| ["127.0.0.1", "localhost"].map(|host| format!("ws://{host}:{port}")).to_vec())
            .unwrap_or_default(),
        ..WebSettings::default()
    };
    let prometheus = telemetry.prometheus();
    let health = Health::new(kernel, &web).with_metrics(move || prometheus.render());
    let site = web::site(&options, &web, app::App, app::shell)
        .layer(axum::Extension(model::Site(settings.public_url.clone())));
    let router = site
        .merge(gateway_rest::router(health.clone(), &web.stylesheet))
        .merge(crate::media::routes())
        .merge(crate::account::routes())
        .merge(crate::provider::routes(&web.stylesheet))
        .merge(crate::sitemap::routes(&web.public_url))
        .merge(crate::messages::routes())
        .merge(crate::audit::routes())
        .merge(crate::shops::routes())
        .merge(crate::unsubscribe::routes(&web.stylesheet))
        .merge(crate::payments::routes())
        .merge(crate::papers::routes().layer(axum::Extension(model::Site(settings.public_url.clone()))))
        .merge(crate::couriers::routes())
        .merge(crate::statement::routes())
        .merge(crate::reorder::routes())
        .merge(crate::figures::routes())
        .merge(crate::goods::routes().layer(axum::Extension(model::Site(settings.public_url.clone()))))
        .merge(health.routes());
    let router = match kernel.part::<Bank>() {
        Some(bank) => router.merge(bank::router(kernel, bank)),
        None => router,
    };
    let router = match kernel.part::<Carrier>() {
        Some(carrier) => router.merge(carrier::router(kernel, carrier)),
        None => router,
    };
    Ok(web::layers(router, &web, kernel))
}
