//! What the forms of the cart are made of.

use leptos::{html, prelude::*, wasm_bindgen::JsCast as _, web_sys::HtmlInputElement};
use model::ids::VariantId;
use ui::{Icon, Sent, SentForm, Size};

/// What was taken out, to be put back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Removed {
    pub variant: VariantId,
    pub quantity: i32,
    pub note: String,
}

/// What becomes of the forms of the page. The cart is fetched again after each answer.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Ticks, notes, putting aside and back.
    pub done: Sent,
    pub quantity: Sent,
    /// How many quantities were sent; more than were answered while one is on its way.
    pub asked: RwSignal<usize>,
    pub remove: Sent,
    pub removed: RwSignal<Option<Removed>>,
    pub code: Sent,
    pub awake: RwSignal<bool>,
}

impl Acts {
    pub fn new() -> Self {
        Self {
            done: Sent::default(),
            quantity: Sent::default(),
            asked: RwSignal::new(0),
            remove: Sent::default(),
            removed: RwSignal::new(None),
            code: Sent::default(),
            awake: awake(),
        }
    }

    /// Of all forms together.
    pub fn answers(self) -> usize {
        self.sent().into_iter().map(Sent::answers).sum()
    }

    /// Whether what is shown was fetched anew, in place.
    pub fn has_answered(self) -> bool {
        untrack(|| self.answers() > 0)
    }

    /// Whether no quantity is on its way.
    pub fn is_settled(self) -> bool {
        untrack(|| self.asked.get() <= self.quantity.answers())
    }

    pub const fn sent(self) -> [Sent; 4] {
        [self.done, self.quantity, self.remove, self.code]
    }
}

/// Whether the page is awake, so that a form is answered in place.
pub fn awake() -> RwSignal<bool> {
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    awake
}

/// Asks the server to go on to another page, as long as no script is there to show the answer in this one.
#[component]
pub fn Onward(awake: RwSignal<bool>) -> impl IntoView {
    view! { <input r#type="hidden" name="onward" value=move || (!awake.get()).to_string() /> }
}

/// Whether all of some lines are ticked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ticks {
    All,
    Some,
    None,
}

impl Ticks {
    pub fn of(mut ticks: impl Iterator<Item = bool>) -> Self {
        let Some(first) = ticks.next() else { return Self::None };
        match (ticks.all(|tick| tick == first), first) {
            (true, true) => Self::All,
            (true, false) => Self::None,
            (false, _) => Self::Some,
        }
    }

    const fn checked(self) -> &'static str {
        match self {
            Self::All => "true",
            Self::Some => "mixed",
            Self::None => "false",
        }
    }
}

/// A tick box that works without JavaScript: a form whose one button says what is the case, and changes it.
#[component]
pub fn Tick(
    to: &'static str,
    sent: Sent,
    ticks: Ticks,
    #[prop(into)] label: String,
    /// The words stand beside it; otherwise they are only read aloud.
    #[prop(optional)]
    labelled: bool,
    /// Name and value of what is ticked; nothing where that is all there is.
    #[prop(optional)]
    of: Option<(&'static str, String)>,
) -> impl IntoView {
    view! {
        <SentForm to=to sent=sent>
            {of.map(|(name, id)| view! { <input r#type="hidden" name=name value=id /> })}
            <input r#type="hidden" name="on" value=(ticks != Ticks::All).to_string() />
            <button class="tick" r#type="submit" role="checkbox" aria-checked=ticks.checked()>
                <span class="tick-box" aria-hidden="true">
                    {match ticks {
                        Ticks::All => Some(Icon::Check),
                        Ticks::Some => Some(Icon::Minus),
                        Ticks::None => None,
                    }
                        .map(|name| view! { <Icon name=name size=Size::Small /> })}
                </span>
                <span class=if labelled { "tick-label" } else { "sr-only" }>{label}</span>
            </button>
        </SentForm>
    }
}

/// Puts a value into the one visible input within `frame`. What was typed there stays otherwise, whatever the server
/// says: a browser shows the attribute `value` only until somebody has typed.
pub fn put(frame: NodeRef<html::Div>, value: &str, even_while_typing: bool) {
    let input = frame
        .get_untracked()
        .and_then(|frame| frame.query_selector("input:not([type=hidden])").ok().flatten())
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input
        && input.value() != value
        && (even_while_typing || !input.matches(":focus").unwrap_or_default())
    {
        input.set_value(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_ticks_are_neither_all_nor_none() {
        for (ticks, of) in [
            (&[][..], Ticks::None),
            (&[true], Ticks::All),
            (&[false, false], Ticks::None),
            (&[true, false], Ticks::Some),
            (&[false, true], Ticks::Some),
            (&[true, true], Ticks::All),
        ] {
            assert_eq!(Ticks::of(ticks.iter().copied()), of, "{ticks:?}");
        }
    }
}
