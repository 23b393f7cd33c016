//! What a search can be narrowed by: each choice is a link, so that the address says it all.

use leptos::prelude::*;
use model::{
    Lang, Money,
    views::{Facet, FacetValue, Filter, SearchPage, SearchParams},
    words::storefront as words,
};

/// How many choices of a facet stand open; the rest unfolds.
const OPEN: usize = 8;

#[component]
pub fn Facets(
    facets: Vec<Facet>,
    /// Counts are estimates and say so.
    approximate: bool,
    params: SearchParams,
    path: String,
) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <div class="facets">
            {facets
                .into_iter()
                .map(|facet| {
                    let title = facet_name(lang, &facet);
                    let price = facet.key == "price";
                    let label = title.clone();
                    view! {
                        <section class="facet" aria-label=label>
                            <h2 class="facet-title">{title}</h2>
                            <Choices values=facet.values approximate=approximate params=params.clone() path=path.clone() />
                            {price.then(|| view! { <PriceForm params=params.clone() path=path.clone() /> })}
                        </section>
                    }
                })
                .collect_view()}
        </div>
    }
}

#[component]
fn Choices(values: Vec<FacetValue>, approximate: bool, params: SearchParams, path: String) -> impl IntoView {
    let lang = ui::lang();
    let mut open = values;
    let rest = if open.len() > OPEN + 2 { open.split_off(OPEN) } else { Vec::new() };
    let list = {
        let params = params.clone();
        let path = path.clone();
        move |values: Vec<FacetValue>| {
            let items = values
                .into_iter()
                .map(|v| view! { <Choice value=v approximate=approximate params=params.clone() path=path.clone() /> });
            view! { <ul class="facet-list" role="list">{items.collect_view()}</ul> }
        }
    };
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="facet-more">
                <summary>{words::see_all(lang)}</summary>
                {list(rest)}
            </details>
        }
    });
    view! {
        {list(open)}
        {more}
    }
}

#[component]
fn Choice(value: FacetValue, approximate: bool, params: SearchParams, path: String) -> impl IntoView {
    let lang = ui::lang();
    let on = params.has(&value.filter);
    let name = value.label.clone().unwrap_or_else(|| plain_name(lang, &value.filter));
    let about = approximate.then(|| {
        view! {
            <span class="sr-only">{words::about(lang)} " "</span>
            <span aria-hidden="true">"~"</span>
        }
    });
    let depth = format!("facet-choice depth-{}", value.depth.min(3));
    view! {
        <li>
            <a class=depth href=target(&params, &value.filter, &path) aria-current=on.then_some("true") rel="nofollow">
                <span class="facet-mark" aria-hidden="true"></span>
                <span class="facet-name">{name}</span>
                <span class="facet-count">{about}{lang.number(value.count)}</span>
            </a>
        </li>
    }
}

/// Where a choice leads: a category page leads to other category pages, anything else stays where it is.
fn target(params: &SearchParams, filter: &Filter, path: &str) -> String {
    match filter {
        Filter::Category(slug) if path.starts_with("/c/") => {
            SearchParams { attributes: Vec::new(), after: None, ..params.clone() }.href(&format!("/c/{slug}"))
        }
        _ => params.toggled(filter).href(path),
    }
}

/// Any two bounds, as a form that keeps the rest of the search.
#[component]
fn PriceForm(params: SearchParams, path: String) -> impl IntoView {
    let lang = ui::lang();
    let kept = SearchParams { min: None, max: None, after: None, ..params.clone() }.pairs();
    let text = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    view! {
        <form class="price-form" action=path method="get">
            {kept.into_iter().map(|(k, v)| view! { <input r#type="hidden" name=k value=v /> }).collect_view()}
            <input class="control-input boxed-input" name="min" inputmode="numeric" pattern="[0-9.]*" aria-label=words::price_min(lang) placeholder="Min" value=text(params.min) />
            <input class="control-input boxed-input" name="max" inputmode="numeric" pattern="[0-9.]*" aria-label=words::price_max(lang) placeholder="Max" value=text(params.max) />
            <button class="btn btn-md btn-secondary" r#type="submit">{words::apply(lang)}</button>
        </form>
    }
}

fn facet_name(lang: Lang, facet: &Facet) -> String {
    let own = match facet.key.as_str() {
        "category" => words::category(lang),
        "price" => words::price(lang),
        "city" => words::city(lang),
        "brand" => words::brand(lang),
        "rating" => words::rating(lang),
        "condition" => words::condition(lang),
        "tier" => words::tier(lang),
        "free_shipping" => words::shipping(lang),
        // What variants differ in has no category to name it.
        "a.color" => words::colour(lang),
        "a.size" => words::size(lang),
        other => return facet.label.clone().unwrap_or_else(|| other.trim_start_matches("a.").to_owned()),
    };
    own.to_owned()
}

/// A filter's name as on its chip: the facet's label for it where there is one.
pub fn filter_name(lang: Lang, filter: &Filter, found: &SearchPage) -> String {
    if let Filter::Category(slug) = filter
        && let Some(link) = found.path.iter().find(|link| link.slug == *slug)
    {
        return link.name.clone();
    }
    let known = found.facets.iter().flat_map(|f| &f.values).find(|v| v.filter == *filter);
    known.and_then(|v| v.label.clone()).unwrap_or_else(|| plain_name(lang, filter))
}

fn plain_name(lang: Lang, filter: &Filter) -> String {
    match filter {
        Filter::Category(slug) => slug.to_string(),
        Filter::Price { min, max } => match (min.map(Money::idr), max.map(Money::idr)) {
            (Some(min), Some(max)) => words::between(lang, min, max),
            (Some(min), None) => words::from(lang, min),
            (None, Some(max)) => words::up_to(lang, max),
            (None, None) => words::price(lang).to_owned(),
        },
        Filter::City(name) | Filter::Brand(name) | Filter::Attribute(_, name) => name.clone(),
        Filter::Rating(n) => words::stars_up(lang, n),
        Filter::Condition(c) => words::condition_name(lang, *c).to_owned(),
        Filter::Tier(t) => words::tier_name(lang, *t).to_owned(),
        Filter::FreeShipping => words::free_shipping(lang).to_owned(),
    }
}
