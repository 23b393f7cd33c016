//! Ticks, radio buttons and switches: real inputs, drawn by CSS.

use crate::{Choice, Icon, Maybe, Size, lang};
use leptos::prelude::*;
use model::{FieldError, words};

/// Yes or no, sent with the form; or one of several that may be ticked together (same `name`, own `value`).
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(default = "1".to_owned(), into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: Maybe<String>,
    /// How many there are, as beside a filter.
    #[prop(optional, into)]
    count: Maybe<u64>,
    /// The label is read aloud but not shown, as at the start of a table row.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    let (hint, count) = (hint.0, count.0);
    view! {
        <label class="choice">
            <input class="choice-box" type="checkbox" name=name value=value checked=checked disabled=disabled required=required/>
            <span class=if label_hidden { "sr-only" } else { "choice-label" }>
                {label}
                {hint.map(|hint| view! { <span class="choice-hint">{hint}</span> })}
            </span>
            {count.map(|n| view! { <span class="choice-count">{lang().number(n)}</span> })}
        </label>
    }
}

/// One of a few, all visible at once. Each choice is a card when `cards` is set, for couriers and payment.
#[component]
pub fn RadioGroup(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] chosen: Maybe<String>,
    #[prop(optional, into)] error: Signal<Option<FieldError>>,
    #[prop(optional)] cards: bool,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let chosen = chosen.0;
    let lang = lang();
    let error_id = format!("field-{name}-error");
    let describedby = error_id.clone();
    view! {
        <fieldset
            class="field"
            aria-invalid=move || error.get().map(|_| "true")
            aria-describedby=move || error.get().map(|_| describedby.clone())
        >
            <legend class="field-label">
                {label}
                {optional.then(|| view! { <span class="field-optional">" (" {words::ui::optional(lang)} ")"</span> })}
            </legend>
            <div class=if cards { "choice-cards" } else { "choice-list" }>
                {choices.into_iter().map(|choice| {
                    let checked = chosen.as_ref() == Some(&choice.value);
                    view! {
                        <label class=if cards { "choice choice-card" } else { "choice" }>
                            <input class="choice-dot" type="radio" name=name.clone() value=choice.value checked=checked disabled=choice.disabled required=!optional/>
                            <span class="choice-label">
                                {choice.label}
                                {choice.hint.map(|hint| view! { <span class="choice-hint">{hint}</span> })}
                            </span>
                        </label>
                    }
                }).collect_view()}
            </div>
            {move || error.get().map(|error| view! {
                <p class="field-error" id=error_id.clone()><Icon name=Icon::Warning size=Size::Small/>{words::error::field(lang, error)}</p>
            })}
        </fieldset>
    }
}

/// On or off, at once: preferences. In a form with other fields use a checkbox.
#[component]
pub fn Switch(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] hint: Maybe<String>,
) -> impl IntoView {
    let hint = hint.0;
    view! {
        <label class="choice choice-switch">
            <span class="choice-label">
                {label}
                {hint.map(|hint| view! { <span class="choice-hint">{hint}</span> })}
            </span>
            <input class="switch" type="checkbox" role="switch" name=name value="1" checked=checked disabled=disabled/>
        </label>
    }
}
