//! Choosing the district goods are sent from: typed, or one step further in by a link. Every choice is an address of the
//! page, so it works without JavaScript; with it, what may be meant is offered while somebody types.

use super::{
    Fetched,
    rpc::{Asked, Place, find_places, place_of},
};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use leptos_router::hooks::{use_location, use_query_map};
use model::{
    AppError, query,
    views::region::Region,
    words::{account as words, shell},
};
use std::time::Duration;
use ui::{Button, ButtonKind, Fetch, Field, Icon, Input, Notice, NoticeKind, fetch, wrong};

/// So long after the last key the server is asked.
const PAUSE: Duration = Duration::from_millis(120);

/// What the address of the page says about the place.
pub fn use_asked() -> Memo<Asked> {
    let said = use_query_map();
    Memo::new(move |_| {
        said.with(|said| {
            let get = |name: &str| said.get(name).unwrap_or_default();
            Asked { q: get("q"), within: get("within"), district: get("district") }
        })
    })
}

/// The place the address of the page names.
pub fn use_place() -> Fetch<Place> {
    let asked = use_asked();
    fetch(move || asked.get(), place_of)
}

/// What was chosen, as a hidden field `name` of the form around it, with the way to choose another.
#[component]
pub fn ChosenPlace(
    name: &'static str,
    place: Fetch<Place>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let here = use_location().pathname;
    let missing = wrong(error, "district");
    view! {
        <Fetched
            resource=place
            view=move |place: Place| {
                let lang = ui::lang();
                let Some(district) = place.district else {
                    return (move || {
                        missing
                            .get()
                            .map(|_| view! { <Notice kind=NoticeKind::Error><p>{words::place_missing(ui::lang())}</p></Notice> })
                    })
                        .into_any();
                };
                let change = query::href(&here.get_untracked(), [("within", district.code.rsplit_once('.').map_or("", |(city, _)| city))]);
                view! {
                    <input r#type="hidden" name=name value=district.code.clone() />
                    <div class="place-chosen">
                        <Icon name=Icon::MapPin />
                        <p>
                            <strong>{district.name.clone()}</strong>
                            <br />
                            {district.within.join(", ")}
                        </p>
                        <a class="link" href=change>{words::place_change(lang)}</a>
                    </div>
                }
                    .into_any()
            }
        />
    }
}

/// The way to choose, while nothing is chosen or another place is wanted.
#[component]
pub fn PlaceChooser(place: Fetch<Place>) -> impl IntoView {
    let here = use_location().pathname;
    view! {
        <Fetched
            resource=place
            view=move |place: Place| {
                let lang = ui::lang();
                let path = here.get_untracked();
                let choosing = place.district.is_none() || !place.offers.is_empty() || !place.q.is_empty();
                let nothing = !place.q.trim().is_empty() && place.offers.is_empty();
                choosing
                    .then(|| {
                        view! {
                            <section class="place" aria-labelledby="place-title">
                                <h2 id="place-title" class="section-title">{words::place(lang)}</h2>
                                <Typing path=path.clone() q=place.q.clone() />
                                {nothing.then(|| view! { <p role="status">{words::place_nothing(lang, place.q.trim())}</p> })}
                                {offers(&path, place.offers)}
                            </section>
                        }
                    })
                    .into_any()
            }
        />
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
                let find = move || {
                    // The page may have been left meanwhile.
                    if waiting.try_with_value(|_| ()).is_some() {
                        found.dispatch(text);
                    }
                };
                *timer = set_timeout_with_handle(find, PAUSE).ok();
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
            <Button kind=ButtonKind::Secondary>{shell::search(lang)}</Button>
        </form>
        <div aria-live="polite">{answer}</div>
    }
}

/// Districts as links that choose them; cities and provinces as links to what lies in them.
fn offers(path: &str, found: Vec<Region>) -> Option<AnyView> {
    let lang = ui::lang();
    let row = |region: Region| {
        let key = if region.is_district() { "district" } else { "within" };
        view! {
            <li>
                <a class="place-offer" href=query::href(path, [(key, region.code.as_str())])>
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
