//! Every setting of the binary, in one table. A value comes from a flag, else the environment, else the
//! `[pasar]` section of the configuration file, else the default; a bad one is named with where it came from.

mod outside;
mod sources;
mod table;

pub use outside::{Couriers, Payments};
pub use sources::{SettingError, Sources};
pub use table::SETTINGS;

use media::Bucket;
use outside::{bucket, couriers, oidc, payments, sms};
use sources::{number, some};
use std::{
    env,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    Pretty,
    Json,
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    pub public_url: String,
    pub data: PathBuf,
    pub database_url: Option<String>,
    pub database_connections: u32,
    pub pg_bin: Option<PathBuf>,
    pub site: PathBuf,
    pub log: String,
    pub log_format: LogFormat,
    pub otlp_endpoint: Option<String>,
    pub trusted_proxies: Vec<String>,
    pub body_limit: usize,
    pub request_timeout: Duration,
    pub read_rate: u32,
    pub write_rate: u32,
    pub metrics_token: Option<String>,
    pub identity_key: Option<String>,
    pub job_workers: usize,
    pub shutdown_grace: Duration,
    /// Where pictures lie, if not in the data folder.
    pub media_bucket: Option<Bucket>,
    pub smtp: Option<notify::SmtpSettings>,
    pub mail_from: Option<String>,
    pub contact: Option<model::Email>,
    pub sms: Option<notify::SmsSettings>,
    pub oidc: Option<identity::provider::ProviderSettings>,
    pub payments: Payments,
    pub couriers: Couriers,
}

fn default_data() -> Result<PathBuf, String> {
    // PostgreSQL refuses to run as root, and the user it then runs as cannot look into root's home.
    if rustix::process::geteuid().is_root() {
        return Ok(PathBuf::from("/var/lib/pasar"));
    }
    let base = env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    base.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".local/share")))
        .map(|base| base.join("pasar"))
        .ok_or_else(|| "there is no home folder to put it in; name one".to_owned())
}

impl Settings {
    pub fn from(sources: &Sources) -> Result<Self, SettingError> {
        let listen = sources.get("listen", |s| {
            s.parse::<SocketAddr>()
                .map_err(|_| "an address and port such as 127.0.0.1:3000 is needed".to_owned())
        })?;
        let public_url = sources.get("public-url", |s| public_url(s, listen))?;
        Ok(Self {
            listen,
            oidc: oidc(sources, &public_url)?,
            public_url,
            data: sources.get("data", |s| {
                let path = if s.is_empty() { default_data()? } else { PathBuf::from(s) };
                std::path::absolute(path).map_err(|e| e.to_string())
            })?,
            database_url: sources.get("database-url", |s| {
                if s.is_empty() || s.starts_with("postgres://") || s.starts_with("postgresql://") {
                    Ok(some(s))
                } else {
                    Err("it should begin with postgres://".to_owned())
                }
            })?,
            database_connections: sources.get("database-connections", |s| number(s, 2, 500))?,
            pg_bin: sources.get("pg-bin", |s| Ok(some(s).map(PathBuf::from)))?,
            site: sources.get("site", |s| {
                Ok(some(s)
                    .map(PathBuf::from)
                    .or_else(|| sources.site_root.clone())
                    .unwrap_or_else(|| PathBuf::from("target/site")))
            })?,
            log: sources.get("log", |s| {
                s.parse::<tracing_subscriber::EnvFilter>().map(|_| s.to_owned()).map_err(|e| e.to_string())
            })?,
            log_format: sources.get("log-format", |s| match s {
                "pretty" => Ok(LogFormat::Pretty),
                "json" => Ok(LogFormat::Json),
                _ => Err("it is pretty or json".to_owned()),
            })?,
            otlp_endpoint: sources.get("otlp-endpoint", |s| {
                if s.is_empty() || cfg!(feature = "otlp") {
                    Ok(some(s))
                } else {
                    Err("this build has no OpenTelemetry; build with --features otlp".to_owned())
                }
            })?,
            trusted_proxies: sources.get("trusted-proxies", |s| {
                Ok(s.split(',').map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect())
            })?,
            body_limit: sources.get("body-limit", |s| number(s, 1_024, 1 << 30))?,
            request_timeout: Duration::from_secs(sources.get("request-timeout", |s| number(s, 1, 600))?),
            read_rate: sources.get("read-rate", |s| number(s, 0, 1_000_000))?,
            write_rate: sources.get("write-rate", |s| number(s, 0, 1_000_000))?,
            metrics_token: sources.get("metrics-token", |s| Ok(some(s)))?,
            identity_key: sources.get("identity-key", |s| match s.len() {
                0 => Ok(None),
                32.. => Ok(some(s)),
                _ => Err("it needs at least 32 characters".to_owned()),
            })?,
            job_workers: sources.get("job-workers", |s| number(s, 1, 64))?,
            shutdown_grace: Duration::from_secs(sources.get("shutdown-grace", |s| number(s, 0, 600))?),
            media_bucket: bucket(sources)?,
            smtp: sources
                .get("smtp-url", |s| some(s).map(|s| s.parse().map_err(str::to_owned)).transpose())?,
            mail_from: sources.get("mail-from", |s| match some(s) {
                Some(sender) if notify::Post::sender(&sender).is_err() => {
                    Err("it should look like Pasar <no-reply@pasar.example>".to_owned())
                }
                sender => Ok(sender),
            })?,
            contact: sources.get("contact", |s| {
                some(s).map(|s| s.parse().map_err(|_| "it is no e-mail address".to_owned())).transpose()
            })?,
            sms: sms(sources)?,
            payments: payments(sources)?,
            couriers: couriers(sources)?,
        })
    }
}

fn public_url(text: &str, listen: SocketAddr) -> Result<String, String> {
    if text.is_empty() {
        let host =
            if listen.ip().is_unspecified() { "localhost".to_owned() } else { listen.ip().to_string() };
        return Ok(format!("http://{host}:{}", listen.port()));
    }
    let uri: http::Uri = text.parse().map_err(|_| "it is not a URL".to_owned())?;
    match (uri.scheme_str(), uri.authority(), uri.path()) {
        (Some(scheme @ ("http" | "https")), Some(authority), "/" | "") => {
            Ok(format!("{scheme}://{authority}"))
        }
        _ => Err("it should look like https://pasar.example, without a path".to_owned()),
    }
}

/// The README's table.
#[cfg(test)]
fn table() -> String {
    use std::fmt::Write as _;
    let mut out = String::from("| setting | environment | default | what it is |\n|---|---|---|---|\n");
    for s in SETTINGS {
        let (help, default) = match s.help.split_once(" [default: ") {
            Some((help, default)) => (help, default.trim_end_matches(']').to_owned()),
            None if s.default.is_empty() => (s.help, "none".to_owned()),
            None => (s.help, format!("`{}`", s.default)),
        };
        let _ = writeln!(
            out,
            "| `{}` {} | `{}` | {default} | {help} |",
            s.name,
            s.hint.replace('|', " or "),
            s.env()
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{table::SECRETS, *};
    use std::{collections::HashMap, fs};

    fn with(flags: &[(&str, &str)], environment: &[(&str, &str)]) -> Sources {
        let own =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Sources { flags: own(flags), environment: own(environment), ..Sources::default() }
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_file() {
        let mut sources = with(
            &[("listen", "127.0.0.1:1")],
            &[("PASAR_LISTEN", "127.0.0.1:2"), ("PASAR_JOB_WORKERS", "2")],
        );
        sources.file = Some((
            "x.toml".into(),
            [("job-workers".to_owned(), "9".to_owned()), ("read-rate".to_owned(), "7".to_owned())].into(),
        ));
        let settings = Settings::from(&sources).unwrap();
        assert_eq!((settings.listen.port(), settings.job_workers, settings.read_rate), (1, 2, 7));
        assert_eq!(settings.public_url, "http://127.0.0.1:1");
    }

    #[test]
    fn a_bad_value_is_named_with_its_source() {
        for (name, variable, value) in [
            ("listen", "PASAR_LISTEN", "3000"),
            ("job-workers", "PASAR_JOB_WORKERS", "0"),
            ("public-url", "PASAR_PUBLIC_URL", "pasar.example/x"),
            ("log-format", "PASAR_LOG_FORMAT", "xml"),
            ("smtp-url", "PASAR_SMTP_URL", "mail.example"),
            ("mail-from", "PASAR_MAIL_FROM", "nobody"),
            ("contact", "PASAR_CONTACT", "us"),
            ("sms-url", "PASAR_SMS_URL", "sms.example"),
            ("oidc-issuer", "PASAR_OIDC_ISSUER", "http://id.example"),
            ("biteship-couriers", "PASAR_BITESHIP_COURIERS", "jne;sicepat"),
            ("biteship-couriers", "PASAR_BITESHIP_COURIERS", "jne"),
            ("biteship-couriers", "PASAR_BITESHIP_COURIERS", "kirim_cepat"),
            ("database-url", "DATABASE_URL", "mysql://x"),
        ] {
            let error = Settings::from(&with(&[], &[(variable, value)])).unwrap_err().to_string();
            let shown = error.contains(value) != SECRETS.contains(&name);
            assert!(error.contains(name) && error.contains(variable) && shown, "{error}");
        }
    }

    #[test]
    fn a_bucket_s_secret_is_in_no_message() {
        let bucket = [
            ("PASAR_MEDIA_BUCKET", "pictures"),
            ("PASAR_MEDIA_ENDPOINT", "http://127.0.0.1:9000/"),
            ("PASAR_MEDIA_SECRET", "hush"),
        ];
        let error = Settings::from(&with(&[], &bucket)).unwrap_err().to_string();
        assert!(error.contains("media-key-id") && !error.contains("hush"), "{error}");
        let settings = Settings::from(&with(&[("media-key-id", "reader")], &bucket)).unwrap();
        let told = format!("{settings:?}");
        assert!(told.contains("pictures") && told.contains("reader") && !told.contains("hush"), "{told}");
        assert_eq!(settings.media_bucket.unwrap().endpoint.as_deref(), Some("http://127.0.0.1:9000"));
    }

    #[test]
    fn secrets_are_neither_told_when_wrong_nor_printed() {
        let wrong = with(&[], &[("PASAR_SMTP_URL", "smtp://me:s3cret@host?tls=maybe")]);
        assert!(!Settings::from(&wrong).unwrap_err().to_string().contains("s3cret"));
        let right = with(
            &[],
            &[
                ("PASAR_SMTP_URL", "smtp://me:s3cret@host"),
                ("PASAR_SMS_URL", "https://sms.example"),
                ("PASAR_SMS_TOKEN", "s3cret"),
            ],
        );
        let settings = Settings::from(&right).unwrap();
        let (smtp, sms) = (settings.smtp.unwrap(), settings.sms.unwrap());
        assert_eq!((smtp.host.as_str(), sms.token.as_str()), ("host", "s3cret"));
        assert!(!format!("{smtp:?} {sms:?}").contains("s3cret"));
    }

    #[test]
    fn a_mistyped_setting_in_the_file_is_refused_with_a_hint() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Leptos.toml");
        fs::write(&path, "[pasar]\npublic_url = \"https://x\"\n").unwrap();
        let error = Sources::collect(HashMap::new(), Some(&path)).unwrap_err().to_string();
        assert!(error.contains("public_url") && error.contains("public-url"), "{error}");
    }

    #[test]
    fn the_readme_shows_every_setting() {
        let readme = include_str!("../../../README.md");
        assert!(
            readme.contains(&table()),
            "README.md lacks the table of settings; it should be:\n{}",
            table()
        );
    }
}
