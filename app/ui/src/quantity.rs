//! How many.

use crate::{Icon, Maybe, Size, lang};
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::{Event, EventInit};
use model::words::ui as words;

/// A number of things between two buttons. It is a number input of the form it stands in; the buttons only
/// step it and then send its `change` event, so whoever listens hears the same as from typing. With
/// `submits`, a change sends the form (cart lines).
#[component]
pub fn QuantityStepper(
    #[prop(into)] name: String,
    #[prop(default = 1)] value: u32,
    #[prop(default = 1)] min: u32,
    #[prop(default = 999)] max: u32,
    /// What is counted, read aloud: "Quantity, Kemeja batik".
    #[prop(optional, into)]
    of: Maybe<String>,
    #[prop(optional)] submits: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] size: Size,
) -> impl IntoView {
    let of = of.0;
    let lang = lang();
    let input = NodeRef::<html::Input>::new();
    let step = move |up: bool| {
        let Some(input) = input.get() else { return };
        let typed = input.value().trim().parse().unwrap_or(min);
        let stepped = if up { typed.saturating_add(1) } else { typed.saturating_sub(1) };
        input.set_value(&stepped.clamp(min, max.max(min)).to_string());
        let bubbling = EventInit::new();
        bubbling.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("change", &bubbling) {
            // Nobody listening is no failure.
            drop(input.dispatch_event(&event));
        }
    };
    let changed = move |_| {
        if submits && let Some(form) = input.get().and_then(|input| input.form()) {
            drop(form.request_submit());
        }
    };
    let label =
        of.map_or_else(|| words::quantity(lang).to_owned(), |of| format!("{}, {of}", words::quantity(lang)));
    view! {
        <div class="stepper" class:stepper-sm=size == Size::Small>
            <button class="stepper-btn" type="button" aria-label=words::fewer(lang) disabled=disabled on:click=move |_| step(false)>
                <Icon name=Icon::Minus size=Size::Small/>
            </button>
            <input
                class="stepper-input"
                type="number"
                inputmode="numeric"
                name=name
                value=value.to_string()
                min=min.to_string()
                max=max.to_string()
                required=true
                disabled=disabled
                aria-label=label
                node_ref=input
                on:change=changed
            />
            <button class="stepper-btn" type="button" aria-label=words::more(lang) disabled=disabled on:click=move |_| step(true)>
                <Icon name=Icon::Plus size=Size::Small/>
            </button>
        </div>
    }
}
