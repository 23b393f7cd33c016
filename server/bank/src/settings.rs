//! What the bank is told when the process starts.

use crate::sim::{Secret, SetUpError, Teller};

#[derive(Clone, Debug)]
pub struct BankSettings {
    /// Where it is reached from outside: `https://pasar.example/sim/bank`.
    pub base_url: String,
    /// What programs show as a bearer token.
    pub api_key: Secret,
    /// What webhooks are signed with.
    pub webhook_secret: Secret,
    /// The site's stylesheet; without one the pages are plain.
    pub stylesheet: Option<String>,
}

/// An open bank. Put into the kernel by the composition root, since its jobs need it.
pub struct Bank {
    pub(crate) settings: BankSettings,
    pub(crate) teller: Teller,
}

impl Bank {
    pub fn open(settings: BankSettings) -> Result<Self, SetUpError> {
        if settings.api_key.is_empty() {
            return Err(SetUpError::NoSecret);
        }
        let teller = Teller::new("x-bank-signature", settings.webhook_secret.clone())?;
        Ok(Self { settings, teller })
    }

    /// The page of a charge.
    pub(crate) fn page_url(&self, charge: crate::ChargeId) -> String {
        format!("{}/pay/{charge}", self.settings.base_url.trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_printed_and_not_empty() {
        let settings = |key: &str| BankSettings {
            base_url: String::new(),
            api_key: Secret::new(key.to_owned()),
            webhook_secret: Secret::new("s3cret".to_owned()),
            stylesheet: None,
        };
        assert!(!format!("{:?}", settings("s3cret")).contains("s3cret"));
        assert!(matches!(Bank::open(settings("")), Err(SetUpError::NoSecret)));
    }
}
