//! What the figures are made of, each as a table.

use leptos::prelude::*;
use model::{
    Permission,
    shop::StaffShop,
    views::figures::{CityTally, LEAD_HOURS, LeadTally, ProductTally, RunningOut, VisitSource, rate, rupiah},
    words::figures as words,
};
use ui::{Badge, Card, Cell, Column, SectionHead, Table, Tone, format};

/// A part of the page: its headline and its table, or what is said where that would be empty.
#[component]
fn Listed(
    id: &'static str,
    title: &'static str,
    #[prop(optional, into)] about: Option<String>,
    none: &'static str,
    columns: Vec<Column>,
    rows: Vec<AnyView>,
) -> impl IntoView {
    let body = if rows.is_empty() {
        view! { <p class="order-facts">{none}</p> }.into_any()
    } else {
        view! {
            <Card flush=true>
                <Table caption=title columns=columns>{rows}</Table>
            </Card>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby=id>
            <SectionHead id=id title=title about=about />
            {body}
        </section>
    }
}

#[component]
pub fn Products(products: Vec<ProductTally>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::product(lang)),
        Column::number(words::looks(lang)),
        Column::number(words::pieces(lang)),
        Column::number(words::sales(lang)),
    ];
    let row = |it: ProductTally| {
        view! {
            <tr>
                <Cell label=words::product(lang)>
                    <a class="link" href=format!("/p/{}", it.slug)>{it.name}</a>
                </Cell>
                <Cell label=words::looks(lang) number=true>{lang.number(it.looks)}</Cell>
                <Cell label=words::pieces(lang) number=true>{lang.number(it.pieces)}</Cell>
                <Cell label=words::sales(lang) number=true>{rupiah(it.sales).to_string()}</Cell>
            </tr>
        }
        .into_any()
    };
    let rows = products.into_iter().map(row).collect();
    view! { <Listed id="products" title=words::products(lang) none=words::no_products(lang) columns=columns rows=rows /> }
}

/// Whoever may keep the stock is led to it.
#[component]
pub fn RunsOut(goods: Vec<RunningOut>, shop: StaffShop) -> impl IntoView {
    let lang = ui::lang();
    let keeps = shop.role.permissions().has(Permission::Stock);
    let columns = vec![
        Column::text(words::product(lang)),
        Column::number(words::available(lang)),
        Column::number(words::sold_30(lang)),
        Column::text(words::days_left(lang)),
    ];
    let row = |it: RunningOut| {
        let name = if it.label.is_empty() { it.name } else { format!("{}, {}", it.name, it.label) };
        let name = if keeps {
            let href = format!("/seller/{}/stock/{}", shop.slug, it.variant);
            view! { <a class="link" href=href>{name}</a> }.into_any()
        } else {
            name.into_any()
        };
        let (tone, lasts) = match (it.available, it.days_left) {
            (0, _) => (Tone::Danger, words::gone(lang).to_owned()),
            (_, days @ 0..7) => (Tone::Deal, words::days(lang, days)),
            (_, days) => (Tone::Neutral, words::days(lang, days)),
        };
        view! {
            <tr>
                <Cell label=words::product(lang)>{name}</Cell>
                <Cell label=words::available(lang) number=true>{lang.number(it.available)}</Cell>
                <Cell label=words::sold_30(lang) number=true>{lang.number(it.sold)}</Cell>
                <Cell label=words::days_left(lang)><Badge tone=tone text=lasts /></Cell>
            </tr>
        }
        .into_any()
    };
    let rows = goods.into_iter().map(row).collect();
    view! {
        <Listed
            id="running-out"
            title=words::running_out(lang)
            about=words::running_out_about(lang).to_owned()
            none=words::none_running_out(lang)
            columns=columns
            rows=rows
        />
    }
}

#[component]
pub fn Cities(cities: Vec<CityTally>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::city(lang)),
        Column::number(words::orders(lang)),
        Column::number(words::sales(lang)),
    ];
    let row = |it: CityTally| {
        view! {
            <tr>
                <Cell label=words::city(lang)>{it.name}</Cell>
                <Cell label=words::orders(lang) number=true>{lang.number(it.orders)}</Cell>
                <Cell label=words::sales(lang) number=true>{rupiah(it.sales).to_string()}</Cell>
            </tr>
        }
        .into_any()
    };
    let rows = cities.into_iter().map(row).collect();
    view! { <Listed id="cities" title=words::cities(lang) none=words::no_cities(lang) columns=columns rows=rows /> }
}

#[component]
pub fn Sources(sources: Vec<(VisitSource, u64)>, looks: u64) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::source(lang)),
        Column::number(words::looks(lang)),
        Column::number(words::share(lang)),
    ];
    let row = |(source, n): (VisitSource, u64)| {
        let share = format!("{}%", format::tenths(lang, rate(n, looks).unwrap_or_default()));
        view! {
            <tr>
                <Cell label=words::source(lang)>{words::way(lang, source)}</Cell>
                <Cell label=words::looks(lang) number=true>{lang.number(n)}</Cell>
                <Cell label=words::share(lang) number=true>{share}</Cell>
            </tr>
        }
        .into_any()
    };
    let rows = sources.into_iter().map(row).collect();
    view! { <Listed id="sources" title=words::sources(lang) none=words::no_sources(lang) columns=columns rows=rows /> }
}

#[component]
pub fn Leads(leads: Vec<LeadTally>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![Column::text(words::query(lang)), Column::number(words::looks(lang))];
    let row = |it: LeadTally| {
        view! {
            <tr>
                <Cell label=words::query(lang)>{it.query}</Cell>
                <Cell label=words::looks(lang) number=true>{lang.number(it.looks)}</Cell>
            </tr>
        }
        .into_any()
    };
    let rows = leads.into_iter().map(row).collect();
    view! {
        <Listed
            id="leads"
            title=words::leads(lang)
            about=words::leads_about(lang, LEAD_HOURS)
            none=words::no_leads(lang)
            columns=columns
            rows=rows
        />
    }
}
