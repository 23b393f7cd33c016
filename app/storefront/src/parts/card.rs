//! A product among others.

use super::Image;
use crate::{history::ForgetHistory, wish::CardHeart};
use leptos::prelude::*;
use model::{
    views::{ProductCard as Card, Tier},
    words::storefront as words,
};
use ui::{Badge, Icon, Price, Rating, Size, Tone};

/// One card; the whole of it is the link, but for the heart on its picture.
#[component]
pub fn ProductCard(
    card: Card,
    /// Among the first on the page: its picture is fetched at once.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/p/{}", card.slug);
    let range = card.price_min != card.price_max;
    view! {
        <article class="product-card">
            <div class="product-card-picture">
                <Image picture=card.image.clone() sizes="(min-width: 1024px) 220px, (min-width: 640px) 30vw, 46vw" eager=eager />
                {(!card.in_stock).then(|| view! { <span class="product-card-veil">{words::sold_out(lang)}</span> })}
            </div>
            <div class="product-card-body">
                <h3 class="product-card-name">
                    <a class="product-card-link" href=href>{card.name.clone()}</a>
                </h3>
                {range.then(|| view! { <span class="price-from">{words::from_price(lang)}</span> })}
                <Price now=card.price_min before=card.list_price />
                <div class="product-card-badges">
                    {card.free_shipping.then(|| view! { <Badge tone=Tone::Brand text=words::free_shipping(lang) /> })}
                </div>
                <p class="product-card-facts">
                    {(card.rating_x100 > 0).then(|| view! { <Rating tenths=tenths(card.rating_x100) compact=true /> })}
                    {(card.sold > 0).then(|| view! { <span>{words::sold(lang, ui::format::short(lang, card.sold.into()))}</span> })}
                </p>
                <p class="product-card-shop">
                    {(card.tier != Tier::Regular).then(|| view! { <Icon name=Icon::Shield size=Size::Small /> })}
                    <span class="clip">{card.city.clone()}</span>
                </p>
            </div>
            <CardHeart product=card.id name=card.name wished=card.wished />
        </article>
    }
}

/// Hundredths of a star as tenths, rounded.
pub fn tenths(x100: u16) -> u8 {
    u8::try_from((x100 + 5) / 10).unwrap_or(50)
}

#[component]
pub fn CardGrid(cards: Vec<Card>) -> impl IntoView {
    view! {
        <ul class="card-grid" role="list">
            {cards.into_iter().enumerate().map(|(i, card)| view! { <li><ProductCard card=card eager={i < 4} /></li> }).collect_view()}
        </ul>
    }
}

/// A row that scrolls sideways, under a heading with a way to more.
#[component]
pub fn CardShelf(
    #[prop(into)] title: String,
    cards: Vec<Card>,
    #[prop(optional, into)] more: Option<String>,
    #[prop(optional)] eager: bool,
    /// Made of what this visitor looked at: a button beside it forgets that.
    #[prop(optional)]
    history: bool,
) -> impl IntoView {
    let lang = ui::lang();
    (!cards.is_empty()).then(|| {
        let label = title.clone();
        view! {
            <section class="shelf" aria-label=label>
                <div class="shelf-head">
                    <h2>{title}</h2>
                    {more.map(|href| view! { <a class="shelf-more" href=href>{words::see_all(lang)}</a> })}
                    {history.then(|| view! { <ForgetHistory /> })}
                </div>
                <ul class="shelf-row" role="list" tabindex="0">
                    {cards
                        .into_iter()
                        .enumerate()
                        .map(|(i, card)| view! { <li><ProductCard card=card eager={eager && i < 3} /></li> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}
