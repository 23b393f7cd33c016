//! What the ticked goods come to, and the way to buying them.

use crate::parts::SummaryTable;
use leptos::prelude::*;
use model::{
    Lang,
    views::{CartView, Supply},
    words::cart as words,
};
use ui::{Button, Size};

/// What is said of buying, here and in the bar.
#[derive(Clone)]
pub struct Way {
    pieces: u32,
    /// Why there is nothing to buy yet.
    why_not: Option<&'static str>,
}

impl Way {
    pub fn of(lang: Lang, cart: &CartView) -> Self {
        let why_not = if cart.can_check_out() {
            None
        } else if cart
            .items()
            .any(|item| item.ticked && matches!(item.supply, Supply::Over(_) | Supply::Under(_)))
        {
            Some(words::not_so_many(lang))
        } else if cart.items().any(|item| item.ticked) {
            Some(words::not_enough(lang))
        } else {
            Some(words::nothing_ticked(lang))
        };
        Self { pieces: cart.summary.pieces, why_not }
    }
}

/// On a laptop it stays in sight; on a phone the [`Bar`] does, and this stands beneath the goods.
#[component]
pub fn Totals(cart: CartView, way: Way) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <section class="panel cart-totals" aria-labelledby="summary">
            <h2 id="summary">{words::summary(lang)}</h2>
            <SummaryTable summary=cart.summary />
            <p class="cart-later">{words::before_shipping(lang)}</p>
            <div class="only-wide">
                <BuyTicked way=way id="why-not" />
            </div>
        </section>
    }
}

/// Above the bar at the bottom of a phone.
#[component]
pub fn Bar(total: String, way: Way) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <div class="cart-bar" role="region" aria-label=words::total(lang)>
            <p class="cart-bar-total">
                <span>{words::total(lang)}</span>
                <strong>{total}</strong>
            </p>
            <BuyTicked way=way id="why-not-bar" />
        </div>
    }
}

/// A link, or where nothing can be bought a button that says why.
#[component]
fn BuyTicked(way: Way, id: &'static str) -> impl IntoView {
    let label = words::buy(ui::lang(), way.pieces);
    match way.why_not {
        None => view! { <Button href="/checkout" size=Size::Large wide=true>{label}</Button> }.into_any(),
        Some(why) => view! {
            <Button disabled=true plain=true size=Size::Large wide=true attr:aria-describedby=id>
                {label}
            </Button>
            <p class="cart-why" id=id>{why}</p>
        }
        .into_any(),
    }
}
