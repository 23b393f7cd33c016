use crate::parts::{Private, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{AppError, words::door as words};
use ui::{Card, Notice, NoticeKind};

/// A narrow page with one form, and above it what its server said no to.
#[component]
pub(crate) fn Gate(
    title: &'static str,
    error: Signal<Option<AppError>>,
    children: Children,
) -> impl IntoView {
    let lang = ui::lang();
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let wait = move || error.get().and_then(|error| error.retry_after);
    view! {
        <Private title=title />
        <div class="account-body">
            <h1 class="account-title">{title}</h1>
            <Refusal error=whole />
            {move || {
                wait()
                    .map(|seconds| {
                        view! { <Notice kind=NoticeKind::Warning><p>{words::wait(lang, seconds)}</p></Notice> }
                    })
            }}
            <Card>{children()}</Card>
        </div>
    }
}

/// A parameter of the page's address; empty where it is not there.
pub(crate) fn asked(name: &'static str) -> Signal<String> {
    let query = use_query_map();
    Signal::derive(move || query.with(|query| query.get(name)).unwrap_or_default())
}
