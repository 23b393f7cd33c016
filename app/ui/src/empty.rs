//! When there is nothing to show, or something went wrong: what happened and what to do.

use crate::{Button, ButtonKind, Icon, Maybe, lang};
use leptos::prelude::*;
use model::{AppError, Code, words};

/// Drawings in the brand's style, kept in one sprite that the browser fetches when first needed. They take
/// their colours from the theme.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Art {
    Cart,
    #[default]
    Search,
    Broken,
    Offline,
    Success,
    Box,
}

impl Art {
    pub const ALL: [Self; 6] =
        [Self::Cart, Self::Search, Self::Broken, Self::Offline, Self::Success, Self::Box];

    const fn href(self) -> &'static str {
        match self {
            Self::Cart => "/art/illustrations.svg#cart",
            Self::Search => "/art/illustrations.svg#search",
            Self::Broken => "/art/illustrations.svg#broken",
            Self::Offline => "/art/illustrations.svg#offline",
            Self::Success => "/art/illustrations.svg#success",
            Self::Box => "/art/illustrations.svg#box",
        }
    }
}

/// One of the drawings, for looks only.
#[component]
pub fn Illustration(art: Art) -> impl IntoView {
    view! { <svg class="illustration" viewBox="0 0 240 180" aria-hidden="true" focusable="false"><use href=art.href()></use></svg> }
}

/// A list, cart or search with nothing in it. Its children are the ways out.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: Maybe<String>,
    #[prop(optional)] art: Art,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let text = text.0;
    view! {
        <div class="empty">
            <Illustration art/>
            <h2 class="empty-title">{title}</h2>
            {text.map(|text| view! { <p class="empty-text">{text}</p> })}
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}

/// An error in the reader's words. With `retry` (usually the page's own address) it can be tried again;
/// there is always a way home. The heading is the page's `h1` when `page` is set.
#[component]
pub fn ErrorState(
    error: AppError,
    #[prop(optional, into)] retry: Maybe<String>,
    #[prop(optional)] page: bool,
) -> impl IntoView {
    let retry = retry.0;
    let lang = lang();
    let art = match error.code {
        Code::NotFound | Code::Gone => Art::Search,
        Code::Unavailable | Code::Timeout => Art::Offline,
        _ => Art::Broken,
    };
    let title = words::error::title(lang, error.code);
    view! {
        <div class="empty" role="alert">
            <Illustration art/>
            {if page { view! { <h1 class="empty-title">{title}</h1> }.into_any() } else { view! { <h2 class="empty-title">{title}</h2> }.into_any() }}
            <p class="empty-text">{words::error::advice(lang, error.code)}</p>
            <div class="empty-actions">
                {retry.map(|href| view! { <Button href icon=Icon::Refresh>{words::ui::retry(lang)}</Button> })}
                <Button kind=ButtonKind::Secondary href="/" icon=Icon::Home>{words::ui::to_home(lang)}</Button>
            </div>
            {error.request.map(|id| view! { <p class="empty-request">{words::error::request(lang, id)}</p> })}
        </div>
    }
}
