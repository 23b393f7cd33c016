//! Of what it is time to order more, as a list and as a file.

use super::rpc::to_order;
use crate::parts::{Fetched, Frame, Part, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Lang, Page, query, shop::ReorderRow, words::stock as words};
use ui::{Art, Button, ButtonKind, Cell, Column, EmptyState, Further, Icon, Table};

#[component]
pub fn ReorderPage() -> impl IntoView {
    let (slug, said) = (use_shop(), use_query_map());
    let after = Memo::new(move |_| said.with(|said| said.get("after")));
    let page = fetch(move || (slug.get(), after.get()), |(shop, after)| to_order(shop, after));
    view! {
        <Frame here=Part::Stock title=words::reorder(ui::lang())>
            <Fetched resource=page view={move |page: Page<ReorderRow>| shown(page, after.get_untracked().is_some())} />
        </Frame>
    }
}

fn shown(page: Page<ReorderRow>, paged: bool) -> AnyView {
    let lang = ui::lang();
    let back = format!("/seller/{}/stock", shop_here().slug);
    let path = format!("{back}/reorder");
    let csv = format!("{path}.csv");
    let next = page.next.as_deref().map(|after| query::href(&path, [("after", after)]));
    let first = paged.then(|| path.clone());
    let any = !page.items.is_empty();
    let list = if any {
        view! { <Rows rows=page.items /> }.into_any()
    } else {
        view! { <EmptyState art=Art::Box title=words::reorder_none(lang) /> }.into_any()
    };
    view! {
        <p class="form-acts">
            <Button kind=ButtonKind::Quiet icon=Icon::ArrowLeft href=back>{words::back(lang)}</Button>
            {any
                .then(|| {
                    view! {
                        <Button
                            href=csv
                            kind=ButtonKind::Secondary
                            icon=Icon::Download
                            attr:rel="external"
                            attr:download=""
                        >
                            {words::csv(lang)}
                        </Button>
                    }
                })}
        </p>
        <p>{words::reorder_about(lang)}</p>
        {list}
        <Further first=first back=words::first(lang) next=next on=words::more(lang) />
    }
    .into_any()
}

/// With one decimal: `1,3` in Indonesian, `1.3` in English.
fn per_day(lang: Lang, in_ten_days: i64) -> String {
    let point = match lang {
        Lang::Id => ',',
        Lang::En => '.',
    };
    format!("{}{point}{}", in_ten_days / 10, in_ten_days % 10)
}

#[component]
fn Rows(rows: Vec<ReorderRow>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::goods(lang)),
        Column::number(words::available(lang)),
        Column::number(words::on_way(lang)),
        Column::number(words::reorder_point(lang)),
        Column::number(words::sold_per_day(lang)),
        Column::number(words::suggested(lang)),
    ];
    let row = move |row: ReorderRow| {
        let href = format!("/seller/{}/stock/{}", shop_here().slug, row.variant);
        let (pace, suggested) = (per_day(lang, row.sold_in_ten_days()), row.suggested());
        let name = if row.label.is_empty() { row.name } else { format!("{} · {}", row.name, row.label) };
        view! {
            <tr>
                <Cell label=words::goods(lang)>
                    <a class="link" href=href>{name}</a>
                    <br />
                    {row.sku}
                </Cell>
                <Cell label=words::available(lang) number=true>{row.available}</Cell>
                <Cell label=words::on_way(lang) number=true>{row.on_way}</Cell>
                <Cell label=words::reorder_point(lang) number=true>{row.reorder_at}</Cell>
                <Cell label=words::sold_per_day(lang) number=true>{pace}</Cell>
                <Cell label=words::suggested(lang) number=true>{suggested}</Cell>
            </tr>
        }
    };
    view! { <Table caption=words::reorder(lang) columns=columns>{rows.into_iter().map(row).collect_view()}</Table> }
}
