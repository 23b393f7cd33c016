//! Finding a region by what somebody types: any level, any order of words, short names people use, parts of words,
//! postcodes, and slips of the finger.
//!
//! Every word typed has to be found in the region or in what it lies in, and at least one of them in the region
//! itself. A word is looked up once among the eight thousand there are; regions are then judged by their words'
//! marks, so a search takes well under a millisecond.

use crate::book::{Book, Entry};
use model::views::region::{Level, Region};
use std::{cmp::Reverse, collections::HashMap};

/// More words than this are not looked at.
const MOST_WORDS: usize = 6;
/// Longer ones are no part of a name.
const MOST_LETTERS: usize = 40;
/// Marks of a typed word against a written one.
const WHOLE: u32 = 100;
const START: u32 = 60;
const SLIP: u32 = 45;
/// Of two words' trigrams, this share has to be common for one to be a slip of the other, in percent.
const ALIKE: usize = 40;

/// What people call regions besides their names.
const ALSO: &[(&str, &str)] = &[
    ("12", "sumut"),
    ("13", "sumbar"),
    ("16", "sumsel"),
    ("19", "babel"),
    ("21", "kepri"),
    ("31", "dki jkt"),
    ("31.71", "jakpus jkt"),
    ("31.72", "jakut jkt"),
    ("31.73", "jakbar jkt"),
    ("31.74", "jaksel jkt"),
    ("31.75", "jaktim jkt"),
    ("32", "jabar"),
    ("32.73", "bdg"),
    ("33", "jateng"),
    ("33.72", "solo"),
    ("33.74", "smg"),
    ("34", "diy"),
    ("34.71", "jogja jogjakarta yogya"),
    ("35", "jatim"),
    ("35.78", "sby"),
    ("36.74", "tangsel"),
    ("51", "bali"),
    ("52", "ntb"),
    ("53", "ntt"),
    ("61", "kalbar"),
    ("62", "kalteng"),
    ("63", "kalsel"),
    ("64", "kaltim"),
    ("65", "kaltara"),
    ("71", "sulut"),
    ("72", "sulteng"),
    ("73", "sulsel"),
    ("73.71", "ujung pandang"),
    ("74", "sultra"),
    ("76", "sulbar"),
    ("82", "malut"),
];

/// Said of a region rather than part of its name.
const FILLERS: &[&str] = &["kec", "kecamatan", "kel", "kelurahan", "prov", "provinsi", "indonesia", "daerah"];

/// Every word of every region, once.
#[derive(Debug, Default)]
pub struct Words {
    text: Vec<String>,
    trigrams: Vec<Vec<[char; 3]>>,
    /// For each region, the numbers of its own words; the whole name written together is one of them.
    of: Vec<Vec<u32>>,
}

impl Words {
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let also: HashMap<&str, &str> = ALSO.iter().copied().collect();
        let mut words = Self::default();
        let mut known = HashMap::new();
        for entry in entries {
            let mut own = split(&entry.name);
            own.push(own.iter().filter(|word| !is_kind(word)).map(String::as_str).collect());
            if own.iter().any(|word| word == "kabupaten") {
                own.push("kab".to_owned());
            }
            own.extend(also.get(entry.code.as_str()).into_iter().flat_map(|also| split(also)));
            let numbers = own.into_iter().map(|word| words.number(&mut known, word)).collect();
            words.of.push(numbers);
        }
        words
    }

    fn number(&mut self, known: &mut HashMap<String, u32>, word: String) -> u32 {
        *known.entry(word).or_insert_with_key(|word| {
            self.text.push(word.clone());
            self.trigrams.push(trigrams(word));
            u32::try_from(self.text.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// How well a typed word goes with each of ours.
    fn marks(&self, typed: &str) -> Vec<u32> {
        let letters: Vec<char> = typed.chars().collect();
        let (grams, start_grams) = (trigrams(typed), trigrams_of(&letters, false));
        let slips = letters.len() >= 4;
        let mark = |(word, written): (&String, &Vec<[char; 3]>)| {
            if word == typed {
                WHOLE
            } else if word.starts_with(typed) {
                // The more of the word has been typed, the likelier it is meant.
                START + u32::try_from(typed.len() * 30 / word.len()).unwrap_or(0)
            } else if slips && word.chars().next() == letters.first().copied() {
                let start: Vec<char> = word.chars().take(letters.len()).collect();
                // A slip in what is still being typed counts less than one in a whole word.
                alike(&grams, written).max(alike(&start_grams, &trigrams_of(&start, false)) * 3 / 4)
            } else if slips {
                alike(&grams, written)
            } else {
                0
            }
        };
        self.text.iter().zip(&self.trigrams).map(mark).collect()
    }
}

impl Book {
    /// The regions that fit, best first. Nothing for a text without a word.
    pub fn search(&self, text: &str, limit: usize) -> Vec<Region> {
        let mut typed = split(text);
        if typed.iter().any(|word| !FILLERS.contains(&word.as_str())) {
            typed.retain(|word| !FILLERS.contains(&word.as_str()));
        }
        typed.truncate(MOST_WORDS);
        if typed.is_empty() {
            return Vec::new();
        }
        let mut found = self.judged(&typed);
        // The order of the table, which is that of the codes, decides between equals.
        found.sort_by_key(|(i, score)| (Reverse(*score), *i));
        let mut found: Vec<&Entry> = found.into_iter().take(limit).map(|(i, _)| self.at(i)).collect();
        // Whoever named a city goes on to one of its districts.
        if let Some(city) = found.first().filter(|entry| entry.level == Level::City) {
            let more: Vec<&Entry> =
                self.children(Some(&city.code)).into_iter().filter(|entry| !found.contains(entry)).collect();
            found.extend(more);
            found.truncate(limit);
        }
        found.into_iter().map(|entry| self.view(entry)).collect()
    }

    fn judged(&self, typed: &[String]) -> Vec<(usize, u32)> {
        let names: Vec<Vec<u32>> = typed.iter().map(|word| self.words.marks(word)).collect();
        let n = typed.len();
        // Own marks and those of what it lies in, region by region: a parent comes before its children.
        let mut whole = vec![0; self.all().len() * n];
        let mut found = Vec::new();
        for (i, entry) in self.all().iter().enumerate() {
            let (mut own_sum, mut sum, mut complete) = (0, 0, true);
            for (t, word) in typed.iter().enumerate() {
                let name = self.words.of[i].iter().map(|w| names[t][*w as usize]).max().unwrap_or_default();
                let own = name.max(postcode(entry, word));
                let above = entry.parent.map_or(0, |parent| whole[parent * n + t]);
                whole[i * n + t] = own.max(above);
                own_sum += own;
                sum += own.max(above * 3 / 4);
                complete &= own > 0 || above > 0;
            }
            if complete && own_sum > 0 {
                found.push((i, sum * 10 / u32::try_from(n).unwrap_or(1) + self.favour(i, &names)));
            }
        }
        let best = found.iter().map(|(_, score)| *score).max().unwrap_or_default();
        // Slips are for those who found nothing better.
        found.retain(|(_, score)| *score * 3 >= best * 2);
        found
    }

    /// What speaks for a region beyond its words: that all of its name was typed, more or less well, and what it is.
    fn favour(&self, i: usize, marks: &[Vec<u32>]) -> u32 {
        let entry = self.at(i);
        let names = self.words.of[i].iter().take(split(&entry.name).len()).map(|word| *word as usize);
        let typed = names
            .filter(|word| !is_kind(&self.words.text[*word]))
            .map(|word| marks.iter().map(|marks| marks[word]).max().unwrap_or_default())
            .min()
            .unwrap_or_default();
        let level = match entry.level {
            Level::City if typed > 0 && entry.name.starts_with("Kota") => 65,
            Level::City if typed > 0 => 60,
            Level::City | Level::Province => 20,
            // More people live in the districts of a city.
            Level::District if entry.parent.is_some_and(|city| !is_rural(&self.at(city).name)) => 45,
            Level::District => 40,
        };
        // A word that is still being typed may yet become another.
        if (START..WHOLE).contains(&typed) { level } else { typed * 2 + level }
    }
}

fn is_rural(city: &str) -> bool {
    city.starts_with("Kab")
}

/// What kind of place it is, rather than its name.
fn is_kind(word: &str) -> bool {
    ["kabupaten", "kota", "administrasi", "kab"].contains(&word)
}

fn postcode(entry: &Entry, typed: &str) -> u32 {
    if typed.len() < 3 || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    if entry.has_postcode(typed) {
        WHOLE
    } else if entry.postcodes.iter().any(|code| code.starts_with(typed)) {
        START
    } else {
        0
    }
}

/// Lower case, letters and digits only.
fn split(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(MOST_LETTERS).flat_map(char::to_lowercase).collect())
        .collect()
}

/// All runs of three letters, the word's edges marked, in order and each once.
fn trigrams(word: &str) -> Vec<[char; 3]> {
    trigrams_of(&word.chars().collect::<Vec<_>>(), true)
}

/// Those of a word, or of the start of one, whose end is not marked.
fn trigrams_of(letters: &[char], ended: bool) -> Vec<[char; 3]> {
    let edged: Vec<char> =
        [' ', ' '].into_iter().chain(letters.iter().copied()).chain(ended.then_some(' ')).collect();
    let mut grams: Vec<[char; 3]> = edged.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

fn alike(a: &[[char; 3]], b: &[[char; 3]]) -> u32 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let all = a.len() + b.len() - common;
    if common * 100 >= all * ALIKE { SLIP * u32::try_from(common * 100 / all).unwrap_or(0) / 100 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> String {
        Book::get().search(text, 8).first().map(Region::line).unwrap_or_default()
    }

    #[test]
    fn districts_and_cities_are_found_while_typing() {
        for (text, line) in [
            ("kebay", "Kebayoran Lama, Jakarta Selatan"),
            ("kebayoran b", "Kebayoran Baru, Jakarta Selatan"),
            ("kebayoran baru", "Kebayoran Baru, Jakarta Selatan"),
            ("kebayoranbaru", "Kebayoran Baru, Jakarta Selatan"),
            ("Kec. Kebayoran Lama", "Kebayoran Lama, Jakarta Selatan"),
            ("kebayorna baru", "Kebayoran Baru, Jakarta Selatan"),
            ("jaksel", "Jakarta Selatan, "),
            ("jakarta selatan", "Jakarta Selatan, "),
            ("menteng jakpus", "Menteng, Jakarta Pusat"),
            ("12110", "Kebayoran Baru, Jakarta Selatan"),
            ("kota bandung", "Kota Bandung, Jawa Barat"),
            ("bandung", "Kota Bandung, Jawa Barat"),
            ("kab bandung", "Kab. Bandung, Jawa Barat"),
            ("coblong bandung", "Coblong, Kota Bandung"),
            ("jogja", "Kota Yogyakarta, "),
            ("tangsel", "Kota Tangerang Selatan, Banten"),
            ("surabya", "Kota Surabaya, Jawa Timur"),
        ] {
            assert!(first(text).starts_with(line), "{text}: {}", first(text));
        }
        let cico = Book::get().search("bandung cico", 10);
        assert!(cico.iter().any(|region| region.line().starts_with("Cicendo, Kota Bandung")), "{cico:?}");
    }

    #[test]
    fn the_districts_of_a_city_follow_it() {
        let found = Book::get().search("jaksel", 20);
        assert_eq!(found.len(), 11);
        assert!(found[1..].iter().all(|region| region.code.starts_with("31.74.")), "{found:?}");
    }

    #[test]
    fn a_postcode_finds_its_districts_and_a_start_of_one_too() {
        let book = Book::get();
        assert!(book.search("12110", 5).iter().all(|region| region.postcodes.contains(&"12110".to_owned())));
        assert!(book.search("1211", 5).iter().any(|region| region.name == "Kebayoran Baru"));
        assert!(book.search("00000", 5).is_empty());
    }

    #[test]
    fn nothing_is_found_by_nothing() {
        let book = Book::get();
        for text in ["", "   ", "-,.", "qqqqqqqq", "kebayoran atlantis"] {
            assert!(book.search(text, 5).is_empty(), "{text}");
        }
        assert!(book.search(&"jakarta ".repeat(500), 5).len() <= 5);
    }
}
