//! What the pages about messages share.

use leptos::prelude::*;
use model::{delivery::DeliveryState, words::messages as words};
use ui::{Badge, Tone};

pub const PATH: &str = "/backoffice/messages";

#[component]
pub fn State(state: DeliveryState) -> impl IntoView {
    let tone = match state {
        DeliveryState::Sent => Tone::Brand,
        DeliveryState::Failed | DeliveryState::Unknown => Tone::Danger,
        DeliveryState::Sending | DeliveryState::Captured => Tone::Deal,
        DeliveryState::Queued | DeliveryState::Suppressed => Tone::Neutral,
    };
    view! { <Badge tone=tone text=words::state_name(ui::lang(), state) /> }
}

/// The HTML of a mail, in a frame that runs nothing; its own policy forbids the same once more.
#[component]
pub fn Frame(#[prop(into)] src: String, #[prop(into)] title: String) -> impl IntoView {
    view! {
        <iframe
            class="mail-frame"
            src=src
            title=title
            sandbox="allow-popups allow-popups-to-escape-sandbox"
        ></iframe>
    }
}
