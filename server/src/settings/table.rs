//! The table of settings.

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
        "contact",
        "ADDRESS",
        "",
        "Where people write who have a question about the site or their data; the privacy policy names it [default: postmaster at the host of mail-from]",
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
    row(
        "biteship-couriers",
        "CODES",
        "",
        "Codes of the couriers Biteship is asked for at the checkout, separated by commas, as in jne,sicepat; beside those of the built-in tables while the simulator is on, else in their place",
    ),
    row("courier-phone", "NUMBER", "+622150880100", "Whom couriers call who do not find a shop"),
];

/// Settings whose values are not shown, not even when they are wrong.
pub(super) const SECRETS: &[&str] = &[
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
    "biteship-key",
    "biteship-webhook-secret",
];
