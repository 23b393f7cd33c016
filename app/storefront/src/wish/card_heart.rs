use super::rpc::Wish;
use leptos::{prelude::*, server_fn::ServerFn as _};
use model::{
    ids::ProductId,
    words::{account as words, error},
};
use ui::{Icon, Sent, SentForm};

/// The heart of a product among others, over its picture. A visitor's is a form as any other, which leads to signing in
/// and back; a member's stays on the page.
#[component]
pub fn CardHeart(
    product: ProductId,
    name: String,
    /// None where nobody is signed in.
    wished: Option<bool>,
) -> impl IntoView {
    let lang = ui::lang();
    let label = words::wish_this(lang, name);
    let Some(wished) = wished else {
        let button = button(product, label, Signal::stored(false));
        return view! { <form class="card-heart" method="post" action=Wish::url()>{button}</form> }
            .into_any();
    };
    let sent = Sent::default();
    // What the last press asked for: of two in a row, both asked for the same.
    let asked = StoredValue::new(wished);
    let on = Memo::new(move |before: Option<&bool>| {
        let answered = sent.answers() > 0;
        let before = before.copied().unwrap_or(wished);
        if answered && untrack(|| sent.error().is_none()) { asked.get_value() } else { before }
    });
    let failed = move || sent.error().map(|e| error::title(lang, e.code));
    view! {
        <div class="card-heart" on:submit=move |_| asked.set_value(!on.get_untracked())>
            <SentForm to=Wish::url() sent=sent>{button(product, label, on.into())}</SentForm>
            <span class="card-heart-failed" role="status">{failed}</span>
        </div>
    }
    .into_any()
}

fn button(product: ProductId, label: String, on: Signal<bool>) -> AnyView {
    let title = label.clone();
    view! {
        <input r#type="hidden" name="product" value=product.to_string() />
        <input r#type="hidden" name="variant" value="" />
        <input r#type="hidden" name="wanted" value=move || (!on.get()).to_string() />
        <button
            class="icon-btn icon-btn-raised"
            r#type="submit"
            title=title
            aria-label=label
            aria-pressed=move || on.get().to_string()
        >
            <Icon name=Icon::Heart />
        </button>
    }
    .into_any()
}
