//! Flash sales that are to come or are on.

use super::rpc::coming_sales;
use crate::{
    parts::{Fetched, Frame, Part, fetch, shop_here, use_shop},
    promotions::{Section, Sections},
};
use leptos::prelude::*;
use model::{
    Lang,
    views::sales::{SaleRow, SaleStanding, percent},
    words::sales as words,
};
use ui::{Art, Badge, Button, ButtonKind, Card, EmptyState, Tone, format::date_time};

#[component]
pub fn FlashSalesPage() -> impl IntoView {
    let shop = use_shop();
    let found = fetch(move || shop.get(), coming_sales);
    view! {
        <Frame here=Part::Promotions>
            <Sections here=Section::FlashSales />
            <Fetched resource=found view=shown />
        </Frame>
    }
}

fn shown(found: Vec<SaleRow>) -> AnyView {
    let lang = ui::lang();
    view! {
        <p class="section-about">{words::coming_about(lang)}</p>
        {if found.is_empty() {
            view! { <EmptyState art=Art::Box title=words::coming_none(lang) text=words::coming_none_text(lang) /> }
                .into_any()
        } else {
            view! {
                <ul class="account-cards" role="list">
                    {found.into_iter().map(|sale| view! { <li><Row sale=sale /></li> }).collect_view()}
                </ul>
            }
                .into_any()
        }}
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

/// What has to be kept to.
pub(super) fn rules(lang: Lang, sale: &SaleRow) -> String {
    let mut rules = vec![words::rule_least(lang, percent(lang, sale.least_discount))];
    rules.extend(sale.most_per_shop.map(|most| words::rule_most(lang, most)));
    rules.extend(sale.nominate_until.map(|until| words::rule_until(lang, date_time(lang, until))));
    rules.join(" · ")
}

pub(super) fn when(lang: Lang, sale: &SaleRow) -> String {
    words::from_until(lang, date_time(lang, sale.starts_at), date_time(lang, sale.ends_at))
}

#[component]
fn Row(sale: SaleRow) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/seller/{}/promotions/flash/{}", shop_here().slug, sale.id);
    let name = format!(" {}", sale.name);
    let mine = (sale.waiting + sale.accepted > 0).then(|| words::mine(lang, sale.waiting, sale.accepted));
    view! {
        <Card>
            <article class="voucher-row">
                <div class="voucher-head">
                    <h2 class="stall-name">{sale.name.clone()}</h2>
                    <Badge tone=tone(sale.standing) text=words::standing(lang, sale.standing) />
                </div>
                <p>{when(lang, &sale)}</p>
                <p class="order-facts">{rules(lang, &sale)}</p>
                {mine.map(|mine| view! { <p>{mine}</p> })}
                <p>
                    <Button kind=ButtonKind::Secondary href=href>
                        {words::open_it(lang)}
                        <span class="sr-only">{name}</span>
                    </Button>
                </p>
            </article>
        </Card>
    }
}
