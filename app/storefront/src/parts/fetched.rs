//! A page's data on its way: what was fetched, the skeleton before it, the failure instead of it.

use crate::missing::Failure;
use leptos::prelude::*;
use model::AppError;
use serde::{Serialize, de::DeserializeOwned};

/// Shows `view` of a resource once it is there. On the server everything is waited for; while a link is followed
/// in the browser the old page stays until the new one is ready.
#[component]
pub fn Fetched<T, V>(
    resource: Resource<Result<T, AppError>>,
    skeleton: fn() -> AnyView,
    view: V,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=skeleton>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => view(value),
                        Err(error) => view! { <Failure error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}
