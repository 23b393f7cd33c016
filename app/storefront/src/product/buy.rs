//! Price, variants, wholesale tiers and stock, vouchers, and the buttons that buy. The chosen variant is in the address
//! (`?v=SKU`), so a link can be shared and works without JavaScript.

use crate::{
    cart::{AddToCart, Offered},
    home::{Sold, SoldBar, watch},
    parts::OnHoliday,
    wish::Heart,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    query,
    views::{
        ProductPage, Variant, VoucherOffer,
        product::{UNCOUNTED, all_stock},
    },
    words::{cart, promo, storefront as words},
};
use ui::{Badge, Countdown, Icon, Price, Size, Tone};

/// Fewer than this many pieces are worth saying so.
const FEW: i32 = 10;
/// More vouchers than this are seen in the cart.
const MOST_VOUCHERS: usize = 4;

#[component]
pub fn Buy(page: ProductPage, vouchers: Vec<VoucherOffer>) -> impl IntoView {
    let asked = use_query_map();
    let clocks = clocks(&page.variants);
    let known = watch(page.variants.iter().filter_map(|v| v.flash).collect());
    let page = StoredValue::new(page);
    let sku = move || asked.with(|q| q.get("v"));
    let panel_of_chosen = move || {
        let sku = sku();
        page.with_value(|page| panel(page, chosen(&page.variants, sku.as_deref()), known))
    };
    let ends_at = Memo::new(move |_| {
        let sku = sku();
        page.with_value(|page| Some(chosen(&page.variants, sku.as_deref())?.flash?.ends_at))
    });
    view! {
        {clocks
            .into_iter()
            .map(|(at, left)| view! { <Clock left=left shown=Signal::derive(move || ends_at.get() == Some(at)) /> })
            .collect_view()}
        {panel_of_chosen}
        <Vouchers vouchers=vouchers />
    }
}

/// The variant that was asked for, or the only one.
fn chosen<'a>(variants: &'a [Variant], sku: Option<&str>) -> Option<&'a Variant> {
    let asked = sku.and_then(|sku| variants.iter().find(|v| v.sku == sku));
    asked.or(match variants {
        [one] => Some(one),
        _ => None,
    })
}

/// When the flash sales that these are in end, each once, and how many seconds are left until then.
fn clocks(variants: &[Variant]) -> Vec<(i64, u32)> {
    let offers = variants.iter().filter_map(|v| v.flash);
    let mut clocks: Vec<(i64, u32)> = offers.map(|offer| (offer.ends_at, offer.left)).collect();
    clocks.sort_unstable();
    clocks.dedup();
    clocks
}

/// It runs from the moment the page was read, whichever variant is chosen meanwhile; so it is only hidden.
#[component]
fn Clock(left: u32, shown: Signal<bool>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <p class="flash-bar" hidden=move || !shown.get()>
            <Badge tone=Tone::Deal strong=true icon=Icon::Bolt text=promo::flash_sale(lang) />
            <span class="flash-ends">
                {promo::ends_in(lang)}
                <Countdown seconds=left />
            </span>
        </p>
    }
}

fn panel(page: &ProductPage, chosen: Option<&Variant>, known: Sold) -> impl IntoView + use<> {
    let lang = ui::lang();
    let flash = chosen.and_then(|v| v.flash);
    let price = flash.map(|offer| offer.price).or(chosen.map(|v| v.price)).unwrap_or(page.price_min);
    let list = match chosen {
        Some(v) if flash.is_some() => Some(v.price),
        Some(v) => v.list_price,
        None => page.list_price,
    };
    let from = chosen.is_none() && page.price_min != page.price_max;
    let stock = chosen.map_or_else(|| all_stock(&page.variants), |v| v.stock);
    view! {
        <section class="buy">
            {from.then(|| view! { <span class="price-from">{words::from_price(lang)}</span> })}
            <Price now=price before=list size=Size::Large />
            {flash.map(|offer| view! { <div class="flash-progress"><SoldBar offer=offer known=known /></div> })}
            <Heart product=page.id variant=chosen.map(|v| v.id) />
            <p class="product-card-badges">
                {page.free_shipping.then(|| view! { <Badge tone=Tone::Brand text=words::free_shipping(lang) /> })}
                {page.preorder_days.map(|days| view! { <Badge tone=Tone::Deal text=words::preorder(lang, days) /> })}
            </p>
            {options(page, chosen)}
            {tiers(page)}
            {inside(chosen)}
            <p class="stock" role="status">
                {if stock <= 0 {
                    words::sold_out(lang).to_owned()
                } else if stock < FEW {
                    words::last_pieces(lang, stock)
                } else if stock == UNCOUNTED {
                    words::stock_uncounted(lang).to_owned()
                } else {
                    words::stock_left(lang, lang.number(stock.unsigned_abs().into()))
                }}
                {(page.min_qty > 1).then(|| format!(" · {}", words::min_purchase(lang, page.min_qty)))}
                {page.max_qty.map(|n| format!(" · {}", words::max_purchase(lang, n)))}
            </p>
            {match page.holiday.clone() {
                Some(holiday) => view! { <OnHoliday holiday=holiday /> }.into_any(),
                None => {
                    view! {
                        <AddToCart
                            variant=chosen.map(|v| v.id)
                            stock=stock
                            min=page.min_qty
                            max=page.max_qty
                            name=page.name.clone()
                        />
                    }
                        .into_any()
                }
            }}
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

/// What a bundle consists of.
fn inside(chosen: Option<&Variant>) -> impl IntoView + use<> {
    let lang = ui::lang();
    chosen.filter(|v| !v.parts.is_empty()).map(|v| {
        let parts =
            v.parts.iter().map(|part| view! { <li>{format!("{} × {}", part.quantity, part.name)}</li> });
        view! {
            <section aria-label=words::inside(lang)>
                <h2 class="menu-title">{words::inside(lang)}</h2>
                <ul>{parts.collect_view()}</ul>
            </section>
        }
    })
}

/// What shop and platform give to everybody; they are chosen in the cart, where it is known what they take off.
#[component]
fn Vouchers(vouchers: Vec<VoucherOffer>) -> impl IntoView {
    let lang = ui::lang();
    (!vouchers.is_empty()).then(|| {
        let shown = vouchers.into_iter().take(MOST_VOUCHERS);
        view! {
            <section class="buy-vouchers" aria-labelledby="buy-vouchers">
                <h2 class="menu-title" id="buy-vouchers">{cart::vouchers(lang)}</h2>
                <ul role="list">{shown.map(|offer| view! { <li><Offered offer=offer coded=true /></li> }).collect_view()}</ul>
            </section>
        }
    })
}
