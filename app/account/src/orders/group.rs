//! `/orders/{group}`: what was paid at once, or is to be; each shop's part is an order of its own.

use super::{
    parts::{Around, GuestNote, OrderRow, PayNow, Sums},
    rpc::{BuyAgain, ShownGroup, own_group},
};
use crate::parts::{Fetched, Refusal, error_of, fetch};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    Lang,
    order::GroupState,
    payment::Method,
    views::GroupPage as View,
    words::{checkout, orders as words},
};
use ui::{Art, Button, ButtonKind, Illustration, SectionHead, format};

#[component]
pub fn GroupPage() -> impl IntoView {
    let route = use_params_map();
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let again = ServerAction::<BuyAgain>::new();
    let group = fetch(move || id.get(), own_group);
    view! { <Fetched resource=group view=move |shown: ShownGroup| shown_as(shown, again) /> }
}

fn shown_as(shown: ShownGroup, again: ServerAction<BuyAgain>) -> AnyView {
    let lang = ui::lang();
    let ShownGroup { member, group } = shown;
    let cash = group.method == Method::Cod;
    let (paid, owed) = (group.state == GroupState::Paid, group.state == GroupState::AwaitingPayment);
    let to_pay = group.payment.filter(|_| owed);
    let email = Some(group.email.clone()).filter(|email| !email.is_empty() && (paid || owed));
    view! {
        <Around member=member title=words::group(lang, group.state, cash)>
            {paid.then(|| view! { <Illustration art=Art::Success /> })}
            <div class="order-said">
                {said(lang, &group).map(|text| view! { <p>{text}</p> })}
                {email.map(|email| view! { <p>{words::news_to(lang, email)}</p> })}
            </div>
            <div class="order-acts">
                {to_pay.map(|payment| view! { <PayNow to=payment.to_string() /> })}
                {(!owed)
                    .then(|| view! { <Button href="/" kind=ButtonKind::Secondary>{words::shop_on(lang)}</Button> })}
            </div>
            <Refusal error=error_of(again) />
            <ul class="account-cards" role="list" aria-label=words::group_orders(lang)>
                {group
                    .orders
                    .into_iter()
                    .map(|card| view! { <li><OrderRow card=card again=again /></li> })
                    .collect_view()}
            </ul>
            <section class="panel order-part" aria-labelledby="costs">
                <SectionHead title=words::costs(lang) id="costs" about=checkout::method_name(lang, group.method) />
                <Sums summary=group.summary />
            </section>
            {(!member).then(|| view! { <GuestNote /> })}
        </Around>
    }
    .into_any()
}

/// What to do or to expect.
fn said(lang: Lang, group: &View) -> Option<String> {
    match group.state {
        GroupState::AwaitingPayment => {
            group.due_at.map(|due| words::group_due(lang, format::date_time(lang, due)))
        }
        GroupState::Paid if group.method == Method::Cod => {
            Some(words::group_cash_text(lang, group.summary.total))
        }
        GroupState::Paid => Some(words::group_paid_text(lang).to_owned()),
        GroupState::Expired => Some(words::group_expired_text(lang).to_owned()),
        GroupState::Cancelled => Some(words::group_cancelled_text(lang).to_owned()),
    }
}
