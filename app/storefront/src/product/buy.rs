//! Price, variants, wholesale tiers and stock. The chosen variant is in the address (`?v=SKU`), so a link can be
//! shared and works without JavaScript.

use crate::wish::Heart;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    query,
    views::{ProductPage, Variant},
    words::storefront as words,
};
use ui::{Badge, Price, Size, Tone};

/// Fewer than this many pieces are worth saying so.
const FEW: i32 = 10;

#[component]
pub fn Buy(page: ProductPage) -> impl IntoView {
    let asked = use_query_map();
    let page = StoredValue::new(page);
    move || {
        let sku = asked.with(|q| q.get("v"));
        page.with_value(|page| {
            let chosen = sku
                .and_then(|sku| page.variants.iter().find(|v| v.sku == sku))
                .or_else(|| only(&page.variants));
            panel(page, chosen)
        })
    }
}

fn only(variants: &[Variant]) -> Option<&Variant> {
    match variants {
        [one] => Some(one),
        _ => None,
    }
}

fn panel(page: &ProductPage, chosen: Option<&Variant>) -> impl IntoView + use<> {
    let lang = ui::lang();
    let price = chosen.map_or(page.price_min, |v| v.price);
    let list = chosen.map_or(page.list_price, |v| v.list_price);
    let from = chosen.is_none() && page.price_min != page.price_max;
    let stock = chosen.map_or_else(|| page.variants.iter().map(|v| v.stock).sum(), |v| v.stock);
    view! {
        <section class="buy">
            {from.then(|| view! { <span class="price-from">{words::from_price(lang)}</span> })}
            <Price now=price before=list size=Size::Large />
            <Heart product=page.id variant=chosen.map(|v| v.id) />
            <p class="product-card-badges">
                {page.free_shipping.then(|| view! { <Badge tone=Tone::Brand text=words::free_shipping(lang) /> })}
                {page.preorder_days.map(|days| view! { <Badge tone=Tone::Deal text=words::preorder(lang, days) /> })}
            </p>
            {options(page, chosen)}
            {tiers(page)}
            <p class="stock" role="status">
                {if stock <= 0 {
                    words::sold_out(lang).to_owned()
                } else if stock < FEW {
                    words::last_pieces(lang, stock)
                } else {
                    words::stock_left(lang, lang.number(stock.unsigned_abs().into()))
                }}
                {(page.min_qty > 1).then(|| format!(" · {}", words::min_purchase(lang, page.min_qty)))}
                {page.max_qty.map(|n| format!(" · {}", words::max_purchase(lang, n)))}
            </p>
        </section>
    }
}

/// For each option its values, each a link to the variant that differs from the chosen one only there.
fn options(page: &ProductPage, chosen: Option<&Variant>) -> impl IntoView + use<> {
    let present: Vec<u16> = chosen.map(|v| v.choices.clone()).unwrap_or_default();
    let groups = page.options.iter().enumerate().map(|(o, option)| {
        let values = option.values.iter().enumerate().map(|(i, value)| {
            let want = u16::try_from(i).unwrap_or(u16::MAX);
            let target = best_match(&page.variants, o, want, &present);
            let current = (present.get(o) == Some(&want)).then_some("true");
            let gone = target.is_none_or(|v| v.stock <= 0);
            let href = target.map(|v| query::href(&format!("/p/{}", page.slug), [("v", v.sku.as_str())]));
            view! {
                <li>
                    <a class="option" class:option-gone=gone href=href aria-current=current rel="nofollow">{value.clone()}</a>
                </li>
            }
        });
        view! {
            <fieldset class="option-group">
                <legend>{option.name.clone()}</legend>
                <ul class="option-values" role="list">{values.collect_view()}</ul>
            </fieldset>
        }
    });
    groups.collect_view()
}

/// The variant with this value of this option that agrees with most of the other choices, in stock if possible.
fn best_match<'a>(
    variants: &'a [Variant],
    option: usize,
    value: u16,
    present: &[u16],
) -> Option<&'a Variant> {
    let agrees = |v: &Variant| v.choices.iter().zip(present).filter(|(a, b)| a == b).count();
    variants.iter().filter(|v| v.choices.get(option) == Some(&value)).max_by_key(|v| (agrees(v), v.stock > 0))
}

fn tiers(page: &ProductPage) -> impl IntoView + use<> {
    let lang = ui::lang();
    (!page.tiers.is_empty()).then(|| {
        let rows = page.tiers.iter().map(|tier| {
            view! {
                <li>
                    <span>{words::wholesale_from(lang, tier.min_qty)}</span>
                    <strong>{tier.price.to_string()}</strong>
                    <span>{words::each(lang)}</span>
                </li>
            }
        });
        view! {
            <section class="tiers" aria-label=words::wholesale(lang)>
                <h2 class="menu-title">{words::wholesale(lang)}</h2>
                <ul role="list">{rows.collect_view()}</ul>
            </section>
        }
    })
}
