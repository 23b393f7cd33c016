//! What a voucher costs the platform.

use leptos::prelude::*;
use model::{shop::VoucherCost, words::vouchers as words};
use ui::Card;

/// `quota` is how often it may be used, as it was typed or is.
#[component]
pub(super) fn Cost(cost: VoucherCost, quota: String) -> impl IntoView {
    let lang = ui::lang();
    let by_quota = cost.most_each.zip(cost.worst).filter(|_| !quota.trim().is_empty());
    let about = match (cost.worst, by_quota) {
        (None, _) => words::worst_none_text(lang).to_owned(),
        (Some(_), Some((each, _))) => words::worst_text(lang, quota.trim(), each),
        (Some(_), None) => words::worst_by_budget(lang).to_owned(),
    };
    let worst = cost.worst.map_or_else(|| words::worst_none(lang).to_owned(), |worst| worst.to_string());
    let (of, then) = match cost.usual {
        None => (words::house_example_none(lang).to_owned(), None),
        Some(usual) => {
            let of = words::house_example_of(lang, usual.goods, usual.pieces);
            let then = if cost.off.is_zero() {
                words::example_not(lang).to_owned()
            } else {
                words::house_pays(lang, cost.off)
            };
            (of, Some(then))
        }
    };
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
                    {then.is_some().then(|| view! { <p class="purse-sum">{cost.off.to_string()}</p> })}
                    <p class="order-facts">{of}</p>
                    {then.map(|then| view! { <p>{then}</p> })}
                </Card>
            </div>
        </section>
    }
}
