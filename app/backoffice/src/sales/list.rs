//! All flash sales, those that begin last first.

use super::rpc::sales;
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, query,
    views::sales::{SaleRow, SaleStanding},
    words::sales as words,
};
use ui::{
    Art, Badge, Button, Cell, Column, EmptyState, Fetched, Icon, Pagination, Table, Title, Tone, fetch,
    format::date_time,
};

pub const PATH: &str = "/backoffice/flash";

#[component]
pub fn SalesDesk() -> impl IntoView {
    let asked = use_query_map();
    let after = Memo::new(move |_| asked.with(|asked| asked.get("after")));
    let found = fetch(move || after.get(), sales);
    view! { <Frame here=Desk::Sales><Fetched resource=found view=desk /></Frame> }
}

fn desk(found: Page<SaleRow>) -> AnyView {
    let lang = ui::lang();
    let next = found.next.as_deref().map(|after| query::href(PATH, [("after", after)]));
    view! {
        <Title text=words::title(lang) unlisted=true />
        <h1 class="text-2xl font-extrabold">{words::title(lang)}</h1>
        <p class="mb-4 text-ink-soft">{words::about(lang)}</p>
        <p class="mb-6">
            <Button icon=Icon::Plus href=format!("{PATH}/new")>{words::make(lang)}</Button>
        </p>
        {if found.items.is_empty() {
            view! { <EmptyState title=words::none(lang) art=Art::Box /> }.into_any()
        } else {
            view! { <Rows rows=found.items /> }.into_any()
        }}
        {next.map(|next| view! { <Pagination next=Some(next) /> })}
    }
    .into_any()
}

pub(super) const fn tone(standing: SaleStanding) -> Tone {
    match standing {
        SaleStanding::Open | SaleStanding::Running => Tone::Brand,
        SaleStanding::Closed => Tone::Deal,
        SaleStanding::Over | SaleStanding::Cancelled => Tone::Neutral,
    }
}

#[component]
fn Rows(rows: Vec<SaleRow>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::name(lang)),
        Column::text(words::when(lang)),
        Column::text(words::state(lang)),
        Column::text(words::asked(lang)),
    ];
    let row = move |row: SaleRow| {
        let when = words::from_until(lang, date_time(lang, row.starts_at), date_time(lang, row.ends_at));
        let asked = match row.nominate_until {
            Some(_) => words::waiting_accepted(lang, row.waiting, row.accepted),
            None => words::house_made(lang).to_owned(),
        };
        view! {
            <tr>
                <Cell label=words::name(lang)>
                    <a class="link" href=format!("{PATH}/{}", row.id)>{row.name}</a>
                </Cell>
                <Cell label=words::when(lang)>{when}</Cell>
                <Cell label=words::state(lang)>
                    <Badge tone=tone(row.standing) text=words::standing(lang, row.standing) />
                </Cell>
                <Cell label=words::asked(lang)>{asked}</Cell>
            </tr>
        }
    };
    view! { <Table caption=words::title(lang) columns=columns>{rows.into_iter().map(row).collect_view()}</Table> }
}
