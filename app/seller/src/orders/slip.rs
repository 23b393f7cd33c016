//! `/seller/{shop}/orders/{id}/slip`: what goes into the parcel, on a page for paper. It names no prices: a parcel may be a
//! present.

use super::{
    label::{Papers, use_parcel},
    parts::Receiver,
    rpc::sold_order,
};
use crate::parts::{Fetched, fetch, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    ids::ShipmentId,
    views::{OrderItem, sold::SoldPage},
    words::sold as words,
};
use ui::{Cell, Column, Table, Title, format};

#[component]
pub fn SlipPage() -> impl IntoView {
    let (shop, route) = (use_shop(), use_params_map());
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let parcel = use_parcel();
    let order = fetch(move || (shop.get(), id.get()), |(shop, id)| sold_order(shop, id));
    view! {
        <Fetched
            resource=order
            view=move |order: SoldPage| {
                view! { <Paper order=order parcel=parcel.get_untracked() shop=shop.get_untracked() /> }.into_any()
            }
        />
    }
}

/// All that was ordered, or what is in one parcel: each thing, and how many.
fn contents(order: &SoldPage, parcel: Option<ShipmentId>) -> Vec<(OrderItem, i32)> {
    let items = order.items.iter();
    match order.parcels.iter().find(|it| Some(it.id) == parcel) {
        None => items.map(|item| (item.clone(), item.quantity)).collect(),
        Some(parcel) => {
            let held = |item: &OrderItem| parcel.pieces.iter().find(|piece| piece.line == item.id);
            items.filter_map(|item| Some((item.clone(), held(item)?.quantity))).collect()
        }
    }
}

#[component]
fn Paper(order: SoldPage, parcel: Option<ShipmentId>, shop: String) -> impl IntoView {
    let lang = ui::lang();
    let title = words::slip_of(lang, &order.number);
    let columns = vec![
        Column::text(words::item(lang)),
        Column::text(words::sku(lang)),
        Column::number(words::quantity(lang)),
    ];
    let items = contents(&order, parcel);
    view! {
        <Title text=title.clone() unlisted=true />
        <article class="invoice">
            <Papers back=format!("/seller/{shop}/orders/{}", order.id) />
            <div class="invoice-head">
                <p class="invoice-house">{order.shop.clone()}</p>
                <h1 class="account-title">{title.clone()}</h1>
            </div>
            <p>{format::date(lang, order.placed_at)}</p>
            <p><Receiver to=order.ship_to.clone() /></p>
            <Table caption=title columns=columns>
                {items
                    .into_iter()
                    .map(|(item, quantity)| {
                        let name = if item.label.is_empty() { item.name } else { format!("{} ({})", item.name, item.label) };
                        view! {
                            <tr>
                                <Cell label=words::item(lang)>
                                    {name}
                                    {(!item.note.is_empty()).then(|| view! { <br /> <em>{item.note}</em> })}
                                </Cell>
                                <Cell label=words::sku(lang)>{item.sku}</Cell>
                                <Cell label=words::quantity(lang) number=true>{quantity}</Cell>
                            </tr>
                        }
                    })
                    .collect_view()}
            </Table>
            {(!order.note.is_empty()).then(|| view! { <p>{words::buyer_note(lang, &order.note)}</p> })}
        </article>
    }
}
