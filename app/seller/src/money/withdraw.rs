//! Taking money out, and what became of it.

use super::rpc::Withdraw;
use crate::parts::{error_of, wrong};
use leptos::prelude::*;
use model::{
    payout::limits,
    views::takings::{AccountView, WithdrawalView},
    words::takings as words,
};
use ui::{Button, Cell, Choice, Column, Field, Input, Select, Table, format};

#[component]
pub fn Ask(
    shop: String,
    accounts: Vec<AccountView>,
    key: String,
    withdraw: ServerAction<Withdraw>,
) -> impl IntoView {
    let lang = ui::lang();
    let choices: Vec<Choice> = accounts
        .into_iter()
        .map(|it| {
            Choice::new(it.id.to_string(), format!("{} {} · {}", it.bank.brand(), it.number, it.holder))
        })
        .collect();
    let first = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    view! {
        <section class="panel order-part" aria-labelledby="withdraw">
            <h2 id="withdraw">{words::withdraw(lang)}</h2>
            <p class="order-facts">
                {words::withdraw_text(lang, limits::LEAST, limits::MOST)} " " {words::by_operator(lang, limits::BY_ITSELF)}
            </p>
            <ActionForm action=withdraw attr:class="purse-ask">
                <input r#type="hidden" name="shop" value=shop />
                <input r#type="hidden" name="key" value=key />
                <Field
                    name="amount"
                    label=words::amount(lang)
                    kind=Input::Digits
                    prefix="Rp"
                    hint=words::amount_hint(lang)
                    error=wrong(error_of(withdraw), "amount")
                    autocomplete="off"
                />
                <Select name="account" label=words::to_account(lang) choices=choices chosen=first />
                <Button busy=withdraw.pending()>{words::withdraw_go(lang)}</Button>
            </ActionForm>
        </section>
    }
}

#[component]
pub fn Withdrawals(withdrawals: Vec<WithdrawalView>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::when(lang)),
        Column::text(words::to_account(lang)),
        Column::number(words::amount(lang)),
        Column::text(words::state(lang)),
    ];
    let row = move |it: WithdrawalView| {
        view! {
            <tr>
                <Cell label=words::when(lang)>{format::date_time(lang, it.requested_at)}</Cell>
                <Cell label=words::to_account(lang)>{it.bank.brand()} " " {it.number}</Cell>
                <Cell label=words::amount(lang) number=true>{it.amount.to_string()}</Cell>
                <Cell label=words::state(lang)>
                    {words::withdrawal(lang, it.state)}
                    {it.failure.map(|why| view! { <br /> <span class="order-facts">{words::failure(lang, why)}</span> })}
                </Cell>
            </tr>
        }
    };
    view! {
        <section aria-labelledby="withdrawals">
            <h2 id="withdrawals">{words::withdrawals(lang)}</h2>
            {if withdrawals.is_empty() {
                view! { <p class="order-facts">{words::no_withdrawals(lang)}</p> }.into_any()
            } else {
                view! {
                    <Table caption=words::withdrawals(lang) columns=columns>
                        {withdrawals.into_iter().map(row).collect_view()}
                    </Table>
                }
                    .into_any()
            }}
        </section>
    }
}
