//! A device somebody is signed in on, as its owner sees it.

use crate::ids::SessionId;
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Device {
    pub id: SessionId,
    /// `Firefox, Android`.
    pub name: Option<String>,
    /// Its network address without the last part.
    pub network: Option<String>,
    /// When it was used last, to the minute.
    pub seen_at: i64,
    /// Whether it is the one this was asked from.
    pub is_this: bool,
}
