//! Where something stands on its way.

use crate::{Icon, Size, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// One station: its name and, once reached, when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub label: String,
    pub note: Option<String>,
}

impl Step {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), note: None }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// The stations of an order or of a long form; those before `now` are done. Stands upright on a phone.
#[component]
pub fn Stepper(
    steps: Vec<Step>,
    /// The station reached, from 0; the number of steps when all are done.
    now: usize,
    #[prop(into)] label: String,
) -> impl IntoView {
    let lang = lang();
    view! {
        <ol class="steps" role="list" aria-label=label>
            {steps.into_iter().enumerate().map(|(i, step)| {
                let (class, spoken) = match i.cmp(&now) {
                    std::cmp::Ordering::Less => ("step step-done", words::step_done(lang)),
                    std::cmp::Ordering::Equal => ("step step-now", words::step_now(lang)),
                    std::cmp::Ordering::Greater => ("step step-ahead", words::step_ahead(lang)),
                };
                view! {
                    <li class=class aria-current=(i == now).then_some("step")>
                        <span class="step-dot" aria-hidden="true">{(i < now).then(|| view! { <Icon name=Icon::Check size=Size::Small/> })}</span>
                        <span class="step-text">
                            <span class="step-label">{step.label}</span>
                            <span class="sr-only">", " {spoken}</span>
                            {step.note.map(|note| view! { <span class="step-note">{note}</span> })}
                        </span>
                    </li>
                }
            }).collect_view()}
        </ol>
    }
}
