//! `/seller/{shop}/products/{id}/preview`: what shoppers will see, in short. What is typed and not saved is in it.

use super::rpc::{Desk, product_desk};
use crate::parts::{Fetched, Frame, Part, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    Currency, Lang, Money,
    shop::{AttributeInput, EditorAttribute, EditorKind, ProductEditor, VariantInput},
    typed::whole,
    views::PictureFormat,
    words::editor as words,
};
use ui::{Button, ButtonKind, Card, Icon, Picture};

#[component]
pub fn PreviewPage() -> impl IntoView {
    let (slug, route) = (use_shop(), use_params_map());
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let desk = fetch(move || (slug.get(), id.get()), |(shop, id)| product_desk(shop, id));
    view! {
        <Frame here=Part::Products title=words::preview(ui::lang())>
            <Fetched resource=desk view=move |desk: Desk| view! { <Shown product=desk.product /> }.into_any() />
        </Frame>
    }
}

#[component]
fn Shown(product: ProductEditor) -> impl IntoView {
    let lang = ui::lang();
    let back = format!("/seller/{}/products/{}", shop_here().slug, product.id);
    let price = price(&product.input.variants, lang);
    let mut pictures: Vec<_> = product.pictures.iter().filter_map(|one| one.picture.clone()).collect();
    if pictures.is_empty() {
        pictures.push(product.drawing.clone());
    }
    let pictures = pictures.into_iter().map(|picture| {
        view! {
            <li>
                <Picture
                    src=picture.src()
                    srcset=picture.srcset(PictureFormat::Jpeg)
                    avif=picture.srcset(PictureFormat::Avif)
                    webp=picture.srcset(PictureFormat::Webp)
                    blur=picture.placeholder.clone()
                    alt=""
                    sizes="(min-width: 48rem) 240px, 40vw"
                />
            </li>
        }
    });
    let pictures = pictures.collect_view();
    let options = product.input.options.clone().into_iter().map(|option| {
        view! {
            <dt>{option.name}</dt>
            <dd>{option.values.lines().collect::<Vec<_>>().join(" · ")}</dd>
        }
    });
    let options = options.collect_view();
    let specification = specification(&product.attributes, &product.input.attributes, lang);
    let paragraphs = product
        .input
        .description
        .split("\n\n")
        .map(|text| view! { <p class="preview-text">{text.to_owned()}</p> });
    let paragraphs = paragraphs.collect_view();
    view! {
        <p>{words::preview_about(lang)}</p>
        <p>
            <Button kind=ButtonKind::Secondary icon=Icon::ArrowLeft href=back>{words::back_to_editor(lang)}</Button>
        </p>
        <Card>
            <ul class="editor-gallery" role="list">{pictures}</ul>
            <h2 class="stall-name">{product.input.name}</h2>
            {price.map(|price| view! { <p class="preview-price">{price}</p> })}
            <dl class="preview-facts">
                {options}
                {specification
                    .into_iter()
                    .map(|(label, value)| view! { <dt>{label}</dt> <dd>{value}</dd> })
                    .collect_view()}
            </dl>
            {paragraphs}
        </Card>
    }
}

/// Of what is sold: one price, or where prices begin.
fn price(rows: &[VariantInput], lang: Lang) -> Option<String> {
    let prices: Vec<i64> =
        rows.iter().filter(|row| row.is_sold()).filter_map(|row| whole(&row.price).ok()).collect();
    let (least, most) = (prices.iter().min()?, prices.iter().max()?);
    let shown = Money::new(*least, Currency::Idr).to_string();
    Some(if least == most { shown } else { words::from_price(lang, shown) })
}

/// What is said, in words.
fn specification(
    attributes: &[EditorAttribute],
    said: &[AttributeInput],
    lang: Lang,
) -> Vec<(String, String)> {
    let line = |attribute: &EditorAttribute| {
        let value = &said.iter().find(|said| said.id == attribute.id && !said.value.is_empty())?.value;
        let words = match &attribute.kind {
            EditorKind::Text | EditorKind::Number { unit: None } => value.clone(),
            EditorKind::Number { unit: Some(unit) } => format!("{value} {unit}"),
            EditorKind::Choice { choices } => choices.iter().find(|(key, _)| key == value)?.1.clone(),
            EditorKind::Flag if value == "1" => words::yes(lang).to_owned(),
            EditorKind::Flag => words::no(lang).to_owned(),
        };
        Some((attribute.label.clone(), words))
    };
    attributes.iter().filter_map(line).collect()
}
