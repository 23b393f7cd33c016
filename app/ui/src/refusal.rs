//! What a form's server said no to.

use crate::{Notice, NoticeKind, lang};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_location;
use model::{AppError, Code, FieldError, query, words};

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

/// The form in which people prove again who they are, and from there back to the page they are on, less what the
/// answer to an earlier form put into its address.
pub fn to_prove() -> Signal<String> {
    let here = use_location();
    Signal::derive(move || {
        let search = here.search.get();
        let kept: Vec<_> = search
            .trim_start_matches('?')
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("__"))
            .collect();
        let join = if kept.is_empty() { "" } else { "?" };
        let next = format!("{}{join}{}", here.pathname.get(), kept.join("&"));
        query::href("/account/security/confirm", [("next", next.as_str())])
    })
}

/// Says above a form what happened. `fields` are told beside their own controls; `stale` is said when the thing was
/// changed meanwhile.
#[component]
pub fn Refusal(
    error: Signal<Option<AppError>>,
    #[prop(default = words::account::stale)] stale: fn(model::Lang) -> &'static str,
) -> impl IntoView {
    let lang = lang();
    let prove = to_prove();
    move || {
        error.get().map(|error| {
            let text = match error.code {
                Code::Conflict => stale(lang),
                code => words::error::advice(lang, code),
            };
            view! {
                <Notice kind=NoticeKind::Error title=words::error::title(lang, error.code)>
                    <p>{text}</p>
                    {(error.code == Code::StepUpRequired)
                        .then(|| {
                            view! {
                                <p>
                                    <a class="link" href=prove.get()>{words::door::prove(lang)}</a>
                                </p>
                            }
                        })}
                </Notice>
            }
        })
    }
}

/// Says in place of what may only be done by who has just proved who they are that this comes first, and leads there and
/// back. Nobody types what would be lost on the way.
#[component]
pub fn ProveFirst(text: &'static str) -> impl IntoView {
    let lang = lang();
    let prove = to_prove();
    view! {
        <Notice>
            <p>{text}</p>
            <p>
                <a class="link" href=move || prove.get()>{words::door::prove(lang)}</a>
            </p>
        </Notice>
    }
}
