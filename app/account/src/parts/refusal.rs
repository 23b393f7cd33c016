//! What a form's server said no to.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{AppError, Code, FieldError, words};
use ui::{Notice, NoticeKind};

/// The error of the latest call, with JavaScript or, after a whole new page, without.
pub fn error_of<F>(action: ServerAction<F>) -> Signal<Option<AppError>>
where
    F: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    F::Output: Clone + Send + Sync + 'static,
{
    Signal::derive(move || {
        action.value().with(|value| value.as_ref().and_then(|done| done.as_ref().err().cloned()))
    })
}

/// What is wrong with one field.
pub fn wrong(error: Signal<Option<AppError>>, field: &'static str) -> Signal<Option<FieldError>> {
    Signal::derive(move || error.with(|error| error.as_ref().and_then(|error| error.of(field))))
}

/// Says above a form what happened. `fields` are told beside their own controls; `stale` is said when the thing was
/// changed meanwhile.
#[component]
pub fn Refusal(
    error: Signal<Option<AppError>>,
    #[prop(default = words::account::stale)] stale: fn(model::Lang) -> &'static str,
) -> impl IntoView {
    let lang = ui::lang();
    move || {
        error.get().map(|error| {
            let text = match error.code {
                Code::Conflict => stale(lang),
                code => words::error::advice(lang, code),
            };
            view! {
                <Notice kind=NoticeKind::Error title=words::error::title(lang, error.code)>
                    <p>{text}</p>
                </Notice>
            }
        })
    }
}
