//! What the flows of this domain need besides the database: threads that hash, and keys.

use crate::{Safe, password::Hasher};
use kernel::Cx;
use std::sync::Arc;

/// Put into the kernel by the composition root.
#[derive(Debug)]
pub struct Guard {
    pub hasher: Hasher,
    pub safe: Safe,
    /// What authenticator apps and passkeys call the site: its host.
    pub host: String,
}

/// The composition root left it out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("this process has no guard and lets nobody in")]
pub struct NoGuard;

impl Guard {
    /// The one of this process.
    pub fn of(cx: &Cx) -> Result<Arc<Self>, NoGuard> {
        cx.part().ok_or(NoGuard)
    }
}
