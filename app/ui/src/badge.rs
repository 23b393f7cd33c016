//! Small marks and the filters people put on and take off.

use crate::{Icon, Maybe, Size, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// What something means, in colour; the words must say it too.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    #[default]
    Neutral,
    /// Good: done, in stock, trusted.
    Brand,
    /// A bargain, or: take care.
    Deal,
    /// Wrong, refused, sold out.
    Danger,
}

/// A word about the thing beside it: "Official", "New", "Paid".
#[component]
pub fn Badge(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] icon: Maybe<Icon>,
    /// Filled, for pictures and for the one that matters most.
    #[prop(optional)]
    strong: bool,
    #[prop(into)] text: String,
) -> impl IntoView {
    let icon = icon.0;
    let tone = match tone {
        Tone::Neutral => "badge-neutral",
        Tone::Brand => "badge-brand",
        Tone::Deal => "badge-deal",
        Tone::Danger => "badge-danger",
    };
    view! {
        <span class=format!("badge {tone}") class:badge-strong=strong>
            {icon.map(|name| view! { <Icon name size=Size::Small/> })}
            {text}
        </span>
    }
}

/// A filter as a link, so that it works with nothing but HTML: `href` is the page with it put on or, if it is
/// `chosen`, taken off. `removable` shows the cross.
#[component]
pub fn Chip(
    #[prop(into)] text: String,
    #[prop(into)] href: String,
    #[prop(optional)] chosen: bool,
    #[prop(optional)] removable: bool,
    #[prop(optional, into)] icon: Maybe<Icon>,
    #[prop(optional, into)] count: Maybe<u64>,
) -> impl IntoView {
    let (icon, count) = (icon.0, count.0);
    let spoken = removable.then(|| words::remove(lang(), &text));
    view! {
        <a class="chip" class:chip-chosen=chosen || removable href=href aria-label=spoken aria-current=(chosen && !removable).then_some("true")>
            {icon.map(|name| view! { <Icon name size=Size::Small/> })}
            <span>{text}</span>
            {count.map(|n| view! { <span class="chip-count">{lang().number(n)}</span> })}
            {removable.then(|| view! { <Icon name=Icon::Close size=Size::Small/> })}
        </a>
    }
}
