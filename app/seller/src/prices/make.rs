//! A new price for a time, of one variant.

use super::rpc::{PriceForm, SchedulePrice, new_price};
use crate::{
    flash::Head,
    parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::words::{account as common, prices as words, sales};
use ui::{Button, ButtonKind, Card, Field, Input};

#[component]
pub fn NewPricePage() -> impl IntoView {
    let (shop, route) = (use_shop(), use_params_map());
    let variant = Memo::new(move |_| route.with(|route| route.get("variant")).unwrap_or_default());
    let act = ServerAction::<SchedulePrice>::new();
    let form = fetch(move || (shop.get(), variant.get()), |(shop, variant)| new_price(shop, variant));
    view! {
        <Frame here=Part::Promotions title=words::title(ui::lang())>
            <Fetched resource=form view=move |form: PriceForm| shown(form, act) />
        </Frame>
    }
}

fn shown(form: PriceForm, act: ServerAction<SchedulePrice>) -> AnyView {
    let lang = ui::lang();
    let PriceForm { good, input } = form;
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/promotions/prices");
    let error = error_of(act);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let facts = format!("{} · {}", good.sku, sales::price_now(lang, good.price));
    let hint = words::price_hint(lang, good.price);
    let variant = good.variant.to_string();
    view! {
        <Refusal error=whole />
        <Card>
            <Head good=good>
                <p class="address-notes">{facts}</p>
            </Head>
            <h2 class="section-title">{words::new(lang)}</h2>
            <ActionForm action=act>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="variant" value=variant />
                <div class="form">
                    <Field
                        name="timed[price]"
                        label=words::price(lang)
                        kind=Input::Digits
                        prefix="Rp"
                        value=input.price
                        hint=hint.clone()
                        error=wrong(error, "price")
                        error_text=hint
                        maxlength=20u32
                        autocomplete="off"
                    />
                    <div class="form-pair">
                        <Field
                            name="timed[from]"
                            label=words::from(lang)
                            kind=Input::Moment
                            value=input.from
                            hint=words::from_hint(lang)
                            error=wrong(error, "from")
                            error_text=words::from_wrong(lang)
                            optional=true
                        />
                        <Field
                            name="timed[until]"
                            label=words::until(lang)
                            kind=Input::Moment
                            value=input.until
                            error=wrong(error, "until")
                            error_text=words::until_wrong(lang)
                        />
                    </div>
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
