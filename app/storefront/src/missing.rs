//! What stands where nothing is.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use model::{AppError, words};
use ui::ErrorState;

/// The router's fallback.
#[component]
pub fn MissingPage() -> impl IntoView {
    view! { <Failure error=AppError::not_found() /> }
}

/// A kind page about an error. The server has set the status by then.
#[component]
pub fn Failure(error: AppError) -> impl IntoView {
    let title = words::error::title(ui::lang(), error.code);
    view! {
        <Title text=title />
        <Meta name="robots" content="noindex" />
        <ErrorState error=error page=true />
    }
}
