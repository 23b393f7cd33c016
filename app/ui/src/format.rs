//! Numbers, dates and times as people write them, the same on both sides: by hand from the catalogue, since
//! the server has no `Intl` and two renderings must never differ.

use model::{Lang, words::ui as words};

/// Western Indonesia time: UTC+7, without daylight saving. Shops and couriers of Pasar speak of it.
const JAKARTA: i64 = 7 * 3_600;

/// A number of tenths: 48 as `4,8` or `4.8`.
pub fn tenths(lang: Lang, n: u64) -> String {
    format!("{}{}{}", lang.number(n / 10), point(lang), n % 10)
}

/// A large number in few characters, rounded down: 12 345 as `12,3 rb` or `12.3K`.
pub fn short(lang: Lang, n: u64) -> String {
    let units = words::magnitudes(lang);
    let mut unit = 1u64;
    let mut name = None;
    for candidate in units {
        let Some(larger) = unit.checked_mul(1_000) else { break };
        if n < larger {
            break;
        }
        unit = larger;
        name = Some(candidate);
    }
    let Some(name) = name else { return lang.number(n) };
    let (whole, tenth) = (n / unit, n % unit * 10 / unit);
    let number =
        if tenth == 0 || whole >= 100 { whole.to_string() } else { format!("{whole}{}{tenth}", point(lang)) };
    // Indonesian writes a space before the unit, English does not.
    let gap = if lang == Lang::Id { "\u{a0}" } else { "" };
    format!("{number}{gap}{name}")
}

/// A weight of grams: `750 g`, `1,2 kg`.
pub fn weight(lang: Lang, grams: u64) -> String {
    if grams < 1_000 {
        return format!("{grams}\u{a0}g");
    }
    let tenth = grams % 1_000 / 100;
    let whole = lang.number(grams / 1_000);
    if tenth == 0 { format!("{whole}\u{a0}kg") } else { format!("{whole}{}{tenth}\u{a0}kg", point(lang)) }
}

/// A day in Jakarta of an instant in seconds since 1970: `22 Nov 2026`.
pub fn date(lang: Lang, unix: i64) -> String {
    let (year, month, day) = civil((unix + JAKARTA).div_euclid(86_400));
    let name = words::months(lang)[usize::from(month - 1)];
    format!("{day} {name} {year}")
}

/// A day in Jakarta without its year: `22 Nov`.
pub fn day(lang: Lang, unix: i64) -> String {
    let (_, month, day) = civil((unix + JAKARTA).div_euclid(86_400));
    format!("{day} {}", words::months(lang)[usize::from(month - 1)])
}

/// A day and time in Jakarta: `22 Nov 2026, 14.05 WIB` or `22 Nov 2026, 14:05 WIB`.
pub fn date_time(lang: Lang, unix: i64) -> String {
    let second = (unix + JAKARTA).rem_euclid(86_400);
    let colon = if lang == Lang::Id { '.' } else { ':' };
    format!("{}, {:02}{colon}{:02} WIB", date(lang, unix), second / 3_600, second / 60 % 60)
}

/// The size of a file, to one decimal: `12,3 kB`, `4 MB`.
pub fn bytes(lang: Lang, size: u64) -> String {
    let (unit, name) = match size {
        0..1_000_000 => (1_000, "kB"),
        _ => (1_000_000, "MB"),
    };
    let tenths = (size * 10).div_ceil(unit);
    match tenths % 10 {
        0 => format!("{}\u{a0}{name}", tenths / 10),
        rest => format!("{}{}{rest}\u{a0}{name}", tenths / 10, point(lang)),
    }
}

/// How long ago, for a number of seconds; after a week callers show the date instead.
pub fn ago(lang: Lang, seconds: u64) -> String {
    match seconds {
        0..60 => words::just_now(lang).to_owned(),
        60..3_600 => words::minutes_ago(lang, seconds / 60),
        3_600..86_400 => words::hours_ago(lang, seconds / 3_600),
        _ => words::days_ago(lang, seconds / 86_400),
    }
}

/// A span on a clock: `01:23:45`, with days before it only where there are any: `2:01:23:45`.
pub fn clock(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    match seconds / 86_400 {
        0 => format!("{hours:02}:{minutes:02}:{rest:02}"),
        days => format!("{days}:{hours:02}:{minutes:02}:{rest:02}"),
    }
}

const fn point(lang: Lang) -> char {
    match lang {
        Lang::Id => ',',
        Lang::En => '.',
    }
}

/// Year, month and day of a number of days since 1970-01-01, in the Gregorian calendar. Counts in eras of 400
/// years that start in March, so that a leap day comes last.
fn civil(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (11_016, (2000, 2, 29)),
            (11_017, (2000, 3, 1)),
            (20_779, (2026, 11, 22)),
            (47_540, (2100, 2, 28)),
            (47_541, (2100, 3, 1)),
        ] {
            assert_eq!(civil(days), date);
        }
    }

    #[test]
    fn instants_are_told_in_jakarta() {
        assert_eq!(date_time(Lang::Id, 1_795_366_800), "23 Nov 2026, 00.00 WIB");
        assert_eq!(date_time(Lang::En, 1_795_366_799), "22 Nov 2026, 23:59 WIB");
        assert_eq!(date(Lang::Id, 1_778_000_000), "5 Mei 2026");
        assert_eq!(day(Lang::En, 1_795_366_800), "23 Nov");
    }

    #[test]
    fn numbers_are_short_and_never_rounded_up() {
        for (n, id, en) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1\u{a0}rb", "1K"),
            (12_399, "12,3\u{a0}rb", "12.3K"),
            (999_999, "999\u{a0}rb", "999K"),
            (1_250_000, "1,2\u{a0}jt", "1.2M"),
            (3_000_000_000, "3\u{a0}M", "3B"),
        ] {
            assert_eq!((short(Lang::Id, n).as_str(), short(Lang::En, n).as_str()), (id, en));
        }
        assert_eq!(tenths(Lang::Id, 48), "4,8");
        assert_eq!(weight(Lang::Id, 1_250), "1,2\u{a0}kg");
        assert_eq!(clock(93_785), "1:02:03:05");
        assert_eq!(
            [1, 12_340, 4_000_000].map(|n| bytes(Lang::En, n)),
            ["0.1\u{a0}kB", "12.4\u{a0}kB", "4\u{a0}MB"]
        );
    }
}
