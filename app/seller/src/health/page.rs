use super::rpc::health_of;
use crate::parts::{Fetched, Frame, Part, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, Permission, query,
    shop::StaffShop,
    views::{
        figures::rate,
        health::{
            BADGE_FROM, DROPPED_COSTS, FEWEST_ORDERS, Fault, FaultRow, Health, Judged, LATE_COSTS, Record,
            WINDOW_DAYS, at_most,
        },
    },
    words::health as words,
};
use ui::{Art, Badge, Card, Cell, Column, EmptyState, Further, Icon, SectionHead, Table, Tone, format};

#[component]
pub fn HealthPage() -> impl IntoView {
    let (shop, query) = (use_shop(), use_query_map());
    let after = Memo::new(move |_| query.with(|query| query.get("after")));
    let health = fetch(move || (shop.get(), after.get()), |(shop, after)| health_of(shop, after));
    view! {
        <Frame here=Part::Health>
            <Fetched
                resource=health
                view=move |health: Health| {
                    let later = after.get_untracked().is_some();
                    let lang = ui::lang();
                    view! {
                        {match health.judged {
                            Some(judged) => view! { <Verdict judged=judged /> }.into_any(),
                            None => {
                                view! {
                                    <EmptyState
                                        art=Art::Box
                                        title=words::not_yet(lang)
                                        text=words::not_yet_text(lang).to_owned()
                                    />
                                }
                                    .into_any()
                            }
                        }}
                        <How />
                        <Faults faults=health.faults shop=shop_here() later=later />
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

/// The points, whether the badge is worn, and the rates they come from.
#[component]
fn Verdict(judged: Judged) -> impl IntoView {
    let lang = ui::lang();
    let Judged { record, points, reliable, at } = judged;
    let worn = if reliable {
        words::wears(lang).to_owned()
    } else if record.orders < FEWEST_ORDERS {
        words::too_few(lang, FEWEST_ORDERS)
    } else {
        words::wears_not(lang, BADGE_FROM)
    };
    view! {
        <Card>
            <p class="purse-sum">{words::points(lang, points)}</p>
            {reliable.then(|| view! { <p><Badge tone=Tone::Brand icon=Icon::Shield text=words::badge(lang) /></p> })}
            <p>{worn}</p>
            <p class="order-facts">{words::window(lang, WINDOW_DAYS, lang.number(record.orders))}</p>
            <p class="order-facts">{words::judged(lang, format::date_time(lang, at))}</p>
        </Card>
        <Rates record=record />
    }
}

#[component]
fn Rates(record: Record) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::what(lang)),
        Column::number(words::rate(lang)),
        Column::text(words::limit(lang)),
    ];
    let row = |(fault, n, costs): (Fault, u64, u64)| {
        let percent = format!("{}%", format::tenths(lang, rate(n, record.orders).unwrap_or_default()));
        let most = at_most(costs);
        let within = u128::from(n) * 100 <= u128::from(most) * u128::from(record.orders);
        let (tone, said) =
            if within { (Tone::Brand, words::within(lang)) } else { (Tone::Danger, words::beyond(lang)) };
        view! {
            <tr>
                <Cell label=words::what(lang)>{words::fault(lang, fault)}</Cell>
                <Cell label=words::rate(lang) number=true>
                    {percent} " · " {words::counted(lang, lang.number(n))}
                </Cell>
                <Cell label=words::limit(lang)>
                    <span>{words::at_most(lang, most)} " " <Badge tone=tone text=said /></span>
                </Cell>
            </tr>
        }
    };
    let rows = [(Fault::Dropped, record.dropped, DROPPED_COSTS), (Fault::Late, record.late, LATE_COSTS)];
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    view! {
        <section aria-labelledby="rates">
            <SectionHead id="rates" title=words::rates(lang) />
            <Card flush=true>
                <Table caption=words::rates(lang) columns=columns>{rows}</Table>
            </Card>
        </section>
    }
}

#[component]
fn How() -> impl IntoView {
    let lang = ui::lang();
    view! {
        <section aria-labelledby="how">
            <SectionHead id="how" title=words::how(lang) />
            <Card>
                <p>{words::how_points(lang, DROPPED_COSTS, LATE_COSTS)}</p>
                <p>{words::how_dropped(lang)}</p>
                <p>{words::how_late(lang)}</p>
                <p>{words::how_effect(lang)}</p>
            </Card>
        </section>
    }
}

/// Whoever may see orders is led to them.
#[component]
fn Faults(faults: Page<FaultRow>, shop: StaffShop, later: bool) -> impl IntoView {
    let lang = ui::lang();
    let here = format!("/seller/{}/health", shop.slug);
    let older = faults.next.as_deref().map(|after| query::href(&here, [("after", after)]));
    let newest = later.then_some(here);
    let sees = shop.role.permissions().has(Permission::Orders);
    let columns = vec![
        Column::text(words::order(lang)),
        Column::text(words::what(lang)),
        Column::text(words::when(lang)),
    ];
    let row = |it: FaultRow| {
        let number = if sees {
            let href = format!("/seller/{}/orders/{}", shop.slug, it.order);
            view! { <a class="link" href=href>{it.number}</a> }.into_any()
        } else {
            it.number.into_any()
        };
        view! {
            <tr>
                <Cell label=words::order(lang)>{number}</Cell>
                <Cell label=words::what(lang)>{words::fault(lang, it.fault)}</Cell>
                <Cell label=words::when(lang)>{format::date_time(lang, it.cleared_at)}</Cell>
            </tr>
        }
    };
    let rows: Vec<_> = faults.items.into_iter().map(row).collect();
    let body = if rows.is_empty() {
        view! { <p class="order-facts">{words::no_faults(lang)}</p> }.into_any()
    } else {
        view! {
            <Card flush=true>
                <Table caption=words::faults(lang) columns=columns>{rows}</Table>
            </Card>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="faults">
            <SectionHead id="faults" title=words::faults(lang) />
            {body}
            <Further first=newest back=words::newest(lang) next=older on=words::older(lang) />
        </section>
    }
}
