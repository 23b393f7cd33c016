//! What the product is, and its specification.

use super::form::{size, wrong_at};
use crate::parts::wrong;
use leptos::prelude::*;
use model::{
    AppError,
    shop::{AttributeInput, CategoryChoice, EditAct, EditorAttribute, EditorKind, ProductInput, most},
    words::editor as words,
};
use ui::{Button, ButtonKind, Card, Choice, Field, Input, RadioGroup, Select, Textarea};

#[component]
pub(super) fn About(
    input: ProductInput,
    categories: Vec<CategoryChoice>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let lang = ui::lang();
    let choices =
        categories.into_iter().map(|one| Choice::new(one.id.to_string(), one.path)).collect::<Vec<_>>();
    let conditions =
        vec![Choice::new("new", words::new_goods(lang)), Choice::new("used", words::used_goods(lang))];
    let condition = if input.condition == "used" { "used" } else { "new" };
    view! {
        <Card>
            <h2 class="section-title">{words::about(lang)}</h2>
            <div class="form">
                <Field
                    name="edit[name]"
                    label=words::name(lang)
                    hint=words::name_hint(lang)
                    value=input.name
                    error=wrong(error, "name")
                    maxlength=size(most::NAME)
                    autocomplete="off"
                />
                <Select
                    name="edit[category]"
                    label=words::category(lang)
                    hint=words::category_hint(lang)
                    choices=choices
                    chosen=input.category
                    error=wrong(error, "category")
                />
                <Textarea
                    name="edit[description]"
                    label=words::description(lang)
                    hint=words::description_hint(lang)
                    value=input.description
                    error=wrong(error, "description")
                    maxlength=size(most::DESCRIPTION)
                    rows=8
                    optional=true
                />
                <RadioGroup
                    name="edit[condition]"
                    label=words::condition(lang)
                    choices=conditions
                    chosen=condition.to_owned()
                    error=wrong(error, "condition")
                />
                <div class="form-pair">
                    <Field
                        name="edit[brand]"
                        label=words::brand(lang)
                        value=input.brand
                        error=wrong(error, "brand")
                        maxlength=size(most::BRAND)
                        autocomplete="off"
                        optional=true
                    />
                    <Field
                        name="edit[video]"
                        label=words::video(lang)
                        hint=words::video_hint(lang)
                        kind=Input::Url
                        value=input.video
                        error=wrong(error, "video")
                        maxlength=size(most::VIDEO)
                        autocomplete="off"
                        optional=true
                    />
                </div>
            </div>
        </Card>
    }
}

/// A field for each attribute of the category.
#[component]
pub(super) fn Specification(
    attributes: Vec<EditorAttribute>,
    said: Vec<AttributeInput>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let lang = ui::lang();
    let none = attributes.is_empty().then(|| view! { <p>{words::specification_none(lang)}</p> });
    let fields = attributes.into_iter().enumerate().map(|(i, attribute)| {
        let value = said.iter().find(|said| said.id == attribute.id).map(|said| said.value.clone());
        view! {
            <input r#type="hidden" name=format!("edit[attributes][{i}][id]") value=attribute.id.clone() />
            <Attribute i=i value=value.unwrap_or_default() attribute=attribute error=error />
        }
    });
    let fields = fields.collect_view();
    view! {
        <Card>
            <h2 class="section-title">{words::specification(lang)}</h2>
            <div class="form">
                {none} {fields}
                <p>
                    <Button kind=ButtonKind::Quiet name="act" value=EditAct::Arrange.as_str()>{words::update_form(lang)}</Button>
                </p>
            </div>
        </Card>
    }
}

#[component]
fn Attribute(
    i: usize,
    value: String,
    attribute: EditorAttribute,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let lang = ui::lang();
    let name = format!("edit[attributes][{i}][value]");
    let id = format!("attribute-{i}");
    let error = wrong_at(error, format!("attributes.{}", attribute.id));
    let nothing = || std::iter::once(Choice::new("", words::not_said(lang)));
    let choices: Vec<Choice> = match attribute.kind {
        EditorKind::Choice { choices } => {
            nothing().chain(choices.into_iter().map(|(key, label)| Choice::new(key, label))).collect()
        }
        EditorKind::Flag => {
            nothing().chain([Choice::new("1", words::yes(lang)), Choice::new("0", words::no(lang))]).collect()
        }
        EditorKind::Number { unit } => {
            return view! {
                <Field
                    name=name
                    id=id
                    label=attribute.label
                    kind=Input::Digits
                    suffix=unit
                    value=value
                    error=error
                    maxlength=20u32
                    autocomplete="off"
                    optional=true
                />
            }
            .into_any();
        }
        EditorKind::Text => {
            return view! {
                <Field
                    name=name
                    id=id
                    label=attribute.label
                    value=value
                    error=error
                    maxlength=size(most::ATTRIBUTE)
                    autocomplete="off"
                    optional=true
                />
            }
            .into_any();
        }
    };
    view! { <Select name=name id=id label=attribute.label choices=choices chosen=value error=error optional=true /> }
        .into_any()
}
