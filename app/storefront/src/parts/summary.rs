//! What is to be paid and what it is made of.

use leptos::prelude::*;
use model::{views::Summary, words::cart as words};

/// The rows as they add up, the total, and what was saved.
#[component]
pub fn SummaryTable(summary: Summary) -> impl IntoView {
    let lang = ui::lang();
    let rows = summary.rows.into_iter().map(|row| {
        view! {
            <div class="summary-row" class:summary-less={row.amount.amount() < 0}>
                <dt>{words::part(lang, &row.of)}</dt>
                <dd>{row.amount.to_string()}</dd>
            </div>
        }
    });
    view! {
        <dl class="summary">
            {rows.collect_view()}
            <div class="summary-row summary-total">
                <dt>{words::total(lang)}</dt>
                <dd>{summary.total.to_string()}</dd>
            </div>
        </dl>
        {(summary.saved.amount() > 0)
            .then(|| view! { <p class="summary-saved">{words::you_save(lang, summary.saved)}</p> })}
    }
}
