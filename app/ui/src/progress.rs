//! How far something is.

use crate::{Tone, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// A bar from 0 to 100 percent with words beside it: "Sold 42 of 60", or an import under way.
#[component]
pub fn ProgressBar(
    percent: u8,
    #[prop(into)] label: String,
    #[prop(default = Tone::Brand)] tone: Tone,
    /// The words are read aloud but not shown.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    let percent = percent.min(100);
    let fill = match tone {
        Tone::Neutral => "bar-neutral",
        Tone::Brand => "bar-brand",
        Tone::Deal => "bar-deal",
        Tone::Danger => "bar-danger",
    };
    view! {
        <div class="progress">
            <svg
                class="bar"
                role="progressbar"
                aria-label=label.clone()
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=percent.to_string()
                aria-valuetext=words::progress(lang(), percent)
                focusable="false"
            >
                <rect class=fill width=format!("{percent}%") height="100%"/>
            </svg>
            {(!label_hidden).then(|| view! { <span class="progress-label" aria-hidden="true">{label}</span> })}
        </div>
    }
}
