//! The search box of the header: a plain form, with suggestions while somebody types once the page is awake.

use super::rpc::suggest;
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, wasm_bindgen::JsCast as _};
use leptos_router::hooks::{use_location, use_query_map};
use model::{
    query,
    views::Suggestions,
    words::{shell, storefront as words},
};
use std::time::Duration;
use ui::Icon;

/// So long after the last key the server is asked.
const PAUSE: Duration = Duration::from_millis(120);

#[component]
pub fn SearchBox() -> impl IntoView {
    let lang = ui::lang();
    let query = use_query_map();
    let path = use_location().pathname;
    // Other pages have a `q` of their own.
    let asked = move || {
        let here = path.with(|path| path == "/search");
        here.then(|| query.with(|q| q.get("q"))).flatten().unwrap_or_default()
    };
    let typed = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let found = Action::new(|text: &String| {
        let text = text.clone();
        async move { (text.clone(), suggest(text).await.unwrap_or_default()) }
    });
    let on_input = move |event: ev::Event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        open.set(!text.trim().is_empty());
        waiting.update_value(|timer| {
            timer.take().inspect(TimeoutHandle::clear);
            if !text.trim().is_empty() {
                *timer = set_timeout_with_handle(move || drop(found.dispatch(text)), PAUSE).ok();
            }
        });
    };
    // Nothing is asked on the way to the results.
    let on_submit = move |_: ev::SubmitEvent| {
        open.set(false);
        waiting.update_value(|timer| {
            timer.take().inspect(TimeoutHandle::clear);
        });
    };
    // An answer to something typed meanwhile is dropped.
    let offers = move || {
        let answer = found.value().get().filter(|(text, _)| open.get() && typed.with(|now| now == text));
        answer.map(|(_, offers)| offers).filter(|offers| *offers != Suggestions::default())
    };
    view! {
        <search
            class="site-search"
            on:focusout=move |event: ev::FocusEvent| {
                if !stays_inside(&event) {
                    open.set(false);
                }
            }
        >
            <form action="/search" method="get" role="search" on:submit=on_submit>
                <label class="sr-only" for="q">{shell::search(lang)}</label>
                <input
                    id="q"
                    class="site-search-input"
                    name="q"
                    r#type="search"
                    maxlength="200"
                    autocomplete="off"
                    enterkeyhint="search"
                    placeholder=shell::search_placeholder(lang)
                    value=asked
                    on:input=on_input
                    on:keydown=move |event: ev::KeyboardEvent| {
                        if event.key() == "Escape" {
                            open.set(false);
                        }
                    }
                />
                <button class="site-search-button" r#type="submit" aria-label=shell::search(lang)>
                    <Icon name=Icon::Search />
                </button>
                {move || {
                    offers()
                        .map(|offers| {
                            view! {
                                <nav class="site-suggestions" aria-label=words::suggestions(lang) on:click=move |_| open.set(false)>
                                    <ul role="list">{rows(offers)}</ul>
                                </nav>
                            }
                        })
                }}
            </form>
        </search>
    }
}

/// Whether the focus goes to something else in the box.
fn stays_inside(event: &ev::FocusEvent) -> bool {
    let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    to.is_some_and(|element| element.closest(".site-search").ok().flatten().is_some())
}

fn rows(offers: Suggestions) -> impl IntoView {
    let lang = ui::lang();
    let queries = offers
        .queries
        .into_iter()
        .map(|q| (query::href("/search", [("q", q.as_str())]), Icon::Search, q, None));
    let categories = offers
        .categories
        .into_iter()
        .map(|c| (format!("/c/{}", c.slug), Icon::Grid, c.name, Some(words::category(lang))));
    let shops = offers
        .shops
        .into_iter()
        .map(|s| (format!("/shop/{}", s.slug), Icon::Store, s.name, Some(words::shop(lang))));
    let products = offers.products.into_iter().map(|p| (format!("/p/{}", p.slug), Icon::Tag, p.name, None));
    queries
        .chain(categories)
        .chain(shops)
        .chain(products)
        .map(|(href, icon, text, kind)| {
            view! {
                <li>
                    <a href=href>
                        <Icon name=icon />
                        <span class="clip">{text}</span>
                        {kind.map(|kind| view! { <small>{kind}</small> })}
                    </a>
                </li>
            }
        })
        .collect_view()
}
