//! `/seller/{shop}/orders/{id}/label`: what is stuck onto the parcel, on a page for paper (10 × 15 cm and larger).

use super::{parts::Receiver, rpc::parcel_label};
use crate::parts::{Fetched, fetch, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    ids::ShipmentId,
    views::sold::Label,
    words::{checkout, sold as words},
};
use ui::{Button, ButtonKind, Icon, Title, format};

/// Which parcel the address asks for: `?parcel=…`.
pub(super) fn use_parcel() -> Memo<Option<ShipmentId>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("parcel")?.parse().ok()))
}

#[component]
pub fn LabelPage() -> impl IntoView {
    let (shop, route) = (use_shop(), use_params_map());
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let parcel = use_parcel();
    let found = fetch(
        move || (shop.get(), id.get(), parcel.get()),
        |(shop, id, parcel)| parcel_label(shop, id, parcel),
    );
    view! {
        <Fetched
            resource=found
            view=move |label: Label| view! { <Paper label=label shop=shop.get_untracked() /> }.into_any()
        />
    }
}

#[component]
fn Paper(label: Label, shop: String) -> impl IntoView {
    let lang = ui::lang();
    let Label { order, parcel, place: (n, all), waybill, bars_width, bars, qr, cash } = label;
    let collected = words::collection(lang, parcel.collection, |at| format::day(lang, at));
    let title = words::label_of(lang, &waybill);
    // Ten units of white stand on both sides, or scanners do not find the bars.
    let bars_box = format!("-10 0 {} 1", bars_width + 20);
    let qr_box = format!("-4 -4 {0} {0}", u32::from(qr.size) + 8);
    view! {
        <Title text=title.clone() unlisted=true />
        <Papers
            back=format!("/seller/{shop}/orders/{}", order.id)
            pdf=format!("/seller/{shop}/orders/{}/label.pdf?parcel={}", order.id, parcel.id)
        />
        <article class="label" aria-label=title>
            <div class="label-head">
                <p class="invoice-house">"Pasar"</p>
                <p><strong>{order.courier.clone()}</strong> " · " {checkout::service_name(lang, order.service)}</p>
            </div>
            <svg class="label-bars" viewBox=bars_box preserveAspectRatio="none" role="img" aria-label=words::barcode(lang, &waybill)>
                <path d=bars fill="currentColor" />
            </svg>
            <p class="label-waybill">{waybill.clone()}</p>
            <div class="label-who">
                <div>
                    <p class="order-facts">{words::receiver(lang)}</p>
                    <p><Receiver to=order.ship_to.clone() /></p>
                    <p class="order-facts">{words::from(lang)}</p>
                    <p><strong>{order.shop.clone()}</strong></p>
                </div>
                <svg class="label-qr" viewBox=qr_box role="img" aria-label=words::qr(lang, &waybill)>
                    <path d=qr.path fill="currentColor" />
                </svg>
            </div>
            <div class="label-foot">
                <p>{order.number.clone()}</p>
                {(all > 1).then(|| view! { <p>{words::parcel_of(lang, n, all)}</p> })}
                <p>{format::weight(lang, u64::from(parcel.weight_g.unsigned_abs()))}</p>
                <p>{collected}</p>
                {cash.map(|cash| view! { <p class="label-cash">{words::cash_to_collect(lang, cash)}</p> })}
            </div>
        </article>
    }
}

/// What stands above a page for paper and is not printed.
#[component]
pub fn Papers(back: String, #[prop(optional, into)] pdf: Option<String>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <div class="invoice-acts">
            <Button href=back kind=ButtonKind::Quiet icon=Icon::ArrowLeft>{words::back(lang)}</Button>
            <span class="scripted">
                <Button kind=ButtonKind::Secondary icon=Icon::Receipt plain=true on:click=|_| drop(window().print())>
                    {words::print(lang)}
                </Button>
            </span>
            {pdf
                .map(|href| {
                    view! {
                        <Button href=href kind=ButtonKind::Secondary attr:rel="external" attr:download="">
                            {words::as_pdf(lang)}
                        </Button>
                    }
                })}
            <p class="order-facts">{words::print_hint(lang)}</p>
        </div>
    }
}
