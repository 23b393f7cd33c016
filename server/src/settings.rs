//! Every setting of the binary, in one table. A value comes from a flag, else the environment, else the
//! `[pasar]` section of the configuration file, else the default; a bad one is named with where it came from.

use media::{Bucket, Secret};
use std::{
    collections::HashMap,
    env, fmt, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

/// One row of the table: what `--help`, the README and the parser all go by.
#[derive(Debug)]
pub struct Setting {
    pub name: &'static str,
    pub hint: &'static str,
    pub default: &'static str,
    pub help: &'static str,
}

impl Setting {
    /// `PASAR_PUBLIC_URL` for `public-url`; the database's is the one everybody uses.
    pub fn env(&self) -> String {
        match self.name {
            "database-url" => "DATABASE_URL".to_owned(),
            name => format!("PASAR_{}", name.to_uppercase().replace('-', "_")),
        }
    }
}

const fn row(name: &'static str, hint: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, hint, default, help }
}

pub const SETTINGS: &[Setting] = &[
    row("listen", "ADDRESS", "127.0.0.1:3000", "Where to answer HTTP"),
    row(
        "public-url",
        "URL",
        "",
        "The address people type; https here switches on HSTS and Secure cookies [default: http:// and the listen address]",
    ),
    row(
        "data",
        "FOLDER",
        "",
        "Embedded database, search index, media and secrets [default: /var/lib/pasar for root, else ~/.local/share/pasar]",
    ),
    row(
        "database-url",
        "URL",
        "",
        "PostgreSQL 14 or later; without it the server keeps its own in the data folder",
    ),
    row("database-connections", "COUNT", "20", "Most connections held to PostgreSQL, 2 to 500"),
    row(
        "pg-bin",
        "FOLDER",
        "",
        "PostgreSQL's programs for the embedded database [default: PATH, then /usr/lib/postgresql]",
    ),
    row(
        "site",
        "FOLDER",
        "",
        "The built site [default: site-root of the configuration file, else target/site]",
    ),
    row(
        "log",
        "FILTER",
        "info,sqlx=warn,sqlx_core::pool=error,tantivy=warn",
        "What to log, as in tracing's env-filter",
    ),
    row("log-format", "pretty|json", "pretty", "How to log: for people or for machines"),
    row(
        "otlp-endpoint",
        "URL",
        "",
        "Send traces to this OpenTelemetry collector (needs a build with the otlp feature)",
    ),
    row(
        "trusted-proxies",
        "ADDRESSES",
        "",
        "Proxies whose X-Forwarded-For is believed: addresses or CIDR blocks, separated by commas",
    ),
    row("body-limit", "BYTES", "2097152", "Largest request body"),
    row("request-timeout", "SECONDS", "30", "Longest time a request may take, 1 to 600"),
    row(
        "read-rate",
        "PER_SECOND",
        "50",
        "Pages and reads per second and client, in bursts of four times as many; 0 is no limit",
    ),
    row(
        "write-rate",
        "PER_SECOND",
        "10",
        "Writes per second and client, in bursts of four times as many; 0 is no limit",
    ),
    row(
        "metrics-token",
        "TOKEN",
        "",
        "Bearer token for /metrics from elsewhere than this machine [default: made in the data folder]",
    ),
    row(
        "identity-key",
        "SECRET",
        "",
        "Seals second factors and codes, at least 32 characters and the same on every node [default: made in the data folder]",
    ),
    row("job-workers", "COUNT", "4", "Jobs run at once by this process, 1 to 64"),
    row(
        "shutdown-grace",
        "SECONDS",
        "20",
        "Time given to requests and jobs in flight when stopping, 0 to 600",
    ),
    row(
        "media-bucket",
        "NAME",
        "",
        "Bucket of an S3-compatible store for pictures; without it they lie in the data folder",
    ),
    row(
        "media-endpoint",
        "URL",
        "",
        "Address of that store, such as https://s3.example:9000 [default: Amazon's for the region]",
    ),
    row("media-region", "NAME", "us-east-1", "Region of the bucket; many stores take any"),
    row(
        "media-key-id",
        "ID",
        "",
        "Id of the key that opens the bucket [default: the machine's own role at Amazon]",
    ),
    row(
        "media-secret",
        "SECRET",
        "",
        "Secret of that key; give it in the environment, since others on this machine can read command lines",
    ),
    row(
        "smtp-url",
        "URL",
        "",
        "Mail server, as in smtp://user:password@host:587?tls=starttls (or implicit, or none); without it mails are kept to be read in the back office",
    ),
    row(
        "mail-from",
        "SENDER",
        "",
        "Who mails come from: an address, or a name and an address in angle brackets [default: no-reply at the host of public-url]",
    ),
    row(
        "sms-url",
        "URL",
        "",
        "Gateway that takes short messages as JSON by POST; without it they are kept like mails",
    ),
    row("sms-token", "TOKEN", "", "Bearer token for the gateway"),
    row("sms-sender", "NAME", "PASAR", "Who short messages come from: a number or a registered name"),
    row(
        "oidc-issuer",
        "URL",
        "",
        "OpenID Connect provider people may sign in through; it sends them back to /sign-in/provider",
    ),
    row("oidc-client-id", "ID", "", "Id of this site at that provider"),
    row("oidc-client-secret", "SECRET", "", "Secret of this site at that provider"),
    row("oidc-label", "NAME", "", "What people call that provider [default: its host]"),
    row(
        "simulator",
        "on|off",
        "on",
        "The simulated bank at /sim/bank, which pays what no other provider is set up for, and the simulated carrier at /sim/carrier; off where real money is taken",
    ),
    row("midtrans-key", "SECRET", "", "Server key at Midtrans; with it Midtrans takes what it can"),
    row("midtrans-url", "URL", "https://api.midtrans.com", "Midtrans' address, or that of its sandbox"),
    row("xendit-key", "SECRET", "", "Secret key at Xendit; with it Xendit takes what Midtrans does not"),
    row("xendit-webhook-token", "TOKEN", "", "Verification token of Xendit's webhooks"),
    row("xendit-url", "URL", "https://api.xendit.co", "Xendit's address"),
    row("stripe-key", "SECRET", "", "Secret key at Stripe; with it Stripe takes cards"),
    row("stripe-webhook-secret", "SECRET", "", "Signing secret of Stripe's webhooks"),
    row("stripe-url", "URL", "https://api.stripe.com", "Stripe's address"),
    row("biteship-key", "SECRET", "", "Key at Biteship; with it Biteship sends the couriers it offers"),
    row(
        "biteship-webhook-secret",
        "SECRET",
        "",
        "What Biteship's webhooks carry in the header x-biteship-signature",
    ),
    row("biteship-url", "URL", "https://api.biteship.com", "Biteship's address"),
    row("courier-phone", "NUMBER", "+622150880100", "Whom couriers call who do not find a shop"),
];

/// Settings whose values are not shown, not even when they are wrong.
const SECRETS: &[&str] = &[
    "database-url",
    "metrics-token",
    "identity-key",
    "smtp-url",
    "sms-token",
    "oidc-client-secret",
    "media-secret",
    "midtrans-key",
    "xendit-key",
    "xendit-webhook-token",
    "stripe-key",
    "stripe-webhook-secret",
];

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    Flag,
    Environment(String),
    File(PathBuf),
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("given on the command line"),
            Self::Environment(name) => write!(f, "from the environment variable {name}"),
            Self::File(path) => write!(f, "from {}", path.display()),
            Self::Default => f.write_str("the default"),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    #[error("{name} = {value:?} ({origin}) is not right: {why}")]
    Bad { name: &'static str, value: String, origin: Source, why: String },
    #[error("{} has a setting {name:?} that does not exist{}", file.display(), maybe.map(|m| format!(" (did you mean {m:?}?)")).unwrap_or_default())]
    Unknown { file: PathBuf, name: String, maybe: Option<&'static str> },
    #[error("cannot read the configuration file {}: {why}", file.display())]
    File { file: PathBuf, why: String },
}

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
    pub sms: Option<notify::SmsSettings>,
    pub oidc: Option<identity::provider::ProviderSettings>,
    pub payments: Payments,
    pub couriers: Couriers,
}

/// Who sends couriers. Keys are not printed.
#[derive(Clone)]
pub struct Couriers {
    /// Key, secret of webhooks and address.
    pub biteship: Option<(String, String, String)>,
    pub phone: String,
}

impl fmt::Debug for Couriers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Couriers")
            .field("biteship", &self.biteship.is_some())
            .field("phone", &self.phone)
            .finish()
    }
}

/// Who takes payments. Keys are not printed.
#[derive(Clone)]
pub struct Payments {
    pub simulator: bool,
    /// Server key and address.
    pub midtrans: Option<(String, String)>,
    /// Secret key, token of webhooks and address.
    pub xendit: Option<(String, String, String)>,
    /// Secret key, signing secret of webhooks and address.
    pub stripe: Option<(String, String, String)>,
}

impl fmt::Debug for Payments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payments")
            .field("simulator", &self.simulator)
            .field("midtrans", &self.midtrans.is_some())
            .field("xendit", &self.xendit.is_some())
            .field("stripe", &self.stripe.is_some())
            .finish()
    }
}

/// Where values are looked up, in order of precedence.
#[derive(Default, Debug)]
pub struct Sources {
    pub flags: HashMap<String, String>,
    pub environment: HashMap<String, String>,
    pub file: Option<(PathBuf, HashMap<String, String>)>,
    /// `site-root` of the configuration file's Leptos section, as a path from here.
    pub site_root: Option<PathBuf>,
}

impl Sources {
    /// `config` is the file named on the command line; without one, `Leptos.toml` is read where it exists.
    pub fn collect(flags: HashMap<String, String>, config: Option<&Path>) -> Result<Self, SettingError> {
        let environment = env::vars().collect();
        let default = Path::new("Leptos.toml");
        let path = config.or_else(|| default.exists().then_some(default));
        let (file, site_root) = match path {
            None => (None, None),
            Some(path) => {
                let (values, site_root) = read_file(path)?;
                (Some((path.to_owned(), values)), site_root)
            }
        };
        Ok(Self { flags, environment, file, site_root })
    }

    fn find(&self, setting: &Setting) -> (String, Source) {
        if let Some(value) = self.flags.get(setting.name) {
            return (value.clone(), Source::Flag);
        }
        let name = setting.env();
        if let Some(value) = self.environment.get(&name).filter(|v| !v.is_empty()) {
            return (value.clone(), Source::Environment(name));
        }
        if let Some((path, values)) = &self.file
            && let Some(value) = values.get(setting.name)
        {
            return (value.clone(), Source::File(path.clone()));
        }
        (setting.default.to_owned(), Source::Default)
    }

    fn get<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, SettingError> {
        let Some(setting) = SETTINGS.iter().find(|s| s.name == name) else {
            return Err(SettingError::Bad {
                name,
                value: String::new(),
                origin: Source::Default,
                why: "it is not in the table of settings".to_owned(),
            });
        };
        let (value, origin) = self.find(setting);
        parse(value.trim()).map_err(|why| {
            let value = if SECRETS.contains(&name) { "…".to_owned() } else { value };
            SettingError::Bad { name, value, origin, why }
        })
    }
}

fn read_file(path: &Path) -> Result<(HashMap<String, String>, Option<PathBuf>), SettingError> {
    let failed = |why: String| SettingError::File { file: path.to_owned(), why };
    let text = fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
    let document: toml::Table = text.parse().map_err(|e: toml::de::Error| failed(e.to_string()))?;
    let mut values = HashMap::new();
    if let Some(section) = document.get("pasar") {
        let section = section.as_table().ok_or_else(|| failed("[pasar] is not a section".to_owned()))?;
        for (name, value) in section {
            if !SETTINGS.iter().any(|s| s.name == name) {
                let maybe = SETTINGS.iter().map(|s| s.name).find(|known| near(known, name));
                return Err(SettingError::Unknown { file: path.to_owned(), name: name.clone(), maybe });
            }
            let text = match value {
                toml::Value::String(s) => s.clone(),
                toml::Value::Array(items) => items
                    .iter()
                    .map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned))
                    .collect::<Vec<_>>()
                    .join(","),
                other => other.to_string(),
            };
            values.insert(name.clone(), text);
        }
    }
    let leptos = document.get("package").and_then(|p| p.get("metadata")).and_then(|m| m.get("leptos"));
    let site_root = leptos.and_then(|l| l.get("site-root")).and_then(toml::Value::as_str);
    // A relative site-root is seen from the file that names it.
    let site_root = site_root.map(|root| path.parent().unwrap_or(Path::new("")).join(root));
    Ok((values, site_root))
}

/// The same letters but for underscores, or one contained in the other.
fn near(known: &str, given: &str) -> bool {
    let given = given.replace('_', "-").to_lowercase();
    known == given || known.contains(given.as_str()) || given.contains(known)
}

fn number<T: FromStr + PartialOrd + fmt::Display>(text: &str, low: T, high: T) -> Result<T, String> {
    text.parse()
        .ok()
        .filter(|n| (&low..=&high).contains(&n))
        .ok_or_else(|| format!("a whole number from {low} to {high} is needed"))
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
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
            sms: sms(sources)?,
            payments: payments(sources)?,
            couriers: couriers(sources)?,
        })
    }
}

fn address(sources: &Sources, name: &'static str) -> Result<String, SettingError> {
    sources.get(name, |s| {
        if s.starts_with("https://") || s.starts_with("http://127.0.0.1") {
            Ok(s.trim_end_matches('/').to_owned())
        } else {
            Err("it should begin with https://".to_owned())
        }
    })
}

/// A key with the secret its webhooks are told by, and where it is used.
fn signed(
    sources: &Sources,
    (key, webhooks, url): (&'static str, &'static str, &'static str),
) -> Result<Option<(String, String, String)>, SettingError> {
    let secret = sources.get(key, |s| Ok(some(s)))?;
    let signing = sources.get(webhooks, |s| match (some(s), &secret) {
        (None, Some(_)) => Err(format!("{key} needs it, or nobody could tell its webhooks from others")),
        (signing, _) => Ok(signing),
    })?;
    let url = address(sources, url)?;
    Ok(secret.zip(signing).map(|(secret, signing)| (secret, signing, url)))
}

fn couriers(sources: &Sources) -> Result<Couriers, SettingError> {
    Ok(Couriers {
        biteship: signed(sources, ("biteship-key", "biteship-webhook-secret", "biteship-url"))?,
        phone: sources.get("courier-phone", |s| Ok(s.to_owned()))?,
    })
}

fn payments(sources: &Sources) -> Result<Payments, SettingError> {
    let midtrans = sources.get("midtrans-key", |s| Ok(some(s)))?;
    let midtrans_url = address(sources, "midtrans-url")?;
    Ok(Payments {
        simulator: sources.get("simulator", |s| match s {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err("it is on or off".to_owned()),
        })?,
        midtrans: midtrans.map(|key| (key, midtrans_url)),
        xendit: signed(sources, ("xendit-key", "xendit-webhook-token", "xendit-url"))?,
        stripe: signed(sources, ("stripe-key", "stripe-webhook-secret", "stripe-url"))?,
    })
}

/// The provider, where its address is given; it needs the other two then.
fn oidc(
    sources: &Sources,
    public_url: &str,
) -> Result<Option<identity::provider::ProviderSettings>, SettingError> {
    let issuer = sources.get("oidc-issuer", |s| {
        let own = ["http://127.0.0.1", "http://localhost"].iter().any(|own| s.starts_with(own));
        if s.is_empty() || s.starts_with("https://") || own {
            Ok(some(s))
        } else {
            Err("it should begin with https://".to_owned())
        }
    })?;
    let needed = |name| {
        sources.get(name, |s| match some(s) {
            None if issuer.is_some() => Err("the provider of oidc-issuer needs it".to_owned()),
            value => Ok(value.unwrap_or_default()),
        })
    };
    let (client_id, client_secret) = (needed("oidc-client-id")?, needed("oidc-client-secret")?);
    let label = sources.get("oidc-label", |s| Ok(some(s)))?;
    Ok(issuer.map(|issuer| {
        let host = issuer.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let label = label.unwrap_or_else(|| host.to_owned());
        let back = format!("{public_url}/sign-in/provider");
        identity::provider::ProviderSettings { issuer, client_id, client_secret, label, back }
    }))
}

/// The store of pictures. What opens it stands in no message.
fn bucket(sources: &Sources) -> Result<Option<Bucket>, SettingError> {
    let secret = sources.get("media-secret", |s| Ok(some(s).map(Secret::new)))?;
    let key = sources.get("media-key-id", |s| match (some(s), secret) {
        (Some(id), Some(secret)) => Ok(Some((id, secret))),
        (None, None) => Ok(None),
        _ => Err("media-key-id and media-secret go together".to_owned()),
    })?;
    let endpoint = sources.get("media-endpoint", |s| {
        let address = s.trim_end_matches('/');
        let uri: Option<http::Uri> = address.parse().ok();
        let whole = uri.is_some_and(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https")) && uri.path().trim_end_matches('/').is_empty()
        });
        if s.is_empty() || whole {
            Ok(some(address))
        } else {
            Err("it should look like https://s3.example:9000, without a path".to_owned())
        }
    })?;
    let region = sources.get("media-region", |s| Ok(s.to_owned()))?;
    let name = sources.get("media-bucket", |s| {
        if s.contains('/') { Err("the name alone, without an address".to_owned()) } else { Ok(some(s)) }
    })?;
    Ok(name.map(|name| Bucket { name, endpoint, region, key }))
}

/// The gateway, where its address is given; it needs a token then.
fn sms(sources: &Sources) -> Result<Option<notify::SmsSettings>, SettingError> {
    let url = sources.get("sms-url", |s| {
        if s.is_empty() || s.starts_with("https://") || s.starts_with("http://") {
            Ok(some(s))
        } else {
            Err("it should begin with https://".to_owned())
        }
    })?;
    let token = sources.get("sms-token", |s| match some(s) {
        None if url.is_some() => Err("the gateway of sms-url needs it".to_owned()),
        token => Ok(token),
    })?;
    let sender = sources.get("sms-sender", |s| Ok(s.to_owned()))?;
    Ok(url.zip(token).map(|(url, token)| notify::SmsSettings { url, token, sender }))
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
    use super::*;

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
            ("sms-url", "PASAR_SMS_URL", "sms.example"),
            ("oidc-issuer", "PASAR_OIDC_ISSUER", "http://id.example"),
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
        let readme = include_str!("../../README.md");
        assert!(
            readme.contains(&table()),
            "README.md lacks the table of settings; it should be:\n{}",
            table()
        );
    }
}
