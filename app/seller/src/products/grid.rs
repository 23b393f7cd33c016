//! Options, and a row for each variant they make. Without JavaScript the rows are made by sending the form, which keeps
//! everything in it.

use super::form::{size, wrong_at};
use crate::parts::wrong;
use leptos::prelude::*;
use model::{
    AppError, FieldError,
    ids::MediaId,
    shop::{EditAct, OptionInput, VariantInput, most},
    words::editor as words,
};
use ui::{Button, ButtonKind, Card, Checkbox, Choice, Field, Icon, Input, Maybe, Select, Textarea};

#[component]
pub(super) fn Options(options: Vec<OptionInput>, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let fields = (0..most::OPTIONS).map(|i| {
        let option = options.get(i).cloned().unwrap_or_default();
        view! { <OptionFields i=i option=option error=error /> }
    });
    let fields = fields.collect_view();
    view! {
        <Card>
            <h2 class="section-title">{words::variants(lang)}</h2>
            <p>{words::variants_about(lang)}</p>
            <div class="form">
                <div class="editor-options">{fields}</div>
                <p>
                    <Button kind=ButtonKind::Secondary icon=Icon::Grid name="act" value=EditAct::Arrange.as_str()>
                        {words::make_grid(lang)}
                    </Button>
                </p>
            </div>
        </Card>
    }
}

#[component]
fn OptionFields(i: usize, option: OptionInput, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let name = |of: &str| format!("edit[options][{i}][{of}]");
    let name_wrong = wrong_at(error, format!("options.{i}.name"));
    view! {
        <fieldset class="field">
            <legend class="field-label">{words::option(lang, i + 1)}</legend>
            <input r#type="hidden" name=name("made") value=option.made />
            <Field
                name=name("name")
                id=format!("option-{i}-name")
                label=words::option_name(lang)
                placeholder=if i == 0 { "Warna" } else { "Ukuran" }
                value=option.name
                error=name_wrong
                maxlength=size(most::OPTION)
                autocomplete="off"
                optional=true
            />
            <Textarea
                name=name("values")
                id=format!("option-{i}-values")
                label=words::option_values(lang)
                hint=words::option_values_hint(lang, most::VALUES)
                value=option.values
                error=wrong_at(error, format!("options.{i}.values"))
                rows=4
                optional=true
            />
        </fieldset>
    }
}

#[component]
pub(super) fn Rows(
    rows: Vec<VariantInput>,
    photographs: Vec<MediaId>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let lang = ui::lang();
    let nothing = wrong(error, "variants");
    let rows = rows.into_iter().enumerate().map(|(i, row)| {
        view! { <Row i=i row=row photographs=photographs.clone() error=error /> }
    });
    let rows = rows.collect_view();
    view! {
        <Card>
            <h2 class="section-title">{words::price_and_stock(lang)}</h2>
            {move || nothing.get().map(|_| view! { <p class="field-error">{words::nothing_sold(lang)}</p> })}
            <div class="editor-rows">{rows}</div>
        </Card>
    }
}

/// One variant, or the only one.
#[component]
fn Row(
    i: usize,
    row: VariantInput,
    photographs: Vec<MediaId>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let lang = ui::lang();
    let label = row.label();
    let only = label.is_empty();
    let name = move |of: &str| format!("edit[variants][{i}][{of}]");
    let wrong = move |of: &str| wrong_at(error, format!("variants.{i}.{of}"));
    let legend = if only { words::price_and_stock(lang).to_owned() } else { label };
    let off = (!only).then(|| {
        view! { <Checkbox name=name("off") label=words::not_sold(lang) checked=!row.off.is_empty() /> }
    });
    let pictures = (!only && !photographs.is_empty()).then(|| {
        let nothing = std::iter::once(Choice::new("", words::not_said(lang)));
        let each = photographs.iter().enumerate();
        let each = each.map(|(n, media)| Choice::new(media.to_string(), words::photograph_n(lang, n + 1)));
        view! {
            <Select
                name=name("picture")
                id=format!("variant-{i}-picture")
                label=words::own_picture(lang)
                choices={nothing.chain(each).collect::<Vec<_>>()}
                chosen=row.picture.clone()
                error=wrong("picture")
                optional=true
            />
        }
    });
    let weight = (!only).then(|| {
        view! {
            <Number i=i of="weight" label=words::own_weight(lang) suffix="g" value=row.weight.clone() error=wrong("weight") optional=true />
        }
    });
    view! {
        <fieldset class="editor-row">
            <legend class=if only { "sr-only" } else { "editor-legend" }>{legend}</legend>
            <input r#type="hidden" name=name("id") value=row.id />
            <input r#type="hidden" name=name("first") value=row.first />
            <input r#type="hidden" name=name("second") value=row.second />
            <input r#type="hidden" name=name("was") value=row.was />
            <Number i=i of="price" label=words::price(lang) prefix="Rp" value=row.price error=wrong("price") />
            <Number
                i=i
                of="list_price"
                label=words::list_price(lang)
                prefix="Rp"
                value=row.list_price
                error=wrong("list_price")
                text=words::list_price_wrong(lang)
                optional=true
            />
            <Number i=i of="stock" label=words::stock(lang) value=row.stock error=wrong("stock") text=words::stock_wrong(lang) />
            <Field
                name=name("sku")
                id=format!("variant-{i}-sku")
                label=words::sku(lang)
                value=row.sku
                error=wrong("sku")
                error_text=words::sku_taken(lang)
                maxlength=size(most::SKU)
                autocomplete="off"
                optional=true
            />
            {weight} {pictures} {off}
        </fieldset>
    }
}

/// A number of a row.
#[component]
fn Number(
    i: usize,
    of: &'static str,
    label: &'static str,
    value: String,
    error: Signal<Option<FieldError>>,
    /// Says what is wrong where the catalogue's words do not; only for what is out of bounds.
    #[prop(optional, into)]
    text: Maybe<String>,
    #[prop(optional, into)] prefix: Maybe<String>,
    #[prop(optional, into)] suffix: Maybe<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    view! {
        <Field
            name=format!("edit[variants][{i}][{of}]")
            id=format!("variant-{i}-{of}")
            label=label
            kind=Input::Digits
            prefix=prefix
            suffix=suffix
            value=value
            error=error
            error_text=text
            maxlength=20u32
            autocomplete="off"
            optional=optional
        />
    }
}
