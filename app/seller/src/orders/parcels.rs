//! In which parcels an order goes, by whom and where to, and where each is.

use super::{
    acts::{Acts, Whose},
    parts::{Fact, Receiver, Track},
};
use crate::parts::{error_of, wrong};
use leptos::prelude::*;
use model::{
    order::OrderState,
    shipping::{Collection, ShipmentState},
    views::sold::{LeftOutRow, Parcel, ParcelPiece, SoldPage},
    words::{checkout, orders as bought, sold as words},
};
use ui::{Badge, Button, ButtonKind, Choice, Icon, Select, format};

/// The ways a parcel can come to its courier, in words.
pub(super) fn ways(ways: &[Collection]) -> Vec<Choice> {
    let lang = ui::lang();
    let said = |way: &Collection| words::collection(lang, *way, |at| format::day(lang, at));
    ways.iter().map(|way| Choice::new(way.to_string(), said(way))).collect()
}

#[component]
pub(super) fn Sending(order: SoldPage, shop: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let all = order.parcels.len();
    let to_send = matches!(order.state, OrderState::Accepted | OrderState::Packed);
    let parcels = order.parcels.clone().into_iter().enumerate();
    let ways = order.ways.clone();
    let id = order.id.to_string();
    // The only one of an order that is packed is handed over with it.
    let by_itself = all > 1 || order.state == OrderState::Accepted;
    let one = move |(i, parcel): (usize, Parcel)| {
        let (ways, shop, id) = (if to_send { ways.clone() } else { vec![] }, shop.clone(), id.clone());
        let place = (i + 1, all);
        view! { <OneParcel parcel=parcel place=place by_itself=by_itself ways=ways shop=shop id=id acts=acts /> }
    };
    view! {
        <section class="panel order-part" aria-labelledby="parcel">
            <h2 id="parcel">{words::parcel(lang)}</h2>
            <dl class="facts">
                <Fact name=bought::courier(lang)>
                    {order.courier} " · " {checkout::service_name(lang, order.service)}
                    {order.insured.then(|| format!(" · {}", bought::insured(lang)))}
                </Fact>
                <Fact name=words::deliver_to(lang)><Receiver to=order.ship_to call=true /></Fact>
            </dl>
            {parcels.map(one).collect_view()}
            {order.left_out.into_iter().map(|row| view! { <LeftOut row=row /> }).collect_view()}
        </section>
    }
}

/// One of them: what is in it, where it is, and what can be done while it has not left.
#[component]
fn OneParcel(
    parcel: Parcel,
    place: (usize, usize),
    by_itself: bool,
    /// None where nothing is to be sent.
    ways: Vec<Collection>,
    shop: String,
    id: String,
    acts: Acts,
) -> impl IntoView {
    let lang = ui::lang();
    let (n, all) = place;
    let here = format!("/seller/{shop}/orders/{id}");
    let weight = format::weight(lang, u64::from(parcel.weight_g.unsigned_abs()));
    let collected = words::collection(lang, parcel.collection, |at| format::day(lang, at));
    let waits = !parcel.left && !ways.is_empty();
    let in_hand = matches!(parcel.state, ShipmentState::Booked | ShipmentState::Cancelled);
    let (label, slip) =
        (format!("{here}/label?parcel={}", parcel.id), format!("{here}/slip?parcel={}", parcel.id));
    let booked = parcel.waybill.is_some();
    let whose = view! {
        <Whose shop=shop.clone() id=id.clone() />
        <input r#type="hidden" name="parcel" value=parcel.id.to_string() />
    };
    let hand_over = (waits && by_itself).then(|| {
        view! {
            <ActionForm action=acts.hand_over_parcel>
                {whose}
                <Button kind=ButtonKind::Secondary icon=Icon::Truck busy=acts.hand_over_parcel.pending()>
                    {words::hand_over_parcel(lang, n)}
                </Button>
            </ActionForm>
        }
    });
    view! {
        <article class="parcel" aria-labelledby=format!("parcel-{n}")>
            <p class="order-head">
                <strong id=format!("parcel-{n}")>{words::parcel_of(lang, n, all)}</strong>
                <Badge text=words::parcel_state(lang, parcel.state) />
            </p>
            <Contents pieces=parcel.pieces.clone() />
            <dl class="facts">
                {parcel.waybill.clone().map(|waybill| view! { <Fact name=words::waybill(lang)><code>{waybill}</code></Fact> })}
                <Fact name=words::weight(lang)>{weight}</Fact>
                <Fact name=words::collection_label(lang)>{collected}</Fact>
            </dl>
            <div class="order-acts">
                {hand_over}
                {(booked && all > 1)
                    .then(|| {
                        view! {
                            <Button href=label kind=ButtonKind::Secondary icon=Icon::Receipt>{words::label_of_parcel(lang, n)}</Button>
                        }
                    })}
                {(all > 1)
                    .then(|| {
                        view! {
                            <Button href=slip kind=ButtonKind::Secondary icon=Icon::Receipt>{words::slip_of_parcel(lang, n)}</Button>
                        }
                    })}
            </div>
            {(waits && in_hand)
                .then(|| {
                    let (shop_too, id_too, which) = (shop.clone(), id.clone(), parcel.id.to_string());
                    view! {
                        <Otherwise parcel=parcel.clone() n=n ways=ways shop=shop id=id acts=acts />
                        <Unpack parcel=which n=n shop=shop_too id=id_too acts=acts />
                    }
                })}
            {(!parcel.seen.is_empty()).then(|| view! { <h3>{words::tracking(lang)}</h3> <Track parcel=parcel /> })}
        </article>
    }
}

/// `2 × Kaos Polos (Hitam, XL)`
#[component]
fn Contents(pieces: Vec<ParcelPiece>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <ul class="parcel-pieces" role="list">
            {pieces
                .into_iter()
                .map(|piece| view! { <li>{words::piece(lang, piece.quantity, piece.shown())}</li> })
                .collect_view()}
        </ul>
    }
}

/// Another time, or another way.
#[component]
fn Otherwise(
    parcel: Parcel,
    n: usize,
    ways: Vec<Collection>,
    shop: String,
    id: String,
    acts: Acts,
) -> impl IntoView {
    let lang = ui::lang();
    let chosen = ways.contains(&parcel.collection).then_some(parcel.collection).or(ways.first().copied());
    let error = wrong(error_of(acts.collect), "collection");
    view! {
        <details class="parcel-more">
            <summary>{words::collection_change(lang)}</summary>
            <ActionForm action=acts.collect attr:class="sold-pack">
                <Whose shop=shop id=id />
                <input r#type="hidden" name="parcel" value=parcel.id.to_string() />
                <Select
                    name="collection"
                    id=format!("collection-{n}")
                    label=words::collection_label(lang)
                    choices=self::ways(&ways)
                    chosen=chosen.map(|way| way.to_string())
                    hint=words::collection_hint(lang)
                    error=error
                />
                <Button kind=ButtonKind::Secondary busy=acts.collect.pending()>{words::collection_save(lang)}</Button>
            </ActionForm>
        </details>
    }
}

/// What is in it waits to be packed again.
#[component]
fn Unpack(parcel: String, n: usize, shop: String, id: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <details class="parcel-more">
            <summary>{words::unpack(lang)}</summary>
            <ActionForm action=acts.unpack attr:class="sold-pack">
                <Whose shop=shop id=id />
                <input r#type="hidden" name="parcel" value=parcel />
                <p class="order-facts">{words::unpack_text(lang)}</p>
                <Button kind=ButtonKind::Secondary busy=acts.unpack.pending()>{words::unpack_yes(lang, n)}</Button>
            </ActionForm>
        </details>
    }
}

#[component]
fn LeftOut(row: LeftOutRow) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <article class="parcel">
            <p class="order-head"><strong>{words::left_out(lang)}</strong></p>
            <Contents pieces=row.pieces />
            <p>{bought::reason(lang, row.reason)}</p>
            {(row.refund.amount() > 0).then(|| view! { <p>{words::left_out_back(lang, row.refund)}</p> })}
            <p class="order-facts">{format::date_time(lang, row.at)}</p>
        </article>
    }
}
