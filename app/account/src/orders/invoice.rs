//! `/account/orders/{id}/invoice`: a page for paper.

use super::{
    page::payment_state,
    parts::{StateBadge, SumRow},
    rpc::{ShownOrder, own_order},
};
use crate::parts::{Fetched, Private, fetch};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    Money,
    views::{OrderItem, OrderPage as View},
    words::{cart, checkout, orders as words},
};
use ui::{Button, ButtonKind, Cell, Column, Icon, Table, format};

#[component]
pub fn InvoicePage() -> impl IntoView {
    let route = use_params_map();
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let order = fetch(move || id.get(), own_order);
    view! { <Fetched resource=order view=|shown: ShownOrder| view! { <Invoice order=shown.order /> }.into_any() /> }
}

#[component]
fn Invoice(order: View) -> impl IntoView {
    let lang = ui::lang();
    let title = words::invoice_of(lang, &order.number);
    let to = order.ship_to.clone();
    let phone = to.phone_shown();
    let street = [to.street, to.detail].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    view! {
        <Private title=title.clone() />
        <article class="invoice">
            <div class="invoice-acts">
                <Button href=format!("/account/orders/{}", order.id) kind=ButtonKind::Quiet icon=Icon::ArrowLeft>
                    {words::back_to_order(lang)}
                </Button>
                <a class="btn btn-md btn-secondary" href=format!("/account/orders/{}/invoice.pdf", order.id) rel="external" download>
                    {words::pdf(lang)}
                </a>
                <span class="scripted">
                    <Button kind=ButtonKind::Secondary icon=Icon::Receipt plain=true on:click=|_| drop(window().print())>
                        {words::print(lang)}
                    </Button>
                </span>
                <p class="order-facts">{words::print_hint(lang)}</p>
            </div>
            <div class="invoice-head">
                <p class="invoice-house">"Pasar"</p>
                <h1 class="account-title">{title}</h1>
                <StateBadge state=order.state />
            </div>
            <dl class="invoice-parties">
                <div>
                    <dt>{words::invoice_date(lang)}</dt>
                    <dd>{format::date(lang, order.placed_at)}</dd>
                </div>
                <div>
                    <dt>{words::seller(lang)}</dt>
                    <dd><strong>{order.shop.clone()}</strong></dd>
                </div>
                <div>
                    <dt>{words::buyer(lang)}</dt>
                    <dd>
                        <strong>{to.recipient}</strong>
                        <br />
                        {phone}
                        <br />
                        {street.join(", ")}
                        <br />
                        {to.place}
                        " "
                        {to.postcode}
                    </dd>
                </div>
                <div>
                    <dt>{words::delivery(lang)}</dt>
                    <dd>{order.courier.clone()} " · " {checkout::service_name(lang, order.service)}</dd>
                </div>
                <div>
                    <dt>{words::payment(lang)}</dt>
                    <dd>
                        {checkout::method_name(lang, order.method)}
                        {payment_state(lang, &order).map(|state| format!(" · {state}"))}
                    </dd>
                </div>
            </dl>
            <Goods items=order.items.clone() />
            <Amounts order=order />
        </article>
    }
}

#[component]
fn Goods(items: Vec<OrderItem>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::thing(lang)),
        Column::number(words::quantity(lang)),
        Column::number(words::unit(lang)),
        Column::number(words::amount(lang)),
    ];
    let row = move |item: OrderItem| {
        view! {
            <tr>
                <Cell label=words::thing(lang)>
                    <span>
                        {item.name} {(!item.label.is_empty()).then(|| format!(" · {}", item.label))} <br />
                        <span class="order-facts">{item.sku}</span>
                    </span>
                </Cell>
                <Cell label=words::quantity(lang) number=true>{item.quantity}</Cell>
                <Cell label=words::unit(lang) number=true>{item.unit.to_string()}</Cell>
                <Cell label=words::amount(lang) number=true>{item.gross.to_string()}</Cell>
            </tr>
        }
    };
    view! {
        <Table caption=words::goods(lang) columns=columns>
            {items.into_iter().map(row).collect_view()}
        </Table>
    }
}

/// Lines are written at what they were sold for, so what lowered that is in them already; the other rows follow.
#[component]
fn Amounts(order: View) -> impl IntoView {
    let lang = ui::lang();
    let (lines, rest): (Vec<_>, Vec<_>) =
        order.summary.rows.into_iter().partition(|row| row.of.is_in_lines());
    let total = order.summary.total;
    let subtotal = Money::new(lines.iter().map(|row| row.amount.amount()).sum(), total.currency());
    let refunded = order.refunded;
    view! {
        <dl class="summary invoice-sums">
            <SumRow name=words::subtotal(lang).to_owned() amount=subtotal />
            {rest
                .into_iter()
                .map(|row| view! { <SumRow name=cart::part(lang, &row.of) amount=row.amount /> })
                .collect_view()}
            <div class="summary-row summary-total">
                <dt>{cart::total(lang)}</dt>
                <dd>{total.to_string()}</dd>
            </div>
            {(refunded.amount() > 0)
                .then(|| view! { <SumRow name=words::refunded(lang).to_owned() amount=refunded /> })}
        </dl>
    }
}
