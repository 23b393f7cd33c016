//! `/seller/{shop}/orders/{id}`: where an order stands, what is to be done next, what is in it and what it brings.

use super::{
    acts::{Acts, Whose},
    packing::{LeaveOut, Pack},
    parcels::Sending,
    parts::{Line, StateBadge},
    rpc::{RejectOrder, sold_order},
};
use crate::parts::{Fetched, Frame, Part, Refusal, fetch, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    order::{CancelReason, OrderState},
    payment::Method,
    shipping::ShipmentState,
    views::sold::{Earnings, SoldPage},
    words::{cart, orders as bought, sold as words},
};
use ui::{Badge, Button, ButtonKind, Choice, Dialog, DialogClose, DialogLink, Icon, RadioGroup, format};

#[component]
pub fn OrderPage() -> impl IntoView {
    let (shop, route) = (use_shop(), use_params_map());
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let acts = Acts::new();
    let order = fetch(move || (shop.get(), id.get(), acts.count()), |(shop, id, _)| sold_order(shop, id));
    view! {
        <Frame here=Part::Orders>
            <Refusal error=acts.error() stale=words::stale />
            <Fetched resource=order view=move |order: SoldPage| shown(order, shop.get_untracked(), acts) />
        </Frame>
    }
}

fn shown(order: SoldPage, shop: String, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let items = order.items.clone();
    let partly = order.has_left() && matches!(order.state, OrderState::Accepted | OrderState::Packed);
    view! {
        <section class="panel order-part" aria-labelledby="next">
            <p class="order-head">
                <strong class="order-number">{order.number.clone()}</strong>
                <StateBadge state=order.state />
                {(order.method == Method::Cod).then(|| view! { <Badge text=words::cash(lang) /> })}
            </p>
            <h2 id="next">{words::next(lang)}</h2>
            <p>{words::todo(lang, order.state)}</p>
            {order.due_by.map(|due| {
                let when = format::date_time(lang, due);
                let text = if order.state == OrderState::Paid { words::accept_by(lang, when) } else { words::hand_over_by(lang, when) };
                view! { <p class="sold-due">{text}</p> }
            })}
            {order.settle_by.map(|by| view! { <p>{words::settles(lang, format::date_time(lang, by))}</p> })}
            {partly.then(|| view! { <p>{words::partly_todo(lang)}</p> })}
            <Next order=order.clone() shop=shop.clone() acts=acts />
        </section>
        <section class="panel order-part" aria-labelledby="goods">
            <h2 id="goods">{words::goods(lang)}</h2>
            <ul class="order-lines" role="list">
                {items.into_iter().map(|item| view! { <li><Line item=item /></li> }).collect_view()}
            </ul>
            {(!order.note.is_empty()).then(|| view! { <p>{words::buyer_note(lang, &order.note)}</p> })}
        </section>
        <Sending order=order.clone() shop=shop acts=acts />
        <Money order=order.clone() />
        <section class="panel order-part" aria-labelledby="history">
            <h2 id="history">{words::progress(lang)}</h2>
            <ol class="timeline" role="list">
                {order
                    .timeline
                    .iter()
                    .map(|step| {
                        let reason = step.reason.map(|reason| bought::reason(lang, reason));
                        view! {
                            <li class="timeline-step">
                                <strong>{bought::step(lang, step, order.method == Method::Cod)}</strong>
                                {reason.map(|reason| view! { <span>{reason}</span> })}
                                <span class="order-facts">{format::date_time(lang, step.at)}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </section>
    }
    .into_any()
}

/// The one step that comes next, and the way out.
#[component]
fn Next(order: SoldPage, shop: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let id = order.id.to_string();
    let here = format!("/seller/{shop}/orders/{id}");
    let only = order.parcels.first().filter(|_| order.parcels.len() == 1);
    let waybill = only.is_some_and(|parcel| parcel.waybill.is_some());
    let no_courier = order.parcels.iter().any(|parcel| !parcel.left && parcel.waybill.is_none());
    let lost_courier =
        order.parcels.iter().any(|parcel| !parcel.left && parcel.state == ShipmentState::Cancelled);
    let to_send = matches!(order.state, OrderState::Accepted | OrderState::Packed);
    let whose = || view! { <Whose shop=shop.clone() id=id.clone() /> };
    let step = match order.state {
        OrderState::Paid => {
            let whose = whose();
            let form = view! {
                <ActionForm action=acts.accept>
                    {whose} <Button icon=Icon::Check busy=acts.accept.pending()>{words::accept(lang)}</Button>
                </ActionForm>
            };
            Some(form.into_any())
        }
        OrderState::Accepted => {
            Some(view! { <Pack order=order.clone() shop=shop.clone() acts=acts /> }.into_any())
        }
        OrderState::Packed if !lost_courier => {
            let whose = whose();
            let form = view! {
                <ActionForm action=acts.hand_over>
                    {whose} <Button icon=Icon::Truck busy=acts.hand_over.pending()>{words::hand_over(lang)}</Button>
                </ActionForm>
            };
            Some(form.into_any())
        }
        _ => None,
    };
    let again = (to_send && lost_courier).then(|| {
        let whose = whose();
        view! {
            <ActionForm action=acts.again>
                {whose} <Button icon=Icon::Truck busy=acts.again.pending()>{words::book_again(lang)}</Button>
            </ActionForm>
        }
    });
    let rejectable = (order.state == OrderState::Paid || to_send) && !order.has_left();
    let paper = !matches!(order.state, OrderState::Cancelled | OrderState::AwaitingPayment);
    let to_slip = format!("{here}/slip");
    let leaving_out = (order.state == OrderState::Accepted).then(|| order.clone());
    view! {
        {(to_send && no_courier).then(|| view! { <p>{words::no_courier_yet(lang)}</p> })}
        <div class="order-acts">
            {again}
            {step}
            {waybill
                .then(|| {
                    let href = format!("{here}/label");
                    view! { <Button href=href kind=ButtonKind::Secondary icon=Icon::Receipt>{words::label(lang)}</Button> }
                })}
            {paper.then(|| view! { <Button href=to_slip kind=ButtonKind::Secondary icon=Icon::Receipt>{words::slip(lang)}</Button> })}
            {leaving_out.map(|order| view! { <LeaveOut order=order shop=shop.clone() acts=acts /> })}
            {rejectable.then(|| view! { <Reject shop=shop id=id reject=acts.reject /> })}
        </div>
    }
}

/// Asks once, and why.
#[component]
fn Reject(shop: String, id: String, reject: ServerAction<RejectOrder>) -> impl IntoView {
    let lang = ui::lang();
    let reasons =
        CancelReason::OF_SHOP.map(|reason| Choice::new(reason.as_str(), bought::reason(lang, reason)));
    view! {
        <DialogLink to="reject-order" kind=ButtonKind::Quiet icon=Icon::Close>{words::reject(lang)}</DialogLink>
        <Dialog id="reject-order" title=words::reject_title(lang)>
            <p>{words::reject_text(lang)}</p>
            <ActionForm action=reject>
                <input r#type="hidden" name="shop" value=shop />
                <input r#type="hidden" name="order" value=id />
                <RadioGroup name="reason" label=words::reject_why(lang) choices=reasons.to_vec() />
                <div class="dialog-acts">
                    <DialogClose of="reject-order">{words::reject_no(lang)}</DialogClose>
                    <Button kind=ButtonKind::Danger busy=reject.pending()>{words::reject_yes(lang)}</Button>
                </div>
            </ActionForm>
        </Dialog>
    }
}

/// What the buyer pays, and what of it comes to the shop.
#[component]
fn Money(order: SoldPage) -> impl IntoView {
    let lang = ui::lang();
    let Earnings { goods, shipping_discount, fees, left_out, total } = order.earnings;
    let row = |name: String, amount: model::Money| {
        view! {
            <div class="summary-row" class:summary-less={amount.amount() < 0}>
                <dt>{name}</dt>
                <dd>{amount.to_string()}</dd>
            </div>
        }
    };
    view! {
        <section class="panel order-part" aria-labelledby="money">
            <h2 id="money">{words::money(lang)}</h2>
            <h3>{words::buyer_pays(lang)}</h3>
            <dl class="summary">
                {order.summary.rows.into_iter().map(|part| row(cart::part(lang, &part.of), part.amount)).collect_view()}
                <div class="summary-row summary-total">
                    <dt>{cart::total(lang)}</dt>
                    <dd>{order.summary.total.to_string()}</dd>
                </div>
            </dl>
            <h3>{words::earnings(lang)}</h3>
            <dl class="summary">
                {row(words::goods_sum(lang).to_owned(), goods)}
                {(shipping_discount.amount() != 0)
                    .then(|| row(words::shipping_discount(lang).to_owned(), shipping_discount))}
                {fees.into_iter().map(|fee| row(words::fee(lang, &fee.kind).to_owned(), fee.amount)).collect_view()}
                {(left_out.amount() != 0).then(|| row(words::left_out_sum(lang).to_owned(), left_out))}
                <div class="summary-row summary-total">
                    <dt>{words::total(lang)}</dt>
                    <dd>{total.to_string()}</dd>
                </div>
            </dl>
        </section>
    }
}
