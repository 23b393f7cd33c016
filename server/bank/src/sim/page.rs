//! The HTML around a simulator's page.

use maud::{DOCTYPE, Markup, html};
use model::Prefs;
use time::{OffsetDateTime, UtcOffset, macros::format_description};

/// A page of the `house`, with a warning about what it is.
pub fn document(
    prefs: Prefs,
    stylesheet: Option<&str>,
    (house, about): (&str, &str),
    title: &str,
    body: Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(prefs.lang.tag()) data-theme=(prefs.theme.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (house) }
                @if let Some(stylesheet) = stylesheet { link rel="stylesheet" href=(stylesheet); }
            }
            body {
                main class="page" {
                    h1 { (title) }
                    div class="notice notice-warning" { p class="notice-body" { (about) } }
                    (body)
                }
            }
        }
    }
}

/// In western Indonesia's time, which is what the market counts deadlines in.
pub fn moment(at: OffsetDateTime) -> String {
    let here = UtcOffset::from_hms(7, 0, 0).map_or(at, |offset| at.to_offset(offset));
    let form = format_description!("[day]-[month]-[year] [hour]:[minute] WIB");
    here.format(form).unwrap_or_default()
}
