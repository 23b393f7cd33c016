use super::{rpc::UseCoins, sending::AtOnce};
use crate::parts::{Refusal, refused};
use leptos::{prelude::*, server_fn::ServerFn as _};
use model::{
    views::CoinOffer,
    words::{checkout, coins as words},
};
use ui::{Checkbox, Sent};

/// Whether a member's coins are spent with this order.
#[component]
pub fn Coins(coins: CoinOffer, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let number = move |n: i64| lang.number(n.unsigned_abs());
    view! {
        <section class="panel" id="coins" aria-labelledby="coins-title">
            <h2 id="coins-title">{words::title(lang)}</h2>
            <Refusal error=refused(sent, &[UseCoins::url()]) />
            <AtOnce to=UseCoins::url() sent=sent act=checkout::use_choice(lang)>
                <Checkbox
                    name="on"
                    value="true"
                    label=words::spend(lang)
                    hint=words::have(lang, number(coins.there), number(coins.most))
                    checked=coins.on
                />
            </AtOnce>
        </section>
    }
}
