//! How it is sold, and how it is sent.

use super::form::wrong_at;
use crate::parts::wrong;
use leptos::prelude::*;
use model::{
    AppError, FieldError,
    shop::{ProductInput, TierInput, most},
    words::editor as words,
};
use ui::{Card, Field, Input, Maybe};

#[component]
pub(super) fn Selling(input: ProductInput, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let tiers = (0..most::TIERS).map(|i| {
        let tier = input.tiers.get(i).cloned().unwrap_or_default();
        view! { <Tier i=i tier=tier error=error /> }
    });
    let tiers = tiers.collect_view();
    view! {
        <Card>
            <h2 class="section-title">{words::selling(lang)}</h2>
            <div class="form">
                <div class="form-pair">
                    <Digits of="min_qty" label=words::min_qty(lang) value=input.min_qty error=wrong(error, "min_qty") optional=true />
                    <Digits of="max_qty" label=words::max_qty(lang) value=input.max_qty error=wrong(error, "max_qty") optional=true />
                </div>
                <fieldset class="field">
                    <legend class="field-label">{words::wholesale(lang)}</legend>
                    <p class="field-hint">{words::wholesale_about(lang)}</p>
                    {tiers}
                </fieldset>
            </div>
        </Card>
    }
}

#[component]
fn Tier(i: usize, tier: TierInput, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <fieldset class="field">
            <legend class="sr-only">{words::tier(lang, i + 1)}</legend>
            <div class="form-pair">
                <Field
                    name=format!("edit[tiers][{i}][from]")
                    id=format!("tier-{i}-from")
                    label=words::tier_from(lang)
                    kind=Input::Digits
                    value=tier.from
                    error=wrong_at(error, format!("tiers.{i}.from"))
                    error_text=words::tier_wrong(lang)
                    maxlength=12u32
                    autocomplete="off"
                    optional=true
                />
                <Field
                    name=format!("edit[tiers][{i}][price]")
                    id=format!("tier-{i}-price")
                    label=words::tier_price(lang)
                    kind=Input::Digits
                    prefix="Rp"
                    value=tier.price
                    error=wrong_at(error, format!("tiers.{i}.price"))
                    error_text=words::tier_wrong(lang)
                    maxlength=20u32
                    autocomplete="off"
                    optional=true
                />
            </div>
        </fieldset>
    }
}

#[component]
pub(super) fn Shipping(input: ProductInput, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <h2 class="section-title">{words::shipping(lang)}</h2>
            <div class="form">
                <Digits
                    of="weight"
                    label=words::weight(lang)
                    hint=words::weight_hint(lang)
                    suffix="g"
                    value=input.weight
                    error=wrong(error, "weight")
                />
                <fieldset class="field">
                    <legend class="field-label">{words::size(lang)}</legend>
                    <div class="editor-sizes">
                        <Digits of="length" label=words::length(lang) suffix="cm" value=input.length error=wrong(error, "length") optional=true />
                        <Digits of="width" label=words::width(lang) suffix="cm" value=input.width error=wrong(error, "width") optional=true />
                        <Digits of="height" label=words::height(lang) suffix="cm" value=input.height error=wrong(error, "height") optional=true />
                    </div>
                </fieldset>
                <Digits
                    of="preorder_days"
                    label=words::preorder(lang)
                    hint=words::preorder_hint(lang)
                    suffix=words::days(lang)
                    value=input.preorder_days
                    error=wrong(error, "preorder_days")
                    optional=true
                />
            </div>
        </Card>
    }
}

#[component]
fn Digits(
    of: &'static str,
    label: &'static str,
    value: String,
    error: Signal<Option<FieldError>>,
    #[prop(optional, into)] hint: Maybe<String>,
    #[prop(optional, into)] suffix: Maybe<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    view! {
        <Field
            name=format!("edit[{of}]")
            id=format!("edit-{of}")
            label=label
            kind=Input::Digits
            hint=hint
            suffix=suffix
            value=value
            error=error
            maxlength=20u32
            autocomplete="off"
            optional=optional
        />
    }
}
