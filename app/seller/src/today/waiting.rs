//! What waits in a shop, each with the way to it; as it is at this moment.

use leptos::prelude::*;
use model::{
    Lang,
    order::SellerFilter,
    views::sold::{SoldToday, ToDo, WaitingOrders},
    words::seller as words,
};
use ui::{Card, format};

/// A number and what it is of.
#[component]
fn Count(
    n: String,
    name: &'static str,
    #[prop(optional_no_strip)] href: Option<String>,
    #[prop(optional)] pressing: bool,
) -> impl IntoView {
    let figure = view! {
        <strong class="to-do-n" class:to-do-pressing=pressing>
            {n}
        </strong>
        <span>{name}</span>
    };
    view! {
        <li>
            <Card>
                {match href {
                    Some(href) => view! { <a class="to-do" href=href>{figure}</a> }.into_any(),
                    None => view! { <div class="to-do">{figure}</div> }.into_any(),
                }}
            </Card>
        </li>
    }
}

#[component]
pub fn Waiting(shop: String, to_do: ToDo) -> impl IntoView {
    let lang = ui::lang();
    let ToDo { orders, low_stock, sold } = to_do;
    let due = orders.and_then(|orders| due(lang, orders));
    view! {
        <section aria-labelledby="to-do" class="to-do-part">
            <h2 id="to-do">{words::to_do(lang)}</h2>
            {due.map(|due| view! { <p class="to-do-due">{due}</p> })}
            <ul class="to-dos" role="list" aria-live="polite">
                {orders.map(|orders| view! { <Orders shop=shop.clone() orders=orders /> })}
                {low_stock
                    .map(|n| {
                        let href = format!("/seller/{shop}/stock?low=1");
                        view! { <Count n=n.to_string() name=words::running_out(lang) href=Some(href) /> }
                    })}
                {sold.map(|sold| view! { <Today sold=sold /> })}
            </ul>
        </section>
    }
}

#[component]
fn Orders(shop: String, orders: WaitingOrders) -> impl IntoView {
    let lang = ui::lang();
    let of = |filter: SellerFilter| Some(format!("/seller/{shop}/orders?show={filter}"));
    view! {
        <Count n=orders.new.to_string() name=words::to_accept(lang) href=of(SellerFilter::New) />
        <Count n=orders.to_pack.to_string() name=words::to_pack(lang) href=of(SellerFilter::ToPack) />
        <Count n=orders.to_ship.to_string() name=words::to_hand_over(lang) href=of(SellerFilter::ToShip) />
        {(orders.pressing > 0)
            .then(|| view! { <Count n=orders.pressing.to_string() name=words::pressing(lang) pressing=true /> })}
    }
}

#[component]
fn Today(sold: SoldToday) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Count n=sold.orders.to_string() name=words::orders_today(lang) />
        <Count n=sold.goods.to_string() name=words::goods_today(lang) />
    }
}

/// When the next order is due.
fn due(lang: Lang, orders: WaitingOrders) -> Option<String> {
    orders.next_due.map(|at| words::next_due(lang, format::date_time(lang, at)))
}
