use super::{rpc::UseAddress, sending::AtOnce};
use crate::parts::{Refusal, refused};
use leptos::{prelude::*, server_fn::ServerFn as _};
use model::{
    address::{Address, Label},
    words::{account, checkout as words},
};
use ui::{Button, ButtonKind, Choice, Icon, RadioGroup, Sent, Size};

/// Where it goes. Members choose from their book, guests have one address on a page of its own.
#[component]
pub fn AddressPart(member: bool, book: Vec<Address>, chosen: Option<Address>, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let nowhere = chosen.is_none();
    let id = chosen.as_ref().map(|address| address.id);
    view! {
        <section class="panel" id="address" aria-labelledby="address-title">
            <h2 id="address-title">{words::address(lang)}</h2>
            <Refusal error=refused(sent, &[UseAddress::url()]) />
            {match chosen {
                Some(address) => view! { <Shown address=address member=member /> }.into_any(),
                None => view! { <p class="section-about">{words::address_none(lang)}</p> }.into_any(),
            }}
            {if member {
                view! { <Book book=book chosen=id.map(|id| id.to_string()) open=nowhere sent=sent /> }.into_any()
            } else {
                let label = if nowhere { words::address_fill(lang) } else { words::address_change(lang) };
                let kind = if nowhere { ButtonKind::Primary } else { ButtonKind::Secondary };
                view! {
                    <p>
                        <Button href="/checkout/address" kind=kind icon=Icon::MapPin>
                            {label}
                        </Button>
                    </p>
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Shown(address: Address, member: bool) -> impl IntoView {
    view! {
        <div class="address">
            <p class="address-who">
                {member.then(|| view! { <strong>{label(&address.label)}</strong> " · " })}
                {address.recipient.clone()} " · " {address.phone.shown()}
            </p>
            <p>{line(&address)}</p>
            {address.notes.map(|notes| view! { <p class="address-notes">{notes}</p> })}
        </div>
    }
}

/// The other addresses, folded away while one is chosen.
#[component]
fn Book(book: Vec<Address>, chosen: Option<String>, open: bool, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let choices: Vec<Choice> = book
        .iter()
        .map(|address| {
            let name = format!("{} · {}", label(&address.label), address.recipient);
            Choice::new(address.id.to_string(), name).hint(line(address))
        })
        .collect();
    let add = view! {
        <p>
            <Button
                href="/account/addresses/new?next=%2Fcheckout"
                kind=ButtonKind::Secondary
                size=Size::Small
                icon=Icon::Plus
            >
                {words::address_new(lang)}
            </Button>
        </p>
    };
    if choices.is_empty() {
        return add.into_any();
    }
    view! {
        <details class="checkout-more" open=open>
            <summary>{words::address_other(lang)}</summary>
            <div class="form">
                <AtOnce to=UseAddress::url() sent=sent act=words::address_use(lang)>
                    <RadioGroup
                        name="address"
                        label=words::address_book(lang)
                        choices=choices
                        chosen=chosen
                        cards=true
                    />
                </AtOnce>
                {add}
            </div>
        </details>
    }
    .into_any()
}

fn line(address: &Address) -> String {
    let detail = address.detail.as_ref().map(|detail| format!(", {detail}")).unwrap_or_default();
    format!("{}{detail}, {} {}", address.street, address.district.line(), address.postcode)
}

fn label(label: &Label) -> String {
    let lang = ui::lang();
    match label {
        Label::Home => account::label_home(lang).to_owned(),
        Label::Office => account::label_office(lang).to_owned(),
        Label::Own(words) => words.clone(),
    }
}
