//! What people search for: how much by day, the most, what finds nothing, and what is rising.

use super::page::PATH;
use leptos::prelude::*;
use model::{
    query,
    views::operator::{SearchLog, Searched},
    words::backoffice as words,
};
use ui::{Cell, Chart, Column, Point, Table};

#[component]
pub fn LogTab(log: SearchLog) -> impl IntoView {
    let lang = ui::lang();
    let points = log.days.into_iter().map(|day| {
        let shown = words::searches_of_day(
            lang,
            lang.number(day.searches),
            lang.number(day.without_results),
            lang.number(day.took_ms),
        );
        Point::new(day.day, day.searches, shown)
    });
    let points: Vec<Point> = points.collect();
    view! {
        <p class="mb-4 text-ink-soft">{words::log_help(lang)}</p>
        {(!points.is_empty())
            .then(|| view! { <Chart title=words::searches_by_day(lang) points=points unit=words::searches(lang) over=words::day(lang) /> })}
        <Queries title=words::top_queries(lang) queries=log.top />
        <Queries title=words::queries_without_results(lang) queries=log.nothing />
        <Queries title=words::rising_queries(lang) queries=log.rising />
    }
}

#[component]
fn Queries(title: &'static str, queries: Vec<Searched>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::query(lang)),
        Column::number(words::searches(lang)),
        Column::number(words::week_before(lang)),
        Column::number(words::without_results(lang)),
    ];
    let row = move |searched: Searched| {
        let href = query::href(PATH, [("tab", "explain"), ("q", searched.query.as_str())]);
        view! {
            <tr>
                <Cell label=words::query(lang)><a class="link" href=href>{searched.query}</a></Cell>
                <Cell label=words::searches(lang) number=true>{lang.number(searched.searches)}</Cell>
                <Cell label=words::week_before(lang) number=true>{lang.number(searched.before)}</Cell>
                <Cell label=words::without_results(lang) number=true>{lang.number(searched.without_results)}</Cell>
            </tr>
        }
    };
    view! {
        <section class="mt-8">
            <h2 class="mb-2 text-xl">{title}</h2>
            {if queries.is_empty() {
                view! { <p class="text-ink-soft">{words::none_yet(lang)}</p> }.into_any()
            } else {
                view! { <Table caption=title columns=columns>{queries.into_iter().map(row).collect_view()}</Table> }.into_any()
            }}
        </section>
    }
}
