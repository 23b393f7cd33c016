//! A shop that is away.

use leptos::prelude::*;
use model::{shop::HolidayNote, words::storefront as words};
use ui::{Notice, NoticeKind, format};

/// What shoppers are told of a shop that is on holiday.
#[component]
pub fn OnHoliday(holiday: HolidayNote) -> impl IntoView {
    let lang = ui::lang();
    // It is over when the next day begins.
    let last = format::date(lang, holiday.until - 1);
    view! {
        <Notice kind=NoticeKind::Warning title=words::on_holiday(lang)>
            <p>{words::on_holiday_until(lang, last)}</p>
            {holiday.message.map(|message| view! { <p class="prose">{message}</p> })}
        </Notice>
    }
}
