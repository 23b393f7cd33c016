//! The flash sale that is on.

use super::sold::{Sold, SoldBar, watch};
use crate::parts::Image;
use leptos::prelude::*;
use model::{
    query,
    views::{FlashCard, FlashSale},
    words::promo as words,
};
use ui::{Countdown, Icon, Price};

#[component]
pub fn FlashShelf(sale: FlashSale) -> impl IntoView {
    let lang = ui::lang();
    let known = watch(sale.cards.iter().map(|card| card.offer).collect());
    view! {
        <section class="shelf" aria-label=words::flash_sale(lang)>
            <div class="shelf-head flash-head">
                <h2><Icon name=Icon::Bolt /> {words::flash_sale(lang)}</h2>
                <p class="flash-ends">
                    {words::ends_in(lang)}
                    <Countdown seconds=sale.left />
                </p>
            </div>
            <ul class="shelf-row" role="list" tabindex="0">
                {sale.cards.into_iter().map(|card| view! { <li>{shown(card, known)}</li> }).collect_view()}
            </ul>
        </section>
    }
}

/// Leads to the very variant that is in the sale.
fn shown(card: FlashCard, known: Sold) -> impl IntoView {
    let href = query::href(&format!("/p/{}", card.slug), [("v", card.sku.as_str())]);
    view! {
        <article class="product-card">
            <div class="product-card-picture">
                <Image picture=card.picture sizes="(min-width: 1024px) 220px, (min-width: 640px) 30vw, 46vw" />
            </div>
            <div class="product-card-body">
                <h3 class="product-card-name">
                    <a class="flash-link" href=href>{card.name}</a>
                </h3>
                {(!card.label.is_empty()).then(|| view! { <p class="flash-label clip">{card.label}</p> })}
                <Price now=card.offer.price before=card.before />
                <div class="flash-sold">
                    <SoldBar offer=card.offer known=known />
                </div>
            </div>
        </article>
    }
}
