//! Some of the rows that change something, and what they change.

use leptos::prelude::*;
use model::{
    shop::{RowDifference, RowSample},
    words::goods as words,
};
use ui::{Cell, Column, Table};

#[component]
pub(super) fn Samples(changed: Vec<RowSample>, new: Vec<RowSample>) -> impl IntoView {
    view! {
        {(!changed.is_empty()).then(|| view! { <Changed rows=changed /> })}
        {(!new.is_empty()).then(|| view! { <New rows=new /> })}
    }
}

/// A line for each thing that is different.
#[component]
fn Changed(rows: Vec<RowSample>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::goods(lang)),
        Column::text(words::column(lang)),
        Column::text(words::from(lang)),
        Column::text(words::to(lang)),
    ];
    let shown = move |text: String| if text.is_empty() { words::nothing(lang).to_owned() } else { text };
    let line = move |goods: String, difference: RowDifference| {
        view! {
            <tr>
                <Cell label=words::goods(lang)>{goods}</Cell>
                <Cell label=words::column(lang)><code>{difference.column}</code></Cell>
                <Cell label=words::from(lang)>{shown(difference.from)}</Cell>
                <Cell label=words::to(lang)>{shown(difference.to)}</Cell>
            </tr>
        }
    };
    let lines = rows.into_iter().flat_map(|row| {
        let goods = called(&row);
        row.differences.into_iter().map(move |difference| (goods.clone(), difference))
    });
    let lines = lines.map(|(goods, difference)| line(goods, difference)).collect_view();
    view! {
        <section aria-labelledby="changed-rows">
            <h2 class="section-title" id="changed-rows">{words::changed_title(lang)}</h2>
            <Table caption=words::changed_title(lang) columns=columns>{lines}</Table>
        </section>
    }
}

#[component]
fn New(rows: Vec<RowSample>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::number(words::row(lang)),
        Column::text(words::sku(lang)),
        Column::text(words::goods(lang)),
    ];
    let line = move |row: RowSample| {
        view! {
            <tr>
                <Cell label=words::row(lang) number=true>{row.row}</Cell>
                <Cell label=words::sku(lang)>{row.sku}</Cell>
                <Cell label=words::goods(lang)>{row.name}</Cell>
            </tr>
        }
    };
    view! {
        <section aria-labelledby="new-rows">
            <h2 class="section-title" id="new-rows">{words::new_title(lang)}</h2>
            <Table caption=words::new_title(lang) columns=columns>{rows.into_iter().map(line).collect_view()}</Table>
        </section>
    }
}

fn called(row: &RowSample) -> String {
    if row.sku.is_empty() { row.name.clone() } else { format!("{} · {}", row.sku, row.name) }
}
