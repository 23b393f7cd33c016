//! What a voucher costs the shop.

use leptos::prelude::*;
use model::{
    Money,
    shop::{UsualOrder, VoucherCost},
    views::Deal,
    words::vouchers as words,
};
use ui::Card;

/// `quota` is how often it may be used, as it was typed or is.
#[component]
pub(super) fn Cost(cost: VoucherCost, quota: String, shipping: bool) -> impl IntoView {
    let lang = ui::lang();
    let by_quota = cost.most_each.zip(cost.worst).filter(|_| !quota.trim().is_empty());
    let about = match (cost.worst, by_quota) {
        (None, _) => words::worst_none_text(lang).to_owned(),
        (Some(_), Some((each, _))) => words::worst_text(lang, quota.trim(), each),
        (Some(_), None) => words::worst_by_budget(lang).to_owned(),
    };
    let worst = cost.worst.map_or_else(|| words::worst_none(lang).to_owned(), |worst| worst.to_string());
    view! {
        <section aria-labelledby="cost" class="voucher-cost">
            <h2 id="cost" class="section-title">{words::cost(lang)}</h2>
            <div class="form-pair">
                <Card>
                    <p class="order-facts">{words::worst(lang)}</p>
                    <p class="purse-sum">{worst}</p>
                    <p class="order-facts">{about}</p>
                </Card>
                <Card>
                    <p class="order-facts">{words::example(lang)}</p>
                    <Example usual=cost.usual off=cost.off shipping=shipping />
                </Card>
            </div>
        </section>
    }
}

#[component]
fn Example(usual: Option<UsualOrder>, off: Money, shipping: bool) -> impl IntoView {
    let lang = ui::lang();
    let Some(usual) = usual else {
        return view! { <p>{words::example_nothing_sold(lang)}</p> }.into_any();
    };
    let of = if usual.orders == 0 {
        words::example_of_price(lang, usual.goods)
    } else {
        words::example_of(lang, usual.goods, usual.pieces)
    };
    let fee = usual.shipping.filter(|_| shipping).map(|fee| words::example_shipping(lang, fee));
    let then = if off.is_zero() {
        words::example_not(lang).to_owned()
    } else if shipping {
        words::example_pays_shipping(lang, off)
    } else {
        words::example_pays(lang, off, Money::idr(usual.goods.amount() - off.amount()))
    };
    view! {
        <p class="purse-sum">{off.to_string()}</p>
        <p class="order-facts">{of} " " {fee}</p>
        <p>{then}</p>
    }
    .into_any()
}

/// Whether it lowers the fee for shipping.
pub(super) const fn is_shipping(deal: &Deal) -> bool {
    matches!(deal, Deal::Shipping(_))
}
