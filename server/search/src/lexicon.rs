//! What the engine knows of the language of shoppers: synonyms, stop words, words that only praise, and which words
//! speak of which category. Each is a text file an operator may edit; the defaults are in `data/`.

use std::collections::{HashMap, HashSet};

use std::sync::Arc;

use crate::{
    analysis::{fold, stems, words},
    query::Lang,
};

const SYNONYMS: &str = include_str!("../data/synonyms.txt");
const STOP_WORDS: &str = include_str!("../data/stopwords.txt");
const CATEGORIES: &str = include_str!("../data/categories.txt");

/// Longest phrase of the files, in words.
const LONGEST: usize = 4;
/// What a phrase of two words says when others stand between them, against when none do.
const APART: f32 = 0.8;

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

/// What an operator adds to the synonyms that come with the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Holds for searches in this language; `None` is any.
    pub lang: Option<Lang>,
    /// Phrases of at most two words; longer ones are looked up by nobody.
    pub phrases: Vec<String>,
    /// Empty: all of `phrases` mean the same. Else who asks for one of `phrases` is also shown these, not the other
    /// way round.
    pub shown: Vec<String>,
}

/// A lexicon for searches in each language: the files with the operators' meanings on top.
#[derive(Debug, Clone)]
pub struct Lexicons {
    indonesian: Arc<Lexicon>,
    english: Arc<Lexicon>,
}

impl Lexicons {
    pub fn new(files: &LexiconFiles, meanings: &[Meaning]) -> Self {
        let base = Lexicon::new(files);
        if meanings.is_empty() {
            let base = Arc::new(base);
            return Self { indonesian: Arc::clone(&base), english: base };
        }
        let with = |lang: Lang| {
            let mut lexicon = base.clone();
            meanings
                .iter()
                .filter(|meaning| meaning.lang.is_none_or(|of| of == lang))
                .for_each(|meaning| lexicon.learn(meaning));
            Arc::new(lexicon)
        };
        Self { indonesian: with(Lang::Indonesian), english: with(Lang::English) }
    }

    pub fn of(&self, lang: Lang) -> &Lexicon {
        match lang {
            Lang::Indonesian => &self.indonesian,
            Lang::English => &self.english,
        }
    }
}

/// What a query would also look for, phrase by phrase, with the synonyms that come with the program and `meanings`:
/// to try a change out before it is made, without an index.
pub fn also_looked_for(meanings: &[Meaning], lang: Lang, text: &str) -> Vec<(String, Vec<String>)> {
    let lexicons = Lexicons::new(&LexiconFiles::default(), meanings);
    let lexicon = lexicons.of(lang);
    let words = crate::plan::query_words(lexicon, text);
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    let phrases = words.iter().cloned().chain(pairs);
    phrases
        .map(|phrase| (lexicon.synonyms(&phrase).to_vec(), phrase))
        .filter(|(synonyms, phrase)| !synonyms.is_empty() || !phrase.contains(' '))
        .map(|(synonyms, phrase)| (phrase, synonyms))
        .collect()
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
            lexicon.relate(&phrases(from), &phrases(to));
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
                for phrase in run_together(&phrase).into_iter().chain([phrase]) {
                    let of = lexicon.categories.entry(phrase).or_default();
                    if !of.contains(&current) {
                        of.push(current.clone());
                    }
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

    /// Whoever asks for one of `from` is also shown each of `to`.
    fn relate(&mut self, from: &[String], to: &[String]) {
        for word in from {
            let others = self.synonyms.entry(word.clone()).or_default();
            for other in to.iter().filter(|other| *other != word) {
                if !others.contains(other) {
                    others.push(other.clone());
                }
            }
            // Two words are also typed as one.
            if let Some(one) = run_together(word) {
                let mut meant = self.synonyms[word].clone();
                meant.push(word.clone());
                let others = self.synonyms.entry(one).or_default();
                meant.retain(|other| !others.contains(other));
                others.extend(meant);
            }
        }
    }

    fn learn(&mut self, meaning: &Meaning) {
        let phrases = |list: &[String]| list.iter().map(|phrase| words(phrase).join(" ")).collect::<Vec<_>>();
        let from = phrases(&meaning.phrases);
        let to = if meaning.shown.is_empty() { from.clone() } else { phrases(&meaning.shown) };
        self.relate(&from, &to);
        self.known.extend(from.iter().chain(&to).flat_map(|phrase| phrase.split(' ')).map(str::to_owned));
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
            // What stands between two words of a phrase often only describes: `masker hitam wajah`.
            for end in start + 2..words.len().min(start + LONGEST) {
                let pair = [words[start].as_str(), words[end].as_str()].join(" ");
                if let Some(categories) = self.categories.get(&pair) {
                    speaking |= 1 << start | 1 << end;
                    let weight = APART * 2_f32.powf(1.2) / (categories.len() as f32).sqrt();
                    for category in categories {
                        *found.entry(category).or_default() += weight;
                    }
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

/// Two words written as one, where that is long enough not to be another word.
fn run_together(phrase: &str) -> Option<String> {
    let (left, right) = phrase.split_once(' ')?;
    let letters = phrase.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
    (letters && !right.contains(' ') && phrase.len() > 7).then(|| format!("{left}{right}"))
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty())
}

fn phrases(line: &str) -> Vec<String> {
    line.split(',').map(|phrase| words(phrase).join(" ")).filter(|phrase| !phrase.is_empty()).collect()
}
