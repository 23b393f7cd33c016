//! The pages' HTML.

use super::words;
use crate::{Parcel, ParcelCollection, ParcelEvent, ParcelId, ParcelState};
use bank::sim::{self, moment};
use maud::{Markup, html};
use model::{Lang, Money, Prefs, shipping::Courier};

fn document(prefs: Prefs, stylesheet: Option<&str>, title: &str, body: Markup) -> Markup {
    let house = (words::carrier(prefs.lang), words::about(prefs.lang));
    sim::document(prefs, stylesheet, house, title, body)
}

fn brand(courier: &str) -> &str {
    match Courier::from_name(courier) {
        Some(own) => own.brand(),
        None => courier,
    }
}

/// `GET /sim/carrier`
pub(super) fn latest(
    prefs: Prefs,
    stylesheet: Option<&str>,
    typed: &str,
    parcels: &[Parcel],
    next: Option<ParcelId>,
) -> Markup {
    let lang = prefs.lang;
    let body = html! {
        form method="get" action="/sim/carrier" role="search" class="panel" {
            div class="field" {
                label class="field-label" for="waybill" { (words::waybill(lang)) }
                div class="control" {
                    input class="control-input" id="waybill" name="waybill" autocomplete="off" value=(typed)
                        aria-describedby=[(!typed.is_empty()).then_some("waybill-unknown")];
                }
                @if !typed.is_empty() { p class="field-error" id="waybill-unknown" { (words::unknown(lang)) } }
            }
            p class="empty-actions" { button class="btn btn-md btn-primary" { (words::find(lang)) } }
        }
        h2 { (words::latest(lang)) }
        @if parcels.is_empty() { p { (words::none(lang)) } } @else { (table(lang, parcels)) }
        nav class="pager" aria-label=(words::latest(lang)) {
            a class="btn btn-md btn-quiet" href="/sim/carrier" { (words::newest(lang)) }
            @if let Some(next) = next {
                a class="btn btn-md btn-secondary" rel="next" href={ "/sim/carrier?after=" (next) } { (words::older(lang)) }
            }
        }
    };
    document(prefs, stylesheet, words::carrier(lang), body)
}

fn table(lang: Lang, parcels: &[Parcel]) -> Markup {
    html! {
        div class="table-frame" {
            table class="table" {
                thead {
                    tr {
                        th scope="col" { (words::waybill(lang)) }
                        th scope="col" { (words::courier(lang)) }
                        th scope="col" { (words::what_for(lang)) }
                        th scope="col" { (words::state(lang)) }
                        th scope="col" { (words::when(lang)) }
                    }
                }
                tbody {
                    @for parcel in parcels {
                        tr {
                            td { a href={ "/sim/carrier/parcels/" (parcel.id) } { (parcel.waybill) } }
                            td { (brand(&parcel.courier)) }
                            td { (parcel.description) }
                            td { (words::is(lang, parcel.state)) }
                            td { (moment(parcel.created_at)) }
                        }
                    }
                }
            }
        }
    }
}

/// `GET /sim/carrier/parcels/{parcel}`
pub(super) fn parcel(
    prefs: Prefs,
    stylesheet: Option<&str>,
    parcel: &Parcel,
    events: &[ParcelEvent],
    changed: bool,
) -> Markup {
    let lang = prefs.lang;
    let title = words::parcel(lang, &parcel.waybill);
    let body = html! {
        @if changed { p class="notice notice-warning" role="status" { (words::changed(lang)) } }
        section class="panel" {
            dl {
                dt { (words::courier(lang)) } dd { (brand(&parcel.courier)) " · " (parcel.service) }
                @if !parcel.description.is_empty() { dt { (words::what_for(lang)) } dd { (parcel.description) } }
                dt { (words::weight(lang)) } dd { (parcel.weight_g) " g" }
                @if let Some(cash) = parcel.cash { dt { (words::cash(lang)) } dd { (Money::idr(cash)) } }
                @if let Some(code) = &parcel.from_postcode { dt { (words::from(lang)) } dd { (code) } }
                @if let Some(code) = &parcel.to_postcode { dt { (words::to(lang)) } dd { (code) } }
                dt { (words::collection(lang)) } dd { (collected(lang, parcel)) }
                dt { (words::state(lang)) } dd { strong { (words::is(lang, parcel.state)) } }
            }
        }
        (actions(lang, parcel))
        h2 { (words::history(lang)) }
        div class="table-frame" {
            table class="table" {
                thead {
                    tr {
                        th scope="col" { (words::when(lang)) }
                        th scope="col" { (words::state(lang)) }
                        th scope="col" { (words::told(lang)) }
                    }
                }
                tbody {
                    @for event in events {
                        tr {
                            td { (moment(event.occurred_at)) }
                            td { (words::is(lang, event.state)) }
                            td { @if let Some(at) = event.delivered_at { (moment(at)) } @else { (words::not_yet(lang)) } }
                        }
                    }
                }
            }
        }
        nav class="pager" { a class="btn btn-md btn-quiet" href="/sim/carrier" { (words::to_list(lang)) } }
    };
    document(prefs, stylesheet, &title, body)
}

/// Whether a courier comes, and between which times.
fn collected(lang: Lang, parcel: &Parcel) -> String {
    match (parcel.collection, parcel.pickup) {
        (ParcelCollection::DropOff, _) => words::drop_off(lang).to_owned(),
        (ParcelCollection::Pickup, Some((from, until))) => words::between(lang, moment(from), moment(until)),
        (ParcelCollection::Pickup, None) => words::at_once(lang).to_owned(),
    }
}

fn actions(lang: Lang, parcel: &Parcel) -> Markup {
    let next = parcel.state.next();
    html! {
        section class="panel" {
            h2 { (words::what(lang)) }
            @if next.is_empty() { p { (words::over(lang)) } } @else {
                form method="post" action={ "/sim/carrier/parcels/" (parcel.id) } {
                    input type="hidden" name="version" value=(parcel.version);
                    p class="empty-actions" {
                        @for (i, state) in next.iter().enumerate() {
                            (button(state.as_str(), words::make(lang, *state), if i == 0 { "btn-primary" } else { "btn-secondary" }))
                        }
                        @if parcel.travels { (button("stay", words::stay(lang), "btn-quiet")) }
                        @else { (button("travel", words::travel(lang), "btn-quiet")) }
                    }
                }
                @if parcel.travels { p { (words::travels(lang)) } }
            }
            @if parcel.state == ParcelState::Delivered && parcel.cash.is_some() { p { (words::collected(lang)) } }
        }
    }
}

fn button(action: &str, label: &str, look: &str) -> Markup {
    html! { button class={ "btn btn-md " (look) } name="do" value=(action) { (label) } }
}
