//! Instants and amounts as people read them in messages and on paper.

use model::{Lang, words::ui};
use time::OffsetDateTime;
use time::macros::offset;

/// A day and time in Jakarta: `22 Nov 2026, 14.05 WIB` or `22 Nov 2026, 14:05 WIB`.
pub fn date_time(lang: Lang, at: OffsetDateTime) -> String {
    let local = at.to_offset(offset!(+7));
    let colon = if lang == Lang::Id { '.' } else { ':' };
    format!("{}, {:02}{colon}{:02} WIB", date(lang, at), local.hour(), local.minute())
}

/// A day in Jakarta: `22 Nov 2026`.
pub fn date(lang: Lang, at: OffsetDateTime) -> String {
    let local = at.to_offset(offset!(+7));
    let month = ui::months(lang)[usize::from(u8::from(local.month()) - 1)];
    format!("{} {month} {}", local.day(), local.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn instants_are_told_in_jakarta() {
        let late = datetime!(2026-05-04 17:05 UTC);
        assert_eq!(date_time(Lang::Id, late), "5 Mei 2026, 00.05 WIB");
        assert_eq!(date_time(Lang::En, late), "5 May 2026, 00:05 WIB");
    }
}
