//! Buttons and links that look like them.

use crate::{Icon, Maybe, Size, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// How loudly a button speaks. One `Primary` or `Deal` per view; the rest are quieter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ButtonKind {
    /// The one thing this view is for: pay, save, continue.
    #[default]
    Primary,
    /// Another good choice beside it.
    Secondary,
    /// Something minor, in text only.
    Quiet,
    /// Takes something away. Ask once, or offer to undo.
    Danger,
    /// A bargain that ends: flash sales and vouchers.
    Deal,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn-primary",
            Self::Secondary => "btn-secondary",
            Self::Quiet => "btn-quiet",
            Self::Danger => "btn-danger",
            Self::Deal => "btn-deal",
        }
    }
}

const fn sized(size: Size) -> &'static str {
    match size {
        Size::Small => "btn-sm",
        Size::Medium => "btn-md",
        Size::Large => "btn-lg",
    }
}

/// Does something, or with `href` goes somewhere. Inside a form it submits, as in HTML; `plain` for one that
/// only acts in the browser. While `busy` it keeps its width, cannot be pressed again, and says so.
/// Handlers are added with `on:click`.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: Size,
    /// Before the words.
    #[prop(optional, into)]
    icon: Maybe<Icon>,
    /// After the words.
    #[prop(optional, into)]
    icon_after: Maybe<Icon>,
    #[prop(optional, into)] href: Maybe<String>,
    /// As wide as what it stands in.
    #[prop(optional)]
    wide: bool,
    /// Not a submit button.
    #[prop(optional)]
    plain: bool,
    /// Sent with the form, to tell its buttons apart.
    #[prop(optional, into)]
    name: Maybe<String>,
    #[prop(optional, into)] value: Maybe<String>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let (icon, icon_after, href, name, value) = (icon.0, icon_after.0, href.0, name.0, value.0);
    let class = format!("btn {} {}{}", kind.class(), sized(size), if wide { " btn-wide" } else { "" });
    let inside = view! {
        {icon.map(|name| view! { <Icon name/> })}
        <span class="btn-label">{children()}</span>
        {icon_after.map(|name| view! { <Icon name/> })}
    };
    if let Some(href) = href {
        return view! { <a class=class href=href>{inside}</a> }.into_any();
    }
    let lang = lang();
    view! {
        <button
            class=class
            type=if plain { "button" } else { "submit" }
            name=name
            value=value
            disabled=move || disabled.get()
            aria-disabled=move || busy.get().then_some("true")
            aria-busy=move || busy.get().then_some("true")
        >
            {inside}
            {move || busy.get().then(|| view! { <span class="btn-spinner" role="status"><span class="sr-only">{words::busy(lang)}</span></span> })}
        </button>
    }
    .into_any()
}

/// A button of only an icon; `label` is what it says to those who cannot see it, and its tooltip.
/// `count` shows a small number at its corner, as on the cart; nothing at zero.
#[component]
pub fn IconButton(
    icon: Icon,
    #[prop(into)] label: String,
    #[prop(optional)] kind: IconButtonKind,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] href: Maybe<String>,
    #[prop(optional)] plain: bool,
    #[prop(optional, into)] name: Maybe<String>,
    #[prop(optional, into)] value: Maybe<String>,
    #[prop(optional, into)] pressed: Maybe<bool>,
    #[prop(optional, into)] count: Signal<u32>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let (href, name, value, pressed) = (href.0, name.0, value.0, pressed.0);
    let class = match kind {
        IconButtonKind::Bare => format!("icon-btn {}", sized(size)),
        IconButtonKind::Raised => format!("icon-btn icon-btn-raised {}", sized(size)),
    };
    let title = label.clone();
    let badge = move || {
        let n = count.get();
        (n > 0).then(|| view! { <span class="count-badge" aria-hidden="true">{if n > 99 { "99+".to_owned() } else { n.to_string() }}</span> })
    };
    if let Some(href) = href {
        return view! {
            <a class=class href=href title=title><Icon name=icon/><span class="sr-only">{label}</span>{badge}</a>
        }
        .into_any();
    }
    view! {
        <button
            class=class
            type=if plain { "button" } else { "submit" }
            name=name
            value=value
            title=title
            aria-pressed=pressed.map(|on| if on { "true" } else { "false" })
            disabled=move || disabled.get()
        >
            <Icon name=icon/>
            <span class="sr-only">{label}</span>
            {badge}
        </button>
    }
    .into_any()
}

/// `Raised` stands on pictures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum IconButtonKind {
    #[default]
    Bare,
    Raised,
}
