//! From the words typed to the terms looked up: for every word the ways in which a product may satisfy it, each with
//! what it is worth.

use std::{collections::HashMap, sync::LazyLock};

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::postings::TermInfo;
use tantivy_fst::Automaton;

use crate::{
    analysis::{self, forms, is_number, joined, stems, words},
    lexicon::Lexicon,
    query::MAX_WORDS,
    view::{In, View},
};

/// Misspellings tried per word, and completions of an unfinished one.
const NEAR: usize = 24;
const COMPLETIONS: usize = 60;
/// Dictionary entries looked at for those.
const LOOKED_AT: usize = 2_000;
/// Words that fewer names have are looked for in descriptions.
const RARE: u32 = 20;

/// How a word was found, from the best to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Exact,
    Form,
    Stem,
    Joined,
    Split,
    Synonym,
    Around,
    Prefix,
    Typo,
    Description,
}

impl By {
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Form => "form",
            Self::Stem => "stem",
            Self::Joined => "joined",
            Self::Split => "split",
            Self::Synonym => "synonym",
            Self::Around => "around",
            Self::Prefix => "prefix",
            Self::Typo => "typo",
            Self::Description => "description",
        }
    }
}

/// One way to satisfy a word.
#[derive(Debug, Clone)]
pub struct Way {
    pub field: In,
    pub term: String,
    /// A second term that must be there too: `power bank` for `powerbank`.
    pub with: Option<String>,
    pub worth: f32,
    pub by: By,
    /// Per segment that has it.
    pub found: Vec<(usize, TermInfo, Option<TermInfo>)>,
    pub frequency: u32,
}

/// A word of the query.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub word: String,
    /// Best first.
    pub ways: Vec<Way>,
    /// Rarity: the share of the query this word carries.
    pub weight: f32,
    /// Products that have it as written.
    pub exact: u32,
    pub frequency: u32,
}

pub struct Plan {
    pub wanted: Vec<Wanted>,
    /// Words typed, without those that say nothing.
    pub words: Vec<String>,
}

/// The words of a query that are looked for.
pub fn query_words(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in amounts(words(text)) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all.truncate(MAX_WORDS);
    let telling: Vec<String> = all.iter().filter(|w| !lexicon.is_stop_word(w)).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// Numbers said with a word: `10 ribu` and `10rb` are `10000`.
fn amounts(words: Vec<String>) -> Vec<String> {
    let thousands = |number: &str| number.parse::<u32>().ok()?.checked_mul(1_000).map(|n| n.to_string());
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let said = matches!(word.as_str(), "ribu" | "rb");
        let meant = if said {
            out.last().and_then(|number| thousands(number))
        } else {
            word.strip_suffix("ribu").or_else(|| word.strip_suffix("rb")).and_then(thousands)
        };
        if said && meant.is_some() {
            out.pop();
        }
        out.push(meant.unwrap_or(word));
    }
    out
}

/// Words nobody writes taken apart where letters meet a number, if the letters are a word: `powerbank10000mah`.
/// `buku2` is short for the doubled `buku-buku`.
pub fn unglued(view: &View, lexicon: &Lexicon, words: Vec<String>) -> tantivy::Result<Vec<String>> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut add = |word: String| {
        if !out.contains(&word) {
            out.push(word);
        }
    };
    for word in words {
        let at = word.find(|c: char| c.is_ascii_digit()).filter(|at| *at >= 3);
        let parts =
            at.map(|at| word.split_at(at)).filter(|(left, _)| left.bytes().all(|b| b.is_ascii_alphabetic()));
        let Some((left, right)) = parts else {
            add(word);
            continue;
        };
        let written = view.frequency(In::Word, &word)? + view.frequency(In::Form, &word)?;
        if written > 0 || (view.frequency(In::Word, left)? == 0 && !lexicon.knows(left)) {
            add(word);
            continue;
        }
        add(left.to_owned());
        if right != "2" {
            add(right.to_owned());
        }
    }
    out.truncate(MAX_WORDS);
    Ok(out)
}

/// How far a plan goes. Words that nobody writes get their misspellings in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// The words as they are, their forms and synonyms.
    Strict,
    /// The last word may go on.
    Typing,
    /// Every word may be misspelt, and descriptions are looked at for words that names lack.
    Loose,
}

pub fn plan(
    view: &View,
    lexicon: &Lexicon,
    words: Vec<String>,
    unfinished: bool,
    effort: Effort,
) -> tantivy::Result<Plan> {
    let mut wanted = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let mut ways = Ways { view, list: Vec::new() };
        ways.add(In::Word, word, 1.0, By::Exact)?;
        let exact = ways.list.first().map_or(0, |way| way.frequency);
        ways.add(In::Form, word, 0.9, By::Form)?;
        for form in forms(word) {
            let stem = stems(word).contains(&form);
            let (direct, derived) = if stem { (0.8, 0.75) } else { (0.9, 0.95) };
            // The bare number of `128gb` is somebody else's number.
            if !is_number(&form) {
                ways.add(In::Word, &form, direct, if stem { By::Stem } else { By::Form })?;
                ways.add(In::Form, &form, derived, if stem { By::Stem } else { By::Form })?;
            }
            ways.add(In::Extra, &form, 0.4, By::Around)?;
        }
        let neighbours =
            [i.checked_sub(1).map(|j| (&words[j], word)), words.get(i + 1).map(|next| (word, next))];
        for (left, right) in neighbours.into_iter().flatten() {
            if let Some(code) = joined(left, right) {
                ways.add(In::Word, &code, 1.0, By::Joined)?;
                ways.add(In::Form, &code, 0.97, By::Joined)?;
            } else if !is_number(left) && !is_number(right) {
                ways.add(In::Word, &format!("{left}{right}"), 0.9, By::Joined)?;
            }
            for synonym in lexicon.synonyms(&format!("{left} {right}")) {
                ways.add_phrase(synonym, 0.75)?;
            }
        }
        if exact < 3 {
            ways.add_split(word)?;
        }
        for synonym in lexicon.synonyms(word) {
            ways.add_phrase(synonym, 0.7)?;
        }
        ways.add(In::Extra, word, 0.45, By::Around)?;

        let last = i + 1 == words.len();
        let unknown = ways.list.iter().all(|way| way.worth < 0.6);
        if unfinished && last && (effort != Effort::Strict || unknown) {
            ways.add_completions(word)?;
        }
        let loose = effort == Effort::Loose;
        if loose || (unknown && ways.list.iter().all(|way| way.by != By::Prefix)) {
            // A word that exists is less likely to be a slip.
            let doubt = if exact > 0 {
                0.8
            } else if lexicon.knows(word) {
                0.6
            } else {
                1.0
            };
            ways.add_near(word, doubt)?;
        }
        if loose && ways.list.iter().map(|way| way.frequency).sum::<u32>() < RARE {
            ways.add(In::Body, word, 0.2, By::Description)?;
        }
        let mut list = ways.list;
        list.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| a.term.cmp(&b.term)));
        let certain = list
            .iter()
            .filter(|way| way.worth >= 0.7 && !matches!(way.by, By::Typo | By::Prefix))
            .map(|way| way.frequency)
            .max();
        let frequency = certain.or_else(|| list.iter().map(|way| way.frequency).max()).unwrap_or(0);
        let mut weight = rarity(view.products, frequency);
        if lexicon.is_praise(word) {
            weight *= 0.25;
        }
        wanted.push(Wanted { word: word.clone(), ways: list, weight, exact, frequency });
    }
    Ok(Plan { wanted, words })
}

/// How much a word narrows down: the usual inverse document frequency.
#[expect(clippy::cast_precision_loss, reason = "a logarithm follows")]
pub fn rarity(products: usize, frequency: u32) -> f32 {
    let (products, frequency) = (products as f32, frequency as f32);
    (1.0 + (products - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln()
}

struct Ways<'v> {
    view: &'v View,
    list: Vec<Way>,
}

impl Ways<'_> {
    fn add(&mut self, field: In, term: &str, worth: f32, by: By) -> tantivy::Result<bool> {
        if self.list.iter().any(|way| way.field == field && way.with.is_none() && way.term == term) {
            return Ok(false);
        }
        let mut found = Vec::new();
        let mut frequency = 0;
        for (i, segment) in self.view.segments.iter().enumerate() {
            if let Some(info) = segment.info(field, term)? {
                frequency += info.doc_freq;
                found.push((i, info, None));
            }
        }
        let any = !found.is_empty();
        if any {
            self.list.push(Way { field, term: term.to_owned(), with: None, worth, by, found, frequency });
        }
        Ok(any)
    }

    /// Both words, anywhere in the name.
    fn add_both(&mut self, left: &str, right: &str, worth: f32, by: By) -> tantivy::Result<()> {
        let mut found = Vec::new();
        let mut frequency = 0;
        for (i, segment) in self.view.segments.iter().enumerate() {
            if let (Some(a), Some(b)) = (segment.info(In::Word, left)?, segment.info(In::Word, right)?) {
                frequency += a.doc_freq.min(b.doc_freq);
                found.push((i, a, Some(b)));
            }
        }
        if !found.is_empty() {
            self.list.push(Way {
                field: In::Word,
                term: left.to_owned(),
                with: Some(right.to_owned()),
                worth,
                by,
                found,
                frequency,
            });
        }
        Ok(())
    }

    fn add_phrase(&mut self, phrase: &str, worth: f32) -> tantivy::Result<()> {
        if let Some((left, right)) = phrase.split_once(' ') {
            if !right.contains(' ') {
                self.add_both(left, right, worth, By::Synonym)?;
            }
        } else {
            self.add(In::Word, phrase, worth, By::Synonym)?;
            self.add(In::Form, phrase, worth - 0.05, By::Synonym)?;
        }
        Ok(())
    }

    /// `powerbank` as `power` and `bank`: the cut whose rarer half is the most common.
    fn add_split(&mut self, word: &str) -> tantivy::Result<()> {
        if word.len() < 6 || !word.is_ascii() {
            return Ok(());
        }
        let mut best = None;
        for at in 3..=word.len() - 3 {
            let (left, right) = word.split_at(at);
            let left_count = self.view.frequency(In::Word, left)?;
            if left_count == 0 {
                continue;
            }
            let count = left_count.min(self.view.frequency(In::Word, right)?);
            if count > 0 && best.is_none_or(|(most, _)| count > most) {
                best = Some((count, at));
            }
        }
        if let Some((_, at)) = best {
            let (left, right) = word.split_at(at);
            self.add_both(left, right, 0.85, By::Split)?;
        }
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "lengths of words")]
    fn add_completions(&mut self, stub: &str) -> tantivy::Result<()> {
        let length = stub.chars().count();
        if length < 2 {
            return Ok(());
        }
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut seen = 0;
        let mut whole = true;
        for segment in &self.view.segments {
            let mut stream = segment.dictionary(In::Word).terms().range().ge(stub).into_stream()?;
            while stream.advance() {
                if !stream.key().starts_with(stub.as_bytes()) {
                    break;
                }
                seen += 1;
                if seen > LOOKED_AT {
                    whole = false;
                    break;
                }
                if let Ok(term) = std::str::from_utf8(stream.key())
                    && term != stub
                {
                    *counts.entry(term.to_owned()).or_default() += stream.value().doc_freq;
                }
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        whole &= counts.len() <= COMPLETIONS;
        counts.truncate(COMPLETIONS);
        for (term, _) in counts {
            let more = term.chars().count() - length;
            self.add(In::Word, &term, (0.88 - 0.02 * more as f32).max(0.7), By::Prefix)?;
        }
        // Too many to list: the index keeps the beginnings of words.
        if !whole && length <= 4 {
            self.add(In::Start, stub, 0.69, By::Prefix)?;
        }
        Ok(())
    }

    /// Words one slip away, two for long words when one finds little.
    #[expect(clippy::cast_precision_loss, reason = "frequencies")]
    fn add_near(&mut self, word: &str, doubt: f32) -> tantivy::Result<()> {
        let most = slips(word);
        if most == 0 {
            return Ok(());
        }
        let mut near = self.near(word, 1)?;
        if most == 2 && near.iter().all(|(_, _, frequency)| *frequency < 3) {
            near = self.near(word, 2)?;
        }
        let first = word.chars().next();
        let popular = (self.view.products.max(10) as f32).ln();
        let code = word.bytes().any(|b| b.is_ascii_digit());
        let mut scored: Vec<(f32, String)> = near
            .into_iter()
            .map(|(term, distance, frequency)| {
                let mut worth = if distance <= 1 { 0.72 } else { 0.5 };
                if term.chars().next() != first {
                    worth -= 0.06;
                }
                if code {
                    worth -= 0.12;
                }
                (doubt * (worth + 0.06 * (frequency as f32).ln_1p() / popular), term)
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        scored.truncate(NEAR);
        for (worth, term) in scored {
            self.add(In::Word, &term, worth, By::Typo)?;
        }
        Ok(())
    }

    fn near(&self, word: &str, distance: u8) -> tantivy::Result<Vec<(String, u8, u32)>> {
        let automaton = Near(BUILDERS[usize::from(distance) - 1].build_dfa(word));
        let mut near: HashMap<String, (u8, u32)> = HashMap::new();
        for segment in &self.view.segments {
            let mut stream = segment.dictionary(In::Word).terms().search(&automaton).into_stream()?;
            let mut seen = 0;
            while stream.advance() && seen < LOOKED_AT {
                seen += 1;
                if let (Ok(term), Distance::Exact(distance)) =
                    (std::str::from_utf8(stream.key()), automaton.0.eval(stream.key()))
                    && distance > 0
                {
                    near.entry(term.to_owned()).or_insert((distance, 0)).1 += stream.value().doc_freq;
                }
            }
        }
        Ok(near.into_iter().map(|(term, (distance, frequency))| (term, distance, frequency)).collect())
    }
}

/// How many slips are forgiven: none up to three letters, one up to seven, two beyond; one in codes, none in numbers.
pub fn slips(word: &str) -> u8 {
    if is_number(word) || analysis::number_with_unit(word).is_some() {
        return 0;
    }
    let digits = word.bytes().any(|b| b.is_ascii_digit());
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ if digits => 1,
        _ => 2,
    }
}

static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
    LazyLock::new(|| [LevenshteinAutomatonBuilder::new(1, true), LevenshteinAutomatonBuilder::new(2, true)]);

/// Words within some slips of another, and with `prefix` those that begin like one.
pub struct Near(pub DFA);

impl Near {
    pub fn prefix(stub: &str, slips: u8) -> Option<Self> {
        let builder = BUILDERS.get(usize::from(slips).checked_sub(1)?)?;
        Some(Self(builder.build_prefix_dfa(stub)))
    }
}

impl Automaton for Near {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }
    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }
    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }
    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_said_with_a_word_are_numbers() {
        let said = |text: &str| amounts(words(text)).join(" ");
        assert_eq!(said("powerbank 10 ribu mah"), "powerbank 10000 mah");
        assert_eq!(said("kaos 50rb"), "kaos 50000");
        assert_eq!(said("seribu rb ribu gerbang"), "seribu rb ribu gerbang");
    }
}
