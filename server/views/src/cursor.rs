//! Where to go on in a list: the key it is ordered by and the id that decides among equals. Opaque outside.

use crate::ViewError;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::ids::Uuid;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    pub key: i64,
    pub id: Uuid,
}

impl Cursor {
    /// Before everything, in a list that falls.
    pub const HIGHEST: Self = Self { key: i64::MAX, id: Uuid::max() };
    /// Before everything, in a list that rises.
    pub const LOWEST: Self = Self { key: i64::MIN, id: Uuid::nil() };

    pub fn write(self) -> String {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.key.to_be_bytes());
        bytes[8..].copy_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    pub fn read(text: Option<&str>) -> Result<Option<Self>, ViewError> {
        let Some(text) = text else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| ViewError::Cursor)?;
        let bytes: [u8; 24] = bytes.try_into().map_err(|_| ViewError::Cursor)?;
        let (key, id) = bytes.split_at(8);
        let key = i64::from_be_bytes(key.try_into().map_err(|_| ViewError::Cursor)?);
        Ok(Some(Self { key, id: Uuid::from_slice(id).map_err(|_| ViewError::Cursor)? }))
    }
}

/// How many to fetch for a page of `limit`: one more, which says whether there is more.
pub fn one_more(limit: u16) -> i64 {
    i64::from(limit.clamp(1, 100)) + 1
}

/// Cuts the one too many off and gives the cursor behind the last that stays.
pub fn cut<T>(mut rows: Vec<T>, limit: u16, cursor: impl Fn(&T) -> Cursor) -> (Vec<T>, Option<String>) {
    let limit = usize::from(limit.clamp(1, 100));
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| cursor(last).write());
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_others_are_refused() {
        for cursor in [Cursor::HIGHEST, Cursor::LOWEST, Cursor { key: -5, id: Uuid::from_u128(7) }] {
            assert_eq!(Cursor::read(Some(&cursor.write())).unwrap(), Some(cursor));
        }
        assert_eq!(Cursor::read(None).unwrap(), None);
        for bad in ["", "x", "!!!", &"A".repeat(31), &"A".repeat(33)] {
            assert!(matches!(Cursor::read(Some(bad)), Err(ViewError::Cursor)), "{bad}");
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        let cursor = |n: &i64| Cursor { key: *n, id: Uuid::nil() };
        assert_eq!(cut(vec![1, 2], 2, cursor), (vec![1, 2], None));
        let (rows, next) = cut(vec![1, 2, 3], 2, cursor);
        assert_eq!((rows, Cursor::read(next.as_deref()).unwrap().unwrap().key), (vec![1, 2], 2));
    }
}
