//! One shop's part of the order: its goods and how they travel.

use super::{rpc::SetShipping, sending::AtOnce};
use crate::parts::ItemLine;
use leptos::{prelude::*, server_fn::ServerFn as _};
use model::{
    Lang,
    ids::ShopId,
    shipping::Way,
    views::{CheckoutShop, ShippingOffer},
    words::{cart, checkout as words, storefront, ui as ui_words},
};
use ui::{Checkbox, Choice, Field, Notice, NoticeKind, RadioGroup, Sent};

/// `addressed`: it is known where it goes.
#[component]
pub fn ShopPart(shop: CheckoutShop, addressed: bool, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let title = format!("shop-{}", shop.id);
    let labelled = title.clone();
    let CheckoutShop { id, slug, name, city, items, offers, chosen, silent, insured, note, total } = shop;
    view! {
        <section class="panel" aria-labelledby=labelled>
            <h2 id=title>
                <a href=format!("/shop/{slug}")>{name}</a>
            </h2>
            <p class="section-about">{storefront::ships_from(lang, city)}</p>
            <ul class="checkout-items" role="list">
                {items.into_iter().map(|item| view! { <li><ItemLine item=item /></li> }).collect_view()}
            </ul>
            {if !addressed {
                view! { <p class="section-about">{words::courier_first(lang)}</p> }.into_any()
            } else if offers.is_empty() && silent {
                view! { <Silent title=words::courier_silent_all(lang) text=words::courier_silent_all_text(lang) /> }
                    .into_any()
            } else if offers.is_empty() {
                view! {
                    <Notice kind=NoticeKind::Warning title=words::courier_none(lang)>
                        <p>{words::courier_none_text(lang)}</p>
                        <p>
                            <a class="link" href="/cart">{words::to_cart(lang)}</a>
                        </p>
                    </Notice>
                }
                    .into_any()
            } else {
                let chosen = chosen.map(usize::from);
                view! {
                    {silent
                        .then(|| {
                            view! {
                                <Silent title=words::courier_silent(lang) text=words::courier_silent_text(lang) />
                            }
                        })}
                    <Travel id=id offers=offers chosen=chosen insured=insured note=note sent=sent />
                }
                    .into_any()
            }}
            <p class="checkout-shop-total">
                <span>{words::shop_total(lang)}</span>
                <strong>{total.to_string()}</strong>
            </p>
        </section>
    }
}

/// Couriers outside did not answer in time. Loading the page asks them again.
#[component]
fn Silent(title: &'static str, text: &'static str) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Notice kind=NoticeKind::Warning title=title>
            <p>{text}</p>
            <p>
                <a class="link" href="/checkout" rel="external">
                    {ui_words::retry(lang)}
                </a>
            </p>
        </Notice>
    }
}

#[component]
fn Travel(
    id: ShopId,
    offers: Vec<ShippingOffer>,
    chosen: Option<usize>,
    insured: bool,
    note: String,
    sent: Sent,
) -> impl IntoView {
    let lang = ui::lang();
    let taken = chosen.and_then(|chosen| offers.get(chosen));
    let insure = match taken {
        Some(offer) => words::insure_for(lang, offer.insurance),
        None => words::insure(lang).to_owned(),
    };
    let chosen = taken.map(|offer| Way::of(offer).to_string());
    let choices = offers.iter().map(|offer| choice(lang, offer)).collect();
    view! {
        <AtOnce to=SetShipping::url() sent=sent act=words::use_choice(lang)>
            <input r#type="hidden" name="shop" value=id.to_string() />
            <RadioGroup name="way" label=words::courier(lang) choices=choices chosen=chosen cards=true />
            <Checkbox
                name="insured"
                value="true"
                label=insure
                hint=words::insure_text(lang)
                checked=insured
            />
            <Field
                name="note"
                id=format!("note-{id}")
                label=cart::note(lang)
                value=note
                maxlength=200u32
                autocomplete="off"
                optional=true
            />
        </AtOnce>
    }
}

fn choice(lang: Lang, offer: &ShippingOffer) -> Choice {
    let service = words::service_name(lang, offer.service);
    let label = format!("{} {service} · {}", offer.courier_name, offer.fee);
    let arrives = words::arrives(lang, words::days(lang, &offer.arrives_from, &offer.arrives_until));
    let hint = match &offer.counter {
        Some(counter) => {
            format!("{} · {arrives}", words::at_counter(lang, &counter.name, &counter.street))
        }
        None if offer.cod => format!("{arrives} · {}", words::courier_cod(lang)),
        None => arrives,
    };
    Choice::new(Way::of(offer).to_string(), label).hint(hint)
}
