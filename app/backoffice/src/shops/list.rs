use super::rpc::list;
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, query,
    shop::WaitingShop,
    words::{backoffice as words, seller},
};
use ui::{
    Art, Badge, Cell, Column, EmptyState, Fetched, Pagination, Table, Title, Tone, fetch, format::date_time,
};

pub const PATH: &str = "/backoffice/shops";

#[component]
pub fn ShopsDesk() -> impl IntoView {
    let asked = use_query_map();
    let after = Memo::new(move |_| asked.with(|asked| asked.get("after")));
    let found = fetch(move || after.get(), list);
    view! { <Frame here=Desk::Shops><Fetched resource=found view=desk /></Frame> }
}

fn desk(found: Page<WaitingShop>) -> AnyView {
    let lang = ui::lang();
    let next = found.next.as_deref().map(|after| query::href(PATH, [("after", after)]));
    view! {
        <Title text=words::shops_desk(lang) unlisted=true />
        <h1 class="text-2xl font-extrabold">{words::shops_desk(lang)}</h1>
        <p class="mb-6 text-ink-soft">{words::shops_about(lang)}</p>
        {if found.items.is_empty() {
            view! { <EmptyState title=words::shops_none(lang) art=Art::Success /> }.into_any()
        } else {
            view! { <Rows rows=found.items /> }.into_any()
        }}
        {next.map(|next| view! { <Pagination next=Some(next) /> })}
    }
    .into_any()
}

#[component]
fn Rows(rows: Vec<WaitingShop>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(seller::name(lang)),
        Column::text(words::city(lang)),
        Column::text(seller::applicant_label(lang)),
        Column::text(words::sent(lang)),
    ];
    let row = move |row: WaitingShop| {
        let again = row.rejected_before > 0;
        view! {
            <tr>
                <Cell label=seller::name(lang)>
                    <a class="link" href=format!("{PATH}/{}", row.id)>{row.name}</a>
                    {again.then(|| view! { " " <Badge tone=Tone::Deal text=words::sent_again(lang) /> })}
                </Cell>
                <Cell label=words::city(lang)>{row.city}</Cell>
                <Cell label=seller::applicant_label(lang)>{seller::applicant(lang, row.kind)}</Cell>
                <Cell label=words::sent(lang)>{date_time(lang, row.sent_at)}</Cell>
            </tr>
        }
    };
    view! { <Table caption=words::shops_desk(lang) columns=columns>{rows.into_iter().map(row).collect_view()}</Table> }
}
