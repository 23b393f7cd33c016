//! How one comes in besides by a password, as far as the settings allow.

use crate::settings::Settings;
use anyhow::Context as _;
use identity::{passkey::Relying, provider::Provider};
use kernel::Kernel;
use std::sync::Arc;

/// Passkeys where the site has a name they can be bound to, and the provider where one is set up.
pub fn with_entrances(mut kernel: Kernel, settings: &Settings) -> anyhow::Result<Kernel> {
    if let Some(relying) = Relying::of(&settings.public_url) {
        kernel = kernel.with_part(Arc::new(relying));
    }
    if let Some(oidc) = &settings.oidc {
        let provider = Provider::open(oidc.clone()).context("oidc-issuer")?;
        kernel = kernel.with_part(Arc::new(provider));
    }
    Ok(kernel)
}
