//! What buyers say: the histogram is the filter, pages go on by key.

use crate::parts::{Fetch, Fetched, SkeletonLines, tenths};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, query,
    views::{Rating as Summary, ReviewItem, Stars},
    words::storefront as words,
};
use ui::{Chip, EmptyState, Rating, RatingHistogram};

/// How many stars they are to have, where that is asked for, and the cursor of the page.
pub type Choice = (Option<Stars>, Option<String>);

/// What the address asks for.
pub fn choice() -> Memo<Choice> {
    let asked = use_query_map();
    Memo::new(move |_| {
        asked.with(|q| {
            let stars =
                q.get("stars").and_then(|s| s.parse::<u8>().ok()).and_then(|n| Stars::try_from(n).ok());
            (stars, q.get("reviews_after"))
        })
    })
}

#[component]
pub fn Reviews(
    reviews: Fetch<Page<ReviewItem>>,
    choice: Memo<Choice>,
    rating: Summary,
    path: String,
) -> impl IntoView {
    let lang = ui::lang();
    let shown = path.clone();
    let shown_path = path.clone();
    view! {
        <section class="panel" id="reviews" aria-labelledby="reviews-title">
            <h2 id="reviews-title">{words::reviews_title(lang)}</h2>
            <div class="reviews-head">
                <p class="reviews-score">
                    <strong>{ui::format::tenths(lang, tenths(rating.average_x100).into())}</strong>
                    <Rating tenths=tenths(rating.average_x100) />
                    <span>{words::ratings(lang, lang.number(rating.count.into()))}</span>
                    <span>{words::reviews_written(lang, lang.number(rating.written().into()))}</span>
                </p>
                <RatingHistogram counts=rating.histogram.0.map(u64::from) href=format!("{path}?stars={{}}#reviews") />
            </div>
            {move || {
                let plain = shown_path.clone();
                choice.get().0.map(|stars| view! { <Chip text=words::reviews_with(lang, stars.get()) href=address(&plain, None, None) chosen=true removable=true /> })
            }}
            <Fetched
                resource=reviews
                skeleton=|| view! { <SkeletonLines count=6 /> }.into_any()
                view={move |page: Page<ReviewItem>| list(page, choice.get_untracked().0, &shown)}
            />
        </section>
    }
}

fn address(path: &str, stars: Option<Stars>, after: Option<&str>) -> String {
    let stars = stars.map(|s| s.get().to_string());
    let pairs = stars.iter().map(|s| ("stars", s.as_str())).chain(after.map(|a| ("reviews_after", a)));
    format!("{}#reviews", query::href(path, pairs))
}

fn list(page: Page<ReviewItem>, stars: Option<Stars>, path: &str) -> AnyView {
    let lang = ui::lang();
    if page.items.is_empty() {
        return view! {
            <EmptyState art=ui::Art::Search title=words::reviews_none(lang) text=words::reviews_none_text(lang) />
        }
        .into_any();
    }
    let next = page.next.map(|cursor| address(path, stars, Some(&cursor)));
    view! {
        <ul class="reviews" role="list">{page.items.into_iter().map(review).collect_view()}</ul>
        {next.map(|href| view! { <p class="centred"><a class="btn btn-md btn-secondary" href=href rel="next nofollow">{words::more_pages(lang)}</a></p> })}
    }
    .into_any()
}

fn review(item: ReviewItem) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <li class="review">
            <p class="review-head">
                <ui::Avatar name=item.author.clone() />
                <strong>{item.author}</strong>
                <Rating tenths={item.stars.get() * 10} />
                <span class="review-date">{ui::format::date(lang, item.created_at)}</span>
            </p>
            {item.variant.map(|v| view! { <p class="review-variant">{words::bought(lang, v)}</p> })}
            <p class="prose">{item.text}</p>
        </li>
    }
}
