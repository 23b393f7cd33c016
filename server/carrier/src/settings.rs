//! What the carrier is told when the process starts.

use bank::sim::{Secret, SetUpError, Teller};

#[derive(Clone, Debug)]
pub struct CarrierSettings {
    /// What programs show in `authorization`.
    pub api_key: Secret,
    /// What webhooks are signed with.
    pub webhook_secret: Secret,
    /// The site's stylesheet; without one the pages are plain.
    pub stylesheet: Option<String>,
}

/// An open carrier. Put into the kernel by the composition root, since its jobs need it.
pub struct Carrier {
    pub(crate) settings: CarrierSettings,
    pub(crate) teller: Teller,
}

impl Carrier {
    pub fn open(settings: CarrierSettings) -> Result<Self, SetUpError> {
        if settings.api_key.is_empty() {
            return Err(SetUpError::NoSecret);
        }
        let teller = Teller::new("x-carrier-signature", settings.webhook_secret.clone())?;
        Ok(Self { settings, teller })
    }
}
