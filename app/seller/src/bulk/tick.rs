//! What stands in the table of goods: a tick beside each, and the form all ticks belong to.

use super::rpc::ChooseGoods;
use crate::parts::{Refusal, error_of, shop_here};
use leptos::prelude::*;
use model::{
    FieldError,
    ids::ProductId,
    shop::{StallFilter, together},
    words::bulk as words,
};
use ui::{Button, Checkbox, Icon, Notice, NoticeKind};

/// The form is elsewhere on the page: the rows have forms of their own, which cannot stand in another.
const FORM: &str = "together";

#[component]
pub(crate) fn Tick(product: ProductId, name: String) -> impl IntoView {
    view! {
        <label class="choice">
            <input class="choice-box" type="checkbox" name="products[]" value=product.to_string() form=FORM autocomplete="off" />
            <span class="sr-only">{words::tick(ui::lang(), name)}</span>
        </label>
    }
}

/// Stays in sight while somebody ticks. `filter` is what the list shows, `pages` whether there is more of it elsewhere.
#[component]
pub(crate) fn Together(filter: StallFilter, pages: bool, choose: ServerAction<ChooseGoods>) -> impl IntoView {
    let lang = ui::lang();
    let (q, low) = (filter.q, filter.low);
    view! {
        <ActionForm action=choose attr:id=FORM attr:class="together">
            <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
            {(!q.is_empty()).then(|| view! { <input r#type="hidden" name="filter[q]" value=q /> })}
            {filter.state.map(|state| view! { <input r#type="hidden" name="filter[state]" value=state.as_str() /> })}
            {low.then(|| view! { <input r#type="hidden" name="filter[low]" value="true" /> })}
            {pages.then(|| view! { <Checkbox name="all" value="true" label=words::all_matching(lang) /> })}
            <Button icon=Icon::Edit busy=choose.pending()>{words::change_chosen(lang)}</Button>
        </ActionForm>
    }
}

/// Why nothing could be chosen so.
#[component]
pub(crate) fn NotChosen(choose: ServerAction<ChooseGoods>) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(choose);
    let text = move || {
        let error = error.get()?;
        Some(match error.of("products")? {
            FieldError::OutOfRange => words::too_many(lang, lang.number(together::MOST.into())),
            _ => words::none_chosen(lang).to_owned(),
        })
    };
    let other = Signal::derive(move || error.get().filter(|error| error.of("products").is_none()));
    view! {
        {move || text().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
        <Refusal error=other />
    }
}
