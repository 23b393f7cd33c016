//! A button that copies.

use leptos::{__reexports::wasm_bindgen_futures::JsFuture, prelude::*, task::spawn_local};
use model::words::checkout as words;
use ui::{Button, ButtonKind, Icon, Size, Toast, toasts};

/// Copies `text`; `label` says what that is. Not shown where scripts do not run.
#[component]
pub fn Copy(text: String, label: &'static str) -> impl IntoView {
    let lang = ui::lang();
    let toasts = toasts();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let copied = copied(&text).await;
            let toast = if copied {
                Toast::success(words::copied(lang))
            } else {
                Toast::error(words::not_copied(lang))
            };
            if let Some(toasts) = toasts {
                toasts.tell(toast);
            }
        });
    };
    view! {
        <span class="scripted">
            <Button kind=ButtonKind::Secondary size=Size::Small icon=Icon::Copy plain=true on:click=copy>
                {label}
            </Button>
        </span>
    }
}

/// Browsers have a clipboard only for pages that nobody could have changed on their way.
async fn copied(text: &str) -> bool {
    let window = window();
    window.is_secure_context()
        && JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
