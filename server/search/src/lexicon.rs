//! What the engine knows of the language of shoppers: synonyms, stop words, words that only praise, and which words
//! speak of which category. Each is a text file an operator may edit; the defaults are in `data/`.

use std::collections::{HashMap, HashSet};

use crate::analysis::{fold, stems, words};

const SYNONYMS: &str = include_str!("../data/synonyms.txt");
const STOP_WORDS: &str = include_str!("../data/stopwords.txt");
const CATEGORIES: &str = include_str!("../data/categories.txt");

/// Longest phrase of the files, in words.
const LONGEST: usize = 4;

#[derive(Debug, Clone)]
pub struct Lexicon {
    /// From a phrase to the phrases that mean the same.
    synonyms: HashMap<String, Vec<String>>,
    stop: HashSet<String>,
    praise: HashSet<String>,
    /// From a phrase to the categories it speaks of.
    categories: HashMap<String, Vec<String>>,
    /// Every word of the above.
    known: HashSet<String>,
}

/// The three files as text.
#[derive(Debug, Clone)]
pub struct LexiconFiles {
    /// A line is one meaning: `handphone, hp, smartphone`. `casing > sarung` goes one way only.
    pub synonyms: String,
    /// A word a line; behind a line `[praise]` stand words that say little (`murah`, `original`).
    pub stop_words: String,
    /// `category: word, phrase, …`; the category by slug or name.
    pub categories: String,
}

impl Default for LexiconFiles {
    fn default() -> Self {
        Self {
            synonyms: SYNONYMS.to_owned(),
            stop_words: STOP_WORDS.to_owned(),
            categories: CATEGORIES.to_owned(),
        }
    }
}

impl Lexicon {
    pub fn new(files: &LexiconFiles) -> Self {
        let mut lexicon = Self {
            synonyms: HashMap::new(),
            stop: HashSet::new(),
            praise: HashSet::new(),
            categories: HashMap::new(),
            known: HashSet::new(),
        };
        for line in lines(&files.synonyms) {
            let (from, to) = line.split_once('>').map_or((line, line), |(from, to)| (from, to));
            let (from, to) = (phrases(from), phrases(to));
            for word in &from {
                let others = lexicon.synonyms.entry(word.clone()).or_default();
                others.extend(to.iter().filter(|other| *other != word).cloned());
            }
        }
        let mut praise = false;
        for line in lines(&files.stop_words) {
            if line == "[praise]" {
                praise = true;
                continue;
            }
            let list = if praise { &mut lexicon.praise } else { &mut lexicon.stop };
            list.extend(line.split_whitespace().map(fold));
        }
        let mut current = String::new();
        for line in lines(&files.categories) {
            let listed = line.split_once(':').map_or(line, |(name, rest)| {
                current = category_key(name);
                rest
            });
            for phrase in phrases(listed) {
                let of = lexicon.categories.entry(phrase).or_default();
                if !of.contains(&current) {
                    of.push(current.clone());
                }
            }
        }
        let phrases = lexicon.categories.keys().chain(lexicon.synonyms.keys());
        lexicon.known = phrases
            .flat_map(|phrase| phrase.split(' '))
            .chain(lexicon.praise.iter().map(String::as_str))
            .map(str::to_owned)
            .collect();
        lexicon
    }

    pub fn synonyms(&self, phrase: &str) -> &[String] {
        self.synonyms.get(phrase).map_or(&[], Vec::as_slice)
    }

    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    pub fn is_praise(&self, word: &str) -> bool {
        self.praise.contains(word)
    }

    /// Whether it is a word of the lexicon, so that it is not taken for a slip.
    pub fn knows(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// The categories of a phrase as it is, by its stem, or said otherwise, with how certain that is.
    fn speaks_of(&self, words: &[String], phrase: &str) -> Option<(&Vec<String>, f32)> {
        let get = |phrase: &str| self.categories.get(phrase);
        let stemmed =
            || (words.len() == 1).then(|| stems(phrase)).into_iter().flatten().find_map(|stem| get(&stem));
        let otherwise = || self.synonyms(phrase).iter().find_map(|synonym| get(synonym));
        let one_word_otherwise = || {
            let inner = if words.len() > 1 { words } else { &[] };
            inner.iter().enumerate().find_map(|(i, word)| {
                self.synonyms(word).iter().find_map(|synonym| {
                    let mut said = words.to_vec();
                    said[i].clone_from(synonym);
                    get(&said.join(" "))
                })
            })
        };
        let exact = get(phrase).map(|of| (of, 1.0));
        exact
            .or_else(|| otherwise().or_else(one_word_otherwise).map(|of| (of, 0.85)))
            .or_else(|| stemmed().map(|of| (of, 0.7)))
    }

    /// How strongly the words speak of each category (by [`category_key`]), and which words do.
    /// A longer phrase says more than its words; a word of many categories says little of each.
    #[allow(clippy::cast_precision_loss, reason = "a handful")]
    pub fn categories(&self, words: &[String]) -> (HashMap<&str, f32>, u32) {
        let mut found: HashMap<&str, f32> = HashMap::new();
        let mut speaking = 0_u32;
        for start in 0..words.len() {
            for len in 1..=LONGEST.min(words.len() - start) {
                let phrase = words[start..start + len].join(" ");
                let Some((categories, certainty)) = self.speaks_of(&words[start..start + len], &phrase)
                else {
                    continue;
                };
                speaking |= ((1 << len) - 1) << start;
                let weight = certainty * (len as f32).powf(1.2) / (categories.len() as f32).sqrt();
                for category in categories {
                    *found.entry(category).or_default() += weight;
                }
            }
        }
        (found, speaking)
    }
}

/// Slugs and names of the same category fall together: `Office & Stationery`, `office-and-stationery`.
pub fn category_key(name: &str) -> String {
    words(name).into_iter().filter(|w| w != "and" && w != "dan").collect()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty())
}

fn phrases(line: &str) -> Vec<String> {
    line.split(',').map(|phrase| words(phrase).join(" ")).filter(|phrase| !phrase.is_empty()).collect()
}
