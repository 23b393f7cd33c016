//! The name of the house.

use leptos::prelude::*;

/// The mark: a market awning whose middle flap is a leaf.
const MARK: &str = r#"<rect class="mark-ground" width="48" height="48" rx="12"/><path class="mark-cloth" d="M13.2 9.5h4.6l-1.2 13a5.4 5.4 0 0 1-10.8-.3q0-.8.3-1.6l4.3-9.3a3 3 0 0 1 2.8-1.8zM34.8 9.5h-4.6l1.200 13a5.4 5.4 0 0 0 10.8-.3q0-.8-.3-1.6l-4.3-9.3a3 3 0 0 0-2.8-1.8z"/><path class="mark-leaf" d="M20.1 9.5h7.8l1.4 13.5q.3 2 .3 3.8c0 5.200-2.200 9.4-5.6 12.200-3.4-2.8-5.6-7-5.6-12.200q0-1.8.3-3.8z"/><path class="mark-vein" d="M24 39V21M24 31.5l3-3M24 27l-3-3"/>"#;

/// The mark with the name beside it; `mark_only` where there is no room. It is read as "Pasar".
#[component]
pub fn Logo(#[prop(optional)] mark_only: bool) -> impl IntoView {
    view! {
        <span class="logo">
            <svg class="logo-mark" viewBox="0 0 48 48" role=mark_only.then_some("img") aria-label=mark_only.then_some("Pasar") aria-hidden=(!mark_only).then_some("true") focusable="false" inner_html=MARK></svg>
            {(!mark_only).then(|| view! { <span class="logo-word">"pasar"</span> })}
        </span>
    }
}
