//! Going on in a long list.

use crate::{Button, ButtonKind, Icon, Maybe, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// Links to the parts of a list that is read by key. There are no page numbers: a list that moves while it
/// is read has none. `previous` is the browser's way back when absent; without `next` the list says it ends.
#[component]
pub fn Pagination(
    #[prop(optional, into)] previous: Maybe<String>,
    #[prop(optional, into)] next: Maybe<String>,
    /// "Showing 1–60 of 1.240", where that is known.
    #[prop(optional, into)]
    about: Maybe<String>,
) -> impl IntoView {
    let (previous, next, about) = (previous.0, next.0, about.0);
    let lang = lang();
    let end = next.is_none();
    view! {
        <nav class="pages" aria-label=words::pages(lang)>
            <div class="pages-side">
                {previous.map(|href| view! { <Button kind=ButtonKind::Secondary icon=Icon::ChevronLeft href=href attr:rel="prev">{words::previous(lang)}</Button> })}
            </div>
            <p class="pages-about">{about.or_else(|| end.then(|| words::end_of_list(lang).to_owned()))}</p>
            <div class="pages-side pages-next">
                {next.map(|href| view! { <Button kind=ButtonKind::Secondary icon_after=Icon::ChevronRight href=href attr:rel="next">{words::next(lang)}</Button> })}
            </div>
        </nav>
    }
}

/// The same in fewer words, for lists whose latest are above: back to the `first` of them, and on to the `next`. Nothing
/// where there is neither.
#[component]
pub fn Further(
    first: Option<String>,
    back: &'static str,
    next: Option<String>,
    /// What going on is called: "older", "more".
    on: &'static str,
) -> impl IntoView {
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <p class="order-pages">
                {first.map(|href| view! { <Button href=href kind=ButtonKind::Quiet>{back}</Button> })}
                {next.map(|href| view! { <Button href=href kind=ButtonKind::Secondary>{on}</Button> })}
            </p>
        }
    })
}
