//! The way to the cart, with how much is in it. It stands on every page, so it asks for one number and nothing else,
//! and only of those who have a cart.

use super::rpc::count_cart;
use crate::parts::{Fetch, Fetched, fetch};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{views::CartCount, words::cart as words};
use ui::{Icon, Sent};

/// Rises whenever the cart has changed, so that the number is asked for again. Pages without the app do without.
#[derive(Clone, Copy, Default)]
pub struct CartChanged(pub RwSignal<u32>);

/// The one number that all ways to the cart show.
#[derive(Clone, Copy)]
struct Count(Fetch<CartCount>);

/// Call once, in the app, above whatever shows or changes the cart.
pub fn provide_cart() {
    let changed = CartChanged::default();
    provide_context(changed);
    provide_context(Count(fetch(move || changed.0.get(), |_| count_cart())));
}

/// Tells the header whenever one of these forms has been answered.
pub fn follow(sent: Sent) {
    let changed = use_context::<CartChanged>();
    Effect::new(move |before: Option<usize>| {
        let answers = sent.answers();
        if let Some(CartChanged(changed)) = changed
            && before.is_some_and(|before| before != answers)
        {
            changed.update(|times| *times += 1);
        }
        answers
    });
}

/// In the header: only a picture for those who look, and read aloud when the number changes.
#[component]
pub fn CartLink() -> impl IntoView {
    let lang = ui::lang();
    view! {
        <a class="header-link cart-link" href="/cart">
            <Icon name=Icon::Cart />
            <span class="sr-only">{words::title(lang)}</span>
            <Number view=badge />
        </a>
        <span class="sr-only" role="status">
            <Number view=spoken />
        </span>
    }
}

/// In the bar at the bottom of a phone.
#[component]
pub fn CartTab() -> impl IntoView {
    let here = use_location().pathname;
    let current = move || here.with(|path| (path == "/cart").then_some("page"));
    view! {
        <a class="bottom-bar-link" href="/cart" aria-current=current>
            <span class="cart-link">
                <Icon name=Icon::Cart />
                <Number view=badge />
            </span>
            <span>{words::title(ui::lang())}</span>
        </a>
    }
}

/// Nothing where it is not known: a cart can be opened all the same.
#[component]
fn Number(view: fn(CartCount) -> AnyView) -> impl IntoView {
    use_context::<Count>().map(|Count(count)| {
        view! { <Fetched resource=count failed=|_| ().into_any() view=view /> }
    })
}

fn badge(count: CartCount) -> AnyView {
    let text = match count.lines {
        0 => None,
        lines @ 1..100 => Some(lines.to_string()),
        _ => Some("99+".to_owned()),
    };
    text.map(|text| view! { <span class="count-badge" aria-hidden="true">{text}</span> }).into_any()
}

fn spoken(count: CartCount) -> AnyView {
    (count.lines > 0).then(|| words::in_cart(ui::lang(), count.lines)).into_any()
}
