//! From a document to what the index stores of it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use tantivy::TantivyDocument;

use crate::{
    analysis::{self, forms, joined, words},
    document::{Document, Value},
    facts::{self, Numbered},
    schema::Fields,
    vocabulary::{Kind, Ledger, NONE},
};

/// Words of a name that are looked at; of a description.
const NAME_WORDS: usize = 48;
const BODY_WORDS: usize = 200;
/// Words whose forms are remembered, as stemming costs more than looking up.
const REMEMBERED: usize = 50_000;

/// A stable hash of a word, for the order of words in names.
pub fn word_hash(word: &str) -> u64 {
    u64::from(crc32fast::hash(word.as_bytes()))
}

/// Prepares documents; one per thread.
#[derive(Default)]
pub struct Scribe {
    forms: HashMap<String, Vec<String>>,
}

impl Scribe {
    pub fn prepare(
        &mut self,
        document: &Document,
        fields: &Fields,
        ledger: &Mutex<Ledger>,
    ) -> TantivyDocument {
        let mut name = words(&document.name);
        name.truncate(NAME_WORDS);
        let numbered = number(document, &mut ledger.lock().unwrap_or_else(PoisonError::into_inner));

        let mut derived = Terms::default();
        let mut starts = Terms::default();
        for (i, word) in name.iter().enumerate() {
            for form in self.forms(word) {
                derived.push(form);
            }
            if let Some(joined) = name.get(i + 1).and_then(|next| joined(word, next)) {
                derived.push(&joined);
                if let Some((number, unit)) = analysis::number_with_unit(&joined) {
                    derived.push(&format!("{number}{unit}"));
                }
            }
            for len in 2..=4 {
                if let Some((end, _)) = word.char_indices().nth(len) {
                    starts.push(&word[..end]);
                }
            }
        }

        let mut extra = Terms::default();
        let mut texts: Vec<&str> = around(document).collect();
        texts.sort_unstable();
        texts.dedup();
        for word in texts.into_iter().flat_map(words) {
            for form in self.forms(&word) {
                extra.push(form);
            }
            extra.push(&word);
        }
        let mut body = Terms::default();
        for word in words(&document.description).into_iter().take(BODY_WORDS) {
            body.push(&word);
        }

        let mut out = TantivyDocument::default();
        out.add_bytes(fields.id, document.product.as_bytes());
        for value in facts::encode(document, &numbered) {
            out.add_u64(fields.facts, value);
        }
        for word in &name {
            out.add_u64(fields.name_words, word_hash(word));
        }
        out.add_text(fields.word, name.join(" "));
        out.add_text(fields.form, derived.0);
        out.add_text(fields.start, starts.0);
        out.add_text(fields.extra, extra.0);
        if !body.0.is_empty() {
            out.add_text(fields.body, body.0);
        }
        out.add_text(
            fields.category,
            document.categories.iter().map(|c| c.slug.as_str()).collect::<Vec<_>>().join(" "),
        );
        out.add_text(fields.name, &document.name);
        out
    }

    fn forms(&mut self, word: &str) -> &[String] {
        if !self.forms.contains_key(word) {
            if self.forms.len() >= REMEMBERED {
                self.forms.clear();
            }
            self.forms.insert(word.to_owned(), forms(word));
        }
        self.forms.get(word).map_or(&[], Vec::as_slice)
    }
}

/// Terms parted by spaces.
#[derive(Default)]
struct Terms(String);

impl Terms {
    fn push(&mut self, term: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(term);
    }
}

fn around(document: &Document) -> impl Iterator<Item = &str> {
    // Not the categories: half the shop would have their words. The ranking knows them.
    let common = document.attributes.iter().filter_map(|(_, value)| value.words());
    let options =
        document.variants.iter().flat_map(|v| v.options.iter().filter_map(|(_, value)| value.words()));
    document.brand.as_deref().into_iter().chain([document.shop.name.as_str()]).chain(common).chain(options)
}

fn number(document: &Document, ledger: &mut Ledger) -> Numbered {
    let mut path = String::new();
    let mut category = NONE;
    for step in &document.categories {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(&step.slug);
        category = ledger.number(
            Kind::Category,
            &path,
            &format!("{}\u{1f}{}", step.indonesian, step.english),
            category,
        );
    }
    let mut pair = |key: &str, value: &Value| {
        let text = value.facet()?;
        let number = ledger.number(Kind::Key, key, "", NONE);
        Some(ledger.number(Kind::Pair, &format!("{key}\u{1f}{text}"), &text, number))
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
