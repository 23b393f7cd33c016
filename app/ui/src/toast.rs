//! Short news about what was just done, at the edge of the screen.

use crate::{Icon, NoticeKind, Size, lang};
use leptos::prelude::*;
use model::words::ui as words;
use std::time::Duration;

/// Long enough to read twice; a toast with a link stays until it is closed.
const STAYS: Duration = Duration::from_secs(6);

/// One piece of news, and perhaps a way to follow or undo it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Toast {
    pub kind: NoticeKind,
    pub text: String,
    /// Words and address: "View cart", `/cart`.
    pub link: Option<(String, String)>,
}

impl Toast {
    pub fn success(text: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Success, text: text.into(), link: None }
    }

    pub fn error(text: impl Into<String>) -> Self {
        Self { kind: NoticeKind::Error, text: text.into(), link: None }
    }

    #[must_use]
    pub fn link(mut self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some((words.into(), href.into()));
        self
    }
}

/// Where news is told; from [`toasts`].
#[derive(Clone, Copy)]
pub struct Toasts {
    told: RwSignal<Vec<(u32, Toast)>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// Tells it. Only in the browser: what a page load should say stands in the page as a notice.
    pub fn tell(self, toast: Toast) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        let stays = toast.link.is_some();
        self.told.update(|told| told.push((id, toast)));
        if !stays {
            set_timeout(move || self.forget(id), STAYS);
        }
    }

    fn forget(self, id: u32) {
        // The page may be gone before its news are.
        self.told.try_update(|told| told.retain(|(told, _)| *told != id));
    }
}

/// Call once, in the app, above the [`ToastRegion`].
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { told: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
    provide_context(toasts);
    toasts
}

/// The app's toasts; none in a part rendered without the app.
pub fn toasts() -> Option<Toasts> {
    use_context()
}

/// The live region that shows and reads out news. Once per page, in the shell, there from the start: regions
/// added later are not read out.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let lang = lang();
    let toasts = toasts().unwrap_or_else(provide_toasts);
    view! {
        <div class="toasts" role="region" aria-label=words::notices(lang)>
            <div class="toasts-list" aria-live="polite">
                <For each=move || toasts.told.get() key=|(id, _)| *id children=move |(id, toast)| view! {
                    <ToastCard toast><button class="icon-btn btn-md" type="button" aria-label=words::dismiss(lang) on:click=move |_| toasts.forget(id)><Icon name=Icon::Close/></button></ToastCard>
                }/>
            </div>
        </div>
    }
}

/// One toast as it looks. Its children close it.
#[component]
pub fn ToastCard(toast: Toast, children: Children) -> impl IntoView {
    let (class, icon) = match toast.kind {
        NoticeKind::Info => ("toast", Icon::Info),
        NoticeKind::Success => ("toast", Icon::CheckCircle),
        NoticeKind::Warning | NoticeKind::Error => ("toast toast-error", Icon::Warning),
    };
    view! {
        <div class=class>
            <Icon name=icon size=Size::Medium/>
            <p class="toast-text">{toast.text}</p>
            {toast.link.map(|(words, href)| view! { <a class="toast-link" href=href>{words}</a> })}
            {children()}
        </div>
    }
}
