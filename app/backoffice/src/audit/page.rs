use super::rpc::list;
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page,
    audit::Action,
    ids::Uuid,
    views::audit::{AuditFilter, AuditRow},
    words::audit as words,
};
use ui::{
    Art, Button, Cell, Choice, Column, EmptyState, Fetched, Field, Icon, Input, Pagination, Select, Table,
    Title, fetch, format::date_time,
};

const PATH: &str = "/backoffice/audit";

/// The address holds the filter and the place in the list.
#[component]
pub fn AuditDesk() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| AuditFilter::from_pairs(query.get()));
    let found = fetch(move || filter.get(), list);
    view! { <Frame here=Desk::Audit><Fetched resource=found view={move |found| desk(filter.get_untracked(), found)} /></Frame> }
}

fn desk(filter: AuditFilter, found: Page<AuditRow>) -> AnyView {
    let lang = ui::lang();
    let next = found.next.as_deref().map(|after| filter.href(PATH, Some(after)));
    let first = filter.after.is_some().then(|| filter.href(PATH, None));
    let csv = filter.href("/backoffice/audit.csv", None);
    let nothing = if filter.is_open() { words::none(lang) } else { words::no_match(lang) };
    view! {
        <Title text=words::title(lang) unlisted=true />
        <div class="mb-4 flex flex-wrap items-end justify-between gap-4">
            <div>
                <h1 class="text-2xl font-extrabold">{words::title(lang)}</h1>
                <p class="text-ink-soft">{words::about(lang)}</p>
            </div>
            <a class="btn btn-md btn-secondary" href=csv rel="external" download="audit.csv">
                <Icon name=Icon::Download />
                <span class="btn-label">{words::csv(lang)}</span>
            </a>
        </div>
        <Filter filter=filter />
        {if found.items.is_empty() {
            view! { <EmptyState title=nothing art=Art::Search /> }.into_any()
        } else {
            view! { <Rows rows=found.items /> }.into_any()
        }}
        {(first.is_some() || next.is_some()).then(|| view! {
            <Pagination next=next />
            {first.map(|href| view! { <p><a class="link" href=href>{words::newest(lang)}</a></p> })}
        })}
    }
    .into_any()
}

#[component]
fn Filter(filter: AuditFilter) -> impl IntoView {
    let lang = ui::lang();
    let all = std::iter::once(Choice::new("", words::all(lang)));
    let actions = Action::ALL.iter().map(|action| Choice::new(action.as_str(), words::action(lang, *action)));
    let action = filter.action.map_or("", Action::as_str);
    view! {
        <form action=PATH method="get" class="my-6 grid gap-4 md:grid-cols-3 md:items-end">
            <Field name="who" label=words::who(lang) hint=words::who_hint(lang) value=filter.who optional=true />
            <Select
                name="action"
                label=words::what(lang)
                choices={all.chain(actions).collect::<Vec<_>>()}
                chosen=action.to_owned()
                optional=true
            />
            <Field name="to_what" label=words::to_what(lang) hint=words::to_what_hint(lang) value=filter.to_what optional=true />
            <Field name="network" label=words::from_where(lang) hint=words::from_where_hint(lang) value=filter.network optional=true />
            <Field name="from" label=words::from_day(lang) kind=Input::Date value=filter.from optional=true />
            <Field name="to" label=words::to_day(lang) kind=Input::Date value=filter.to optional=true />
            <Button icon=Icon::Filter>{words::filter(lang)}</Button>
        </form>
    }
}

#[component]
fn Rows(rows: Vec<AuditRow>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::at(lang)),
        Column::text(words::who(lang)),
        Column::text(words::what(lang)),
        Column::text(words::to_what(lang)),
        Column::text(words::from(lang)),
        Column::text(words::change(lang)),
    ];
    view! {
        <Table caption=words::title(lang) columns=columns>
            {rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
        </Table>
    }
}

#[component]
fn Row(row: AuditRow) -> impl IntoView {
    let lang = ui::lang();
    let who = row.account.map(Uuid::from);
    let by_who = |id: Uuid| AuditFilter { who: id.to_string(), ..AuditFilter::default() }.href(PATH, None);
    let by_what =
        |id: Uuid| AuditFilter { to_what: id.to_string(), ..AuditFilter::default() }.href(PATH, None);
    let by_network = |network: &str| {
        AuditFilter { network: network.to_owned(), ..AuditFilter::default() }.href(PATH, None)
    };
    let change = row.before.is_some() || row.after.is_some();
    view! {
        <tr>
            <Cell label=words::at(lang)>{date_time(lang, row.at)}</Cell>
            <Cell label=words::who(lang)>
                {words::actor(lang, row.actor)}
                {who.map(|id| view! { <IdLink id=id href=by_who(id) /> })}
            </Cell>
            <Cell label=words::what(lang)>{row.action.map_or("?", |action| words::action(lang, action))}</Cell>
            <Cell label=words::to_what(lang)>
                {row.subject.map_or("?", |subject| words::subject(lang, subject))}
                {row.subject_id.map(|id| view! { <IdLink id=id href=by_what(id) /> })}
            </Cell>
            <Cell label=words::from(lang)>
                {row.network.map(|network| view! { <a class="link" href=by_network(&network)>{network.clone()}</a> })}
                {row.agent.map(|agent| view! { <small class="block max-w-48 truncate text-ink-soft" title=agent.clone()>{agent.clone()}</small> })}
            </Cell>
            <Cell label=words::change(lang)>
                <details>
                    <summary class="link inline-flex min-h-11 items-center">
                        {if change { words::change(lang) } else { words::request(lang) }}
                        <span class="sr-only">" " {date_time(lang, row.at)}</span>
                    </summary>
                    {row.before.map(|before| view! { <p>{words::before(lang)} ": " <code>{before}</code></p> })}
                    {row.after.map(|after| view! { <p>{words::after(lang)} ": " <code>{after}</code></p> })}
                    <p>{words::request(lang)} ": " <code>{row.request.to_string()}</code></p>
                </details>
            </Cell>
        </tr>
    }
}

/// An id leads to everything about it; its end is enough to tell it from others.
#[component]
fn IdLink(id: Uuid, href: String) -> impl IntoView {
    let id = id.to_string();
    let short = id[id.len() - 12..].to_owned();
    view! { " " <a class="link" href=href title=id><code>"…" {short}</code></a> }
}
