//! What people should know before they go on.

use crate::{Icon, Maybe};
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum NoticeKind {
    #[default]
    Info,
    Success,
    Warning,
    Error,
}

/// A message in the page. An error is announced at once, the others when the reader pauses; use it also for
/// what a form's server says after a full page load.
#[component]
pub fn Notice(
    #[prop(optional)] kind: NoticeKind,
    #[prop(optional, into)] title: Maybe<String>,
    children: Children,
) -> impl IntoView {
    let title = title.0;
    let (class, icon, role) = match kind {
        NoticeKind::Info => ("notice notice-info", Icon::Info, "status"),
        NoticeKind::Success => ("notice notice-success", Icon::CheckCircle, "status"),
        NoticeKind::Warning => ("notice notice-warning", Icon::Warning, "status"),
        NoticeKind::Error => ("notice notice-error", Icon::Warning, "alert"),
    };
    view! {
        <div class=class role=role>
            <Icon name=icon/>
            <div class="notice-body">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}
