//! `/seller/{shop}/orders/{id}`: where an order stands, what is to be done next, what is in it and what it brings.

use super::{
    parts::{Fact, Line, Receiver, StateBadge, Track},
    rpc::{AcceptOrder, BookCourierAgain, HandOverOrder, PackOrder, RejectOrder, sold_order},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, use_shop, wrong};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    AppError,
    order::{CancelReason, OrderState},
    payment::Method,
    shipping::ShipmentState,
    views::sold::{Earnings, SoldPage},
    words::{cart, checkout, orders as bought, sold as words},
};
use ui::{
    Badge, Button, ButtonKind, Choice, Dialog, DialogClose, DialogLink, Field, Icon, Input, RadioGroup,
    format,
};

/// All that can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    accept: ServerAction<AcceptOrder>,
    reject: ServerAction<RejectOrder>,
    pack: ServerAction<PackOrder>,
    hand_over: ServerAction<HandOverOrder>,
    again: ServerAction<BookCourierAgain>,
}

impl Acts {
    /// How often something was done, so that the order is read again.
    fn count(self) -> usize {
        self.accept.version().get()
            + self.reject.version().get()
            + self.pack.version().get()
            + self.hand_over.version().get()
            + self.again.version().get()
    }

    fn error(self) -> Signal<Option<AppError>> {
        let errors = [
            error_of(self.accept),
            error_of(self.reject),
            error_of(self.pack),
            error_of(self.hand_over),
            error_of(self.again),
        ];
        Signal::derive(move || errors.iter().find_map(Get::get))
    }
}

#[component]
pub fn OrderPage() -> impl IntoView {
    let (shop, route) = (use_shop(), use_params_map());
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let acts = Acts {
        accept: ServerAction::new(),
        reject: ServerAction::new(),
        pack: ServerAction::new(),
        hand_over: ServerAction::new(),
        again: ServerAction::new(),
    };
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
            <Next order=order.clone() shop=shop acts=acts />
        </section>
        <section class="panel order-part" aria-labelledby="goods">
            <h2 id="goods">{words::goods(lang)}</h2>
            <ul class="order-lines" role="list">
                {items.into_iter().map(|item| view! { <li><Line item=item /></li> }).collect_view()}
            </ul>
            {(!order.note.is_empty()).then(|| view! { <p>{words::buyer_note(lang, &order.note)}</p> })}
        </section>
        <Sending order=order.clone() />
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
    let waybill = order.parcel.as_ref().is_some_and(|parcel| parcel.waybill.is_some());
    let lost_courier = order.parcel.as_ref().is_some_and(|parcel| parcel.state == ShipmentState::Cancelled);
    let hidden = {
        let (shop, id) = (shop.clone(), id.clone());
        move || {
            view! {
                <input r#type="hidden" name="shop" value=shop.clone() />
                <input r#type="hidden" name="order" value=id.clone() />
            }
        }
    };
    let step = match order.state {
        OrderState::Paid => Some(
            view! {
                <ActionForm action=acts.accept>
                    {hidden()} <Button icon=Icon::Check busy=acts.accept.pending()>{words::accept(lang)}</Button>
                </ActionForm>
            }
            .into_any(),
        ),
        OrderState::Accepted => Some(
            view! {
                <ActionForm action=acts.pack attr:class="sold-pack">
                    {hidden()}
                    <Field
                        name="weight"
                        label=words::weight(lang)
                        kind=Input::Number
                        value=order.weight_g.to_string()
                        suffix="g"
                        hint=words::weight_hint(lang, order.weight_g)
                        error=wrong(error_of(acts.pack), "weight")
                        autocomplete="off"
                    />
                    <Button icon=Icon::Package busy=acts.pack.pending()>{words::pack(lang)}</Button>
                </ActionForm>
            }
            .into_any(),
        ),
        OrderState::Packed if lost_courier => Some(
            view! {
                <ActionForm action=acts.again>
                    {hidden()} <Button icon=Icon::Truck busy=acts.again.pending()>{words::book_again(lang)}</Button>
                </ActionForm>
            }
            .into_any(),
        ),
        OrderState::Packed => Some(
            view! {
                <ActionForm action=acts.hand_over>
                    {hidden()} <Button icon=Icon::Truck busy=acts.hand_over.pending()>{words::hand_over(lang)}</Button>
                </ActionForm>
            }
            .into_any(),
        ),
        _ => None,
    };
    let rejectable = matches!(order.state, OrderState::Paid | OrderState::Accepted | OrderState::Packed);
    let paper = !matches!(order.state, OrderState::Cancelled | OrderState::AwaitingPayment);
    let to_slip = format!("{here}/slip");
    view! {
        {(order.state == OrderState::Packed && !waybill).then(|| view! { <p>{words::no_courier_yet(lang)}</p> })}
        <div class="order-acts">
            {step}
            {waybill
                .then(|| {
                    let href = format!("{here}/label");
                    view! { <Button href=href kind=ButtonKind::Secondary icon=Icon::Receipt>{words::label(lang)}</Button> }
                })}
            {paper.then(|| view! { <Button href=to_slip kind=ButtonKind::Secondary icon=Icon::Receipt>{words::slip(lang)}</Button> })}
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

/// By whom and where to, and where the parcel is.
#[component]
fn Sending(order: SoldPage) -> impl IntoView {
    let lang = ui::lang();
    let parcel = order.parcel.clone();
    view! {
        <section class="panel order-part" aria-labelledby="parcel">
            <h2 id="parcel">{words::parcel(lang)}</h2>
            <dl class="facts">
                <Fact name=bought::courier(lang)>
                    {order.courier} " · " {checkout::service_name(lang, order.service)}
                    {order.insured.then(|| format!(" · {}", bought::insured(lang)))}
                </Fact>
                {parcel
                    .as_ref()
                    .and_then(|parcel| parcel.waybill.clone())
                    .map(|waybill| view! { <Fact name=words::waybill(lang)><code>{waybill}</code></Fact> })}
                {parcel
                    .as_ref()
                    .map(|parcel| {
                        let weight = format::weight(lang, u64::from(parcel.weight_g.unsigned_abs()));
                        view! { <Fact name=words::weight(lang)>{weight}</Fact> }
                    })}
                <Fact name=words::deliver_to(lang)><Receiver to=order.ship_to /></Fact>
            </dl>
            {parcel
                .filter(|parcel| !parcel.seen.is_empty())
                .map(|parcel| view! { <h3>{words::tracking(lang)}</h3> <Track parcel=parcel /> })}
        </section>
    }
}

/// What the buyer pays, and what of it comes to the shop.
#[component]
fn Money(order: SoldPage) -> impl IntoView {
    let lang = ui::lang();
    let Earnings { goods, shipping_discount, fees, total } = order.earnings;
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
                <div class="summary-row summary-total">
                    <dt>{words::total(lang)}</dt>
                    <dd>{total.to_string()}</dd>
                </div>
            </dl>
        </section>
    }
}
