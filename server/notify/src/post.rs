//! The post office of this process: what carries messages, and what is said of the sender.

use crate::{Carrier, Channel, SmsSettings, SmtpSettings, Unsubscribe, gateway::Gateway, smtp::Smtp, store};
use kernel::Kernel;
use lettre::message::Mailbox;
use model::Email;

/// Without `smtp` mails are captured, without `sms` short messages are.
#[derive(Clone, Debug, Default)]
pub struct PostSettings {
    /// The public URL, without a slash at its end.
    pub site: String,
    /// `Pasar <no-reply@pasar.example>`; the public URL's host is taken where it is empty.
    pub from: String,
    /// Where whoever runs this site reads; postmaster at the sender's domain where it is not said.
    pub contact: Option<Email>,
    pub smtp: Option<SmtpSettings>,
    pub sms: Option<SmsSettings>,
}

#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    #[error("the sender of mails is not right; it should look like Pasar <no-reply@pasar.example>")]
    From,
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A part of the kernel: jobs find it by its type.
pub struct Post {
    site: String,
    from: Mailbox,
    contact: Option<Email>,
    key: [u8; 32],
    pub(crate) smtp: Option<Smtp>,
    pub(crate) gateway: Option<Gateway>,
}

impl Post {
    /// Opens the post office. Nothing is connected until there is something to send.
    pub async fn open(kernel: &Kernel, settings: PostSettings) -> Result<Self, SetUpError> {
        let mut fresh = [0; 32];
        kernel.ids().fill(&mut fresh);
        let key = store::get_or_insert_key(&mut *kernel.db().acquire().await?, &fresh).await?;
        Self::with_key(settings, key)
    }

    pub(crate) fn with_key(settings: PostSettings, key: [u8; 32]) -> Result<Self, SetUpError> {
        let from = if settings.from.is_empty() {
            format!("Pasar <no-reply@{}>", mail_host(&settings.site))
        } else {
            settings.from
        };
        Ok(Self {
            from: Self::sender(&from)?,
            site: settings.site,
            contact: settings.contact,
            key,
            smtp: settings.smtp.map(Smtp::new).transpose()?,
            gateway: settings.sms.map(Gateway::new).transpose()?,
        })
    }

    /// Reads a sender as settings have it.
    pub fn sender(text: &str) -> Result<Mailbox, SetUpError> {
        text.parse().map_err(|_| SetUpError::From)
    }

    /// What will carry messages of this channel.
    pub const fn carrier(&self, channel: Channel) -> Carrier {
        match channel {
            Channel::Email if self.smtp.is_some() => Carrier::Smtp,
            Channel::Sms if self.gateway.is_some() => Carrier::Gateway,
            Channel::Email | Channel::Sms => Carrier::Capture,
        }
    }

    /// The public URL.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// Where whoever runs this site reads: what they say, else the address that every domain has which sends mail
    /// (RFC 5321, 4.5.1).
    pub fn operator_address(&self) -> String {
        let said = self.contact.as_ref().map(ToString::to_string);
        said.unwrap_or_else(|| format!("postmaster@{}", self.mail_domain()))
    }

    pub(crate) const fn from(&self) -> &Mailbox {
        &self.from
    }

    pub(crate) fn mail_domain(&self) -> &str {
        self.from.email.domain()
    }

    pub fn unsubscribe_url(&self, way_out: Unsubscribe) -> String {
        format!("{}/unsubscribe/{}", self.site, way_out.sign(&self.key))
    }

    /// What a link to unsubscribe is about; none for one that is not of ours.
    pub fn read_unsubscribe(&self, token: &str) -> Option<Unsubscribe> {
        Unsubscribe::verify(token, &self.key)
    }
}

/// The host mails come from, where nothing else is said: a machine's bare address is none.
fn mail_host(site: &str) -> &str {
    let host = site.split_once("://").map_or(site, |(_, host)| host);
    let host = host.split([':', '/']).next().unwrap_or_default();
    let bare =
        host.is_empty() || host.starts_with('[') || host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if bare { "localhost" } else { host }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_come_from_the_sites_host() {
        for (site, host) in [
            ("https://pasar.example", "pasar.example"),
            ("http://127.0.0.1:3000", "localhost"),
            ("http://[::1]:3000", "localhost"),
            ("http://localhost:3000", "localhost"),
        ] {
            assert_eq!(mail_host(site), host);
        }
        assert!(Post::sender("Pasar <no-reply@pasar.example>").is_ok());
        assert!(Post::sender("Pasar").is_err());
    }
}
