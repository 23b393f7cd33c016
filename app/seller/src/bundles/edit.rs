//! What a variant consists of.

use super::rpc::{BundleForm, SetBundle, bundle_of};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    shop::limits,
    words::{account as common, bundles as words},
};
use ui::{Button, ButtonKind, Card, Notice, NoticeKind, Textarea};

#[component]
pub fn BundlePage() -> impl IntoView {
    let (shop, route) = (use_shop(), use_params_map());
    let variant = Memo::new(move |_| route.with(|route| route.get("variant")).unwrap_or_default());
    let act = ServerAction::<SetBundle>::new();
    let form = fetch(move || (shop.get(), variant.get()), |(shop, variant)| bundle_of(shop, variant));
    view! {
        <Frame here=Part::Promotions title=words::title(ui::lang())>
            <Fetched resource=form view=move |form: BundleForm| shown(form, act) />
        </Frame>
    }
}

fn shown(form: BundleForm, act: ServerAction<SetBundle>) -> AnyView {
    let lang = ui::lang();
    let BundleForm { bundle, typed } = form;
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/promotions/bundles");
    let error = error_of(act);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let parts = wrong(error, "parts");
    view! {
        <Refusal error=whole />
        {move || {
            parts
                .get()
                .map(|_| view! { <Notice kind=NoticeKind::Error><p>{words::inside_wrong(ui::lang())}</p></Notice> })
        }}
        <Card>
            <h2 class="stall-name">{bundle.called()}</h2>
            <p class="address-notes">{bundle.sku.clone()}</p>
            <ActionForm action=act>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="variant" value=bundle.variant.to_string() />
                <div class="form">
                    <Textarea
                        name="parts"
                        label=words::inside(lang)
                        value=typed
                        hint=words::inside_hint(lang, limits::BUNDLE_PARTS)
                        error=parts
                        rows=5
                        optional=true
                    />
                    <div class="form-acts">
                        <Button busy=act.pending()>{words::save(lang)}</Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
