//! How a bucket is found and opened.

use std::fmt;

/// A bucket of any store that speaks S3.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bucket {
    pub name: String,
    /// `https://host[:port]`; Amazon's own for the region where there is none. Plain http only where this says so.
    pub endpoint: Option<String>,
    pub region: String,
    /// Id and secret of a key; without one, the machine's own role at Amazon.
    pub key: Option<(String, Secret)>,
}

/// What opens the bucket. It cannot be printed by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
