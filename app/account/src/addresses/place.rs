//! Choosing a place: by typing, or step by step. Both are plain forms that ask for another address of this page, so
//! they work without JavaScript; with it, what may be meant is offered while somebody types.

use super::rpc::{Asked, Place, find_places};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use model::{query, views::region::Region, words::account as words};
use std::time::Duration;
use ui::{Button, ButtonKind, Choice, Field, Icon, Input, Select};

/// So long after the last key the server is asked.
const PAUSE: Duration = Duration::from_millis(120);

/// `path` is that of the page; `asked` what its address says now.
#[component]
pub fn PlaceChooser(path: String, asked: Asked, place: Place) -> impl IntoView {
    let lang = ui::lang();
    let nothing = !asked.q.trim().is_empty() && place.found.is_empty();
    let found = offers(&path, place.found.clone());
    view! {
        <section class="place" aria-labelledby="place-title">
            <h2 id="place-title" class="section-title">{words::place(lang)}</h2>
            <Typing path=path.clone() q=asked.q.clone() />
            {nothing.then(|| view! { <p role="status">{words::place_nothing(lang, asked.q.trim())}</p> })}
            {found}
            <Steps path=path asked=asked place=place />
        </section>
    }
}

#[component]
fn Typing(path: String, q: String) -> impl IntoView {
    let lang = ui::lang();
    let typed = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let found = Action::new(|text: &String| {
        let text = text.clone();
        async move { (text.clone(), find_places(text).await.unwrap_or_default()) }
    });
    let on_input = move |event: ev::Event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        waiting.update_value(|timer| {
            timer.take().inspect(TimeoutHandle::clear);
            if text.trim().chars().count() > 1 {
                *timer = set_timeout_with_handle(move || drop(found.dispatch(text)), PAUSE).ok();
            }
        });
    };
    let action = path.clone();
    // An answer to something typed meanwhile is dropped.
    let answer = move || {
        let answer = found.value().get().filter(|(text, _)| typed.with(|now| now == text));
        answer.map(|(_, found)| offers(&path, found))
    };
    view! {
        <form class="place-find" action=action method="get" role="search" on:input=on_input>
            <input r#type="hidden" name="change" value="1" />
            <Field
                name="q"
                label=words::place_find(lang)
                hint=words::place_find_hint(lang)
                kind=Input::Search
                icon=Icon::Search
                value=q
                maxlength=100u32
                autocomplete="off"
            />
            <Button kind=ButtonKind::Secondary>{model::words::shell::search(lang)}</Button>
        </form>
        <div aria-live="polite">{answer}</div>
    }
}

/// Districts as links that choose them; cities and provinces as links one step on.
fn offers(path: &str, found: Vec<Region>) -> Option<AnyView> {
    let lang = ui::lang();
    let row = |region: Region| {
        let href = href_of(path, &region);
        view! {
            <li>
                <a class="place-offer" href=href>
                    <Icon name=Icon::MapPin />
                    <span>
                        <strong>{region.name.clone()}</strong>
                        <small>{region.within.join(", ")}</small>
                    </span>
                </a>
            </li>
        }
    };
    (!found.is_empty()).then(|| {
        view! {
            <ul class="place-offers" role="list" aria-label=words::place_found(lang)>
                {found.into_iter().map(row).collect_view()}
            </ul>
        }
        .into_any()
    })
}

fn href_of(path: &str, region: &Region) -> String {
    use model::views::region::Level;
    let province = region.code.split('.').next().unwrap_or_default();
    match region.level {
        Level::District => query::href(path, [("district", region.code.as_str())]),
        Level::City => {
            query::href(path, [("province", province), ("city", region.code.as_str()), ("change", "1")])
        }
        Level::Province => query::href(path, [("province", region.code.as_str()), ("change", "1")]),
    }
}

/// Province, then city, then district; each step is a page of its own.
#[component]
fn Steps(path: String, asked: Asked, place: Place) -> impl IntoView {
    let lang = ui::lang();
    let choices = |regions: &[Region]| -> Vec<Choice> {
        regions.iter().map(|r| Choice::new(&r.code, &r.name)).collect()
    };
    let chosen = |code: &str| ui::Maybe::from(Some(code.to_owned()).filter(|code| !code.is_empty()));
    view! {
        <details class="place-steps" open={!asked.province.is_empty()}>
            <summary>{words::place_steps(lang)}</summary>
            <form action=path method="get">
                <input r#type="hidden" name="change" value="1" />
                <Select
                    name="province"
                    label=words::province(lang)
                    choices=choices(&place.provinces)
                    chosen=chosen(&asked.province)
                />
                {(!place.cities.is_empty())
                    .then(|| {
                        view! {
                            <Select
                                name="city"
                                label=words::city(lang)
                                choices=choices(&place.cities)
                                chosen=chosen(&asked.city)
                                optional=true
                            />
                        }
                    })}
                {(!place.districts.is_empty())
                    .then(|| {
                        view! {
                            <Select
                                name="district"
                                label=words::district(lang)
                                choices=choices(&place.districts)
                                optional=true
                            />
                        }
                    })}
                <Button kind=ButtonKind::Secondary icon_after=Icon::ArrowRight>{words::place_next(lang)}</Button>
            </form>
        </details>
    }
}
