//! What is offered while typing: queries others make, categories, shops, products. The first three are held in memory
//! by every word they begin with; misspelt beginnings are found by an automaton over the same words.

use std::collections::HashSet;

use tantivy_fst::{IntoStreamer, Map, Streamer};

use crate::{
    analysis::words,
    lexicon::Lexicon,
    matching::some_candidates,
    plan::{Effort, Near, plan, query_words, slips},
    query::{Suggested, Suggestion},
    search::stored_name,
    view::View,
    vocabulary::{Kind, Vocabulary},
};

/// Entries looked at for one beginning.
const LOOKED_AT: usize = 600;
/// Spellings tried for one misspelt beginning.
const SPELLINGS: usize = 40;
/// Products per word, spelling and segment that are weighed; among so many there are good ones.
const LOOKED_INTO: usize = 2_000;
/// Products offered at most.
const PRODUCTS: usize = 3;

pub struct Prompter {
    entries: Vec<Entry>,
    /// From what is left of an entry at the start of each of its words, to the entry; sorted.
    tails: Vec<(Box<str>, u32)>,
    /// First words of the tails, to the first tail with it.
    first_words: Map<Vec<u8>>,
}

struct Entry {
    suggestion: Suggestion,
    weight: f32,
}

impl Prompter {
    /// `popular` are queries with how often they are made.
    #[expect(clippy::cast_precision_loss, reason = "weights")]
    pub fn new(vocabulary: &Vocabulary, shares: &[f32], popular: &[(String, u32)]) -> tantivy::Result<Self> {
        let mut entries = Vec::new();
        let most = popular.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1) as f32;
        for (text, times) in popular {
            let weight = 2.0 + (*times as f32).ln_1p() / most.ln_1p();
            entries.push((
                vec![text.clone()],
                Entry { suggestion: Suggestion { kind: Suggested::Query, text: text.clone() }, weight },
            ));
        }
        for (number, item) in vocabulary.of_kind(Kind::Category) {
            let names: Vec<String> =
                item.label.split('\u{1f}').filter(|n| !n.is_empty()).map(str::to_owned).collect();
            let text = names.first().cloned().unwrap_or_else(|| item.text.to_string());
            let weight = 2.2 + shares.get(number as usize).copied().unwrap_or(0.0);
            entries.push((
                names,
                Entry {
                    suggestion: Suggestion { kind: Suggested::Category(item.text.to_string()), text },
                    weight,
                },
            ));
        }
        for (_, item) in vocabulary.of_kind(Kind::Shop) {
            let name = if item.label.is_empty() { item.text.to_string() } else { item.label.to_string() };
            let suggestion = Suggestion { kind: Suggested::Shop(item.text.to_string()), text: name.clone() };
            entries.push((vec![name], Entry { suggestion, weight: 1.0 }));
        }
        let mut tails: Vec<(Box<str>, u32)> = Vec::new();
        for (number, (names, _)) in (0_u32..).zip(&entries) {
            for name in names {
                let words = words(name);
                for start in 0..words.len() {
                    tails.push((words[start..].join(" ").into(), number));
                }
            }
        }
        tails.sort_unstable();
        tails.dedup();
        let mut firsts: Vec<(&str, u64)> = Vec::new();
        for (at, (tail, _)) in (0_u64..).zip(&tails) {
            let word = tail.split(' ').next().unwrap_or_default();
            if firsts.last().is_none_or(|(last, _)| *last != word) {
                firsts.push((word, at));
            }
        }
        // A tail such as `a-b` may sort between `a` and `a c`; the map wants its keys in order and once.
        firsts.sort_unstable();
        firsts.dedup_by(|b, a| a.0 == b.0);
        let first_words =
            Map::from_iter(firsts).map_err(|e| tantivy::TantivyError::InternalError(e.to_string()))?;
        Ok(Self { entries: entries.into_iter().map(|(_, entry)| entry).collect(), tails, first_words })
    }

    pub fn suggest(
        &self,
        view: &View,
        lexicon: &Lexicon,
        typed: &str,
        count: usize,
    ) -> tantivy::Result<Vec<Suggestion>> {
        let typed_words = words(typed);
        let stub = typed_words.join(" ");
        if stub.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: Vec<(f32, u32)> = Vec::new();
        self.beginning(&stub, 0.0, &mut found);
        if found.len() < count
            && let Some(first) = typed_words.first()
            && let Some(near) = Near::prefix(first, slips(first).min(1))
        {
            let rest = stub[first.len()..].to_owned();
            let mut stream = self.first_words.search(&near).into_stream();
            let mut tried = 0;
            while let Some((word, _)) = stream.next() {
                tried += 1;
                if tried > SPELLINGS {
                    break;
                }
                if let Ok(word) = std::str::from_utf8(word) {
                    // With more words behind it the first is whole.
                    self.beginning(&format!("{word}{rest}"), -1.0, &mut found);
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let products = Self::products(view, lexicon, typed, PRODUCTS.min(count))?;
        let mut seen = HashSet::new();
        let mut suggestions: Vec<Suggestion> = found
            .into_iter()
            .filter(|(_, number)| seen.insert(*number))
            .map(|(_, number)| self.entries[number as usize].suggestion.clone())
            .take(count - products.len())
            .collect();
        suggestions.extend(products);
        Ok(suggestions)
    }

    fn beginning(&self, stub: &str, bonus: f32, found: &mut Vec<(f32, u32)>) {
        let start = self.tails.partition_point(|(tail, _)| **tail < *stub);
        for (tail, number) in
            self.tails[start..].iter().take_while(|(tail, _)| tail.starts_with(stub)).take(LOOKED_AT)
        {
            let whole = if tail.len() == stub.len() { 0.5 } else { 0.0 };
            found.push((self.entries[*number as usize].weight + bonus + whole, *number));
        }
    }

    fn products(
        view: &View,
        lexicon: &Lexicon,
        typed: &str,
        count: usize,
    ) -> tantivy::Result<Vec<Suggestion>> {
        let words = query_words(lexicon, typed);
        if words.iter().all(|word| word.chars().count() < 3) {
            return Ok(Vec::new());
        }
        let unfinished = typed.ends_with(char::is_alphanumeric);
        let asked = plan(view, lexicon, words, unfinished, Effort::Typing)?;
        let found = some_candidates(view, &asked.wanted, true, LOOKED_INTO)?;
        let mut best: Vec<(f32, usize, u32)> = Vec::new();
        for (number, found) in found.iter().enumerate() {
            let deck = &view.segments[number].deck;
            best.extend(found.iter().map(|c| (c.text * (0.5 + deck.row(c.doc).prior), number, c.doc)));
        }
        let by_score = |a: &(f32, usize, u32), b: &(f32, usize, u32)| {
            b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2)))
        };
        if best.len() > count && count > 0 {
            best.select_nth_unstable_by(count - 1, by_score);
            best.truncate(count);
        }
        best.sort_unstable_by(by_score);
        best.truncate(count);
        let suggestion = |(_, segment, doc): (f32, usize, u32)| {
            let kind = Suggested::Product(view.segments[segment].deck.ids[doc as usize]);
            Ok(Suggestion { kind, text: stored_name(view, segment, doc)? })
        };
        best.into_iter().map(suggestion).collect()
    }
}
