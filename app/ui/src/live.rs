//! News while a page is open and looked at: by events of the server, or where these do not come, by asking again and
//! again. On the server nothing of this happens.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast as _, prelude::Closure},
};
use std::time::Duration;
use web_sys::{EventSource, VisibilityState};

/// How often is asked where no events come.
const AGAIN: Duration = Duration::from_secs(10);
/// How soon is asked again while there is nothing to do yet.
const SOON: Duration = Duration::from_secs(2);

/// Counts news at `url` for as long as there is one: each time, the page should be fetched again.
pub fn news(url: Memo<Option<String>>) -> RwSignal<u32> {
    let count = RwSignal::new(0);
    let (silent, seen) = (RwSignal::new(false), RwSignal::new(true));
    // Browsers have few connections to one host: what lies in the background holds none.
    Effect::new(move || {
        let looked_at = || document().visibility_state() == VisibilityState::Visible;
        seen.set(looked_at());
        let turned = window_event_listener_untyped("visibilitychange", move |_| {
            seen.try_set(looked_at());
        });
        on_cleanup(move || turned.remove());
    });
    Effect::new(move || {
        silent.set(false);
        if let Some(url) = url.get()
            && seen.get()
        {
            follow(&url, count, silent);
        }
    });
    Effect::new(move || {
        let asking = url.with(Option::is_some) && seen.get() && silent.get();
        if asking && let Ok(timer) = set_interval_with_handle(move || tell(count), AGAIN) {
            on_cleanup(move || timer.clear());
        }
    });
    count
}

/// Counts up again and again while the page is looked at.
pub fn ticks(every: Duration) -> RwSignal<u32> {
    let count = RwSignal::new(0);
    Effect::new(move || {
        let tick = move || {
            if document().visibility_state() == VisibilityState::Visible {
                tell(count);
            }
        };
        if let Ok(timer) = set_interval_with_handle(tick, every) {
            on_cleanup(move || timer.clear());
        }
    });
    count
}

/// Asks once more in a moment.
pub fn soon(count: RwSignal<u32>) {
    Effect::new(move || {
        if let Ok(timer) = set_timeout_with_handle(move || tell(count), SOON) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// The page may have been left meanwhile.
fn tell(count: RwSignal<u32>) {
    count.try_update(|count| *count = count.wrapping_add(1));
}

/// Until the effect it is called in runs again or ends.
fn follow(url: &str, count: RwSignal<u32>, silent: RwSignal<bool>) {
    let Ok(source) = EventSource::new(url) else {
        silent.set(true);
        return;
    };
    // Between rendering the page and listening something may have happened, as between two connections.
    let heard = Closure::<dyn FnMut()>::new(move || tell(count));
    let lost = {
        let source = source.clone();
        // The browser connects again by itself, unless it was told not to.
        Closure::<dyn FnMut()>::new(move || {
            if source.ready_state() == EventSource::CLOSED {
                silent.try_set(true);
            }
        })
    };
    source.set_onopen(Some(heard.as_ref().unchecked_ref()));
    source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    source.set_onerror(Some(lost.as_ref().unchecked_ref()));
    let held = StoredValue::new_local((source, heard, lost));
    on_cleanup(move || {
        held.try_with_value(|(source, ..)| source.close());
    });
}
