//! What people agreed to, the archives they asked for, and the end of an account.
//!
//! A consent is a line that is never changed; the latest about a purpose holds. An archive is made by a job and can
//! be fetched for [`KEEP_EXPORT`]. An account that is to be erased waits for [`GRACE`], during which its owner may
//! think again; afterwards it is pseudonymised: its row and what proves consents stay, everything personal goes.

pub mod closing;
pub mod export;
pub mod store;

use model::person::GRACE_DAYS;
use time::Duration;

/// How long an archive can be fetched.
pub const KEEP_EXPORT: Duration = Duration::days(7);
/// So many archives somebody may ask for within [`EXPORTS_WITHIN`], those that came to nothing not counted.
pub const MOST_EXPORTS: u32 = 3;
pub const EXPORTS_WITHIN: Duration = Duration::DAY;
/// One that is not there after so long, whatever became of its job, has failed.
pub const GIVE_UP_EXPORT: Duration = Duration::hours(6);
/// How long after a request to be erased an account still can be kept.
pub const GRACE: Duration = Duration::days(GRACE_DAYS as i64);
