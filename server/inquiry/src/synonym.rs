//! Phrases that mean the same to a shopper.

use model::{AppError, FieldError, Lang, ids::SynonymId};
use time::OffsetDateTime;

/// One or two words, lower case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Phrase(String);

impl Phrase {
    const MAX: usize = 60;
    /// The engine looks up words and pairs of neighbours.
    const WORDS: usize = 2;

    pub fn parse(raw: &str) -> Option<Self> {
        let lower: String = raw.chars().flat_map(char::to_lowercase).collect();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let text = words.join(" ");
        ((1..=Self::WORDS).contains(&words.len()) && text.chars().count() <= Self::MAX).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadSynonym {
    #[error("a phrase has one or two words and at most 60 letters")]
    BadPhrase,
    #[error("what is also shown has phrases of one or two words and at most 60 letters")]
    BadShown,
    #[error("at least two different phrases are needed")]
    TooFew,
    #[error("at most 20 phrases")]
    TooMany,
}

impl From<BadSynonym> for AppError {
    fn from(bad: BadSynonym) -> Self {
        match bad {
            BadSynonym::BadPhrase => Self::field("phrases", FieldError::Malformed),
            BadSynonym::BadShown => Self::field("shown", FieldError::Malformed),
            BadSynonym::TooFew => Self::field("phrases", FieldError::TooShort),
            BadSynonym::TooMany => Self::field("phrases", FieldError::TooLong),
        }
    }
}

/// A synonym somebody wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSynonym {
    lang: Option<Lang>,
    phrases: Vec<Phrase>,
    shown: Vec<Phrase>,
}

impl NewSynonym {
    const MOST: usize = 20;

    /// From phrases parted by commas or lines. With nothing in `shown` all `phrases` mean the same; else whoever asks
    /// for one of `phrases` is also shown `shown`. `lang` is that of the searches it holds for, none for all.
    pub fn parse(lang: Option<Lang>, phrases: &str, shown: &str) -> Result<Self, BadSynonym> {
        let shown = list(shown).ok_or(BadSynonym::BadShown)?;
        let mut phrases = list(phrases).ok_or(BadSynonym::BadPhrase)?;
        phrases.retain(|phrase| !shown.contains(phrase));
        if phrases.is_empty() || phrases.len() + shown.len() < 2 {
            return Err(BadSynonym::TooFew);
        }
        if phrases.len() > Self::MOST || shown.len() > Self::MOST {
            return Err(BadSynonym::TooMany);
        }
        Ok(Self { lang, phrases, shown })
    }

    pub fn lang(&self) -> Option<Lang> {
        self.lang
    }

    pub fn phrases(&self) -> Vec<String> {
        texts(&self.phrases)
    }

    pub fn shown(&self) -> Vec<String> {
        texts(&self.shown)
    }
}

fn texts(phrases: &[Phrase]) -> Vec<String> {
    phrases.iter().map(|phrase| phrase.0.clone()).collect()
}

/// Each once; `None` when one cannot be read.
fn list(raw: &str) -> Option<Vec<Phrase>> {
    let mut phrases = Vec::new();
    for part in raw.split([',', '\n']).filter(|part| !part.trim().is_empty()) {
        let phrase = Phrase::parse(part)?;
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    Some(phrases)
}

/// A synonym there is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Synonym {
    pub id: SynonymId,
    /// `None` holds for searches in any language.
    pub lang: Option<Lang>,
    pub phrases: Vec<String>,
    pub shown: Vec<String>,
    pub updated_at: OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synonym_relates_two_phrases_of_a_word_or_two() {
        let both = NewSynonym::parse(None, "Rice-Cooker, magic com,magicom\nrice cooker", "").unwrap();
        assert_eq!(both.phrases(), ["rice cooker", "magic com", "magicom"]);
        let one_way = NewSynonym::parse(Some(Lang::Id), "ipad", "tablet, ipad").err();
        assert_eq!(one_way, Some(BadSynonym::TooFew));
        assert_eq!(NewSynonym::parse(None, "ipad", "tablet").unwrap().shown(), ["tablet"]);
        for (phrases, shown, wrong) in [
            ("hp", "", BadSynonym::TooFew),
            ("hp, HP", "", BadSynonym::TooFew),
            ("", "hp, ponsel", BadSynonym::TooFew),
            ("satu dua tiga, empat", "", BadSynonym::BadPhrase),
            ("hp", "satu dua tiga", BadSynonym::BadShown),
            ("hp, !!", "", BadSynonym::BadPhrase),
        ] {
            assert_eq!(NewSynonym::parse(None, phrases, shown).err(), Some(wrong), "{phrases} > {shown}");
        }
        let many = (0..21).map(|n| format!("kata{n}")).collect::<Vec<_>>().join(",");
        assert_eq!(NewSynonym::parse(None, &many, "").err(), Some(BadSynonym::TooMany));
    }
}
