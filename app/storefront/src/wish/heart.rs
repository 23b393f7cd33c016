use super::rpc::{Wish, is_wished};
use crate::parts::{Fetched, fetch};
use leptos::{prelude::*, server_fn::ServerFn as _};
use model::{
    ids::{ProductId, VariantId},
    words::{account as words, error},
};
use ui::{Icon, IconButton, Sent, SentForm};

/// A form of one button, so that it works without JavaScript. `variant` is the one chosen, if any.
#[component]
pub fn Heart(product: ProductId, variant: Option<VariantId>) -> impl IntoView {
    let lang = ui::lang();
    let sent = Sent::default();
    let wished = fetch(move || (product, sent.answers()), |(product, _)| is_wished(product));
    let variant = variant.map(|id| id.to_string()).unwrap_or_default();
    let failed = move || sent.error().map(|e| error::title(lang, e.code));
    view! {
        <SentForm to=Wish::url() sent=sent>
            <input r#type="hidden" name="product" value=product.to_string() />
            <input r#type="hidden" name="variant" value=variant />
            <Fetched resource=wished failed=|_| button(false) view=button />
            <span role="status">{failed}</span>
        </SentForm>
    }
}

fn button(on: bool) -> AnyView {
    let lang = ui::lang();
    let (icon, label) =
        if on { (Icon::HeartFilled, words::wish_remove(lang)) } else { (Icon::Heart, words::wish_add(lang)) };
    view! {
        <input r#type="hidden" name="wanted" value=(!on).to_string() />
        <IconButton icon=icon label=label pressed=on />
    }
    .into_any()
}
