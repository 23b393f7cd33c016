//! Talking to a mail server, step by step: what fails before the content leaves was provably not sent, and only a
//! missing answer to the content leaves a doubt. `lettre`'s own transport hides that line, so its connection is used
//! directly; the few that are idle are kept.

use crate::SetUpError;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
    },
};
use percent_encoding::percent_decode_str;
use std::{
    fmt,
    str::FromStr,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, timeout};
use url::Url;

/// To reach the server and say hello.
const TO_CONNECT: Duration = Duration::from_secs(20);
/// For the answer to one command.
const TO_ANSWER: Duration = Duration::from_secs(30);
/// For the answer to the content: servers look through it first.
const TO_ACCEPT: Duration = Duration::from_mins(1);
/// Connections unused for longer are not trusted any more.
const IDLE: Duration = Duration::from_mins(1);
/// As many are kept.
const KEPT: usize = 8;

/// How the line is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tls {
    /// Not at all: for a relay on this machine.
    None,
    /// In the clear at first; without STARTTLS nothing is sent.
    StartTls,
    /// From the first byte.
    Implicit,
}

/// `smtp://user:password@host:587?tls=starttls|implicit|none`; `smtps://` is `implicit`. Prints without the password.
#[derive(Clone)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    credentials: Option<(String, String)>,
}

impl FromStr for SmtpSettings {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text).map_err(|_| "it should look like smtp://user:password@host:587")?;
        let mut tls = match url.scheme() {
            "smtp" => Tls::StartTls,
            "smtps" => Tls::Implicit,
            _ => return Err("it should begin with smtp:// or smtps://"),
        };
        for (name, value) in url.query_pairs() {
            tls = match (&*name, &*value) {
                ("tls", "none") => Tls::None,
                ("tls", "starttls") => Tls::StartTls,
                ("tls", "implicit") => Tls::Implicit,
                ("tls", _) => return Err("tls is starttls, implicit or none"),
                _ => return Err("tls is the only thing that may stand behind the question mark"),
            };
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("the host is missing")?;
        if !matches!(url.path(), "" | "/") {
            return Err("nothing may stand behind the host but ?tls=");
        }
        let decoded = |part: &str| {
            percent_decode_str(part)
                .decode_utf8()
                .map(String::from)
                .map_err(|_| "the user or password is not UTF-8")
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => return Err("a user needs a password, and a password a user"),
            (user, Some(password)) => Some((decoded(user)?, decoded(password)?)),
        };
        let port = url.port().unwrap_or(match tls {
            Tls::None => 25,
            Tls::StartTls => 587,
            Tls::Implicit => 465,
        });
        Ok(Self { host: host.to_owned(), port, tls, credentials })
    }
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpSettings({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

/// How handing over a message ended, or why it came to none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    Sent(String),
    /// Not sent, and worth another try.
    Later(String),
    /// Not sent, and no use trying.
    Never(String),
    /// Handed over, and the answer is missing.
    Unknown(String),
}

pub(crate) struct Smtp {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    hello: ClientId,
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

/// A server that has said: go ahead.
pub(crate) struct Ready<'a> {
    smtp: &'a Smtp,
    connection: AsyncSmtpConnection,
}

impl Smtp {
    pub fn new(settings: SmtpSettings) -> Result<Self, SetUpError> {
        let tls = match settings.tls {
            Tls::None => None,
            Tls::StartTls | Tls::Implicit => {
                let parameters = TlsParameters::new(settings.host.clone());
                Some(parameters.map_err(|error| SetUpError::Tls(error.to_string()))?)
            }
        };
        Ok(Self { settings, tls, hello: ClientId::default(), idle: Mutex::default() })
    }

    /// Goes as far as the server's leave to send the content.
    pub async fn prepare(&self, from: &Address, to: &Address) -> Result<Ready<'_>, Outcome> {
        let mut connection = match self.idle().await {
            Some(connection) => connection,
            None => match timeout(TO_CONNECT, self.connect()).await {
                // Whatever is wrong with the server or our account there is not the message's fault.
                Ok(connected) => connected.map_err(|error| Outcome::Later(said(&error)))?,
                Err(_) => return Err(Outcome::Later("the mail server cannot be reached in time".to_owned())),
            },
        };
        let commands = [
            Mail::new(Some(from.clone()), Vec::new()).to_string(),
            Rcpt::new(to.clone(), Vec::new()).to_string(),
            Data.to_string(),
        ];
        for command in commands {
            match timeout(TO_ANSWER, connection.command(command)).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => {
                    let _ = timeout(Duration::from_secs(2), connection.abort()).await;
                    return Err(refusal(&error));
                }
                Err(_) => return Err(Outcome::Later("the mail server does not answer".to_owned())),
            }
        }
        Ok(Ready { smtp: self, connection })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let server = (self.settings.host.as_str(), self.settings.port);
        let (from_start, later) = match self.settings.tls {
            Tls::None => (None, None),
            Tls::StartTls => (None, self.tls.clone()),
            Tls::Implicit => (self.tls.clone(), None),
        };
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(TO_CONNECT), &self.hello, from_start, None)
                .await?;
        if let Some(tls) = later {
            connection.starttls(tls, &self.hello).await?;
        }
        if let Some((user, password)) = &self.settings.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
        }
        Ok(connection)
    }

    /// A kept connection that still answers.
    async fn idle(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let (mut connection, since) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            let fresh = since.elapsed() < IDLE;
            if fresh && timeout(Duration::from_secs(5), connection.test_connected()).await == Ok(true) {
                return Some(connection);
            }
        }
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT && !connection.has_broken() {
            idle.push((connection, Instant::now()));
        }
    }
}

impl Ready<'_> {
    /// Sends the content. From here on the server may have it.
    pub async fn transmit(mut self, mail: &[u8]) -> Outcome {
        match timeout(TO_ACCEPT, self.connection.message(mail)).await {
            Ok(Ok(answer)) => {
                let answer = format!("{} {}", answer.code(), answer.first_line().unwrap_or_default());
                self.smtp.keep(self.connection);
                Outcome::Sent(brief(&answer))
            }
            Ok(Err(error)) if error.is_transient() || error.is_permanent() => refusal(&error),
            Ok(Err(error)) => Outcome::Unknown(said(&error)),
            Err(_) => Outcome::Unknown("the mail server did not answer to the content in time".to_owned()),
        }
    }

    /// Leaves without sending: a connection closed within `DATA` is not a message.
    pub fn abandon(self) {
        drop(self.connection);
    }
}

fn refusal(error: &Error) -> Outcome {
    if error.is_permanent() { Outcome::Never(said(error)) } else { Outcome::Later(said(error)) }
}

fn said(error: &Error) -> String {
    brief(&error.to_string())
}

/// One line of at most 300 characters: it is kept and shown.
pub(crate) fn brief(text: &str) -> String {
    crate::facts::line(text, 300)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_servers_address_says_all_there_is_to_say() {
        for (text, host, port, tls, user) in [
            ("smtp://mail.example", "mail.example", 587, Tls::StartTls, None),
            ("smtps://mail.example", "mail.example", 465, Tls::Implicit, None),
            ("smtp://127.0.0.1:1025?tls=none", "127.0.0.1", 1025, Tls::None, None),
            ("smtp://localhost?tls=none", "localhost", 25, Tls::None, None),
            (
                "smtp://me%40x.example:p%3Aw@mail.example:2525?tls=implicit",
                "mail.example",
                2525,
                Tls::Implicit,
                Some(("me@x.example", "p:w")),
            ),
        ] {
            let read: SmtpSettings = text.parse().unwrap();
            assert_eq!((read.host.as_str(), read.port, read.tls), (host, port, tls), "{text}");
            let credentials =
                read.credentials.as_ref().map(|(user, password)| (user.as_str(), password.as_str()));
            assert_eq!(credentials, user);
            assert!(!format!("{read:?}").contains("p:w"), "secrets are not printed");
        }
        for bad in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://user@mail.example",
            "smtp://mail.example?tls=maybe",
            "smtp://mail.example?ssl=1",
            "smtp://mail.example/path",
        ] {
            assert!(bad.parse::<SmtpSettings>().is_err(), "{bad}");
        }
    }
}
