//! Pairs of words that name another thing than their first word does. A name that has a word of the query only as the
//! head of such a pair is of something else.

use std::{collections::HashSet, sync::LazyLock};

use crate::{analysis::words, writing::word_hash};

const COMPOUNDS: &str = include_str!("../data/compounds.txt");

static PAIRS: LazyLock<HashSet<(u64, u64)>> = LazyLock::new(|| {
    let lines = COMPOUNDS.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(',')).filter_map(pair).collect()
});

fn pair(text: &str) -> Option<(u64, u64)> {
    match words(text).as_slice() {
        [first, second] => Some((word_hash(first), word_hash(second))),
        _ => None,
    }
}

/// Whether these two, one after the other in a name, are another thing than the first; by the hashes of the words.
pub fn is_another_thing(first: u64, second: u64) -> bool {
    PAIRS.contains(&(first, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_two_words() {
        let entries =
            COMPOUNDS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(','));
        for entry in entries.map(str::trim).filter(|entry| !entry.is_empty()) {
            assert!(pair(entry).is_some(), "{entry}");
        }
        assert!(is_another_thing(word_hash("kaos"), word_hash("kaki")));
        assert!(!is_another_thing(word_hash("kaki"), word_hash("kaos")));
    }
}
