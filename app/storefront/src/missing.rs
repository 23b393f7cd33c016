//! What stands where nothing is.

use leptos::prelude::*;
use model::AppError;

/// The router's fallback.
#[component]
pub fn MissingPage() -> impl IntoView {
    ui::failure(AppError::not_found())
}
