//! What is to change.

use super::rpc::PlanGoodsEdit;
use crate::parts::{error_of, shop_here, wrong};
use leptos::prelude::*;
use model::{
    shop::{BulkChange, BulkInput, BulkKind, BulkPage, together},
    words::bulk as words,
};
use ui::{Button, ButtonKind, Choice, Field, Icon, Select};

/// What stands in the form at first: what was typed and refused, or what was said before.
fn begins(typed: Option<BulkInput>, change: Option<BulkChange>) -> BulkInput {
    let said = change.map(|change| BulkInput {
        kind: change.kind.as_str().to_owned(),
        value: if change.kind.has_value() { change.value.to_string() } else { String::new() },
        round: change.round.to_string(),
        warehouse: change.warehouse.map(|id| id.to_string()).unwrap_or_default(),
        category: change.category.map(|id| id.to_string()).unwrap_or_default(),
    });
    let mut input = typed.or(said).unwrap_or_default();
    if input.kind.is_empty() {
        BulkKind::PricePercent.as_str().clone_into(&mut input.kind);
    }
    input
}

/// What a kind of change does not ask for is hidden, and so cannot be asked for by the browser: the server says what is missing.
#[component]
pub(super) fn Ask(
    page: BulkPage,
    typed: Option<BulkInput>,
    plan: ServerAction<PlanGoodsEdit>,
) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(plan);
    let again = page.edit.change.is_some();
    let input = begins(typed, page.edit.change);
    let kinds = BulkKind::ALL.iter().map(move |kind| Choice::new(kind.as_str(), words::kind_of(lang, *kind)));
    let steps = together::ROUND.iter().map(move |round| {
        let label = if *round == 1 {
            words::round_none(lang).to_owned()
        } else {
            words::round_to(lang, lang.number(round.unsigned_abs()))
        };
        Choice::new(round.to_string(), label)
    });
    let round = if input.round.is_empty() { "1".to_owned() } else { input.round };
    let first = page.warehouses.first().map(|place| place.id.to_string()).unwrap_or_default();
    let warehouse = if input.warehouse.is_empty() { first } else { input.warehouse };
    let places = page.warehouses.into_iter().map(|place| Choice::new(place.id.to_string(), place.name));
    let mut categories = vec![Choice::new("", words::category(lang))];
    categories.extend(page.categories.into_iter().map(|one| Choice::new(one.id.to_string(), one.path)));
    let kind = if again { ButtonKind::Secondary } else { ButtonKind::Primary };
    view! {
        <ActionForm action=plan attr:class="bulk-ask" attr:novalidate="novalidate">
            <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
            <input r#type="hidden" name="edit" value=page.edit.id.to_string() />
            <div class="form">
                <Select
                    name="plan[kind]"
                    id="bulk-kind"
                    label=words::kind(lang)
                    choices={kinds.collect::<Vec<_>>()}
                    chosen=input.kind
                    error=wrong(error, "kind")
                />
                <div class="bulk-value">
                    <Field
                        name="plan[value]"
                        id="bulk-value"
                        label=words::value(lang)
                        hint=words::value_hint(lang)
                        value=input.value
                        error=wrong(error, "value")
                        error_text=words::value_wrong(lang)
                        maxlength=20u32
                        autocomplete="off"
                    />
                </div>
                <div class="bulk-round">
                    <Select
                        name="plan[round]"
                        id="bulk-round"
                        label=words::round(lang)
                        choices={steps.collect::<Vec<_>>()}
                        chosen=round
                        error=wrong(error, "round")
                    />
                </div>
                <div class="bulk-warehouse">
                    <Select
                        name="plan[warehouse]"
                        id="bulk-warehouse"
                        label=words::warehouse(lang)
                        choices={places.collect::<Vec<_>>()}
                        chosen=warehouse
                        error=wrong(error, "warehouse")
                    />
                </div>
                <div class="bulk-category">
                    <Select
                        name="plan[category]"
                        id="bulk-category"
                        label=words::category(lang)
                        hint=words::category_hint(lang)
                        choices=categories
                        chosen=input.category
                        error=wrong(error, "category")
                    />
                </div>
                <div class="form-acts">
                    <Button kind=kind icon=Icon::Eye busy=plan.pending()>
                        {if again { words::preview_again(lang) } else { words::preview(lang) }}
                    </Button>
                </div>
            </div>
        </ActionForm>
    }
}
