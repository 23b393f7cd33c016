//! A form that is sent without leaving its page. Leptos' `ActionForm` reads the fields into the server function's
//! types first, and brings what that takes into the wasm; this one sends them as they stand.

use leptos::{ev, prelude::*, task::spawn_local, wasm_bindgen::JsCast as _, web_sys::HtmlFormElement};
use model::AppError;

/// What became of a form that is sent more than once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent {
    answers: RwSignal<usize>,
    error: RwSignal<Option<AppError>>,
}

impl Sent {
    /// How many answers came, so that what depends on them is fetched again.
    pub fn answers(self) -> usize {
        self.answers.get()
    }

    /// What the last one refused.
    pub fn error(self) -> Option<AppError> {
        self.error.get()
    }
}

/// A form for the server function at `to`. It works without JavaScript too: then the server answers with the page.
#[component]
pub fn SentForm(to: &'static str, sent: Sent, children: Children) -> impl IntoView {
    let on_submit = move |event: ev::SubmitEvent| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(fields) = form.and_then(|form| fields(&form)) else { return };
        event.prevent_default();
        spawn_local(async move {
            let answer = post(to, fields).await;
            // The page may have been left meanwhile.
            sent.error.try_set(answer.err());
            sent.answers.try_update(|count| *count += 1);
        });
    };
    view! { <form method="post" action=to on:submit=on_submit>{children()}</form> }
}

/// As a browser writes them.
fn fields(form: &HtmlFormElement) -> Option<String> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let pairs = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(String::from(pairs.to_string()))
}

#[cfg(feature = "hydrate")]
async fn post(to: &str, fields: String) -> Result<(), AppError> {
    use leptos::server_fn::client::browser::BrowserClient;
    const FORM: &str = "application/x-www-form-urlencoded";
    model::call::post::<BrowserClient>(to, FORM, fields.into()).await.map(drop)
}

/// Nobody sends forms on the server.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the browser's waits for an answer")]
async fn post(_: &str, _: String) -> Result<(), AppError> {
    Ok(())
}
