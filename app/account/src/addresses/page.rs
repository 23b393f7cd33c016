use super::rpc::{DefaultAddress, RemoveAddress, address_book};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch};
use leptos::prelude::*;
use model::{
    AppError,
    address::{Address, Label, limits},
    words::account as words,
};
use ui::{
    Art, Badge, Button, ButtonKind, Card, Dialog, DialogClose, DialogLink, EmptyState, Icon, Notice, Size,
    Tone,
};

#[component]
pub fn AddressesPage() -> impl IntoView {
    let (remove, choose) = (ServerAction::<RemoveAddress>::new(), ServerAction::<DefaultAddress>::new());
    let book = fetch(move || (remove.version().get(), choose.version().get()), |_| address_book());
    let (not_removed, not_chosen) = (error_of(remove), error_of(choose));
    let error = Signal::derive(move || not_removed.get().or(not_chosen.get()));
    view! {
        <Frame here=Part::Addresses>
            <Refusal error=error />
            <Fetched resource=book view={move |book: Vec<Address>| list(book, remove, choose)} />
        </Frame>
    }
}

fn list(
    book: Vec<Address>,
    remove: ServerAction<RemoveAddress>,
    choose: ServerAction<DefaultAddress>,
) -> AnyView {
    let lang = ui::lang();
    let add = move || {
        view! {
            <Button href="/account/addresses/new" icon=Icon::Plus>
                {words::address_new(lang)}
            </Button>
        }
    };
    if book.is_empty() {
        return view! {
            <EmptyState art=Art::Box title=words::addresses_none(lang) text=words::addresses_none_text(lang)>
                {add()}
            </EmptyState>
        }
        .into_any();
    }
    let full = book.len() >= limits::MOST_ADDRESSES as usize;
    view! {
        {if full {
            view! { <Notice><p>{words::addresses_full(lang, limits::MOST_ADDRESSES)}</p></Notice> }.into_any()
        } else {
            view! { <p>{add()}</p> }.into_any()
        }}
        <ul class="account-cards" role="list">
            {book.into_iter().map(|address| view! { <li><AddressCard address remove choose /></li> }).collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn AddressCard(
    address: Address,
    remove: ServerAction<RemoveAddress>,
    choose: ServerAction<DefaultAddress>,
) -> impl IntoView {
    let lang = ui::lang();
    let id = address.id.to_string();
    let (to_choose, to_remove) = (id.clone(), id.clone());
    let ask = format!("remove-{id}");
    let place = format!("{} {}", address.district.line(), address.postcode);
    view! {
        <Card>
            <article class="address">
                <p class="address-head">
                    <strong>{label(&address.label)}</strong>
                    {address.is_default.then(|| view! { <Badge tone=Tone::Brand text=words::address_default(lang) /> })}
                </p>
                <p class="address-who">{address.recipient.clone()} " · " {address.phone.shown()}</p>
                <p>
                    {address.street.clone()} {address.detail.clone().map(|detail| format!(", {detail}"))} <br /> {place}
                </p>
                {address.notes.clone().map(|notes| view! { <p class="address-notes">{notes}</p> })}
                {address
                    .pin
                    .map(|_| {
                        view! {
                            <p class="address-notes">
                                <Icon name=Icon::MapPin size=Size::Small />
                                {words::address_pinned(lang)}
                            </p>
                        }
                    })}
                <div class="address-acts">
                    <Button kind=ButtonKind::Secondary size=Size::Small icon=Icon::Edit href=format!("/account/addresses/{id}")>
                        {words::change(lang)}
                    </Button>
                    {(!address.is_default)
                        .then(|| {
                            view! {
                                <ActionForm action=choose>
                                    <input r#type="hidden" name="id" value=to_choose />
                                    <Button kind=ButtonKind::Quiet size=Size::Small>{words::address_make_default(lang)}</Button>
                                </ActionForm>
                            }
                        })}
                    <DialogLink to=ask.clone() kind=ButtonKind::Quiet size=Size::Small icon=Icon::Trash>
                        {words::remove(lang)}
                    </DialogLink>
                </div>
                <Dialog id=ask.clone() title=words::address_remove_title(lang)>
                    <p>{words::address_remove_text(lang)}</p>
                    <div class="dialog-acts">
                        <DialogClose of=ask>{words::cancel(lang)}</DialogClose>
                        <ActionForm action=remove>
                            <input r#type="hidden" name="id" value=to_remove />
                            <Button kind=ButtonKind::Danger>{words::remove(lang)}</Button>
                        </ActionForm>
                    </div>
                </Dialog>
            </article>
        </Card>
    }
}

/// In the reader's words.
pub(super) fn label(label: &Label) -> String {
    let lang = ui::lang();
    match label {
        Label::Home => words::label_home(lang).to_owned(),
        Label::Office => words::label_office(lang).to_owned(),
        Label::Own(words) => words.clone(),
    }
}

/// What is said of a save that was refused because of something else than a field.
pub(super) fn is_about_the_whole(error: &AppError) -> bool {
    error.fields.is_empty() || error.of("addresses").is_some()
}
