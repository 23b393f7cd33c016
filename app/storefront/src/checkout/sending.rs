//! Forms that are sent as soon as something in them is chosen.

use leptos::{
    ev, html,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{HtmlFormElement, HtmlInputElement},
};
use ui::{Button, ButtonKind, Sent, SentForm, Size};

/// A form whose every change is sent at once; without JavaScript there is a button that says `act`. What is refused is
/// taken back, so that nothing is shown as chosen that is not.
#[component]
pub fn AtOnce(to: &'static str, sent: Sent, #[prop(into)] act: String, children: Children) -> impl IntoView {
    let inside = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if sent.error().is_some()
            && let Some(form) = form_around(inside)
        {
            form.reset();
        }
    });
    view! {
        // Browsers should not bring back what was chosen when the page was last open.
        <SentForm to=to sent=sent attr:autocomplete="off" attr:data-at-once="">
            <div class="at-once" node_ref=inside on:change=send>
                {children()}
            </div>
            <div class="unscripted">
                <Button kind=ButtonKind::Secondary size=Size::Small>{act}</Button>
            </div>
        </SentForm>
    }
}

/// The form that an element stands in.
pub fn form_around(inside: NodeRef<html::Div>) -> Option<HtmlFormElement> {
    inside.get_untracked()?.closest("form").ok()??.dyn_into().ok()
}

/// Sends the form of the control that was changed, once all of it is right.
pub fn send(event: ev::Event) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(form) = input.and_then(|input| input.form()).filter(HtmlFormElement::check_validity) {
        drop(form.request_submit());
    }
}

/// Sends what was chosen while the wasm was still on its way. Call once, in the page.
pub fn catch_up() {
    Effect::new(move || {
        let Ok(inputs) = document().query_selector_all("form[data-at-once] input") else { return };
        let inputs = (0..inputs.length()).filter_map(|i| inputs.get(i)?.dyn_into::<HtmlInputElement>().ok());
        let changed = inputs.filter(|input| input.checked() != input.default_checked());
        let mut forms: Vec<HtmlFormElement> = changed.filter_map(|input| input.form()).collect();
        // Of two radio buttons both have changed.
        forms.dedup();
        for form in forms {
            drop(form.request_submit());
        }
    });
}
