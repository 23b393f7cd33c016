//! `/seller/{shop}/settings/address`: where couriers fetch its parcels.

use super::{
    page::size,
    rpc::{Form, MoveShop, sender_place, settings_form},
};
use crate::parts::{
    ChosenPlace, Fetched, Frame, Part, PlaceChooser, Refusal, error_of, fetch, rpc::Place, shop_here,
    use_asked, use_shop, wrong,
};
use leptos::prelude::*;
use model::{
    address::{AddressInput, limits},
    shop::Sender,
    words::{account as common, seller as words},
};
use ui::{Button, ButtonKind, Card, Fetch, Field, Input};

#[component]
pub fn SenderPage() -> impl IntoView {
    let slug = use_shop();
    let form = fetch(move || slug.get(), settings_form);
    let asked = use_asked();
    let place = fetch(move || (slug.get(), asked.get()), |(shop, asked)| sender_place(shop, asked));
    let save = ServerAction::<MoveShop>::new();
    view! {
        <Frame here=Part::Settings title=words::sender(ui::lang())>
            <Fetched
                resource=form
                view=move |form: Form| {
                    let input = form.typed_sender.unwrap_or_else(|| input_of(&form.settings.sender));
                    view! { <Details input=input place=place save=save /> }.into_any()
                }
            />
        </Frame>
    }
}

/// As it would be typed.
fn input_of(sender: &Sender) -> AddressInput {
    let address = sender.address.clone();
    let said = |of: fn(model::shop::SenderAddress) -> String| address.clone().map(of).unwrap_or_default();
    AddressInput {
        recipient: said(|it| it.contact),
        phone: said(|it| it.phone.shown()),
        postcode: said(|it| it.postcode),
        street: said(|it| it.street),
        ..AddressInput::default()
    }
}

#[component]
fn Details(input: AddressInput, place: Fetch<Place>, save: ServerAction<MoveShop>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/settings");
    let error = error_of(save);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        <PlaceChooser place=place />
        <Refusal error=whole />
        <Card>
            <ActionForm action=save>
                <input r#type="hidden" name="shop" value=slug />
                <div class="form">
                    <ChosenPlace name="address[district]" place=place error=error />
                    <Field
                        name="address[postcode]"
                        label=common::postcode(lang)
                        value=input.postcode
                        error=wrong(error, "postcode")
                        error_text=common::postcode_wrong(lang)
                        maxlength=5u32
                        autocomplete="postal-code"
                    />
                    <Field
                        name="address[street]"
                        label=common::street(lang)
                        value=input.street
                        hint=common::street_hint(lang)
                        error=wrong(error, "street")
                        maxlength=size(limits::STREET)
                        autocomplete="address-line1"
                    />
                    <Field
                        name="address[recipient]"
                        label=words::contact(lang)
                        value=input.recipient
                        hint=words::contact_hint(lang)
                        error=wrong(error, "recipient")
                        maxlength=size(limits::RECIPIENT)
                        autocomplete="name"
                    />
                    <Field
                        name="address[phone]"
                        label=common::phone(lang)
                        kind=Input::Phone
                        value=input.phone
                        hint=common::phone_hint(lang)
                        error=wrong(error, "phone")
                        error_text=common::phone_wrong(lang)
                        maxlength=30u32
                        autocomplete="tel"
                    />
                    <div class="form-acts">
                        <Button busy=save.pending()>{common::save(lang)}</Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}
