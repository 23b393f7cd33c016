//! A page's data on its way. Whoever is not signed in goes to the door first.

use crate::{ErrorState, Fetch, Loading, Shape, Skeleton, failure, lang};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use model::{AppError, Code, query, words};
use serde::de::DeserializeOwned;

/// Known to whatever stands in a frame that has the page's headline already.
#[derive(Clone, Copy, Debug)]
pub struct Framed;

/// Shows `view` of what was fetched once it is there. While it is fetched again the old view stays.
#[component]
pub fn OwnFetched<T, V>(resource: Fetch<T>, view: V) -> impl IntoView
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Send + Sync + 'static,
{
    view! { <crate::Fetched resource=resource skeleton=skeleton failed=failed view=view /> }
}

fn skeleton() -> AnyView {
    view! { <Loading><Skeleton shape=Shape::Text(6) /></Loading> }.into_any()
}

fn failed(error: AppError) -> AnyView {
    match error.code {
        Code::Unauthenticated => view! { <SignInFirst /> }.into_any(),
        // The frame has the headline already.
        _ if use_context::<Framed>().is_some() => {
            let title = words::error::title(lang(), error.code);
            view! {
                <crate::Title text=title unlisted=true />
                <ErrorState error=error />
            }
            .into_any()
        }
        _ => failure(error),
    }
}

/// The server has sent the browser on already; a link followed in the browser goes on by itself.
#[component]
fn SignInFirst() -> impl IntoView {
    let (here, navigate) = (use_location(), use_navigate());
    Effect::new(move || {
        let next = format!("{}{}", here.pathname.get_untracked(), here.search.get_untracked());
        let to = query::href("/sign-in", [("next", next.as_str())]);
        navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
}
