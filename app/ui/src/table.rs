//! Rows and columns.

use leptos::prelude::*;

/// The head of a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    label: String,
    number: bool,
    hidden: bool,
}

impl Column {
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), number: false, hidden: false }
    }

    /// Set to the end of the column, in digits of equal width.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), number: true, hidden: false }
    }

    /// A head that is read aloud only: ticks and menus.
    pub fn hidden(label: impl Into<String>) -> Self {
        Self { label: label.into(), number: false, hidden: true }
    }
}

/// A table with a name. Its children are `<tr>`s of [`Cell`]s. On a phone each row becomes a small card of
/// labelled values.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    columns: Vec<Column>,
    /// Shows the name above; otherwise it is read aloud only.
    #[prop(optional)]
    captioned: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame">
            <table class="table">
                <caption class=if captioned { "table-caption" } else { "sr-only" }>{caption}</caption>
                <thead>
                    <tr>
                        {columns.into_iter().map(|column| view! {
                            <th scope="col" class:table-number=column.number>
                                <span class:sr-only=column.hidden>{column.label}</span>
                            </th>
                        }).collect_view()}
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// A value; `label` repeats the head of its column for phones, empty for none.
#[component]
pub fn Cell(
    #[prop(into)] label: String,
    #[prop(optional)] number: bool,
    children: Children,
) -> impl IntoView {
    view! { <td data-label=label class:table-number=number>{children()}</td> }
}
