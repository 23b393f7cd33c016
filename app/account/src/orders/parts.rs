//! What several pages about orders show.

use super::rpc::BuyAgain;
use crate::parts::{Frame, Part, Private, Thumb};
use leptos::prelude::*;
use model::{
    ids::OrderId,
    order::OrderState,
    query,
    views::{OrderCard, OrderItem, Summary},
    words::{cart, orders as words},
};
use ui::{Badge, Button, ButtonKind, Card, Icon, Size, Tone, format};

/// A page for members, within their account, or for guests, who have none.
#[component]
pub fn Around(member: bool, #[prop(into)] title: String, children: Children) -> impl IntoView {
    if member {
        return view! { <Frame here=Part::Orders title=title>{children()}</Frame> }.into_any();
    }
    view! {
        <Private title=title.clone() />
        <div class="account-body">
            <h1 class="account-title">{title}</h1>
            {children()}
        </div>
    }
    .into_any()
}

#[component]
pub fn StateBadge(state: OrderState) -> impl IntoView {
    let tone = match state {
        OrderState::AwaitingPayment => Tone::Deal,
        OrderState::Paid | OrderState::Accepted | OrderState::Packed => Tone::Neutral,
        OrderState::Shipped | OrderState::Delivered | OrderState::Completed => Tone::Brand,
        OrderState::Cancelled => Tone::Danger,
    };
    view! { <Badge tone=tone text=words::state(ui::lang(), state) /> }
}

/// An order of a list, and what can be done with it.
#[component]
pub fn OrderRow(card: OrderCard, again: ServerAction<BuyAgain>) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/account/orders/{}", card.id);
    let OrderItem { name, label, picture, quantity, unit, .. } = card.first;
    let (number, to_details) = (card.number.clone(), href.clone());
    view! {
        <Card>
            <article class="order">
                <div class="order-head">
                    <a class="order-shop" href=format!("/shop/{}", card.shop_slug)>
                        <Icon name=Icon::Store />
                        {card.shop}
                    </a>
                    <StateBadge state=card.state />
                </div>
                <p class="order-facts">
                    {format::date(lang, card.placed_at)} " · " <span class="order-number">{number}</span>
                </p>
                <div class="order-item">
                    <div class="order-picture"><Thumb picture=picture /></div>
                    <div class="order-text">
                        <h2 class="order-name"><a href=href>{name}</a></h2>
                        {(!label.is_empty()).then(|| view! { <p class="order-facts">{label}</p> })}
                        <p class="order-facts">{words::pieces(lang, quantity, unit)}</p>
                        {(card.more > 0).then(|| view! { <p class="order-facts">{words::more_things(lang, card.more)}</p> })}
                    </div>
                </div>
                <div class="order-foot">
                    <p>
                        <span class="order-facts">{words::total(lang)}</span>
                        <br />
                        <strong class="order-total">{card.total.to_string()}</strong>
                    </p>
                    <div class="order-acts">
                        {card.payment.map(|payment| view! { <PayNow to=payment.to_string() /> })}
                        {is_over(card.state).then(|| view! { <Again order=card.id again=again /> })}
                        <Button
                            href=to_details
                            kind=ButtonKind::Quiet
                            attr:aria-label=words::details_of(lang, &card.number)
                        >
                            {words::details(lang)}
                        </Button>
                    </div>
                </div>
            </article>
        </Card>
    }
}

/// Nothing more is expected of it, so what was bought may be wanted again.
pub const fn is_over(state: OrderState) -> bool {
    matches!(state, OrderState::Delivered | OrderState::Completed | OrderState::Cancelled)
}

#[component]
pub fn PayNow(to: String) -> impl IntoView {
    view! { <Button href=format!("/pay/{to}")>{words::pay_now(ui::lang())}</Button> }
}

#[component]
pub fn Again(order: OrderId, again: ServerAction<BuyAgain>) -> impl IntoView {
    view! {
        <ActionForm action=again>
            <input r#type="hidden" name="order" value=order.to_string() />
            <Button kind=ButtonKind::Secondary icon=Icon::Cart>{words::buy_again(ui::lang())}</Button>
        </ActionForm>
    }
}

/// A thing as it was sold.
#[component]
pub fn Line(item: OrderItem) -> impl IntoView {
    let lang = ui::lang();
    let OrderItem { slug, sku, name, label, picture, quantity, unit, gross, note, .. } = item;
    let href = query::href(&format!("/p/{slug}"), [("v", sku.as_str())]);
    view! {
        <article class="order-item">
            <div class="order-picture"><Thumb picture=picture /></div>
            <div class="order-text">
                <h3 class="order-name"><a href=href>{name}</a></h3>
                {(!label.is_empty()).then(|| view! { <p class="order-facts">{label}</p> })}
                <p class="order-sum">
                    <span class="order-facts">{words::pieces(lang, quantity, unit)}</span>
                    <strong>{gross.to_string()}</strong>
                </p>
                {(!note.is_empty()).then(|| view! { <p class="order-facts">{words::note_said(lang, note)}</p> })}
            </div>
        </article>
    }
}

/// The rows as they add up, the total, and what was saved.
#[component]
pub fn Sums(summary: Summary) -> impl IntoView {
    let lang = ui::lang();
    let Summary { rows, total, saved, .. } = summary;
    view! {
        <dl class="summary">
            {rows
                .into_iter()
                .map(|row| view! { <SumRow name=cart::part(lang, &row.of) amount=row.amount /> })
                .collect_view()}
            <div class="summary-row summary-total">
                <dt>{cart::total(lang)}</dt>
                <dd>{total.to_string()}</dd>
            </div>
        </dl>
        {(saved.amount() > 0).then(|| view! { <p class="summary-saved">{cart::you_save(lang, saved)}</p> })}
    }
}

#[component]
pub fn SumRow(name: String, amount: model::Money) -> impl IntoView {
    view! {
        <div class="summary-row" class:summary-less={amount.amount() < 0}>
            <dt>{name}</dt>
            <dd>{amount.to_string()}</dd>
        </div>
    }
}

/// Somebody without an account is told how to come back.
#[component]
pub fn GuestNote() -> impl IntoView {
    view! {
        <p class="order-facts order-guest">
            <Icon name=Icon::Info size=Size::Small />
            {words::guest_note(ui::lang())}
        </p>
    }
}
