//! Something that has moved.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The server answers 301; a link followed in the browser goes on by itself.
#[component]
pub fn Onward(path: String) -> impl IntoView {
    let navigate = use_navigate();
    let href = path.clone();
    Effect::new(move || navigate(&path, NavigateOptions { replace: true, ..NavigateOptions::default() }));
    view! { <p><a href=href.clone()>{href.clone()}</a></p> }
}
