//! Where a warehouse is, as it is typed.

use crate::parts::{ChosenPlace, rpc::Place, wrong};
use leptos::prelude::*;
use model::{
    AppError,
    address::{AddressInput, limits},
    words::{account as common, seller},
};
use ui::{Fetch, Field, Input};

pub(super) fn size(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

#[component]
pub(super) fn Whereabouts(
    address: AddressInput,
    place: Fetch<Place>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <ChosenPlace name="address[district]" place=place error=error />
        <Field
            name="address[postcode]"
            label=common::postcode(lang)
            value=address.postcode
            error=wrong(error, "postcode")
            error_text=common::postcode_wrong(lang)
            maxlength=5u32
            autocomplete="postal-code"
        />
        <Field
            name="address[street]"
            label=common::street(lang)
            value=address.street
            hint=common::street_hint(lang)
            error=wrong(error, "street")
            maxlength=size(limits::STREET)
            autocomplete="address-line1"
        />
        <Field
            name="address[recipient]"
            label=seller::contact(lang)
            value=address.recipient
            hint=seller::contact_hint(lang)
            error=wrong(error, "recipient")
            maxlength=size(limits::RECIPIENT)
            autocomplete="name"
        />
        <Field
            name="address[phone]"
            label=common::phone(lang)
            kind=Input::Phone
            value=address.phone
            hint=common::phone_hint(lang)
            error=wrong(error, "phone")
            error_text=common::phone_wrong(lang)
            maxlength=30u32
            autocomplete="tel"
        />
    }
}
