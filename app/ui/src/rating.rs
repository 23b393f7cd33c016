//! What buyers think.

use crate::{Maybe, format, lang};
use leptos::prelude::*;
use model::words::ui as words;
use std::fmt::Write as _;

const STAR: &str = "m10 1.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8z";

/// Five stars filled to a tenth, read aloud as a sentence. `tenths` is 0 to 50; 0 means no rating yet.
#[component]
pub fn Rating(
    tenths: u8,
    /// How many rated; shown in brackets.
    #[prop(optional, into)]
    count: Maybe<u64>,
    /// One star and the number, for cards.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let count = count.0;
    let lang = lang();
    let tenths = tenths.min(50);
    if tenths == 0 {
        return view! { <span class="rating rating-none">{words::rating_none(lang)}</span> }.into_any();
    }
    let shown = format::tenths(lang, tenths.into());
    let spoken = words::rating_of(lang, &shown);
    let picture = if compact {
        view! { <Stars of=1 tenths=10/> }
    } else {
        view! { <Stars of=5 tenths/> }
    };
    view! {
        <span class="rating">
            {picture}
            <span class="sr-only">{spoken}</span>
            <span class="rating-number" aria-hidden="true">{shown}</span>
            {count.map(|n| view! { <span class="rating-count">"(" {lang.number(n)} ")"</span> })}
        </span>
    }
    .into_any()
}

/// The drawn stars alone, in one piece: a page has dozens of them. The filled ones are cut at the right width by an
/// inner viewport.
#[component]
fn Stars(of: u8, tenths: u8) -> impl IntoView {
    let width = u32::from(of) * 20;
    view! {
        <svg
            class="stars"
            class:stars-one=of == 1
            viewBox=format!("0 0 {width} 20")
            aria-hidden="true"
            focusable="false"
            inner_html=drawn(of, tenths)
        ></svg>
    }
}

/// Numbers and fixed text only: nothing in it comes from people.
fn drawn(of: u8, tenths: u8) -> String {
    let mut out = String::with_capacity(400 * usize::from(of));
    let row = |out: &mut String, class: &str| {
        for x in (0..u32::from(of)).map(|i| i * 20) {
            // Writing to a string cannot fail.
            let _ = write!(out, r#"<path class="{class}" d="{STAR}" transform="translate({x} 0)"/>"#);
        }
    };
    row(&mut out, "star-empty");
    let _ = write!(out, r#"<svg width="{}" height="20" overflow="hidden">"#, u32::from(tenths) * 2);
    row(&mut out, "star-full");
    out.push_str("</svg>");
    out
}

/// How many gave five stars down to one, each a link to those reviews if `href` has a `{}` for the stars.
#[component]
pub fn RatingHistogram(
    /// From one star to five.
    counts: [u64; 5],
    /// For instance `?stars={}`.
    #[prop(optional, into)]
    href: Maybe<String>,
) -> impl IntoView {
    let href = href.0;
    let lang = lang();
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    // Whoever rated is seen, however few they are.
    let rows = (1..=5u8).rev().zip(counts.into_iter().rev()).map(|(stars, n)| {
        let share = u32::try_from(u128::from(n) * 100 / u128::from(most)).unwrap_or(0).max(u32::from(n > 0) * 2);
        let inside = view! {
            <span class="histogram-stars" aria-hidden="true">{stars}<Stars of=1 tenths=10/></span>
            <span class="sr-only">{words::stars(lang, stars)}": "</span>
            <svg class="bar" aria-hidden="true" focusable="false"><rect class="bar-deal" width=format!("{share}%") height="100%"/></svg>
            <span class="histogram-count">{lang.number(n)}</span>
        };
        match &href {
            Some(href) => view! { <li><a class="histogram-row" href=href.replace("{}", &stars.to_string())>{inside}</a></li> }.into_any(),
            None => view! { <li class="histogram-row">{inside}</li> }.into_any(),
        }
    });
    view! { <ul class="histogram" role="list">{rows.collect_view()}</ul> }
}
