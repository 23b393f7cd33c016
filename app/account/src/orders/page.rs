//! `/account/orders/{id}`: where an order stands, what is in it, where it goes and what it came to.

use super::{
    parts::{Again, Around, GuestNote, Line, PayNow, StateBadge, Sums, is_over},
    rpc::{BuyAgain, CancelOrder, ReceiveOrder, ShownOrder, own_order},
};
use crate::parts::{Fetched, Refusal, error_of, fetch};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    Lang,
    order::{CancelReason, OrderState},
    payment::{Method, PaymentState},
    views::{
        OrderPage as View, TimelineStep,
        sold::{LeftOutRow, Parcel, ParcelPiece},
    },
    words::{checkout, orders as words, sold},
};
use ui::{Button, ButtonKind, Choice, Dialog, DialogClose, DialogLink, Icon, RadioGroup, format};

/// All that can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    cancel: ServerAction<CancelOrder>,
    again: ServerAction<BuyAgain>,
    receive: ServerAction<ReceiveOrder>,
}

#[component]
pub fn OrderPage() -> impl IntoView {
    let route = use_params_map();
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let acts = Acts { cancel: ServerAction::new(), again: ServerAction::new(), receive: ServerAction::new() };
    let changes = move || acts.cancel.version().get() + acts.receive.version().get();
    let order = fetch(move || (id.get(), changes()), |(id, _)| own_order(id));
    view! { <Fetched resource=order view=move |shown: ShownOrder| shown_as(shown, acts) /> }
}

fn shown_as(shown: ShownOrder, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let ShownOrder { member, order } = shown;
    let items = order.items.clone();
    view! {
        <Around member=member title=words::order_of(lang, &order.number)>
            <Refusal error=error_of(acts.cancel) stale=words::too_late />
            <Refusal error=error_of(acts.again) />
            <Refusal error=error_of(acts.receive) stale=sold::not_yet />
            <Head order=order.clone() acts=acts />
            <Timeline steps=order.timeline.clone() cash={order.method == Method::Cod} />
            <section class="panel order-part" aria-labelledby="goods">
                <h2 id="goods">{words::goods(lang)}</h2>
                <a class="order-shop" href=format!("/shop/{}", order.shop_slug)>
                    <Icon name=Icon::Store />
                    {order.shop.clone()}
                </a>
                <ul class="order-lines" role="list">
                    {items.into_iter().map(|item| view! { <li><Line item=item /></li> }).collect_view()}
                </ul>
                {(!order.note.is_empty())
                    .then(|| view! { <p class="order-facts">{words::note_said(lang, &order.note)}</p> })}
            </section>
            <Delivery order=order.clone() />
            <Paid order=order />
            {(!member).then(|| view! { <GuestNote /> })}
        </Around>
    }
    .into_any()
}

/// Where it stands, and what can be done about it.
#[component]
fn Head(order: View, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let to_pay = order.payment.filter(|_| order.state == OrderState::AwaitingPayment);
    let billed = order.state != OrderState::AwaitingPayment;
    let partly = matches!(order.state, OrderState::Accepted | OrderState::Packed)
        && order.parcels.iter().any(|parcel| parcel.left);
    view! {
        <section class="panel order-part" aria-label=words::payment_state_label(lang)>
            <p class="order-head">
                <StateBadge state=order.state />
                <span class="order-facts">{words::placed(lang, format::date_time(lang, order.placed_at))}</span>
            </p>
            <p>{words::state_about(lang, order.state)}</p>
            {partly.then(|| view! { <p>{words::partly_sent(lang)}</p> })}
            <div class="order-acts">
                {order.can_receive.then(|| view! { <Received order=order.clone() receive=acts.receive /> })}
                {to_pay.map(|payment| view! { <PayNow to=payment.to_string() /> })}
                {is_over(order.state).then(|| view! { <Again order=order.id again=acts.again /> })}
                {billed
                    .then(|| {
                        let href = format!("/account/orders/{}/invoice", order.id);
                        view! {
                            <Button href=href kind=ButtonKind::Secondary icon=Icon::Receipt>{words::invoice(lang)}</Button>
                        }
                    })}
                <Button href=format!("/orders/{}", order.group) kind=ButtonKind::Quiet>{words::see_group(lang)}</Button>
                {order.can_cancel.then(|| view! { <Cancel order=order.clone() cancel=acts.cancel /> })}
            </div>
        </section>
    }
}

/// Asks once: the money goes on to the seller.
#[component]
fn Received(order: View, receive: ServerAction<ReceiveOrder>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <DialogLink to="received" kind=ButtonKind::Primary icon=Icon::CheckCircle>{sold::received(lang)}</DialogLink>
        <Dialog id="received" title=sold::received_title(lang)>
            <p>{sold::received_text(lang)}</p>
            <ActionForm action=receive>
                <input r#type="hidden" name="order" value=order.id.to_string() />
                <div class="dialog-acts">
                    <DialogClose of="received">{sold::received_no(lang)}</DialogClose>
                    <Button busy=receive.pending()>{sold::received_yes(lang)}</Button>
                </div>
            </ActionForm>
        </Dialog>
    }
}

/// Asks once, and why.
#[component]
fn Cancel(order: View, cancel: ServerAction<CancelOrder>) -> impl IntoView {
    let lang = ui::lang();
    let text = match (order.state, order.method) {
        (OrderState::AwaitingPayment, _) => words::cancel_unpaid(lang),
        (_, Method::Cod) => words::cancel_cash(lang),
        _ => words::cancel_paid(lang),
    };
    let reasons =
        CancelReason::OF_BUYER.map(|reason| Choice::new(reason.as_str(), words::reason(lang, reason)));
    view! {
        <DialogLink to="cancel-order" kind=ButtonKind::Quiet icon=Icon::Close>{words::cancel(lang)}</DialogLink>
        <Dialog id="cancel-order" title=words::cancel_title(lang)>
            <p>{text}</p>
            <Refusal error=error_of(cancel) stale=words::too_late />
            <ActionForm action=cancel>
                <input r#type="hidden" name="order" value=order.id.to_string() />
                <RadioGroup name="reason" label=words::cancel_why(lang) choices=reasons.to_vec() />
                <div class="dialog-acts">
                    <DialogClose of="cancel-order">{words::cancel_no(lang)}</DialogClose>
                    <Button kind=ButtonKind::Danger busy=cancel.pending()>{words::cancel_yes(lang)}</Button>
                </div>
            </ActionForm>
        </Dialog>
    }
}

/// What has happened, the first first.
#[component]
fn Timeline(steps: Vec<TimelineStep>, cash: bool) -> impl IntoView {
    let lang = ui::lang();
    let last = steps.len().saturating_sub(1);
    let row = move |(i, step): (usize, TimelineStep)| {
        let reason = step.reason.map(|reason| words::reason(lang, reason));
        view! {
            <li class="timeline-step" aria-current=(i == last).then_some("step")>
                <strong>{words::step(lang, &step, cash)}</strong>
                {reason.map(|reason| view! { <span>{reason}</span> })}
                <span class="order-facts">{format::date_time(lang, step.at)}</span>
            </li>
        }
    };
    view! {
        <section class="panel order-part" aria-labelledby="timeline">
            <h2 id="timeline">{words::progress(lang)}</h2>
            <ol class="timeline" role="list">{steps.into_iter().enumerate().map(row).collect_view()}</ol>
        </section>
    }
}

/// By whom, when and where to.
#[component]
fn Delivery(order: View) -> impl IntoView {
    let lang = ui::lang();
    let service = checkout::service_name(lang, order.service);
    let arrives = checkout::days(lang, &order.arrives_from, &order.arrives_until);
    let to = order.ship_to;
    let phone = to.phone_shown();
    let all = order.parcels.len();
    let parcels = order.parcels.into_iter().enumerate();
    let street = [to.street, to.detail].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    view! {
        <section class="panel order-part" aria-labelledby="delivery">
            <h2 id="delivery">{words::delivery(lang)}</h2>
            <dl class="facts">
                <Fact name=words::courier(lang)>
                    {order.courier} " · " {service} {order.insured.then(|| format!(" · {}", words::insured(lang)))}
                </Fact>
                <Fact name=words::arrives(lang)>{arrives}</Fact>
                <Fact name={if to.at_counter { words::counter(lang) } else { words::address(lang) }}>
                    <strong>{to.recipient}</strong>
                    " · "
                    {phone}
                    <br />
                    {street.join(", ")}
                    <br />
                    {to.place}
                    " "
                    {to.postcode}
                    {(!to.notes.is_empty()).then(|| view! { <br /> {words::note_said(lang, to.notes)} })}
                    {to.at_counter
                        .then(|| view! { <br /> <span class="order-facts">{words::counter_text(lang)}</span> })}
                </Fact>
            </dl>
            {parcels.map(|(i, parcel)| view! { <InParcel parcel=parcel n=i + 1 all=all /> }).collect_view()}
            {order.left_out.into_iter().map(|row| view! { <LeftOut row=row /> }).collect_view()}
        </section>
    }
}

/// What is in one of its parcels, and where that is.
#[component]
fn InParcel(parcel: Parcel, n: usize, all: usize) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <article class="parcel">
            <h3 class="parcel-title">
                {if all > 1 { sold::parcel_of(lang, n, all) } else { sold::parcel(lang).to_owned() }} " · "
                {sold::parcel_state(lang, parcel.state)}
            </h3>
            {(all > 1).then(|| view! { <Contents pieces=parcel.pieces /> })}
            {parcel.waybill.map(|waybill| view! { <p>{sold::waybill(lang)} " " <code>{waybill}</code></p> })}
            {(!parcel.seen.is_empty())
                .then(|| {
                    view! {
                        <ol class="timeline" role="list" aria-label=sold::tracking(lang)>
                            {parcel
                                .seen
                                .into_iter()
                                .map(|seen| {
                                    view! {
                                        <li class="timeline-step">
                                            <strong>{sold::parcel_state(lang, seen.state)}</strong>
                                            {(!seen.note.is_empty()).then(|| view! { <span>{seen.note}</span> })}
                                            <span class="order-facts">{format::date_time(lang, seen.at)}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ol>
                    }
                })}
        </article>
    }
}

/// Pieces that do not come, why, and what goes back for them.
#[component]
fn LeftOut(row: LeftOutRow) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <article class="parcel">
            <h3 class="parcel-title">{sold::left_out(lang)}</h3>
            <Contents pieces=row.pieces />
            <p>{words::reason(lang, row.reason)}</p>
            {(row.refund.amount() > 0).then(|| view! { <p>{words::left_out_back(lang, row.refund)}</p> })}
            <p class="order-facts">{format::date_time(lang, row.at)}</p>
        </article>
    }
}

#[component]
fn Contents(pieces: Vec<ParcelPiece>) -> impl IntoView {
    let lang = ui::lang();
    let one = |piece: ParcelPiece| view! { <li>{sold::piece(lang, piece.quantity, piece.shown())}</li> };
    view! { <ul class="parcel-pieces" role="list">{pieces.into_iter().map(one).collect_view()}</ul> }
}

#[component]
fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// How it is paid, and what it came to.
#[component]
fn Paid(order: View) -> impl IntoView {
    let lang = ui::lang();
    let refunded = order.refunded;
    view! {
        <section class="panel order-part" aria-labelledby="payment">
            <h2 id="payment">{words::payment(lang)}</h2>
            <dl class="facts">
                <Fact name=words::method(lang)>{checkout::method_name(lang, order.method)}</Fact>
                {payment_state(lang, &order)
                    .map(|state| view! { <Fact name=words::payment_state_label(lang)>{state}</Fact> })}
                {(refunded.amount() > 0)
                    .then(|| view! { <Fact name=words::refunded(lang)>{refunded.to_string()}</Fact> })}
                {order
                    .money_back
                    .iter()
                    .map(|back| {
                        let told = words::money_back_on(lang, back.amount, format::date_time(lang, back.at));
                        view! { <Fact name=words::money_back(lang)>{told}</Fact> }
                    })
                    .collect_view()}
            </dl>
            <h3>{words::costs(lang)}</h3>
            <Sums summary=order.summary />
        </section>
    }
}

/// In words; nothing for cash of an order that was cancelled.
pub(super) fn payment_state(lang: Lang, order: &View) -> Option<&'static str> {
    if order.method == Method::Cod {
        return (order.state != OrderState::Cancelled).then(|| words::cash_state(lang));
    }
    let state = match order.payment_state? {
        // Of another order that was paid with it. What came too late for any of them goes back for none in particular.
        PaymentState::PartiallyRefunded | PaymentState::Refunded
            if order.refunded.is_zero() && order.state != OrderState::Cancelled =>
        {
            PaymentState::Captured
        }
        state => state,
    };
    Some(words::payment_state(lang, state))
}
