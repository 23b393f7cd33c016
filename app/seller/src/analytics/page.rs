use super::{
    lists::{Cities, Leads, Products, RunsOut, Sources},
    rpc::figures_of,
    sums::{Funnel, Profit},
};
use crate::parts::{Fetched, Frame, Part, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Permission, query,
    shop::StaffShop,
    views::figures::{DayTally, Figures, Period, rupiah},
    words::figures as words,
};
use ui::{Art, Button, ButtonKind, Card, Chart, EmptyState, Icon, Notice, Point, Tab, Tabs, format};

#[component]
pub fn AnalyticsPage() -> impl IntoView {
    let (shop, query) = (use_shop(), use_query_map());
    let period = Memo::new(move |_| {
        let asked = query.with(|query| query.get("days"));
        asked.and_then(|days| Period::from_name(&days)).unwrap_or(Period::Month)
    });
    let figures = fetch(move || (shop.get(), period.get()), |(shop, period)| figures_of(shop, period));
    view! {
        <Frame here=Part::Analytics>
            <Fetched resource=figures view=|figures: Figures| shown(figures, &shop_here()) />
        </Frame>
    }
}

fn shown(figures: Figures, shop: &StaffShop) -> AnyView {
    let lang = ui::lang();
    let slug = &shop.slug;
    let period = figures.period;
    let at = |page: &str, period: Period| {
        query::href(&format!("/seller/{slug}/{page}"), [("days", period.as_str())])
    };
    let tabs =
        Period::ALL.iter().map(|period| Tab::new(words::period(lang, *period), at("analytics", *period)));
    let here = Period::ALL.iter().position(|it| *it == period).unwrap_or_default();
    let tabs = view! { <Tabs tabs=tabs.collect() here=here label=words::periods(lang) /> };
    if figures.is_empty() {
        let goods = shop.role.permissions().has(Permission::Products);
        let goods = goods.then(|| format!("/seller/{slug}/products"));
        return view! {
            {tabs}
            <EmptyState art=Art::Box title=words::none(lang) text=words::none_text(lang).to_owned()>
                {goods.map(|href| view! { <Button href=href>{words::to_products(lang)}</Button> })}
            </EmptyState>
        }
        .into_any();
    }
    let csv = at("analytics.csv", period);
    let shop = shop.clone();
    view! {
        {tabs}
        <Notice>
            <p>{words::today_open(lang)}</p>
            <p>{words::compared(lang, period.days())}</p>
        </Notice>
        <Funnel now=figures.now before=figures.before />
        <Card>
            <Sales days=figures.days />
        </Card>
        <Profit now=figures.now before=figures.before />
        <Products products=figures.products />
        <RunsOut goods=figures.running_out shop=shop />
        <Cities cities=figures.cities />
        <Sources sources=figures.sources looks=figures.now.looks />
        <Leads leads=figures.leads />
        <p>
            <Button href=csv kind=ButtonKind::Secondary icon=Icon::Download attr:rel="external" attr:download="">
                {words::csv(lang)}
            </Button>
        </p>
    }
    .into_any()
}

/// The last day is not over, and says so in its label.
#[component]
fn Sales(days: Vec<DayTally>) -> impl IntoView {
    let lang = ui::lang();
    let last = days.len();
    let point = |(n, day): (usize, DayTally)| {
        let label = if n + 1 == last { words::today(lang).to_owned() } else { format::day(lang, day.day) };
        let value = u64::try_from(day.tally.sales).unwrap_or_default();
        Point::new(label, value, rupiah(day.tally.sales).to_string())
    };
    let points = days.into_iter().enumerate().map(point).collect();
    view! { <Chart title=words::by_day(lang) points=points unit=words::sales(lang) over=words::day(lang) /> }
}
