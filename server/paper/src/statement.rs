//! A month of a shop's statement, as its page shows it.

use crate::{Ink, PaperError, Sheet, Weight, sheet::LEADING};
use kernel::when;
use model::{
    Lang, Money,
    views::takings::StatementRow,
    words::{sold, takings as words, ui},
};
use std::{fmt, str::FromStr};
use time::{Date, OffsetDateTime, macros::offset};

use Weight::{Bold, Regular};

const SMALL: f32 = 8.5;
const BODY: f32 = 9.5;
/// Where what happened is told, and the right edges of the figures.
const WHAT: f32 = 170.0;
const CHANGE: f32 = 440.0;
const AFTER: f32 = Sheet::RIGHT;

/// A month in Jakarta, written `2026-11`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Month {
    first: Date,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a month is written 2026-11")]
pub struct NotAMonth;

impl Month {
    pub fn of(at: OffsetDateTime) -> Self {
        let today = at.to_offset(offset!(+7)).date();
        Self { first: today.replace_day(1).unwrap_or(today) }
    }

    /// Its first second, as Unix seconds, and the first of the month after.
    pub fn span(self) -> (i64, i64) {
        let start = |day: Date| day.midnight().assume_offset(offset!(+7)).unix_timestamp();
        let next = self.first.month().next();
        let year = self.first.year() + i32::from(next == time::Month::January);
        let after = Date::from_calendar_date(year, next, 1).unwrap_or(Date::MAX);
        (start(self.first), start(after))
    }

    fn name(self, lang: Lang) -> String {
        let month = ui::months(lang)[usize::from(u8::from(self.first.month()) - 1)];
        format!("{month} {}", self.first.year())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), u8::from(self.first.month()))
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(written: &str) -> Result<Self, NotAMonth> {
        let (year, month) = written.split_once('-').ok_or(NotAMonth)?;
        let month: u8 = month.parse().map_err(|_| NotAMonth)?;
        let year: i32 = year.parse().map_err(|_| NotAMonth)?;
        let month = time::Month::try_from(month).map_err(|_| NotAMonth)?;
        let known = (2000..=2999).contains(&year) && written.len() == 7;
        let first = Date::from_calendar_date(year, month, 1).map_err(|_| NotAMonth)?;
        if known { Ok(Self { first }) } else { Err(NotAMonth) }
    }
}

/// `rows` are those of the month, the latest first; the balance before the earliest and after the latest stand around them.
pub fn statement(shop: &str, month: Month, rows: &[StatementRow], lang: Lang) -> Result<Vec<u8>, PaperError> {
    let mut sheet = Sheet::new(format!("{} · {shop} · {}", words::statement(lang), month.name(lang)), lang);
    sheet.text(Sheet::MARGIN, 20.0, Bold, Ink::Leaf, "Pasar");
    sheet.text_to(Sheet::RIGHT, 14.0, Bold, Ink::Black, words::statement(lang));
    sheet.down(20.0);
    sheet.text_to(Sheet::RIGHT, BODY, Regular, Ink::Black, shop);
    sheet.down(14.0);
    sheet.text_to(Sheet::RIGHT, BODY, Regular, Ink::Grey, &month.name(lang));
    sheet.down(26.0);
    if rows.is_empty() {
        sheet.text(Sheet::MARGIN, BODY, Regular, Ink::Black, words::none_in_month(lang));
        return sheet.finish();
    }
    columns(&mut sheet, lang);
    if let Some(earliest) = rows.last() {
        let before =
            Money::new(earliest.balance.amount() - earliest.amount.amount(), earliest.balance.currency());
        sheet.text(WHAT, BODY, Regular, Ink::Grey, words::before(lang));
        sheet.text_to(AFTER, BODY, Regular, Ink::Grey, &before.to_string());
        sheet.down(BODY * LEADING + 4.0);
    }
    for row in rows.iter().rev() {
        one(&mut sheet, row, lang);
    }
    sheet.rule();
    sheet.down(8.0);
    let sum: i64 = rows.iter().map(|row| row.amount.amount()).sum();
    if let Some(latest) = rows.first() {
        sheet.text(WHAT, BODY, Bold, Ink::Black, words::after_all(lang));
        sheet.text_to(CHANGE, BODY, Bold, Ink::Black, &Money::new(sum, latest.amount.currency()).to_string());
        sheet.text_to(AFTER, BODY, Bold, Ink::Black, &latest.balance.to_string());
    }
    sheet.finish()
}

fn columns(sheet: &mut Sheet, lang: Lang) {
    sheet.text(Sheet::MARGIN, SMALL, Regular, Ink::Grey, words::when(lang));
    sheet.text(WHAT, SMALL, Regular, Ink::Grey, words::what(lang));
    sheet.text_to(CHANGE, SMALL, Regular, Ink::Grey, words::change(lang));
    sheet.text_to(AFTER, SMALL, Regular, Ink::Grey, words::after(lang));
    sheet.down(14.0);
    sheet.rule();
    sheet.down(6.0);
}

fn one(sheet: &mut Sheet, row: &StatementRow, lang: Lang) {
    let some = |name, amount: Option<Money>| amount.map(|amount| (name, amount));
    let parts: Vec<(&str, Money)> = some(words::goods(lang), row.goods)
        .into_iter()
        .chain(some(words::shipping_discount(lang), row.shipping_discount))
        .chain(row.fees.iter().map(|fee| (sold::fee(lang, &fee.kind), fee.amount)))
        .chain(some(words::refunded(lang), row.refunded))
        .collect();
    let lines = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    if sheet.keep_together(BODY * LEADING + f32::from(lines) * SMALL * LEADING + 6.0) {
        columns(sheet, lang);
    }
    let at = OffsetDateTime::from_unix_timestamp(row.at).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    sheet.text(Sheet::MARGIN, SMALL, Regular, Ink::Black, &when::date_time(lang, at));
    let what = row.order.as_ref().map_or_else(
        || words::entry(lang, row.kind).to_owned(),
        |(_, number)| format!("{} {number}", words::entry(lang, row.kind)),
    );
    sheet.text(WHAT, BODY, Regular, Ink::Black, &what);
    sheet.text_to(CHANGE, BODY, Regular, Ink::Black, &row.amount.to_string());
    sheet.text_to(AFTER, BODY, Regular, Ink::Black, &row.balance.to_string());
    sheet.down(BODY * LEADING);
    for (name, amount) in parts {
        sheet.text(WHAT + 10.0, SMALL, Regular, Ink::Grey, name);
        sheet.text_to(CHANGE - 70.0, SMALL, Regular, Ink::Grey, &amount.to_string());
        sheet.down(SMALL * LEADING);
    }
    sheet.down(6.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::views::takings::EntryKind;
    use time::macros::datetime;

    #[test]
    fn a_month_begins_and_ends_in_jakarta() {
        let month = Month::of(datetime!(2026-12-31 17:00 UTC));
        assert_eq!(month.to_string(), "2027-01");
        let (from, until) = "2026-12".parse::<Month>().unwrap().span();
        assert_eq!(from, datetime!(2026-11-30 17:00 UTC).unix_timestamp());
        assert_eq!(until, datetime!(2026-12-31 17:00 UTC).unix_timestamp());
        for wrong in ["", "2026", "2026-13", "2026-1", "26-01", "2026-011", "99999-01"] {
            assert_eq!(wrong.parse::<Month>(), Err(NotAMonth), "{wrong}");
        }
    }

    #[test]
    fn a_long_month_takes_pages_and_an_empty_one_says_so() {
        let row = |n: i64| StatementRow {
            at: 1_796_000_000 + n,
            kind: EntryKind::Released,
            order: None,
            amount: Money::idr(1_000),
            balance: Money::idr(1_000 * n),
            goods: Some(Money::idr(1_200)),
            shipping_discount: None,
            fees: vec![],
            refunded: None,
        };
        let rows: Vec<_> = (1..=200).rev().map(row).collect();
        let month = "2026-11".parse().unwrap();
        let long = statement("Toko Rempah", month, &rows, Lang::Id).unwrap();
        let none = statement("Toko Rempah", month, &[], Lang::En).unwrap();
        assert!(long.starts_with(b"%PDF-") && none.starts_with(b"%PDF-") && long.len() > none.len());
        assert_eq!(long, statement("Toko Rempah", month, &rows, Lang::Id).unwrap());
    }
}
