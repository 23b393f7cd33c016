//! Every change of a shop's balance, the latest first, each sale with what was taken off.

use super::rpc::statement;
use crate::parts::{Fetched, Frame, Part, fetch, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Lang, Page, query,
    views::takings::StatementRow,
    words::{sold, takings as words},
};
use ui::{Art, Button, ButtonKind, Cell, Column, EmptyState, Field, Further, Icon, Table, format};

#[component]
pub fn StatementPage() -> impl IntoView {
    let (shop, query) = (use_shop(), use_query_map());
    let after = Memo::new(move |_| query.with(|query| query.get("after")));
    let page = fetch(move || (shop.get(), after.get()), |(shop, after)| statement(shop, after));
    view! {
        <Frame here=Part::Money title=words::statement(ui::lang())>
            <Fetched
                resource=page
                view={move |page: Page<StatementRow>| {
                    shown(page, &shop.get_untracked(), after.get_untracked().is_some())
                }}
            />
        </Frame>
    }
}

fn shown(page: Page<StatementRow>, shop: &str, later: bool) -> AnyView {
    let lang = ui::lang();
    let here = format!("/seller/{shop}/money/statement");
    let older = page.next.as_deref().map(|after| query::href(&here, [("after", after)]));
    let newest = later.then(|| here.clone());
    let acts = view! {
        <p class="order-acts">
            <Button href=format!("/seller/{shop}/money") kind=ButtonKind::Quiet icon=Icon::ArrowLeft>{words::back(lang)}</Button>
            <Button href=format!("/seller/{shop}/money/statement.csv") kind=ButtonKind::Secondary attr:rel="external" attr:download="">
                {words::csv(lang)}
            </Button>
        </p>
        <form class="form" method="get" action=format!("/seller/{shop}/money/statement.pdf")>
            <Field
                name="month"
                label=words::month(lang)
                hint=words::month_hint(lang)
                placeholder="2026-11"
                maxlength=7u32
                autocomplete="off"
                optional=true
            />
            <p class="order-acts">
                <Button kind=ButtonKind::Secondary>{words::pdf(lang)}</Button>
            </p>
        </form>
    };
    if page.items.is_empty() {
        return view! {
            {acts}
            <EmptyState art=Art::Box title=words::none(lang) text=words::none_text(lang) />
        }
        .into_any();
    }
    let columns = vec![
        Column::text(words::when(lang)),
        Column::text(words::what(lang)),
        Column::number(words::change(lang)),
        Column::number(words::after(lang)),
    ];
    let shop = shop.to_owned();
    view! {
        {acts}
        <Table caption=words::statement_of(lang) columns=columns>
            {page.items.into_iter().map(|row| view! { <Row row=row shop=shop.clone() /> }).collect_view()}
        </Table>
        <Further first=newest back=words::newest(lang) next=older on=words::older(lang) />
    }
    .into_any()
}

#[component]
fn Row(row: StatementRow, shop: String) -> impl IntoView {
    let lang = ui::lang();
    let parts = parts(lang, &row);
    let order = row.order.map(|(id, number)| {
        view! {
            " "
            <a class="link" href=format!("/seller/{shop}/orders/{id}")>{number}</a>
        }
    });
    view! {
        <tr>
            <Cell label=words::when(lang)>{format::date_time(lang, row.at)}</Cell>
            <Cell label=words::what(lang)>
                {words::entry(lang, row.kind)} {order}
                {(!parts.is_empty())
                    .then(|| {
                        view! {
                            <ul class="purse-parts" role="list">
                                {parts
                                    .into_iter()
                                    .map(|(name, amount)| view! { <li>{name} " " <span>{amount}</span></li> })
                                    .collect_view()}
                            </ul>
                        }
                    })}
            </Cell>
            <Cell label=words::change(lang) number=true>{row.amount.to_string()}</Cell>
            <Cell label=words::after(lang) number=true>{row.balance.to_string()}</Cell>
        </tr>
    }
}

/// What a sale is made of, each with its name.
fn parts(lang: Lang, row: &StatementRow) -> Vec<(&'static str, String)> {
    let some = |name, amount: Option<model::Money>| amount.map(|amount| (name, amount.to_string()));
    some(words::goods(lang), row.goods)
        .into_iter()
        .chain(some(words::shipping_discount(lang), row.shipping_discount))
        .chain(row.fees.iter().map(|fee| (sold::fee(lang, &fee.kind), fee.amount.to_string())))
        .chain(some(words::refunded(lang), row.refunded))
        .collect()
}
