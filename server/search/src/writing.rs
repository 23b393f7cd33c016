//! From a document to what the index stores of it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use tantivy::{TantivyDocument, schema::Field};

use crate::{
    analysis::{self, each_word, forms, joined},
    document::{Document, Value},
    facts::{self, Numbered},
    schema::Fields,
    vocabulary::{Kind, Ledger, NONE},
};

/// Words of a name that are looked at; of a description.
const NAME_WORDS: usize = 48;
const BODY_WORDS: usize = 200;
/// Words and texts whose terms are remembered, as stemming costs more than looking up.
const REMEMBERED: usize = 50_000;
/// Longer texts are hardly ever said twice.
const SAID_AGAIN: usize = 80;

/// A stable hash of a word, for the order of words in names.
pub fn word_hash(word: &str) -> u64 {
    u64::from(crc32fast::hash(word.as_bytes()))
}

/// Prepares documents; one per thread.
#[derive(Default)]
pub struct Scribe {
    /// The forms of a word.
    forms: Memory,
    /// The terms of a text around a product: its words and their forms.
    around: Memory,
    /// Written anew for every document and field.
    terms: Terms,
}

impl Scribe {
    pub fn prepare(
        &mut self,
        document: &Document,
        fields: &Fields,
        ledger: &Mutex<Ledger>,
    ) -> TantivyDocument {
        let mut name = Vec::with_capacity(16);
        each_word(&document.name, |word| {
            name.push(word.to_owned());
            name.len() < NAME_WORDS
        });
        let numbered = number(document, &mut ledger.lock().unwrap_or_else(PoisonError::into_inner));

        // In the order of the schema, in which the index wants them.
        let mut out = TantivyDocument::with_capacity(1_024);
        out.add_bytes(fields.id, document.product.as_bytes());
        let Self { forms, around, terms } = self;
        for word in &name {
            terms.push(word);
        }
        terms.put(&mut out, fields.word);

        for (i, word) in name.iter().enumerate() {
            terms.push(derived(word, forms));
            if let Some(joined) = name.get(i + 1).and_then(|next| joined(word, next)) {
                terms.push(&joined);
                if let Some((number, unit)) = analysis::number_with_unit(&joined) {
                    terms.push(&format!("{number}{unit}"));
                }
            }
        }
        terms.put(&mut out, fields.form);

        for word in &name {
            for len in 2..=4 {
                if let Some((end, _)) = word.char_indices().nth(len) {
                    terms.push(&word[..end]);
                }
            }
        }
        terms.put(&mut out, fields.start);

        let mut said: Vec<&str> = Vec::with_capacity(16);
        for text in texts_around(document) {
            if !said.contains(&text) {
                said.push(text);
                terms.push(around.of(text, |text| around_of(text, forms)));
            }
        }
        terms.put(&mut out, fields.extra);

        let mut left = BODY_WORDS;
        each_word(&document.description, |word| {
            terms.push(word);
            left -= 1;
            left > 0
        });
        terms.put(&mut out, fields.body);

        for category in &document.categories {
            terms.push(&category.slug);
        }
        terms.put(&mut out, fields.category);
        out.add_text(fields.name, &document.name);
        for value in facts::encode(document, &numbered) {
            out.add_u64(fields.facts, value);
        }
        for word in &name {
            out.add_u64(fields.name_words, word_hash(word));
        }
        out
    }
}

/// The forms of a word, parted by spaces.
fn derived<'m>(word: &str, known: &'m mut Memory) -> &'m str {
    known.of(word, |word| forms(word).join(" "))
}

fn around_of(text: &str, forms: &mut Memory) -> String {
    let mut terms = Terms::default();
    each_word(text, |word| {
        terms.push(derived(word, forms));
        terms.push(word);
        true
    });
    terms.0
}

/// What was found out about words and texts before.
#[derive(Default)]
struct Memory {
    places: HashMap<Box<str>, usize>,
    terms: Vec<Box<str>>,
    /// Of the last text that is not worth remembering.
    once: String,
}

impl Memory {
    fn of(&mut self, text: &str, find: impl FnOnce(&str) -> String) -> &str {
        // Most codes and sentences never come again.
        if text.len() > SAID_AGAIN || (text.len() > 3 && text.bytes().any(|b| b.is_ascii_digit())) {
            self.once = find(text);
            return &self.once;
        }
        if let Some(place) = self.places.get(text) {
            return &self.terms[*place];
        }
        if self.terms.len() >= REMEMBERED {
            self.places.clear();
            self.terms.clear();
        }
        let place = self.terms.len();
        self.places.insert(text.into(), place);
        self.terms.push(find(text).into());
        &self.terms[place]
    }
}

/// Terms parted by spaces.
#[derive(Default)]
struct Terms(String);

impl Terms {
    fn push(&mut self, terms: &str) {
        if terms.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(terms);
    }

    /// Puts what was pushed so far into a field and begins anew.
    fn put(&mut self, out: &mut TantivyDocument, field: Field) {
        if !self.0.is_empty() {
            out.add_text(field, &self.0);
            self.0.clear();
        }
    }
}

fn texts_around(document: &Document) -> impl Iterator<Item = &str> {
    // Not the categories: half the shop would have their words. The ranking knows them.
    let common = document.attributes.iter().filter_map(|(_, value)| value.words());
    let options =
        document.variants.iter().flat_map(|v| v.options.iter().filter_map(|(_, value)| value.words()));
    document.brand.as_deref().into_iter().chain([document.shop.name.as_str()]).chain(common).chain(options)
}

fn number(document: &Document, ledger: &mut Ledger) -> Numbered {
    let mut text = String::new();
    let mut category = NONE;
    for step in &document.categories {
        if !text.is_empty() {
            text.push('/');
        }
        text.push_str(&step.slug);
        category = ledger.vocabulary().find(Kind::Category, &text).unwrap_or_else(|| {
            let names = format!("{}\u{1f}{}", step.indonesian, step.english);
            ledger.number(Kind::Category, &text, &names, category)
        });
    }
    let mut pair = |key: &str, value: &Value| {
        let value = value.facet()?;
        text.clear();
        text.extend([key, "\u{1f}", &*value]);
        Some(ledger.vocabulary().find(Kind::Pair, &text).unwrap_or_else(|| {
            let key = ledger.number(Kind::Key, key, "", NONE);
            ledger.number(Kind::Pair, &text, &value, key)
        }))
    };
    let common = document.attributes.iter().filter_map(|(key, value)| pair(key, value)).collect();
    let variants = document
        .variants
        .iter()
        .map(|v| v.options.iter().filter_map(|(key, value)| pair(key, value)).collect())
        .collect();
    Numbered {
        category,
        city: ledger.number(Kind::City, &document.shop.city, "", NONE),
        brand: document.brand.as_deref().map_or(NONE, |brand| ledger.number(Kind::Brand, brand, "", NONE)),
        shop: ledger.number(Kind::Shop, &document.shop.slug, &document.shop.name, NONE),
        common,
        variants,
    }
}
