//! What a shop has, what is coming, and where it goes.

use super::{
    accounts::Accounts,
    rpc::{AddAccount, Purse, RemoveAccount, Withdraw, purse_of},
    withdraw::{Ask, Withdrawals},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{AppError, Money, words::takings as words};
use ui::{Button, ButtonKind, Card, Icon, Notice, NoticeKind, ProveFirst};

/// All that can be done on this page.
#[derive(Clone, Copy)]
pub struct Acts {
    pub withdraw: ServerAction<Withdraw>,
    pub add: ServerAction<AddAccount>,
    pub remove: ServerAction<RemoveAccount>,
}

impl Acts {
    fn count(self) -> usize {
        self.withdraw.version().get() + self.add.version().get() + self.remove.version().get()
    }

    fn error(self) -> Signal<Option<AppError>> {
        let errors = [error_of(self.withdraw), error_of(self.add), error_of(self.remove)];
        Signal::derive(move || errors.iter().find_map(Get::get))
    }
}

#[component]
pub fn MoneyPage() -> impl IntoView {
    let (shop, query) = (use_shop(), use_query_map());
    let asked = move || query.with(|query| query.get("asked").is_some());
    let acts = Acts { withdraw: ServerAction::new(), add: ServerAction::new(), remove: ServerAction::new() };
    let held = fetch(move || (shop.get(), acts.count()), |(shop, _)| purse_of(shop));
    view! {
        <Frame here=Part::Money>
            {move || asked().then(|| view! { <Notice kind=NoticeKind::Success>{words::asked(ui::lang())}</Notice> })}
            <Refusal error=acts.error() />
            <Fetched resource=held view=move |held: Purse| shown(held, shop.get_untracked(), acts) />
        </Frame>
    }
}

fn shown(held: Purse, shop: String, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let Purse { takings, fresh, key } = held;
    let owes = takings.available.amount() < 0;
    let about = if owes { words::owed_text(lang) } else { words::available_text(lang) };
    let can_ask = takings.available.amount() > 0 && !takings.accounts.is_empty();
    view! {
        <ul class="purse" role="list">
            <li><Sum name=words::available(lang) amount=takings.available about=about.to_owned() /></li>
            <li>
                <Sum
                    name=words::coming(lang)
                    amount=takings.coming
                    about=words::coming_text(lang, takings.coming_orders)
                />
            </li>
            <li><Sum name=words::leaving(lang) amount=takings.leaving about=String::new() /></li>
        </ul>
        <p>
            <Button href=format!("/seller/{shop}/money/statement") kind=ButtonKind::Secondary icon=Icon::Receipt>
                {words::statement(lang)}
            </Button>
        </p>
        {(!fresh).then(|| view! { <ProveFirst text=words::prove_first(lang) /> })}
        {(can_ask && fresh)
            .then(|| view! { <Ask shop=shop.clone() accounts=takings.accounts.clone() key=key withdraw=acts.withdraw /> })}
        <Accounts shop=shop accounts=takings.accounts fresh=fresh acts=acts />
        <Withdrawals withdrawals=takings.withdrawals />
    }
    .into_any()
}

#[component]
fn Sum(name: &'static str, amount: Money, about: String) -> impl IntoView {
    view! {
        <Card>
            <p class="order-facts">{name}</p>
            <p class="purse-sum">{amount.to_string()}</p>
            {(!about.is_empty()).then(|| view! { <p class="order-facts">{about}</p> })}
        </Card>
    }
}
