//! Choosing a place: by typing, or step by step. Both are plain forms that ask for another address of this page, so
//! they work without JavaScript; with it, what may be meant is offered while somebody types.

use super::rpc::{Asked, Place, find_places};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use model::{query, views::region::Region, words::account as words};
use std::time::Duration;
use ui::{Button, ButtonKind, Choice, Field, Icon, Input, Select};

/// So long after the last key the server is asked.
const PAUSE: Duration = Duration::from_millis(120);

/// The page a place is chosen on, and what its address keeps on saying meanwhile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Here {
    pub path: String,
    /// Where to go once the address is saved; empty for where one usually goes.
    pub next: String,
}

impl Here {
    /// The same page, with `pairs` in its address.
    pub fn href(&self, pairs: &[(&str, &str)]) -> String {
        let next = Some(("next", self.next.as_str())).filter(|(_, next)| !next.is_empty());
        query::href(&self.path, pairs.iter().copied().chain(next))
    }

    /// For forms that ask for the page again.
    fn kept(&self) -> impl IntoView + use<> {
        let next = Some(self.next.clone()).filter(|next| !next.is_empty());
        view! {
            <input r#type="hidden" name="change" value="1" />
            {next.map(|next| view! { <input r#type="hidden" name="next" value=next /> })}
        }
    }
}

/// `asked` is what the page's address says now.
#[component]
pub fn PlaceChooser(here: Here, asked: Asked, place: Place) -> impl IntoView {
    let lang = ui::lang();
    let nothing = !asked.q.trim().is_empty() && place.found.is_empty();
    let found = offers(&here, place.found.clone());
    view! {
        <section class="place" aria-labelledby="place-title">
            <h2 id="place-title" class="section-title">{words::place(lang)}</h2>
            <Typing here=here.clone() q=asked.q.clone() />
            {nothing.then(|| view! { <p role="status">{words::place_nothing(lang, asked.q.trim())}</p> })}
            {found}
            <Steps here=here asked=asked place=place />
        </section>
    }
}

#[component]
fn Typing(here: Here, q: String) -> impl IntoView {
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
    let (action, kept) = (here.path.clone(), here.kept());
    // An answer to something typed meanwhile is dropped.
    let answer = move || {
        let answer = found.value().get().filter(|(text, _)| typed.with(|now| now == text));
        answer.map(|(_, found)| offers(&here, found))
    };
    view! {
        <form class="place-find" action=action method="get" role="search" on:input=on_input>
            {kept}
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
fn offers(here: &Here, found: Vec<Region>) -> Option<AnyView> {
    let lang = ui::lang();
    let row = |region: Region| {
        let href = href_of(here, &region);
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

fn href_of(here: &Here, region: &Region) -> String {
    use model::views::region::Level;
    let province = region.code.split('.').next().unwrap_or_default();
    match region.level {
        Level::District => here.href(&[("district", region.code.as_str())]),
        Level::City => here.href(&[("province", province), ("city", region.code.as_str()), ("change", "1")]),
        Level::Province => here.href(&[("province", region.code.as_str()), ("change", "1")]),
    }
}

/// Province, then city, then district; each step is a page of its own.
#[component]
fn Steps(here: Here, asked: Asked, place: Place) -> impl IntoView {
    let lang = ui::lang();
    let choices = |regions: &[Region]| -> Vec<Choice> {
        regions.iter().map(|r| Choice::new(&r.code, &r.name)).collect()
    };
    let chosen = |code: &str| ui::Maybe::from(Some(code.to_owned()).filter(|code| !code.is_empty()));
    view! {
        <details class="place-steps" open={!asked.province.is_empty()}>
            <summary>{words::place_steps(lang)}</summary>
            <form action=here.path.clone() method="get">
                {here.kept()}
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
