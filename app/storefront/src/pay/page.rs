use super::{
    copy::Copy,
    instructions::WhatToDo,
    rpc::{ChangeMethod, PayFromBalance, payment},
    stand::Stand,
};
use crate::{
    checkout::MethodChoices,
    parts::{Fetched, Refusal, SkeletonLines, fetch, refused},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_router::hooks::use_params_map;
use model::{
    Lang,
    views::{OrderRef, PaymentView},
    words::checkout as words,
};
use ui::{
    Art, Button, ButtonKind, Countdown, Icon, Illustration, Price, Sent, SentForm, Size, Title, format, live,
};

#[component]
pub fn PaymentPage() -> impl IntoView {
    let route = use_params_map();
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let moves = RwSignal::new(false);
    let news = live::news(Memo::new(move |_| moves.get().then(|| format!("/pay/{}/events", id.get()))));
    let change = Sent::default();
    let found = fetch(move || (id.get(), news.get(), change.answers()), |(id, ..)| payment(id));
    view! {
        <Fetched
            resource=found
            skeleton=|| view! { <SkeletonLines count=8 /> }.into_any()
            view=move |payment: PaymentView| {
                let stand = Stand::of(&payment);
                Effect::new(move || moves.set(stand.moves()));
                if stand == Stand::Preparing {
                    live::soon(news);
                }
                view! { <Payment payment=payment stand=stand change=change /> }.into_any()
            }
        />
    }
}

#[component]
fn Payment(payment: PaymentView, stand: Stand, change: Sent) -> impl IntoView {
    let lang = ui::lang();
    let here = format!("/pay/{}", payment.id);
    let (headline, text) = said(lang, stand, &payment);
    let PaymentView {
        id, group, method, amount, before_fee, instructions, others, orders, given_back, ..
    } = payment.clone();
    let owed = matches!(stand, Stand::Preparing | Stand::Unreachable | Stand::Waiting | Stand::Cash);
    view! {
        <Title text=words::pay_title(lang) unlisted=true />
        <div class="pay">
            {art(stand).map(|art| view! { <Illustration art=art /> })}
            <div class="pay-head" role="status">
                <h1 class="account-title">{headline}</h1>
                {text.map(|text| view! { <p>{text}</p> })}
                {(stand != Stand::Late && given_back.amount() > 0)
                    .then(|| view! { <p>{words::given_back(lang, given_back)}</p> })}
            </div>
            {owed.then(|| view! { <Owed payment=payment counted={stand == Stand::Waiting} /> })}
            {instructions
                .filter(|_| stand == Stand::Waiting)
                .map(|instructions| {
                    view! {
                        <section class="panel pay-panel" aria-label=words::pay_of(lang, words::method_name(lang, method))>
                            <WhatToDo id=id amount=amount method=method instructions=instructions sent=change />
                        </section>
                    }
                })}
            {stand
                .moves()
                .then(|| {
                    view! {
                        <div class="pay-check">
                            <p class="section-about scripted">{words::live(lang)}</p>
                            // A new page, also with JavaScript.
                            <a class="btn btn-md btn-secondary" href=here rel="external">
                                <Icon name=Icon::Refresh />
                                <span class="btn-label">{words::check(lang)}</span>
                            </a>
                        </div>
                    }
                })}
            <Refusal error=refused(change, &[ChangeMethod::url(), PayFromBalance::url()]) />
            {(stand.changes() && !others.is_empty())
                .then(|| {
                    let open = stand != Stand::Waiting && stand != Stand::Preparing;
                    view! {
                        <details class="panel checkout-more" open=open>
                            <summary>{words::change_method(lang)}</summary>
                            <SentForm to=ChangeMethod::url() sent=change>
                                <div class="form">
                                    <input r#type="hidden" name="payment" value=id.to_string() />
                                    <MethodChoices offers=others chosen=None before_fee=before_fee />
                                    <Button>{words::change_use(lang)}</Button>
                                </div>
                            </SentForm>
                        </details>
                    }
                })}
            <Orders orders=orders group=group.to_string() done={!stand.moves()} />
        </div>
    }
}

/// How much, and until when. It is `counted` down while it can be paid.
#[component]
fn Owed(payment: PaymentView, counted: bool) -> impl IntoView {
    let lang = ui::lang();
    let left = u32::try_from(payment.due_at - payment.now).unwrap_or_default();
    view! {
        <section class="panel pay-panel">
            <div class="pay-row">
                <div>
                    <p class="section-about">{words::amount(lang)}</p>
                    <Price now=payment.amount size=Size::Large />
                </div>
                {counted.then(|| view! { <Copy text=payment.amount.amount().to_string() label=words::copy_amount(lang) /> })}
            </div>
            <p class="section-about">{words::pay_of(lang, words::method_name(lang, payment.method))}</p>
            {counted
                .then(|| {
                    view! {
                        <p class="pay-due">
                            <Icon name=Icon::Clock />
                            <span>{words::due(lang, format::date_time(lang, payment.due_at))}</span>
                            <Countdown seconds=left />
                        </p>
                    }
                })}
        </section>
    }
}

/// What is paid by it, and the ways on.
#[component]
fn Orders(orders: Vec<OrderRef>, group: String, done: bool) -> impl IntoView {
    let lang = ui::lang();
    let kind = if done { ButtonKind::Primary } else { ButtonKind::Secondary };
    view! {
        <section class="panel pay-panel" aria-labelledby="orders-title">
            <h2 id="orders-title">{words::orders(lang)}</h2>
            <ul class="pay-orders" role="list">
                {orders
                    .into_iter()
                    .map(|order| {
                        view! {
                            <li>
                                <a class="link checkout-link" href=format!("/account/orders/{}", order.id)>
                                    {order.number}
                                </a>
                                <span class="section-about">{order.shop}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <p class="form-acts">
                <Button href=format!("/orders/{group}") kind=kind>
                    {words::see_orders(lang)}
                </Button>
                {done
                    .then(|| {
                        view! {
                            <Button href="/" kind=ButtonKind::Secondary>
                                {words::shop_on(lang)}
                            </Button>
                        }
                    })}
            </p>
        </section>
    }
}

/// The headline, and what more is to be said.
fn said(lang: Lang, stand: Stand, payment: &PaymentView) -> (String, Option<String>) {
    let name = words::method_name(lang, payment.method);
    let (headline, text) = match stand {
        Stand::Cash => (words::cash(lang), words::order_text(lang, payment.amount)),
        Stand::Preparing => (words::preparing(lang), words::preparing_text(lang).to_owned()),
        Stand::Unreachable => {
            return (words::unreachable(lang, name), Some(words::unreachable_text(lang).to_owned()));
        }
        Stand::Waiting => return (words::waiting(lang).to_owned(), None),
        Stand::Confirming => (words::confirming(lang), words::confirming_text(lang).to_owned()),
        Stand::Paid => (words::paid(lang), words::paid_text(lang).to_owned()),
        Stand::PaidOtherwise => (words::paid_otherwise(lang), words::paid_otherwise_text(lang).to_owned()),
        Stand::Failed => (words::failed(lang), words::failed_text(lang).to_owned()),
        Stand::Replaced => (words::replaced(lang), words::replaced_text(lang).to_owned()),
        Stand::Expired => (words::expired(lang), words::expired_text(lang).to_owned()),
        Stand::Late => {
            let back = Some(payment.given_back).filter(|back| back.amount() > 0);
            (words::late(lang), words::late_text(lang, back.unwrap_or(payment.amount)))
        }
        Stand::Refunded => return (words::refunded(lang).to_owned(), None),
        Stand::ChargedBack => return (words::charged_back(lang).to_owned(), None),
    };
    (headline.to_owned(), Some(text))
}

const fn art(stand: Stand) -> Option<Art> {
    match stand {
        Stand::Paid | Stand::Cash | Stand::PaidOtherwise => Some(Art::Success),
        Stand::Expired | Stand::Late | Stand::Refunded | Stand::ChargedBack | Stand::Replaced => {
            Some(Art::Box)
        }
        Stand::Unreachable => Some(Art::Offline),
        Stand::Failed => Some(Art::Broken),
        Stand::Preparing | Stand::Waiting | Stand::Confirming => None,
    }
}
