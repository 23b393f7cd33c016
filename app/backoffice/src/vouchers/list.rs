//! The vouchers there are, by how they stand.

use super::rpc::vouchers;
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Lang, query,
    shop::{ShopVoucher, VoucherList, VoucherStanding},
    words::{cart, vouchers as words},
};
use ui::{
    Art, Badge, Button, Cell, Column, EmptyState, Fetched, Icon, Pagination, Tab, Table, Tabs, Title, Tone,
    fetch, format,
};

pub const PATH: &str = "/backoffice/vouchers";

#[component]
pub fn VouchersDesk() -> impl IntoView {
    let said = use_query_map();
    let asked = Memo::new(move |_| {
        said.with(|said| {
            let standing = said.get("show").and_then(|name| VoucherStanding::from_name(&name));
            (standing.unwrap_or(VoucherStanding::Running), said.get("after"))
        })
    });
    let found = fetch(move || asked.get(), |(standing, after)| vouchers(standing, after));
    view! {
        <Frame here=Desk::Vouchers>
            <Fetched resource=found view=move |found| desk(found, asked.get_untracked().0) />
        </Frame>
    }
}

fn href(standing: VoucherStanding, after: Option<&str>) -> String {
    let show = (standing != VoucherStanding::Running).then_some(("show", standing.as_str()));
    query::href(PATH, show.into_iter().chain(after.map(|after| ("after", after))))
}

fn desk(found: VoucherList, standing: VoucherStanding) -> AnyView {
    let lang = ui::lang();
    let tab = |standing: &VoucherStanding| {
        let tab = Tab::new(words::standing(lang, *standing), href(*standing, None));
        match found.counts.iter().find(|(of, _)| of == standing) {
            Some((_, n)) => tab.count(*n),
            None => tab,
        }
    };
    let tabs = VoucherStanding::ALL.iter().map(tab).collect();
    let here = VoucherStanding::ALL.iter().position(|it| *it == standing).unwrap_or_default();
    let next = found.page.next.as_deref().map(|after| href(standing, Some(after)));
    view! {
        <Title text=words::house(lang) unlisted=true />
        <h1 class="text-2xl font-extrabold">{words::house(lang)}</h1>
        <p class="mb-4 text-ink-soft">{words::house_about(lang)}</p>
        <p class="mb-4">
            <Button icon=Icon::Plus href=format!("{PATH}/new")>{words::make(lang)}</Button>
        </p>
        <Tabs tabs=tabs here=here label=words::tabs(lang) />
        {if found.page.items.is_empty() {
            view! { <EmptyState art=Art::Box title=words::none(lang) text=words::house_none_text(lang) /> }.into_any()
        } else {
            view! { <Rows rows=found.page.items /> }.into_any()
        }}
        {next.map(|next| view! { <Pagination next=Some(next) /> })}
    }
    .into_any()
}

pub(super) const fn tone(standing: VoucherStanding) -> Tone {
    match standing {
        VoucherStanding::Running => Tone::Brand,
        VoucherStanding::Coming => Tone::Deal,
        VoucherStanding::Ended | VoucherStanding::Off => Tone::Neutral,
    }
}

pub(super) fn window(lang: Lang, voucher: &ShopVoucher) -> String {
    let from = format::date(lang, voucher.from);
    match voucher.until {
        // The last day on which it holds.
        Some(until) => words::from_until(lang, from, format::date(lang, until - 1)),
        None => words::from_on(lang, from),
    }
}

pub(super) fn used(lang: Lang, voucher: &ShopVoucher) -> String {
    let count = |n: i32| lang.number(u64::try_from(n).unwrap_or_default());
    match voucher.quota {
        Some(quota) => words::used_of(lang, count(voucher.used), count(quota)),
        None => words::used_without_end(lang, count(voucher.used)),
    }
}

/// Its code, or that it needs none.
pub(super) fn called(lang: Lang, voucher: &ShopVoucher) -> String {
    voucher.code.clone().unwrap_or_else(|| words::by_itself(lang).to_owned())
}

#[component]
fn Rows(rows: Vec<ShopVoucher>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::code(lang)),
        Column::text(words::name(lang)),
        Column::text(words::gives(lang)),
        Column::text(words::holds(lang)),
        Column::text(words::used(lang)),
    ];
    let row = move |row: ShopVoucher| {
        let (called, used_up) = (called(lang, &row), row.is_used_up());
        let (gives, holds, used) = (cart::deal(lang, &row.deal), window(lang, &row), used(lang, &row));
        view! {
            <tr>
                <Cell label=words::code(lang)>
                    <a class="link" href=format!("{PATH}/{}", row.id)>{called}</a>
                    {used_up.then(|| view! { " " <Badge tone=Tone::Danger text=words::used_up(lang) /> })}
                </Cell>
                <Cell label=words::name(lang)>{row.name}</Cell>
                <Cell label=words::gives(lang)>{gives}</Cell>
                <Cell label=words::holds(lang)>{holds}</Cell>
                <Cell label=words::used(lang)>{used}</Cell>
            </tr>
        }
    };
    view! { <Table caption=words::house(lang) columns=columns>{rows.into_iter().map(row).collect_view()}</Table> }
}
