//! What becomes of the rows, and why some are left alone.

use leptos::prelude::*;
use model::{
    shop::{BulkRow, BulkShown, BulkTold},
    words::{bulk as words, seller},
};
use ui::{Cell, Column, Table};

/// The first of all that change, or have changed.
#[component]
pub(super) fn Changes(all: u32, rows: Vec<BulkRow>) -> impl IntoView {
    let lang = ui::lang();
    if rows.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::text(words::goods(lang)),
        Column::text(words::before(lang)),
        Column::text(words::after(lang)),
    ];
    view! {
        <section aria-labelledby="bulk-rows">
            <h2 class="section-title" id="bulk-rows">{words::rows(lang)}</h2>
            {first(all, rows.len())}
            <Table caption=words::rows(lang) columns=columns>
                {rows
                    .into_iter()
                    .map(|row| {
                        view! {
                            <tr>
                                <Cell label=words::goods(lang)>{named(row.name, row.sku)}</Cell>
                                <Cell label=words::before(lang)>{said(row.before)}</Cell>
                                <Cell label=words::after(lang)>{said(row.after)}</Cell>
                            </tr>
                        }
                    })
                    .collect_view()}
            </Table>
        </section>
    }
    .into_any()
}

/// Why, how many, and the first of them.
#[component]
pub(super) fn Left(
    title: &'static str,
    all: u32,
    reasons: Vec<BulkTold>,
    rows: Vec<BulkRow>,
) -> impl IntoView {
    let lang = ui::lang();
    if rows.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::text(words::goods(lang)),
        Column::text(words::why(lang)),
        Column::text(words::now(lang)),
    ];
    let reasons = reasons.into_iter().map(|told| {
        let n = lang.number(told.rows.into());
        view! { <li>{words::problem_of(lang, told.problem)} ": " {n}</li> }
    });
    view! {
        <section aria-labelledby="bulk-left">
            <h2 class="section-title" id="bulk-left">{title}</h2>
            <ul class="bulk-reasons">{reasons.collect_view()}</ul>
            {first(all, rows.len())}
            <Table caption=title columns=columns>
                {rows
                    .into_iter()
                    .map(|row| {
                        let why = row.problem.map(|problem| words::problem_of(lang, problem)).unwrap_or_default();
                        view! {
                            <tr>
                                <Cell label=words::goods(lang)>{named(row.name, row.sku)}</Cell>
                                <Cell label=words::why(lang)>{why}</Cell>
                                <Cell label=words::now(lang)>{said(row.before)}</Cell>
                            </tr>
                        }
                    })
                    .collect_view()}
            </Table>
        </section>
    }
    .into_any()
}

fn first(all: u32, shown: usize) -> impl IntoView {
    let lang = ui::lang();
    let few = u32::try_from(shown).unwrap_or(u32::MAX);
    (few < all).then(|| {
        view! { <p class="address-notes">{words::first(lang, few, lang.number(all.into()))}</p> }
    })
}

fn named(name: String, sku: String) -> impl IntoView {
    view! {
        {name}
        {(!sku.is_empty()).then(|| view! { " " <small>{sku}</small> })}
    }
}

fn said(value: Option<BulkShown>) -> String {
    let lang = ui::lang();
    match value {
        None => "–".to_owned(),
        Some(BulkShown::Price(price, None)) => price.to_string(),
        Some(BulkShown::Price(price, Some(list))) => format!("{price} ({})", words::list_price(lang, list)),
        Some(BulkShown::Pieces(pieces)) => lang.number(pieces.unsigned_abs().into()),
        Some(BulkShown::State(state)) => seller::product_state(lang, state).to_owned(),
        Some(BulkShown::Category(name)) => name,
        Some(BulkShown::Weight(grams)) => words::grams(lang, lang.number(grams.unsigned_abs().into())),
    }
}
