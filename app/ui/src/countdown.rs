//! Time that runs out.

use crate::{format, lang};
use leptos::prelude::*;
use model::words::ui as words;
use std::time::Duration;

/// Counts down from the seconds the server said were left. Both sides first render that same number; the
/// browser starts counting only afterwards, by its own monotonic clock, so a wrong time of day or a sleeping
/// tab does no harm.
#[component]
pub fn Countdown(seconds: u32) -> impl IntoView {
    let lang = lang();
    let left = RwSignal::new(seconds);
    Effect::new(move |_| {
        let Some(started) = now() else { return };
        let ticking = set_interval_with_handle(
            move || {
                if let Some(now) = now() {
                    let gone = u32::try_from(now.saturating_sub(started).as_secs()).unwrap_or(u32::MAX);
                    left.set(seconds.saturating_sub(gone));
                }
            },
            Duration::from_secs(1),
        );
        if let Ok(ticking) = ticking {
            on_cleanup(move || ticking.clear());
        }
    });
    let parts = move || format::clock(left.get());
    view! {
        <span class="countdown" role="timer" aria-label=move || {
            // Read aloud in minutes, so that it does not change every second.
            if left.get() == 0 { words::time_over(lang).to_owned() } else { words::time_left(lang, format::clock(left.get() / 60 * 60)) }
        }>
            <span aria-hidden="true" class="countdown-time">{parts}</span>
        </span>
    }
}

/// Since the page was opened.
fn now() -> Option<Duration> {
    let millis = window().performance()?.now();
    Duration::try_from_secs_f64(millis / 1_000.0).ok()
}
