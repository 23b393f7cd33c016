//! The list, and the filter above it.

use super::{
    parts::{PATH, State},
    rpc::list,
};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    delivery::DeliveryState,
    views::message::{MessageFilter, MessageList, MessageRow},
    words::messages as words,
};
use ui::{
    Art, Button, ButtonKind, Cell, Choice, Column, EmptyState, Fetched, Field, Icon, Input, Notice,
    Pagination, Select, Table, Title, fetch, format::date_time,
};

/// The address holds the filter and the place in the list.
#[component]
pub fn MessagesDesk() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| MessageFilter::from_pairs(query.get()));
    let found = fetch(move || filter.get(), list);
    view! { <Frame here=Desk::Messages><Fetched resource=found view={move |found| desk(filter.get_untracked(), found)} /></Frame> }
}

fn desk(filter: MessageFilter, found: MessageList) -> AnyView {
    let lang = ui::lang();
    let next = found.page.next.as_deref().map(|after| filter.href(PATH, Some(after)));
    let first = filter.after.is_some().then(|| filter.href(PATH, None));
    let open = filter.is_open();
    let rows = found.page.items;
    view! {
        <Title text=words::title(lang) unlisted=true />
        <div class="mb-4 flex flex-wrap items-end justify-between gap-4">
            <div>
                <h1 class="text-2xl font-extrabold">{words::title(lang)}</h1>
                <p class="text-ink-soft">{words::about(lang)}</p>
            </div>
            <Button kind=ButtonKind::Secondary href=format!("{PATH}/templates")>{words::templates(lang)}</Button>
        </div>
        {found.capturing.then(|| view! { <Notice>{words::captured(lang)}</Notice> })}
        <Filter filter=filter kinds=found.kinds />
        {if rows.is_empty() {
            let (title, text) =
                if open { (words::none(lang), words::none_text(lang)) } else { (words::no_match(lang), "") };
            view! { <EmptyState title=title text=text.to_owned() art=Art::Box /> }.into_any()
        } else {
            view! { <Rows rows=rows /> }.into_any()
        }}
        {(first.is_some() || next.is_some()).then(|| view! {
            <Pagination next=next />
            {first.map(|href| view! { <p><a class="link" href=href>{words::newest(lang)}</a></p> })}
        })}
    }
    .into_any()
}

#[component]
fn Filter(filter: MessageFilter, kinds: Vec<String>) -> impl IntoView {
    let lang = ui::lang();
    let all = || Choice::new("", words::all(lang));
    let kinds = std::iter::once(all()).chain(kinds.into_iter().map(|kind| Choice::new(kind.clone(), kind)));
    let states =
        DeliveryState::ALL.iter().map(|state| Choice::new(state.as_str(), words::state_name(lang, *state)));
    let state = filter.state.map_or("", DeliveryState::as_str);
    view! {
        <form action=PATH method="get" class="my-6 grid gap-4 md:grid-cols-4 md:items-end">
            <Field name="q" label=words::search(lang) kind=Input::Search icon=Icon::Search value=filter.q optional=true />
            <Select name="kind" label=words::kind(lang) choices={kinds.collect::<Vec<_>>()} chosen=filter.kind optional=true />
            <Select
                name="state"
                label=words::state(lang)
                choices={std::iter::once(all()).chain(states).collect::<Vec<_>>()}
                chosen=state.to_owned()
                optional=true
            />
            <Button icon=Icon::Filter>{words::filter(lang)}</Button>
        </form>
    }
}

#[component]
fn Rows(rows: Vec<MessageRow>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::subject(lang)),
        Column::text(words::to(lang)),
        Column::text(words::kind(lang)),
        Column::text(words::state(lang)),
        Column::text(words::at(lang)),
    ];
    let row = move |row: MessageRow| {
        view! {
            <tr>
                <Cell label=words::subject(lang)>
                    <a class="link" href=format!("{PATH}/{}", row.id)>{row.subject}</a>
                </Cell>
                <Cell label=words::to(lang)>{row.to}</Cell>
                <Cell label=words::kind(lang)>{row.kind}</Cell>
                <Cell label=words::state(lang)><State state=row.state /></Cell>
                <Cell label=words::at(lang)>{date_time(lang, row.created_at)}</Cell>
            </tr>
        }
    };
    view! { <Table caption=words::title(lang) columns=columns>{rows.into_iter().map(row).collect_view()}</Table> }
}
