//! What the server said no to, when a shopper's form was sent.

use leptos::{prelude::*, server::ServerActionError, server_fn::error::ServerFnUrlError};
use model::{AppError, words};
use ui::{Notice, NoticeKind, Sent};

/// The error of the latest answer; before there is one, that of a form to one of `paths` which was sent without
/// JavaScript and is told in the page's address.
pub fn refused(sent: Sent, paths: &[&str]) -> Signal<Option<AppError>> {
    let told = use_context::<ServerActionError>().filter(|error| paths.contains(&error.path()));
    let told = told.map(|error| ServerFnUrlError::<AppError>::decode_err(error.err()));
    Signal::derive(move || if sent.answers() > 0 { sent.error() } else { told.clone() })
}

/// Says in words what happened and what to do.
#[component]
pub fn Refusal(error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    move || {
        error.get().map(|error| {
            view! {
                <Notice kind=NoticeKind::Error title=words::error::title(lang, error.code)>
                    <p>{words::error::advice(lang, error.code)}</p>
                </Notice>
            }
        })
    }
}
