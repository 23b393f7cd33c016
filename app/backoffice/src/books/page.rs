use super::rpc::{CheckBooks, books};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use model::{
    Money,
    views::books::{BooksDesk as Books, BooksPage, BooksRow, MisfitRow},
    words::books as words,
};
use ui::{
    Button, Cell, Column, EmptyState, Fetched, Icon, Notice, NoticeKind, Refusal, Table, Title, error_of,
    fetch, format::date_time, live,
};

#[component]
pub fn BooksDesk() -> impl IntoView {
    let lang = ui::lang();
    let check = ServerAction::<CheckBooks>::new();
    let news = RwSignal::new(0);
    let found = fetch(move || (check.version().get(), news.get()), |_| books());
    view! {
        <Frame here=Desk::Books>
            <Title text=words::title(lang) unlisted=true />
            <h1 class="text-2xl font-extrabold">{words::title(lang)}</h1>
            <p class="text-ink-soft">{words::about(lang)}</p>
            <Refusal error=error_of(check) />
            <ActionForm action=check attr:class="my-6 flex flex-wrap items-center gap-4">
                <Button icon=Icon::Check busy=check.pending()>{words::check(lang)}</Button>
                <span class="text-sm text-ink-soft">{words::about_check(lang)}</span>
            </ActionForm>
            <Fetched resource=found view=move |found| desk(found, news) />
        </Frame>
    }
}

fn desk(found: Books, news: RwSignal<u32>) -> AnyView {
    let lang = ui::lang();
    let Books { since, latest } = found;
    let under_way = since.map(|since| {
        live::soon(news);
        view! {
            <Notice kind=NoticeKind::Info>
                <p>
                    {words::under_way(lang, date_time(lang, since))} " "
                    <a class="link" href="/backoffice/books">{words::again(lang)}</a>
                </p>
            </Notice>
        }
    });
    let latest = match latest {
        Some(page) => view! { <Checked page=page /> }.into_any(),
        None if since.is_none() => view! { <EmptyState title=words::never(lang) /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        {under_way}
        {latest}
    }
    .into_any()
}

#[component]
fn Checked(page: BooksPage) -> impl IntoView {
    let lang = ui::lang();
    let n = page.misfits.len();
    view! {
        <section aria-live="polite">
            <h2 class="text-xl font-bold">
                {if n == 0 { words::fits(lang).to_owned() } else { words::misfits(lang, n) }}
            </h2>
            <p class="mb-4 text-ink-soft">
                {(n == 0).then(|| words::fits_about(lang))} " " {words::checked(lang, date_time(lang, page.at))}
            </p>
            {(n > 0).then(|| view! { <Misfits misfits=page.misfits /> })}
        </section>
        {if page.rows.is_empty() {
            view! { <EmptyState title=words::nothing(lang) /> }.into_any()
        } else {
            view! { <Balances rows=page.rows /> }.into_any()
        }}
    }
}

#[component]
fn Misfits(misfits: Vec<MisfitRow>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::what(lang)),
        Column::text(words::of(lang)),
        Column::number(words::there(lang)),
        Column::number(words::due(lang)),
    ];
    let row = move |misfit: MisfitRow| {
        view! {
            <tr>
                <Cell label=words::what(lang)>{words::misfit(lang, misfit.kind)}</Cell>
                <Cell label=words::of(lang)><code>{misfit.of}</code></Cell>
                <Cell label=words::there(lang) number=true>{misfit.there}</Cell>
                <Cell label=words::due(lang) number=true>{misfit.due}</Cell>
            </tr>
        }
    };
    view! {
        <Table caption=words::misfits(lang, misfits.len()) columns=columns>
            {misfits.into_iter().map(row).collect_view()}
        </Table>
    }
}

/// Whoever adds up the last column gets nothing, and sees it.
#[component]
fn Balances(rows: Vec<BooksRow>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::account(lang)),
        Column::number(words::how_many(lang)),
        Column::number(words::entries(lang)),
        Column::number(words::sum(lang)),
    ];
    let mut sums: Vec<Money> = vec![];
    for row in &rows {
        match sums.iter_mut().find(|sum| sum.currency() == row.sum.currency()) {
            Some(sum) => *sum = sum.plus(row.sum).unwrap_or(*sum),
            None => sums.push(row.sum),
        }
    }
    let row = move |row: BooksRow| {
        view! {
            <tr>
                <Cell label=words::account(lang)>{words::kind(lang, &row.kind).to_owned()}</Cell>
                <Cell label=words::how_many(lang) number=true>{row.accounts}</Cell>
                <Cell label=words::entries(lang) number=true>{row.entries}</Cell>
                <Cell label=words::sum(lang) number=true>{row.sum.to_string()}</Cell>
            </tr>
        }
    };
    let whole = move |sum: Money| {
        view! {
            <tr>
                <Cell label=words::account(lang)><strong>{words::in_all(lang)}</strong></Cell>
                <Cell label=words::how_many(lang) number=true>""</Cell>
                <Cell label=words::entries(lang) number=true>""</Cell>
                <Cell label=words::sum(lang) number=true><strong>{sum.to_string()}</strong></Cell>
            </tr>
        }
    };
    view! {
        <Table caption=words::accounts(lang) columns=columns>
            {rows.into_iter().map(row).collect_view()}
            {sums.into_iter().map(whole).collect_view()}
        </Table>
    }
}
