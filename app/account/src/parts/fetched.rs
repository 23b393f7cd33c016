//! A page's data on its way: what was fetched, the skeleton before it, the failure instead of it.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use model::{AppError, Code, query, words};
use serde::{Serialize, de::DeserializeOwned};
use ui::{ErrorState, Loading, Shape, Skeleton};

/// Fetches `load(source())`, and again whenever `source()` changes. On the server the whole page waits for it, so it
/// may decide the status.
pub fn fetch<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    load: impl Fn(S) -> F + Send + Sync + 'static,
) -> Resource<Result<T, AppError>>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new_blocking(source, load)
}

/// Shows `view` of a resource once it is there. While it is fetched again the old view stays.
#[component]
pub fn Fetched<T, V>(resource: Resource<Result<T, AppError>>, view: V) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=|| view! { <Loading><Skeleton shape=Shape::Text(6) /></Loading> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => view(value),
                        Err(error) if error.code == Code::Unauthenticated => view! { <SignInFirst /> }.into_any(),
                        Err(error) => failure(error),
                    }
                })
            }}
        </Transition>
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

fn failure(error: AppError) -> AnyView {
    let title = words::error::title(ui::lang(), error.code);
    view! {
        <Title text=title />
        <ErrorState error=error page=true />
    }
    .into_any()
}
