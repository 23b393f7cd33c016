//! Surfaces.

use crate::Maybe;
use leptos::prelude::*;

/// A piece of the page that belongs together. `flush` leaves the inner space to what is inside (tables,
/// pictures to the edge).
#[component]
pub fn Card(
    #[prop(optional)] flush: bool,
    #[prop(optional)] raised: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="card" class:card-padded=!flush class:card-raised=raised>{children()}</div>
    }
}

/// The headline of a part of a page, with an optional link to all of it.
#[component]
pub fn SectionHead(
    #[prop(into)] title: String,
    #[prop(optional, into)] about: Maybe<String>,
    #[prop(optional, into)] href: Maybe<String>,
    #[prop(optional, into)] link: Maybe<String>,
    /// Named by the section's `aria-labelledby`.
    #[prop(optional, into)]
    id: Maybe<String>,
) -> impl IntoView {
    let (about, href, link, id) = (about.0, href.0, link.0, id.0);
    view! {
        <div class="section-head">
            <div>
                <h2 class="section-title" id=id>{title}</h2>
                {about.map(|about| view! { <p class="section-about">{about}</p> })}
            </div>
            {href.zip(link).map(|(href, link)| view! { <a class="link section-link" href=href>{link}</a> })}
        </div>
    }
}
