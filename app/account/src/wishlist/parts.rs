//! One thing on a list, as its owner and as others see it.

use crate::parts::Thumb;
use leptos::prelude::*;
use model::{
    query,
    wish::{Wish, Wishlist},
    words::account as words,
};
use ui::{Badge, Price, Tone, format};

/// `children` are what can be done with it.
#[component]
pub fn WishRow(wish: Wish, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let lang = ui::lang();
    let variant = wish.variant.as_ref().map(|variant| variant.name.clone());
    let (name, href) = match &wish.card {
        Some(card) => {
            let path = format!("/p/{}", card.slug);
            let sku = wish.variant.as_ref().map(|variant| ("v", variant.sku.as_str()));
            (card.name.clone(), Some(query::href(&path, sku)))
        }
        None => (wish.name.clone(), None),
    };
    let picture = wish.card.as_ref().map(|card| card.image.clone());
    view! {
        <article class="wish">
            <div class="wish-picture">{picture.map(|picture| view! { <Thumb picture=picture /> })}</div>
            <div class="wish-text">
                <p class="wish-name">
                    {match href {
                        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
                        None => view! { <span>{name}</span> }.into_any(),
                    }}
                </p>
                {variant.map(|variant| view! { <p class="wish-facts">{variant}</p> })}
                {wish.price.map(|price| view! { <Price now=price /> })}
                <p class="wish-marks">
                    {wish
                        .marks
                        .price_drop
                        .map(|drop| view! { <Badge tone=Tone::Deal text=words::wish_drop(lang, drop) /> })}
                    {wish.marks.back_in_stock.then(|| view! { <Badge tone=Tone::Brand text=words::wish_back(lang) /> })}
                    {match (wish.price.is_some(), wish.in_stock) {
                        (false, _) => Some(words::wish_gone(lang)),
                        (true, false) => Some(words::wish_sold_out(lang)),
                        (true, true) => None,
                    }
                        .map(|text| view! { <Badge tone=Tone::Neutral text=text /> })}
                </p>
                <p class="wish-facts">{words::wish_added(lang, format::date(lang, wish.added_at))}</p>
            </div>
            {children.map(|children| view! { <div class="wish-acts">{children()}</div> })}
        </article>
    }
}

/// What a list is called, also before anyone named it.
pub fn name_of(list: &Wishlist) -> String {
    if list.name.is_empty() { words::wishlist_default(ui::lang()).to_owned() } else { list.name.clone() }
}
