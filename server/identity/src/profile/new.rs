//! A profile that may be kept.

use model::{
    FieldError, Lang, Theme,
    person::{ProfileInput, limits},
    typed::{Problems, line},
};
use time::{Date, OffsetDateTime, macros::format_description};

/// Checked in every field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewProfile {
    pub name: Option<String>,
    pub born: Option<Date>,
    pub lang: Lang,
    pub theme: Theme,
}

impl NewProfile {
    /// Checks what was typed, all of it at once.
    pub fn parse(input: &ProfileInput, now: OffsetDateTime) -> Result<Self, Problems> {
        let mut wrong = Problems::default();
        let name = wrong.take("name", line(&input.name, limits::NAME));
        let born = wrong.take("born", born(input.born.trim(), now));
        let lang = wrong.take("lang", Lang::from_tag(&input.lang).ok_or(FieldError::NotAllowed));
        let theme = wrong.take("theme", Theme::from_tag(&input.theme).ok_or(FieldError::NotAllowed));
        let whole = || Some(Self { name: name?, born: born?, lang: lang?, theme: theme? });
        whole().ok_or(wrong)
    }
}

fn born(typed: &str, now: OffsetDateTime) -> Result<Option<Date>, FieldError> {
    if typed.is_empty() {
        return Ok(None);
    }
    let date =
        Date::parse(typed, format_description!("[year]-[month]-[day]")).map_err(|_| FieldError::Malformed)?;
    if date.year() >= limits::FIRST_YEAR && date <= now.date() {
        Ok(Some(date))
    } else {
        Err(FieldError::OutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_profile_may_be_empty_but_not_wrong() {
        let now = datetime!(2026-11-24 12:00 UTC);
        let input = |name: &str, born: &str| ProfileInput {
            name: name.to_owned(),
            born: born.to_owned(),
            lang: "id".to_owned(),
            theme: "dark".to_owned(),
        };
        let profile = NewProfile::parse(&input("  Sari ", "2001-12-31"), now).unwrap();
        assert_eq!((profile.name.as_deref(), profile.born), (Some("Sari"), Some(date!(2001 - 12 - 31))));
        let empty = NewProfile::parse(&input("", ""), now).unwrap();
        assert_eq!((empty.name, empty.born), (None, None));
        for (born, error) in [
            ("31-12-2001", FieldError::Malformed),
            ("2001-02-30", FieldError::Malformed),
            ("2026-11-25", FieldError::OutOfRange),
            ("1899-12-31", FieldError::OutOfRange),
        ] {
            let wrong = NewProfile::parse(&input("", born), now).unwrap_err();
            assert_eq!(wrong.of("born"), Some(error), "{born}");
        }
        let wrong = NewProfile::parse(&ProfileInput::default(), now).unwrap_err();
        assert_eq!(
            (wrong.of("lang"), wrong.of("theme")),
            (Some(FieldError::NotAllowed), Some(FieldError::NotAllowed))
        );
    }
}
