//! Rows that have to be mended.

use crate::parts::shop_here;
use leptos::prelude::*;
use model::{ids::GoodsImportId, shop::BadRow, words::goods as words};
use ui::{Cell, Column, Icon, Table};

/// The first of them, and all of them as a file.
#[component]
pub(super) fn BadRows(import: GoodsImportId, all: u32, rows: Vec<BadRow>) -> impl IntoView {
    let lang = ui::lang();
    if rows.is_empty() {
        return ().into_any();
    }
    let href = format!("/seller/{}/products/import/{import}/bad.csv", shop_here().slug);
    let few = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let first = (few < all).then(|| words::bad_first(lang, few, lang.number(all.into())));
    let columns = vec![
        Column::number(words::row(lang)),
        Column::text(words::column(lang)),
        Column::text(words::problem(lang)),
        Column::text(words::said(lang)),
    ];
    view! {
        <section aria-labelledby="bad-rows">
            <h2 class="section-title" id="bad-rows">{words::bad_title(lang)}</h2>
            {first.map(|text| view! { <p class="address-notes">{text}</p> })}
            <p>
                <a class="btn btn-md btn-secondary" href=href rel="external" download="">
                    <Icon name=Icon::Download />
                    <span class="btn-label">{words::bad_download(lang)}</span>
                </a>
            </p>
            <Table caption=words::bad_title(lang) columns=columns>
                {rows.into_iter().map(|row| view! { <Bad row=row /> }).collect_view()}
            </Table>
        </section>
    }
    .into_any()
}

#[component]
fn Bad(row: BadRow) -> impl IntoView {
    let lang = ui::lang();
    let column = if row.column.is_empty() {
        words::whole_row(lang).into_any()
    } else {
        view! { <code>{row.column}</code> }.into_any()
    };
    let said =
        if row.said.is_empty() { words::nothing(lang).to_owned() } else { format!("“{}”", row.said) };
    view! {
        <tr>
            <Cell label=words::row(lang) number=true>{row.row}</Cell>
            <Cell label=words::column(lang)>{column}</Cell>
            <Cell label=words::problem(lang)>{words::problem_of(lang, row.problem)}</Cell>
            <Cell label=words::said(lang)>{said}</Cell>
        </tr>
    }
}
