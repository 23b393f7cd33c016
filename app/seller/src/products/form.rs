//! All that can be said of a product, as one form. What is wrong is said by the server, beside each field.

use super::{
    about::{About, Specification},
    grid::{Options, Rows},
    rpc::SaveProduct,
    terms::{Selling, Shipping},
};
use crate::parts::shop_here;
use leptos::prelude::*;
use model::{
    AppError, FieldError,
    shop::{CategoryChoice, EditAct, ProductEditor},
    views::ProductState,
    words::editor as words,
};
use ui::{Button, ButtonKind, Card};

/// What is wrong with a field that is one of many of its kind.
pub(super) fn wrong_at(
    error: Signal<Option<AppError>>,
    field: impl Into<String>,
) -> Signal<Option<FieldError>> {
    let field = field.into();
    Signal::derive(move || error.with(|error| error.as_ref().and_then(|error| error.of(&field))))
}

/// The form's id.
pub(super) const FORM: &str = "product-form";

pub(super) fn size(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

#[component]
pub(super) fn ProductForm(
    product: ProductEditor,
    categories: Vec<CategoryChoice>,
    save: ServerAction<SaveProduct>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let version = product.typed_from.unwrap_or(product.version);
    let stale = product.is_stale();
    let photographs = product.pictures.iter().map(|picture| picture.media).collect::<Vec<_>>();
    let for_sale = matches!(product.state, ProductState::Draft | ProductState::Rejected);
    let input = product.input;
    view! {
        <ActionForm action=save attr:id=FORM attr:class="account-parts" attr:novalidate="novalidate">
            <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
            <input r#type="hidden" name="product" value=product.id.to_string() />
            <input r#type="hidden" name="version" value=version.to_string() />
            <input r#type="hidden" name="now" value=product.version.to_string() />
            // What the Enter key presses.
            <button class="sr-only" name="act" value=EditAct::Save.as_str() tabindex="-1" aria-hidden="true"></button>
            <About input=input.clone() categories=categories error=error />
            <Specification attributes=product.attributes said=input.attributes.clone() error=error />
            <Options options=input.options.clone() error=error />
            <Rows rows=input.variants.clone() photographs=photographs error=error />
            <Selling input=input.clone() error=error />
            <Shipping input=input error=error />
            <Finish for_sale=for_sale stale=stale busy=save.pending() />
        </ActionForm>
    }
}

#[component]
fn Finish(for_sale: bool, stale: bool, #[prop(into)] busy: Signal<bool>) -> impl IntoView {
    let lang = ui::lang();
    let acts = match (stale, for_sale) {
        (true, _) => vec![(EditAct::SaveOver, words::save_over(lang), ButtonKind::Danger)],
        (false, true) => vec![
            (EditAct::Sell, words::save_and_sell(lang), ButtonKind::Primary),
            (EditAct::Save, words::save(lang), ButtonKind::Secondary),
        ],
        (false, false) => vec![(EditAct::Save, words::save(lang), ButtonKind::Primary)],
    };
    view! {
        <Card>
            <div class="form-acts">
                {acts
                    .into_iter()
                    .map(|(act, label, kind)| {
                        view! {
                            <Button kind=kind name="act" value=act.as_str() busy=busy>{label}</Button>
                        }
                    })
                    .collect_view()}
            </div>
        </Card>
    }
}
