//! Lists.

use serde::{Deserialize, Serialize};

/// A part of a list, ordered by a key, and where to go on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// An opaque cursor for `after=`; none at the end of the list.
    pub next: Option<String>,
    /// How many there are in all, where that is known without counting them one by one.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next, total: self.total }
    }
}
