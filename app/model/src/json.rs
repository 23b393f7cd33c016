//! Reads the JSON that our own server wrote, with little code: what serde derives for a type is compiled once for each
//! way of reading it, and `serde_json` brings ways that are never gone here (structs as arrays, messages about what was
//! expected where). Anything else than what the type's own `Serialize` writes is refused, without a word about it.

mod reader;
mod string;

use serde::de::DeserializeOwned;
use std::fmt;

/// Not the JSON of such a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable JSON")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// # Errors
///
/// What is written is not such a value.
pub fn read<T: DeserializeOwned>(written: &[u8]) -> Result<T, Unreadable> {
    let mut reader = reader::Reader::new(written);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}
