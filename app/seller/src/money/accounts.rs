//! The bank accounts a shop's money goes to.

use super::page::Acts;
use crate::parts::{error_of, wrong};
use leptos::prelude::*;
use model::{
    payout::{Bank, limits},
    views::takings::AccountView,
    words::takings as words,
};
use ui::{Button, ButtonKind, Choice, Field, Select};

#[component]
pub fn Accounts(shop: String, accounts: Vec<AccountView>, fresh: bool, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let none = accounts.is_empty();
    let room = accounts.len() < usize::try_from(limits::ACCOUNTS).unwrap_or(usize::MAX);
    let to_add = shop.clone();
    let row = move |it: AccountView| {
        let shop = shop.clone();
        view! {
            <li class="purse-account">
                <span>
                    <strong>{it.bank.brand()} " " {it.number.clone()}</strong>
                    <br />
                    <span class="order-facts">{it.holder}</span>
                </span>
                {fresh
                    .then(|| {
                        view! {
                            <ActionForm action=acts.remove>
                                <input r#type="hidden" name="shop" value=shop />
                                <input r#type="hidden" name="account" value=it.id.to_string() />
                                <Button
                                    kind=ButtonKind::Quiet
                                    attr:aria-label=words::remove_of(lang, it.bank.brand(), &it.number)
                                >
                                    {words::remove(lang)}
                                </Button>
                            </ActionForm>
                        }
                    })}
            </li>
        }
    };
    view! {
        <section class="panel order-part" aria-labelledby="accounts">
            <h2 id="accounts">{words::accounts(lang)}</h2>
            {none.then(|| view! { <p>{words::no_accounts(lang)}</p> })}
            <ul class="order-lines" role="list">{accounts.into_iter().map(row).collect_view()}</ul>
            {(fresh && room).then(|| view! { <Add shop=to_add acts=acts /> })}
        </section>
    }
}

#[component]
fn Add(shop: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(acts.add);
    let banks: Vec<Choice> = Bank::ALL.iter().map(|bank| Choice::new(bank.as_str(), bank.brand())).collect();
    view! {
        <ActionForm action=acts.add attr:class="purse-ask">
            <input r#type="hidden" name="shop" value=shop />
            <Select name="bank" label=words::bank(lang) choices=banks chosen=Bank::Bca.as_str().to_owned() />
            <Field name="number" label=words::number(lang) error=wrong(error, "number") autocomplete="off" maxlength=30u32 />
            <Field
                name="holder"
                label=words::holder(lang)
                hint=words::holder_hint(lang)
                error=wrong(error, "holder")
                autocomplete="name"
                maxlength=60u32
            />
            <Button kind=ButtonKind::Secondary busy=acts.add.pending()>{words::add_account(lang)}</Button>
        </ActionForm>
    }
}
