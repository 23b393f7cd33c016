//! A page of results: heading, chips of what narrows it, sort, facets, cards, and what to do when there is nothing.

use super::facets::{Facets, filter_name};
use crate::parts::{CardGrid, CardShelf};
use leptos::prelude::*;
use model::{
    Lang,
    views::{SearchPage, SearchParams, SearchSort},
    words::storefront as words,
};
use ui::{EmptyState, Icon};

#[component]
pub fn Results(
    found: SearchPage,
    params: SearchParams,
    /// Where the page lives; filters and sort are links to it.
    #[prop(into)]
    path: String,
    #[prop(into)] title: String,
    /// The heading stands elsewhere already.
    #[prop(optional)]
    headless: bool,
) -> impl IntoView {
    let lang = ui::lang();
    let count = count(lang, &found);
    let empty = found.items.is_empty();
    let next = found.next.clone().map(|cursor| params.after(Some(cursor)).href(&path));
    let first = params.after.is_some().then(|| params.after(None).href(&path));
    view! {
        <div class="results">
            <header class="results-head">
                {(!headless).then(|| view! { <h1>{title}</h1> })}
                <p class="results-count" role="status">{count}</p>
                {found
                    .did_you_mean
                    .clone()
                    .map(|better| {
                        let href = SearchParams { q: better.clone(), after: None, ..params.clone() }.href(&path);
                        view! { <p class="results-hint">{words::did_you_mean(lang)} " " <a href=href>{better}</a>"?"</p> }
                    })}
                {(found.relaxed && found.related_from.is_none() && !empty).then(|| view! { <p class="results-hint">{words::relaxed(lang)}</p> })}
                <Chips found=found.clone() params=params.clone() path=path.clone() />
            </header>
            <div class="results-body">
                <details class="filters" id="filters">
                    <summary class="btn btn-md btn-secondary filters-open">
                        <Icon name=Icon::Filter />
                        {words::filters(lang)}
                    </summary>
                    <Facets facets=found.facets.clone() approximate=found.approximate params=params.clone() path=path.clone() />
                </details>
                <section class="results-list" aria-label=words::search_title_all(lang)>
                    <SortLinks params=params.clone() path=path.clone() />
                    {if empty {
                        view! { <Nothing found=found.clone() params=params.clone() path=path.clone() /> }.into_any()
                    } else {
                        sections(lang, found)
                    }}
                    <nav class="pager" aria-label=words::more_pages(lang)>
                        {first.map(|href| view! { <a class="btn btn-md btn-quiet" href=href rel="first">{words::first_page(lang)}</a> })}
                        {match next {
                            Some(href) => view! { <a class="btn btn-md btn-primary" href=href rel="next">{words::more_pages(lang)}</a> }.into_any(),
                            None if empty => ().into_any(),
                            None => view! { <p class="pager-end">{words::end_of_list(lang)}</p> }.into_any(),
                        }}
                    </nav>
                </section>
            </div>
        </div>
    }
}

/// How many there are: of those that have every word where others follow, else of all.
fn count(lang: Lang, found: &SearchPage) -> String {
    let total = lang.number(found.total);
    match found.related_from {
        Some(_) if found.matching == 0 => words::nothing_matching(lang).to_owned(),
        Some(_) => words::matching(lang, lang.number(found.matching)),
        None if found.approximate => words::found_about(lang, total),
        None => words::found(lang, total),
    }
}

/// What has every word, then under a heading of its own what is merely related.
fn sections(lang: Lang, found: SearchPage) -> AnyView {
    let mut cards = found.items;
    let at = found.related_from.map_or(cards.len(), |at| at as usize).min(cards.len());
    let related = cards.split_off(at);
    view! {
        {(!cards.is_empty()).then(|| view! { <CardGrid cards=cards /> })}
        {(!related.is_empty())
            .then(|| {
                view! {
                    <section class="results-related" aria-labelledby="related">
                        <h2 id="related">{words::related(lang)}</h2>
                        <p class="results-hint">{words::related_text(lang)}</p>
                        <CardGrid cards=related />
                    </section>
                }
            })}
    }
    .into_any()
}

#[component]
fn Chips(found: SearchPage, params: SearchParams, path: String) -> impl IntoView {
    let lang = ui::lang();
    let filters = params.filters();
    (!filters.is_empty()).then(|| {
        let clear = params.bare().href(&path);
        view! {
            <ul class="chips" role="list">
                {filters
                    .into_iter()
                    .map(|filter| {
                        let name = filter_name(lang, &filter, &found);
                        let label = words::remove_filter(lang, &name);
                        view! {
                            <li>
                                <a class="chip" href=params.toggled(&filter).href(&path) aria-label=label>
                                    {name}
                                    <Icon name=Icon::Close />
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
                <li><a class="chip chip-clear" href=clear>{words::clear_filters(lang)}</a></li>
            </ul>
        }
    })
}

#[component]
fn SortLinks(params: SearchParams, path: String) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <nav class="sorts" aria-label=words::sort(lang)>
            <ul role="list">
                {SearchSort::ALL
                    .into_iter()
                    .map(|sort| {
                        let current = (params.sort == sort).then_some("true");
                        view! {
                            <li>
                                <a class="sort" href=params.sorted(sort).href(&path) aria-current=current>
                                    {words::sort_name(lang, sort)}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

#[component]
fn Nothing(found: SearchPage, params: SearchParams, path: String) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <EmptyState art=ui::Art::Search title=nothing_title(lang, &params.q) text=words::nothing_help(lang) />
        {(!params.filters().is_empty())
            .then(|| view! { <p class="centred"><a class="btn btn-md btn-secondary" href=params.bare().href(&path)>{words::clear_filters(lang)}</a></p> })}
        {(!found.popular.is_empty())
            .then(|| {
                let link = |q: String| {
                    let href = SearchParams { q: q.clone(), ..SearchParams::default() }.href("/search");
                    view! { <li><a class="chip" href=href>{q}</a></li> }
                };
                view! {
                    <section aria-labelledby="popular">
                        <h2 id="popular">{words::popular_queries(lang)}</h2>
                        <ul class="chips" role="list">{found.popular.into_iter().map(link).collect_view()}</ul>
                    </section>
                }
            })}
        <CardShelf title=words::instead(lang) cards=found.instead />
    }
}

fn nothing_title(lang: Lang, q: &str) -> String {
    if q.is_empty() { words::nothing_found_all(lang).to_owned() } else { words::nothing_found(lang, q) }
}
