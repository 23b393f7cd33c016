//! `/checkout/address`: where a guest's order goes. What was typed is kept with the cart.

use super::{
    form::{Choosing, Chosen, Details, use_asked},
    page::is_about_the_whole,
    rpc::{SetGuestAddress, guest_address, place_of},
};
use crate::parts::{Fetched, Private, Refusal, error_of, fetch};
use leptos::prelude::*;
use model::{address::AddressInput, words::orders as words};

#[component]
pub fn GuestAddressPage() -> impl IntoView {
    let title = words::guest_address(ui::lang());
    let asked = use_asked();
    let save = ServerAction::<SetGuestAddress>::new();
    let error = error_of(save);
    let form = fetch(|| (), |()| guest_address());
    let place = fetch(move || asked.get(), |asked| place_of(None, true, asked));
    let whole = Signal::derive(move || error.get().filter(is_about_the_whole));
    view! {
        <Private title=title />
        <div class="account-body">
            <h1 class="account-title">{title}</h1>
            <Choosing place=place asked=asked />
            <Fetched
                resource=form
                view={move |input: Option<AddressInput>| {
                    // On the way elsewhere.
                    let Some(input) = input else { return ().into_any() };
                    view! {
                        <Refusal error=whole />
                        <ActionForm action=save>
                            <Chosen place=place error=error />
                            <Details input=input error=error busy=save.pending() back="/checkout".to_owned() />
                        </ActionForm>
                    }
                        .into_any()
                }}
            />
        </div>
    }
}
