//! One of a shop's goods: what it is, and a row for each variant in which price and stock are changed.

use super::rpc::{SaveVariant, ShowProduct};
use crate::{bulk::Tick, parts::shop_here};
use leptos::prelude::*;
use model::{
    Money,
    shop::{StallRow, StallVariant},
    views::{PictureFormat, ProductState},
    words::{account as common, editor, seller as words},
};
use ui::{Badge, Button, ButtonKind, Card, Field, Input, Picture, Size, Tone};

#[component]
pub(super) fn Goods(
    row: StallRow,
    save: ServerAction<SaveVariant>,
    show: ServerAction<ShowProduct>,
) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let tone = match row.state {
        ProductState::Active => Tone::Brand,
        ProductState::Rejected => Tone::Danger,
        ProductState::InReview => Tone::Deal,
        _ => Tone::Neutral,
    };
    let picture = row.picture;
    let to = (row.state == ProductState::Active).then(|| format!("/p/{}", row.slug));
    let name = row.name.clone();
    let named = name.clone();
    let edit = format!("/seller/{slug}/products/{}", row.id);
    let shown = match row.state {
        ProductState::Active => Some(false),
        ProductState::Hidden => Some(true),
        _ => None,
    };
    view! {
        <Card>
            <div class="stall-head">
                <Tick product=row.id name=row.name.clone() />
                <span class="stall-picture">
                    <Picture
                        src=picture.src()
                        srcset=picture.srcset(PictureFormat::Jpeg)
                        avif=picture.srcset(PictureFormat::Avif)
                        webp=picture.srcset(PictureFormat::Webp)
                        blur=picture.placeholder.clone()
                        alt=""
                        sizes="64px"
                    />
                </span>
                <div>
                    <h2 class="stall-name">
                        {match to {
                            Some(href) => view! { <a class="link" href=href>{name.clone()}</a> }.into_any(),
                            None => name.clone().into_any(),
                        }}
                    </h2>
                    <p class="address-notes">
                        <Badge tone=tone text=words::product_state(lang, row.state) /> " "
                        {words::sold_count(lang, lang.number(row.sold.into()))}
                    </p>
                    {row.reason.map(|reason| view! { <p class="address-notes">{reason}</p> })}
                </div>
                <div class="stall-acts">
                    {(row.state != ProductState::Archived)
                        .then(|| {
                            view! {
                                <Button kind=ButtonKind::Quiet size=Size::Small href=edit>
                                    {editor::edit(lang)}
                                    <span class="sr-only">" " {named}</span>
                                </Button>
                            }
                        })}
                    {shown
                    .map(|shown| {
                        let label = if shown { words::show_goods(lang) } else { words::hide_goods(lang) };
                        view! {
                            <ActionForm action=show>
                                <input r#type="hidden" name="shop" value=slug.clone() />
                                <input r#type="hidden" name="product" value=row.id.to_string() />
                                <input r#type="hidden" name="shown" value=shown.to_string() />
                                <Button kind=ButtonKind::Quiet size=Size::Small>
                                    {label}
                                    <span class="sr-only">" " {name}</span>
                                </Button>
                            </ActionForm>
                        }
                    })}
                </div>
            </div>
            {row.variants.into_iter().map(|variant| view! { <Variant variant=variant save=save /> }).collect_view()}
        </Card>
    }
}

/// Without signs: what stands in a field.
fn digits(money: Money) -> String {
    money.amount().to_string()
}

#[component]
fn Variant(variant: StallVariant, save: ServerAction<SaveVariant>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let id = variant.id.to_string();
    let called = if variant.label.is_empty() { variant.sku.clone() } else { variant.label.clone() };
    let (price_id, list_id, stock_id) = (format!("price-{id}"), format!("list-{id}"), format!("stock-{id}"));
    let promised = (variant.reserved > 0).then(|| words::promised(lang, variant.reserved));
    view! {
        <ActionForm action=save attr:class="stall-row">
            <input r#type="hidden" name="shop" value=slug />
            <input r#type="hidden" name="variant" value=id />
            <p class="stall-variant">
                <strong>{called.clone()}</strong>
                <small>{variant.sku} {promised.map(|promised| format!(" · {promised}"))}</small>
            </p>
            <Field
                name="price"
                id=price_id
                label=words::price(lang)
                kind=Input::Digits
                prefix="Rp"
                value=digits(variant.price)
                maxlength=20u32
                autocomplete="off"
            />
            <Field
                name="list_price"
                id=list_id
                label=words::list_price(lang)
                kind=Input::Digits
                prefix="Rp"
                value=variant.list_price.map(digits).unwrap_or_default()
                maxlength=20u32
                autocomplete="off"
                optional=true
            />
            <Field
                name="stock"
                id=stock_id
                label=words::stock(lang)
                kind=Input::Digits
                value=variant.on_hand.to_string()
                maxlength=12u32
                autocomplete="off"
            />
            <Button kind=ButtonKind::Secondary>
                {common::save(lang)}
                <span class="sr-only">" " {called}</span>
            </Button>
        </ActionForm>
    }
}
