//! Charts drawn on the server. They need no script: shapes are placed in percent of their frame, so text
//! keeps its size on every screen, and the numbers stand in a table beneath for those who prefer it.

use crate::{Cell, Column, Table, format, lang};
use leptos::prelude::*;
use model::{Lang, words::ui as words};

/// One value and the words for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// Beneath the chart: "12 Nov".
    pub label: String,
    pub value: u64,
    /// The value in full: "Rp 1.250.000".
    pub shown: String,
}

impl Point {
    pub fn new(label: impl Into<String>, value: u64, shown: impl Into<String>) -> Self {
        Self { label: label.into(), value, shown: shown.into() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ChartKind {
    /// Amounts of separate things or days.
    #[default]
    Bars,
    /// How something moves.
    Line,
}

/// A series of values from zero up. `title` says what is shown; `unit` heads the numbers in the table.
#[component]
pub fn Chart(
    #[prop(into)] title: String,
    points: Vec<Point>,
    #[prop(optional)] kind: ChartKind,
    #[prop(into)] unit: String,
    /// Heads the labels in the table: "Date".
    #[prop(into)]
    over: String,
) -> impl IntoView {
    let lang = lang();
    let top = ceiling(points.iter().map(|point| point.value).max().unwrap_or(0));
    let shapes = match kind {
        ChartKind::Bars => bars(&points, top).into_any(),
        ChartKind::Line => line(&points, top).into_any(),
    };
    // At most seven labels, and on a phone half of them, or they would run into each other.
    let every = points.len().div_ceil(7).max(1);
    let labels = points.iter().enumerate().map(|(i, point)| {
        view! { <span class:chart-label-rest=i % every != 0 class:chart-label-wide=i / every % 2 == 1>{point.label.clone()}</span> }
    });
    view! {
        <figure class="chart">
            <figcaption class="chart-title">{title.clone()}</figcaption>
            <div class="chart-frame">
                <div class="chart-scale" aria-hidden="true">
                    {(0..=4u64).rev().map(|i| view! { <span>{format::short(lang, top / 4 * i)}</span> }).collect_view()}
                </div>
                <svg class="chart-plot" role="img" aria-label=title.clone()>
                    {(0..=4u8).map(|i| {
                        let y = format!("{}%", u32::from(i) * 25);
                        view! { <line class="chart-grid" x1="0" x2="100%" y1=y.clone() y2=y.clone()/> }
                    }).collect_view()}
                    {shapes}
                </svg>
                <div class="chart-labels" aria-hidden="true">{labels.collect_view()}</div>
            </div>
            <AsTable lang points=points.clone() title unit over/>
        </figure>
    }
}

#[component]
fn AsTable(lang: Lang, points: Vec<Point>, title: String, unit: String, over: String) -> impl IntoView {
    view! {
        <details class="chart-table">
            <summary>{words::chart_table(lang)}</summary>
            <Table caption=title columns=vec![Column::text(over.clone()), Column::number(unit.clone())]>
                {points.into_iter().map(|point| view! {
                    <tr><Cell label=over.clone()>{point.label}</Cell><Cell label=unit.clone() number=true>{point.shown}</Cell></tr>
                }).collect_view()}
            </Table>
        </details>
    }
}

fn bars(points: &[Point], top: u64) -> impl IntoView + use<> {
    let step = 100_000 / to_u64(points.len()).max(1);
    points
        .iter()
        .zip(0u64..)
        .map(|(point, i)| {
            let height = share(point.value, top);
            view! {
                <rect class="chart-bar" x=percent(step * i + step / 5) y=percent(100_000 - height) width=percent(step * 3 / 5) height=percent(height) rx="3">
                    <title>{format!("{}: {}", point.label, point.shown)}</title>
                </rect>
            }
        })
        .collect_view()
}

fn line(points: &[Point], top: u64) -> impl IntoView + use<> {
    let step = 100_000 / to_u64(points.len()).max(1);
    let at: Vec<(u64, u64)> = points
        .iter()
        .zip(0u64..)
        .map(|(point, i)| (step * i + step / 2, 100_000 - share(point.value, top)))
        .collect();
    let path: Vec<String> = at.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let path = path.join(" ");
    let (first, last) = (at.first().map_or(0, |p| p.0), at.last().map_or(0, |p| p.0));
    let dots = points.iter().zip(at).map(|(point, (x, y))| {
        view! {
            <circle class="chart-dot" cx=percent(x) cy=percent(y) r="4"><title>{format!("{}: {}", point.label, point.shown)}</title></circle>
        }
    });
    view! {
        <svg viewBox="0 0 100000 100000" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">
            <polygon class="chart-area" points=format!("{first},100000 {path} {last},100000")/>
            <polyline class="chart-line" points=path vector-effect="non-scaling-stroke"/>
        </svg>
        {dots.collect_view()}
    }
}

/// Thousandths of a percent of the frame.
fn share(value: u64, top: u64) -> u64 {
    u64::try_from(u128::from(value) * 100_000 / u128::from(top.max(1))).unwrap_or(100_000)
}

fn percent(thousandths: u64) -> String {
    format!("{}.{:03}%", thousandths / 1_000, thousandths % 1_000)
}

fn to_u64(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// The smallest of 4, 8, 12, 20, 40, 60, 80 × 10ⁿ that is not below the largest value, so that quarters of
/// it are round.
fn ceiling(largest: u64) -> u64 {
    let mut unit = 1u64;
    loop {
        for steps in [4u64, 8, 12, 20, 32] {
            let Some(top) = unit.checked_mul(steps) else { return u64::MAX };
            if largest <= top {
                return top;
            }
        }
        let Some(larger) = unit.checked_mul(10) else { return u64::MAX };
        unit = larger;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_a_round_number_that_is_not_below_the_largest_value() {
        for (largest, top) in
            [(0, 4), (4, 4), (5, 8), (13, 20), (33, 40), (1_900, 2_000), (2_100, 3_200), (u64::MAX, u64::MAX)]
        {
            assert_eq!(ceiling(largest), top);
        }
    }
}
