//! From what people write to the terms of the index. The same code reads names and queries, so both sides agree.
//!
//! A word keeps its written form (folded) in the field `word`; everything derived from it, such as stems, units brought
//! to one spelling and model codes written apart, goes to the field `form` and counts a little less.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use waken_snowball::{Algorithm, stem};

/// Lower case without accents, so that `É`, `é` and `e` are one.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Folded words in order. Letters and digits stay together (`i8`, `a455la`), decimals keep their point (`2.4g`, and
/// `15,6` reads `15.6`), the points of thousands vanish (`10.000` reads `10000`), and so do apostrophes (`l'oreal`).
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| {
        words.push(word.to_owned());
        true
    });
    words
}

/// Visits the same words one by one, for as long as more are wanted.
pub fn each_word(text: &str, mut visit: impl FnMut(&str) -> bool) {
    let mut word = String::new();
    // No word goes on behind a blank. Nearly all text is plain, and is read byte by byte without being set aside.
    let _ = text.split_ascii_whitespace().all(|piece| {
        if piece.is_ascii() {
            each_plain_word(piece.as_bytes(), &mut word, &mut visit)
        } else {
            words_of_any(piece).iter().all(|word| visit(word))
        }
    });
}

/// Whether more are wanted. `word` is empty before and after.
fn each_plain_word(text: &[u8], word: &mut String, mut visit: impl FnMut(&str) -> bool) -> bool {
    for (i, &c) in text.iter().enumerate() {
        let before = || i.checked_sub(1).map(|j| text[j]);
        let after = || text.get(i + 1).copied();
        let between =
            |is: fn(&u8) -> bool| before().as_ref().is_some_and(is) && after().as_ref().is_some_and(is);
        if c.is_ascii_alphanumeric() {
            word.push(char::from(c.to_ascii_lowercase()));
        } else if matches!(c, b'.' | b',') && between(u8::is_ascii_digit) {
            let thousands = text[i + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 3;
            if !thousands || word.contains('.') {
                word.push('.');
            }
        } else if c == b'\'' && between(u8::is_ascii_alphabetic) {
            // Nothing: the word goes on.
        } else if !word.is_empty() {
            let more = visit(cut(word));
            word.clear();
            if !more {
                return false;
            }
        }
    }
    let more = word.is_empty() || visit(cut(word));
    word.clear();
    more
}

/// What is longer than any word is not read to its end.
fn cut(word: &str) -> &str {
    if word.len() <= 60 {
        return word;
    }
    word.char_indices().nth(40).map_or(word, |(end, _)| &word[..end])
}

fn words_of_any(text: &str) -> Vec<String> {
    let folded = fold(text);
    let chars: Vec<char> = folded.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|j| chars[j]);
        let after = chars.get(i + 1).copied();
        if c.is_alphanumeric() {
            word.push(c);
        } else if matches!(c, '.' | ',') && is_digit(before) && is_digit(after) {
            if !is_thousands(&chars[i + 1..]) || word.contains('.') {
                word.push('.');
            }
        } else if matches!(c, '\'' | '’')
            && before.is_some_and(char::is_alphabetic)
            && after.is_some_and(char::is_alphabetic)
        {
            // Nothing: the word goes on.
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    for word in &mut words {
        word.truncate(cut(word).len());
    }
    words
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Exactly three digits follow, so the point before them parts thousands.
fn is_thousands(rest: &[char]) -> bool {
    rest.iter().take_while(|c| c.is_ascii_digit()).count() == 3
}

/// Stems of a word, other than the word itself: Indonesian and English, as nobody knows which one a word is.
pub fn stems(word: &str) -> Vec<String> {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let mut stems: Vec<String> = Vec::with_capacity(2);
    for algorithm in [Algorithm::Indonesian, Algorithm::English] {
        if let Cow::Owned(stem) = stem(algorithm, word)
            && stem.len() >= 3
            && stem != word
            && !stems.contains(&stem)
        {
            stems.push(stem);
        }
    }
    stems
}

/// `(number, unit)` of a word such as `128gb`, `12volt`, `2.4g`.
pub fn number_with_unit(word: &str) -> Option<(&str, &'static str)> {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    if end == 0 {
        return None;
    }
    let (number, rest) = word.split_at(end);
    Some((number, unit(rest)?))
}

pub fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The one spelling of a unit.
pub fn unit(word: &str) -> Option<&'static str> {
    Some(match word {
        "gb" | "gigabyte" => "gb",
        "tb" | "terabyte" => "tb",
        "mb" | "megabyte" => "mb",
        "mah" => "mah",
        "wh" => "wh",
        "w" | "watt" | "wat" => "w",
        "kw" => "kw",
        "va" => "va",
        "v" | "volt" => "v",
        "a" | "amp" | "ampere" => "a",
        "hz" => "hz",
        "khz" => "khz",
        "mhz" => "mhz",
        "ghz" => "ghz",
        "mm" | "milimeter" => "mm",
        "cm" | "centimeter" | "sentimeter" => "cm",
        "m" | "meter" | "mtr" => "m",
        "km" => "km",
        "inch" | "inci" | "inchi" | "in" | "inc" => "inch",
        "kg" | "kilo" | "kilogram" => "kg",
        "g" | "gr" | "gram" | "grm" | "grms" => "g",
        "mg" => "mg",
        "ml" | "mililiter" => "ml",
        "l" | "lt" | "ltr" | "liter" | "litre" => "l",
        "cc" => "cc",
        "pcs" | "pc" | "buah" | "biji" | "pieces" => "pcs",
        "lembar" | "lbr" | "sheet" | "sheets" => "lembar",
        "mp" | "megapixel" => "mp",
        "dpi" => "dpi",
        "rpm" => "rpm",
        "yard" | "yd" => "yard",
        "ply" => "ply",
        "oz" => "oz",
        "port" => "port",
        "pin" => "pin",
        "tahun" | "thn" | "th" => "tahun",
        "bulan" | "bln" => "bulan",
        _ => return None,
    })
}

/// What a word or two neighbours are also written as: `128 gb` and `128gb` are `128gb`, `12 volt` is `12v`,
/// `k 380` is `k380`. `None` when the two are just two words.
pub fn joined(left: &str, right: &str) -> Option<String> {
    if is_number(left) {
        return unit(right).map(|unit| format!("{left}{unit}"));
    }
    let code = |w: &str| w.bytes().any(|b| b.is_ascii_digit());
    let letters = |w: &str| w.bytes().all(|b| b.is_ascii_alphabetic());
    let starts_with_digit = right.starts_with(|c: char| c.is_ascii_digit());
    let short = (1..=6).contains(&left.len()) && letters(left);
    if (short && starts_with_digit && right.len() <= 8)
        || (code(left) && letters(right) && right.len() <= 2 && unit(right).is_none())
    {
        return Some(format!("{left}{right}"));
    }
    None
}

/// The derived forms of one word.
pub fn forms(word: &str) -> Vec<String> {
    if let Some((number, unit)) = number_with_unit(word) {
        return vec![format!("{number}{unit}"), number.to_owned()];
    }
    stems(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_cut_into_the_words_people_mean() {
        let table: &[(&str, &[&str])] = &[
            ("Wireless Keyboard i8 Mini 2.4G", &["wireless", "keyboard", "i8", "mini", "2.4g"]),
            ("K380 , K 380 , K-380", &["k380", "k", "380", "k", "380"]),
            ("15,6inch 10.000 mAh 1.500.000", &["15.6inch", "10000", "mah", "1500000"]),
            ("L'Oréal Café MEN’S", &["loreal", "cafe", "mens"]),
            ("A455LA/A455LD 12V/2A", &["a455la", "a455ld", "12v", "2a"]),
            ("Ｆｕｌｌ ½ ﬁt", &["full", "1", "2", "fit"]),
            ("--- !!! ", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), *expected, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn text_is_cut_piece_by_piece_as_in_one_piece(text in "[a-cX0-2\u{c9}\u{301}\u{a0}\n .,'/-]{0,40}|[a1.]{50,90}") {
            prop_assert_eq!(words(&text), words_of_any(&text));
        }
    }

    #[test]
    fn numbers_units_and_codes_are_one_form() {
        assert_eq!(joined("128", "gb").as_deref(), Some("128gb"));
        assert_eq!(joined("12", "volt").as_deref(), Some("12v"));
        assert_eq!(forms("12volt"), ["12v", "12"]);
        assert_eq!(forms("10000mah"), ["10000mah", "10000"]);
        assert_eq!(joined("k", "380").as_deref(), Some("k380"));
        assert_eq!(joined("ps", "2").as_deref(), Some("ps2"));
        assert_eq!(joined("a455", "la").as_deref(), Some("a455la"));
        assert_eq!(joined("power", "bank"), None);
        assert_eq!(joined("128", "merah"), None);
    }

    #[test]
    fn both_languages_are_stemmed() {
        for (word, expected) in [
            ("sepatunya", "sepatu"),
            ("makanan", "makan"),
            ("cleaners", "cleaner"),
            ("mainan", "main"),
            ("pembersih", "bersih"),
        ] {
            assert!(stems(word).iter().any(|s| s == expected), "{word}: {:?}", stems(word));
        }
        assert_eq!(stems("hp").len(), 0);
        assert_eq!(stems("a455la").len(), 0);
    }
}
