//! Fields of forms: label, hint, control, and what is wrong with it.

use crate::{Icon, Maybe, Size, lang};
use leptos::prelude::*;
use model::{FieldError, words};

/// What is typed; decides the keyboard on a phone and what the browser offers to fill in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Input {
    #[default]
    Text,
    Email,
    Password,
    Phone,
    Search,
    Url,
    /// Whole numbers and amounts, typed as text so that grouping dots are not lost.
    Digits,
    /// A number with the browser's own bounds.
    Number,
    Date,
    /// A day and a time of it.
    Moment,
    /// A one-time code of digits.
    Code,
}

impl Input {
    const fn kind(self) -> &'static str {
        match self {
            Self::Text | Self::Digits | Self::Code => "text",
            Self::Email => "email",
            Self::Password => "password",
            Self::Phone => "tel",
            Self::Search => "search",
            Self::Url => "url",
            Self::Number => "number",
            Self::Date => "date",
            Self::Moment => "datetime-local",
        }
    }

    const fn keyboard(self) -> Option<&'static str> {
        match self {
            Self::Digits | Self::Number | Self::Code => Some("numeric"),
            Self::Email => Some("email"),
            Self::Phone => Some("tel"),
            Self::Search => Some("search"),
            Self::Url => Some("url"),
            Self::Text | Self::Password | Self::Date | Self::Moment => None,
        }
    }
}

/// The label, hint and error around one control. `describes` is the control's id.
#[component]
fn AroundControl(
    describes: String,
    label: String,
    /// Empty for none.
    hint: String,
    error: Signal<Option<FieldError>>,
    /// Empty for the catalogue's words.
    #[prop(optional)]
    error_text: String,
    optional: bool,
    #[prop(optional)] label_hidden: bool,
    children: Children,
) -> impl IntoView {
    let lang = lang();
    let hint_id = format!("{describes}-hint");
    let error_id = format!("{describes}-error");
    view! {
        <div class="field">
            <label class=if label_hidden { "sr-only" } else { "field-label" } for=describes>
                {label}
                {optional.then(|| view! { <span class="field-optional">" (" {words::ui::optional(lang)} ")"</span> })}
            </label>
            {children()}
            {move || error.get().map(|error| {
                let text = if error_text.is_empty() { words::error::field(lang, error).to_owned() } else { error_text.clone() };
                view! { <p class="field-error" id=error_id.clone()><Icon name=Icon::Warning size=Size::Small/>{text}</p> }
            })}
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// The ids that describe a control: its hint always, its error while there is one.
fn described(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{id}-error {id}-hint")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}

/// One line of text. `value` is what stands in it at first; what was typed is kept when an error arrives.
/// `error_text` says more than the catalogue can, where the page knows more. `prefix` and `suffix` are shown
/// inside the frame (`Rp`, `kg`).
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] kind: Input,
    #[prop(optional, into)] value: Maybe<String>,
    #[prop(optional, into)] hint: Maybe<String>,
    #[prop(optional, into)] error: Signal<Option<FieldError>>,
    #[prop(optional, into)] error_text: Maybe<String>,
    #[prop(optional, into)] placeholder: Maybe<String>,
    #[prop(optional, into)] autocomplete: Maybe<String>,
    #[prop(optional, into)] prefix: Maybe<String>,
    #[prop(optional, into)] suffix: Maybe<String>,
    #[prop(optional, into)] icon: Maybe<Icon>,
    /// Says `(optional)` beside the label; fields are required unless they say so.
    #[prop(optional)]
    optional: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] readonly: bool,
    /// For a field whose purpose is plain from where it stands, as a search box; the label is still read aloud.
    #[prop(optional)]
    label_hidden: bool,
    #[prop(optional, into)] min: Maybe<String>,
    #[prop(optional, into)] max: Maybe<String>,
    #[prop(optional, into)] maxlength: Maybe<u32>,
    /// Where one page has several fields of the same name.
    #[prop(optional, into)]
    id: Maybe<String>,
) -> impl IntoView {
    let (value, hint, error_text, placeholder, autocomplete, prefix, suffix, icon, min, max, maxlength, id) = (
        value.0,
        hint.0,
        error_text.0,
        placeholder.0,
        autocomplete.0,
        prefix.0,
        suffix.0,
        icon.0,
        min.0,
        max.0,
        maxlength.0,
        id.0,
    );
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let has_hint = hint.is_some();
    let described_id = id.clone();
    let (hint, error_text) = (hint.unwrap_or_default(), error_text.unwrap_or_default());
    view! {
        <AroundControl describes=id.clone() label hint error error_text optional label_hidden>
            <div class="control" class:control-invalid=move || error.get().is_some()>
                {icon.map(|name| view! { <span class="control-aside"><Icon name/></span> })}
                {prefix.map(|text| view! { <span class="control-aside">{text}</span> })}
                <input
                    class="control-input"
                    class:control-code=kind == Input::Code
                    id=id
                    name=name
                    type=kind.kind()
                    inputmode=kind.keyboard()
                    value=value
                    placeholder=placeholder
                    autocomplete=autocomplete.or_else(|| (kind == Input::Code).then(|| "one-time-code".to_owned()))
                    required=!optional
                    disabled=disabled
                    readonly=readonly
                    min=min
                    max=max
                    maxlength=maxlength.map(|n| n.to_string())
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=move || described(&described_id, has_hint, error.get().is_some())
                />
                {suffix.map(|text| view! { <span class="control-aside">{text}</span> })}
            </div>
        </AroundControl>
    }
}

/// Several lines of text.
#[component]
pub fn Textarea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: Maybe<String>,
    #[prop(optional, into)] hint: Maybe<String>,
    #[prop(optional, into)] error: Signal<Option<FieldError>>,
    #[prop(optional, into)] placeholder: Maybe<String>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] optional: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional, into)] maxlength: Maybe<u32>,
    #[prop(optional, into)] id: Maybe<String>,
) -> impl IntoView {
    let (value, hint, placeholder, maxlength, id) = (value.0, hint.0, placeholder.0, maxlength.0, id.0);
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let has_hint = hint.is_some();
    let described_id = id.clone();
    view! {
        <AroundControl describes=id.clone() label hint=hint.unwrap_or_default() error optional>
            <div class="control" class:control-invalid=move || error.get().is_some()>
                <textarea
                    class="control-input control-text"
                    id=id
                    name=name
                    rows=rows.to_string()
                    placeholder=placeholder
                    required=!optional
                    disabled=disabled
                    maxlength=maxlength.map(|n| n.to_string())
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=move || described(&described_id, has_hint, error.get().is_some())
                    inner_html=as_text(&value.unwrap_or_default())
                ></textarea>
            </div>
        </AroundControl>
    }
}

/// Leptos writes what stands in a textarea as it is, so that it could end the field and go on as markup.
fn as_text(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;")
}

/// One of several things: a value that is sent and the words for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// More about it, beneath; radio groups only.
    pub hint: Option<String>,
    pub disabled: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, disabled: false }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub const fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}

/// One of many, in the device's own list. For up to five, radio buttons are easier to read.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    /// The value chosen at first. Without one the list starts at "Choose…".
    #[prop(optional, into)]
    chosen: Maybe<String>,
    #[prop(optional, into)] hint: Maybe<String>,
    #[prop(optional, into)] error: Signal<Option<FieldError>>,
    #[prop(optional, into)] autocomplete: Maybe<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] label_hidden: bool,
    #[prop(optional, into)] id: Maybe<String>,
) -> impl IntoView {
    let (chosen, hint, autocomplete, id) = (chosen.0, hint.0, autocomplete.0, id.0);
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let has_hint = hint.is_some();
    let described_id = id.clone();
    let nothing = chosen.is_none();
    view! {
        <AroundControl describes=id.clone() label hint=hint.unwrap_or_default() error optional label_hidden>
            <div class="control" class:control-invalid=move || error.get().is_some()>
                <select
                    class="control-input control-select"
                    id=id
                    name=name
                    autocomplete=autocomplete
                    required=!optional
                    disabled=disabled
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=move || described(&described_id, has_hint, error.get().is_some())
                >
                    {nothing.then(|| view! { <option value="" selected=true>{words::ui::choose(lang())}</option> })}
                    {choices.into_iter().map(|choice| {
                        let selected = chosen.as_ref() == Some(&choice.value);
                        view! { <option value=choice.value selected=selected disabled=choice.disabled>{choice.label}</option> }
                    }).collect_view()}
                </select>
                <span class="control-aside control-chevron"><Icon name=Icon::ChevronDown size=Size::Small/></span>
            </div>
        </AroundControl>
    }
}
