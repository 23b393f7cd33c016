//! Wakes the server-rendered page in the browser. Nothing else lives here.

use any_spawner::Executor;
use leptos::{mount::hydrate_from_async, prelude::document};

/// Returns before the page is awake, since the page's own piece of the wasm may still be on its way; `<html>` carries
/// `data-awake` from then on.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // Fails where it was done before, which is as good.
    _ = Executor::init_wasm_bindgen();
    Executor::spawn_local(async {
        let Some(body) = document().body() else { return };
        hydrate_from_async(body, app::App).await.forget();
        if let Some(root) = document().document_element() {
            drop(root.set_attribute("data-awake", ""));
        }
    });
}
