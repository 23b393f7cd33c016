//! Paying with what a shop of one's own has earned.

use super::rpc::PayFromBalance;
use leptos::{prelude::*, server_fn::ServerFn as _};
use model::{
    Money,
    ids::PaymentId,
    views::{Purse, Purses},
    words::{checkout as words, door},
};
use ui::{Button, Notice, NoticeKind, Sent, SentForm, to_prove};

/// A button for each shop that has enough.
#[component]
pub fn FromBalance(payment: PaymentId, amount: Money, purses: Purses, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let prove = to_prove();
    let enough: Vec<Purse> =
        purses.shops.into_iter().filter(|purse| purse.available.amount() >= amount.amount()).collect();
    if enough.is_empty() {
        return view! { <Notice kind=NoticeKind::Warning>{words::no_balance(lang)}</Notice> }.into_any();
    }
    if !purses.fresh {
        return view! {
            <Notice>
                <p>{words::prove_balance(lang)}</p>
                <p>
                    <a class="link" href=move || prove.get()>{door::prove(lang)}</a>
                </p>
            </Notice>
        }
        .into_any();
    }
    enough
        .into_iter()
        .map(|purse| {
            view! {
                <SentForm to=PayFromBalance::url() sent=sent>
                    <input r#type="hidden" name="payment" value=payment.to_string() />
                    <input r#type="hidden" name="shop" value=purse.slug />
                    <Button>{words::pay_from(lang, &purse.name)}</Button>
                    <p class="section-about">{words::has_balance(lang, purse.available)}</p>
                </SentForm>
            }
        })
        .collect_view()
        .into_any()
}
