//! What its people decide about a shop, made fit to be kept.

use crate::{ShopName, parse_name};
use model::{
    FieldError,
    shipping::{Courier, CourierCode},
    shop::{HolidayInput, OpenHours, SettingsInput, limits},
    typed::{self, Problems},
};
use time::{Date, Duration, OffsetDateTime, Time, macros::format_description, macros::offset};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    pub name: ShopName,
    pub description: String,
    pub hours: Option<OpenHours>,
    /// By code; none for all there are.
    pub couriers: Option<Vec<String>>,
}

impl Settings {
    /// `outside` are the couriers of others that can be had beside our own.
    pub fn parse(input: &SettingsInput, outside: &[CourierCode]) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("name", parse_name(&input.name));
        let description =
            problems.take("description", typed::paragraphs(&input.description, limits::DESCRIPTION));
        let hours = hours(input, &mut problems);
        let couriers = problems.take("couriers", couriers(&input.couriers, outside));
        match (name, description, couriers) {
            (Some(name), Some(description), Some(couriers)) if problems.is_empty() => {
                Ok(Self { name, description: description.unwrap_or_default(), hours, couriers })
            }
            _ => Err(problems),
        }
    }
}

/// Those that were ticked; none where all were, or nobody.
fn couriers(ticked: &[String], outside: &[CourierCode]) -> Result<Option<Vec<String>>, FieldError> {
    let own = Courier::ALL.iter().map(|courier| courier.as_str());
    let all: Vec<&str> = own.chain(outside.iter().map(CourierCode::as_str)).collect();
    if ticked.iter().any(|name| !all.contains(&name.as_str())) {
        return Err(FieldError::NotAllowed);
    }
    let some: Vec<String> = all
        .iter()
        .filter(|name| ticked.iter().any(|it| it == *name))
        .map(|name| (*name).to_owned())
        .collect();
    Ok(Some(some).filter(|some| !some.is_empty() && some.len() < all.len()))
}

fn hours(input: &SettingsInput, problems: &mut Problems) -> Option<OpenHours> {
    if input.days.is_empty() {
        return None;
    }
    let mut days = [false; 7];
    for day in &input.days {
        match day.parse::<usize>().ok().and_then(|day| days.get_mut(day.wrapping_sub(1))) {
            Some(day) => *day = true,
            None => problems.note("days", FieldError::Malformed),
        }
    }
    let opens = problems.take("opens", minutes(&input.opens))?;
    let closes = problems.take("closes", minutes(&input.closes))?;
    if closes <= opens {
        problems.note("closes", FieldError::OutOfRange);
    }
    Some(OpenHours { days, opens, closes })
}

/// Of a time of day: `09:00`.
fn minutes(typed: &str) -> Result<u16, FieldError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldError::Required);
    }
    let (hour, minute) = typed.split_once([':', '.']).ok_or(FieldError::Malformed)?;
    let number = |text: &str| text.parse::<u16>().map_err(|_| FieldError::Malformed);
    let (hour, minute) = (number(hour)?, number(minute)?);
    if hour < 24 && minute < 60 { Ok(hour * 60 + minute) } else { Err(FieldError::OutOfRange) }
}

/// Whole days in Jakarta on which nothing is sold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holiday {
    pub from: OffsetDateTime,
    pub until: OffsetDateTime,
    pub message: Option<String>,
}

impl Holiday {
    pub fn parse(input: &HolidayInput, now: OffsetDateTime) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let from = problems.take("from", day(&input.from));
        // The calendar ends with the year 9999.
        let end = |last: OffsetDateTime| last.checked_add(Duration::DAY).ok_or(FieldError::OutOfRange);
        let until = problems.take("until", day(&input.until).and_then(end));
        let message = problems.take("message", typed::paragraphs(&input.message, limits::HOLIDAY_MESSAGE));
        if let (Some(from), Some(until)) = (from, until) {
            let too_long = until - from > Duration::days(limits::HOLIDAY_DAYS);
            if until <= from || until <= now || too_long {
                problems.note("until", FieldError::OutOfRange);
            }
            if from > now + Duration::days(limits::HOLIDAY_AHEAD_DAYS) {
                problems.note("from", FieldError::OutOfRange);
            }
        }
        match (from, until, message) {
            (Some(from), Some(until), Some(message)) if problems.is_empty() => {
                Ok(Self { from, until, message })
            }
            _ => Err(problems),
        }
    }
}

/// The beginning of a day in Jakarta.
fn day(typed: &str) -> Result<OffsetDateTime, FieldError> {
    if typed.trim().is_empty() {
        return Err(FieldError::Required);
    }
    let day = Date::parse(typed.trim(), format_description!("[year]-[month]-[day]"));
    day.map(|day| day.with_time(Time::MIDNIGHT).assume_offset(offset!(+7))).map_err(|_| FieldError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn input() -> SettingsInput {
        SettingsInput { name: "Kopi Senja".to_owned(), ..SettingsInput::default() }
    }

    #[test]
    fn hours_are_days_and_a_span_of_them() {
        assert_eq!(Settings::parse(&input(), &[]).unwrap().hours, None, "a shop need not say");
        let days = ["1", "6"].map(str::to_owned).to_vec();
        let open = SettingsInput { days, opens: "09:00".to_owned(), closes: "17.30".to_owned(), ..input() };
        let hours = Settings::parse(&open, &[]).unwrap().hours.unwrap();
        assert_eq!((hours.days[0], hours.days[1], hours.days[5]), (true, false, true));
        assert_eq!((hours.opens, hours.closes), (540, 1050));
        for (opens, closes, field, error) in [
            ("", "17:00", "opens", FieldError::Required),
            ("9", "17:00", "opens", FieldError::Malformed),
            ("09:00", "24:00", "closes", FieldError::OutOfRange),
            ("09:00", "08:00", "closes", FieldError::OutOfRange),
        ] {
            let wrong = SettingsInput { opens: opens.to_owned(), closes: closes.to_owned(), ..open.clone() };
            assert_eq!(Settings::parse(&wrong, &[]).unwrap_err().of(field), Some(error), "{opens} {closes}");
        }
        let wrong = SettingsInput { days: vec!["8".to_owned()], ..open };
        assert_eq!(Settings::parse(&wrong, &[]).unwrap_err().of("days"), Some(FieldError::Malformed));
    }

    #[test]
    fn all_couriers_are_none_in_particular() {
        let of = |couriers: Vec<String>| Settings::parse(&SettingsInput { couriers, ..input() }, &[]);
        let all: Vec<String> = Courier::ALL.iter().map(|it| it.as_str().to_owned()).collect();
        assert_eq!(of(all.clone()).unwrap().couriers, None);
        assert_eq!(of(vec![]).unwrap().couriers, None);
        assert_eq!(of(all[..1].to_vec()).unwrap().couriers.unwrap().len(), 1);
        assert_eq!(of(vec!["merpati".to_owned()]).unwrap_err().of("couriers"), Some(FieldError::NotAllowed));
    }

    #[test]
    fn couriers_of_others_are_ticked_where_they_can_be_had() {
        let outside = ["jne", "sicepat"].map(|code| CourierCode::try_from(code.to_owned()).unwrap());
        let of = |names: &[&str]| {
            let couriers = names.iter().map(|name| (*name).to_owned()).collect();
            Settings::parse(&SettingsInput { couriers, ..input() }, &outside)
        };
        assert_eq!(of(&["jne", "antar_nusa"]).unwrap().couriers.unwrap(), ["antar_nusa", "jne"]);
        let own: Vec<&str> = Courier::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(of(&own).unwrap().couriers.unwrap().len(), 4, "none of theirs");
        assert_eq!(of(&[own.as_slice(), &["jne", "sicepat"]].concat()).unwrap().couriers, None);
        assert_eq!(of(&["tiki"]).unwrap_err().of("couriers"), Some(FieldError::NotAllowed));
    }

    #[test]
    fn a_holiday_is_whole_days_that_are_not_over_yet() {
        let now = datetime!(2026-12-20 10:00 UTC);
        let of = |from: &str, until: &str| {
            let input =
                HolidayInput { from: from.to_owned(), until: until.to_owned(), message: String::new() };
            Holiday::parse(&input, now)
        };
        let holiday = of("2026-12-24", "2026-12-26").unwrap();
        assert_eq!(holiday.from, datetime!(2026-12-24 0:00 +7));
        assert_eq!(holiday.until, datetime!(2026-12-27 0:00 +7));
        assert!(of("2026-12-20", "2026-12-20").is_ok(), "today");
        for (from, until, field) in [
            ("2026-12-26", "2026-12-24", "until"),
            ("2026-12-18", "2026-12-19", "until"),
            ("2026-12-24", "2027-06-01", "until"),
            ("2028-01-01", "2028-01-02", "from"),
            ("2026-12-24", "9999-12-31", "until"),
            ("24/12/2026", "2026-12-26", "from"),
            ("2026-12-24", "", "until"),
        ] {
            assert!(of(from, until).unwrap_err().of(field).is_some(), "{from} {until}");
        }
    }
}
