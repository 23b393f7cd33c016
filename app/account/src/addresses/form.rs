//! The form of one address, new or not.

use super::{
    page::{is_about_the_whole, label},
    place::{Here, PlaceChooser},
    rpc::{Asked, Form, Place, SaveAddress, address_form, place_of},
};
use crate::{
    door::parts::asked,
    parts::{Fetched, Frame, Part, Refusal, error_of, fetch, wrong},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};
use model::{
    AppError, FieldError, LocalPath,
    address::{AddressInput, Label, limits},
    words::account as words,
};
use ui::{Button, ButtonKind, Checkbox, Choice, Field, Icon, Input, Notice, NoticeKind, Select};

#[component]
pub fn NewAddressPage() -> impl IntoView {
    let none = Signal::stored(None);
    view! { <FormPage id=none title=words::address_new(ui::lang()) /> }
}

#[component]
pub fn EditAddressPage() -> impl IntoView {
    let route = use_params_map();
    let id = Memo::new(move |_| route.with(|route| route.get("id")));
    view! { <FormPage id=id.into() title=words::address_edit(ui::lang()) /> }
}

#[component]
fn FormPage(id: Signal<Option<String>>, title: &'static str) -> impl IntoView {
    let (asked, next) = (use_asked(), asked("next"));
    let save = ServerAction::<SaveAddress>::new();
    let error = error_of(save);
    let form = fetch(move || id.get(), address_form);
    let place = fetch(move || (id.get(), asked.get()), |(id, asked)| place_of(id, false, asked));
    let whole = Signal::derive(move || error.get().filter(is_about_the_whole));
    view! {
        <Frame here=Part::Addresses title=title>
            <Choosing place=place asked=asked />
            <Fetched
                resource=form
                view=move |form: Form| {
                    if form.is_full {
                        return view! { <Notice><p>{words::addresses_full(ui::lang(), limits::MOST_ADDRESSES)}</p></Notice> }
                            .into_any();
                    }
                    let Form { input, version, is_default, is_first, key, .. } = form;
                    let next = next.get_untracked();
                    view! {
                        <Refusal error=whole />
                        <ActionForm action=save>
                            <input r#type="hidden" name="id" value=id.get_untracked().unwrap_or_default() />
                            <input r#type="hidden" name="version" value=version.to_string() />
                            <input r#type="hidden" name="key" value=key />
                            <input r#type="hidden" name="next" value=next.clone() />
                            <Chosen place=place error=error />
                            <Details input=input error=error busy=save.pending() back=back(&next, "/account/addresses") labelled=true>
                                {(!is_default && !is_first)
                                    .then(|| {
                                        let label = words::address_as_default(ui::lang());
                                        view! { <Checkbox name="make_default" value="true" label=label /> }
                                    })}
                            </Details>
                        </ActionForm>
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

/// Where "cancel" leads: `next` where that is a path of this site.
fn back(next: &str, usual: &str) -> String {
    next.parse::<LocalPath>().map_or_else(|_| usual.to_owned(), |next| next.as_str().to_owned())
}

/// The place chooser, while there is no place yet or another one is wanted.
#[component]
pub(super) fn Choosing(place: ui::Fetch<Place>, asked: Memo<Asked>) -> impl IntoView {
    let here = use_here();
    view! {
        <Fetched
            resource=place
            view=move |place: Place| {
                let asked = asked.get_untracked();
                let choosing = place.district.is_none() || !asked.change.is_empty();
                choosing
                    .then(|| view! { <PlaceChooser here=here.get_untracked() asked=asked place=place /> })
                    .into_any()
            }
        />
    }
}

fn use_here() -> Signal<Here> {
    let (path, next) = (use_location().pathname, asked("next"));
    Signal::derive(move || Here { path: path.get(), next: next.get() })
}

/// What the address of the page says about the place.
pub(super) fn use_asked() -> Memo<Asked> {
    let asked = use_query_map();
    Memo::new(move |_| {
        asked.with(|asked| {
            let get = |name: &str| asked.get(name).unwrap_or_default();
            Asked {
                q: get("q"),
                province: get("province"),
                city: get("city"),
                district: get("district"),
                postcode: get("postcode"),
                change: get("change"),
            }
        })
    })
}

/// The place as part of the form: the district, and which of its postcodes.
#[component]
pub(super) fn Chosen(place: ui::Fetch<Place>, error: Signal<Option<AppError>>) -> impl IntoView {
    let here = use_here();
    view! {
        <Fetched
            resource=place
            view=move |place: Place| {
                let lang = ui::lang();
                let Some(district) = place.district else {
                    let missing = wrong(error, "district");
                    return (move || missing.get().map(|_| missing_place())).into_any();
                };
                let only = district.postcodes.first().filter(|_| district.postcodes.len() == 1).cloned();
                let chosen = Some(place.postcode).filter(|code| district.postcodes.contains(code)).or(only);
                let change = here.get_untracked().href(&[("district", district.code.as_str()), ("change", "1")]);
                let postcodes = district.postcodes.iter().map(|code| Choice::new(code, code)).collect();
                view! {
                    <input r#type="hidden" name="address[district]" value=district.code.clone() />
                    <div class="place-chosen">
                        <Icon name=Icon::MapPin />
                        <p>
                            <strong>{district.name.clone()}</strong>
                            <br />
                            {district.within.join(", ")}
                        </p>
                        <a class="link" href=change>{words::place_change(lang)}</a>
                    </div>
                    <Select
                        name="address[postcode]"
                        label=words::postcode(lang)
                        choices=postcodes
                        chosen=ui::Maybe::from(chosen)
                        error=wrong(error, "postcode")
                        autocomplete="postal-code"
                    />
                }
                    .into_any()
            }
        />
    }
}

fn missing_place() -> impl IntoView {
    view! { <Notice kind=NoticeKind::Error><p>{words::place_missing(ui::lang())}</p></Notice> }
}

/// All but the place, and the buttons. Addresses of a book are `labelled`; `children` come last.
#[component]
pub(super) fn Details(
    input: AddressInput,
    error: Signal<Option<AppError>>,
    #[prop(into)] busy: Signal<bool>,
    back: String,
    #[prop(optional)] labelled: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let lang = ui::lang();
    let named = Some(input.label.clone()).filter(|text| !text.is_empty());
    let called = label(&named.map(Label::from).unwrap_or_default());
    let pin_wrong = wrong(error, "pin");
    let pinned = !input.latitude.is_empty() || pin_wrong.get_untracked().is_some();
    view! {
        <div class="form">
            <Field
                name="address[recipient]"
                label=words::recipient(lang)
                value=input.recipient
                error=wrong(error, "recipient")
                maxlength=size(limits::RECIPIENT)
                autocomplete="name"
            />
            <Field
                name="address[phone]"
                label=words::phone(lang)
                kind=Input::Phone
                value=input.phone
                hint=words::phone_hint(lang)
                error=wrong(error, "phone")
                error_text=words::phone_wrong(lang)
                maxlength=30u32
                autocomplete="tel"
            />
            <Field
                name="address[street]"
                label=words::street(lang)
                value=input.street
                hint=words::street_hint(lang)
                error=wrong(error, "street")
                maxlength=size(limits::STREET)
                autocomplete="address-line1"
            />
            <Field
                name="address[detail]"
                label=words::detail(lang)
                value=input.detail
                error=wrong(error, "detail")
                maxlength=size(limits::DETAIL)
                autocomplete="address-line2"
                optional=true
            />
            <Field
                name="address[notes]"
                label=words::notes(lang)
                value=input.notes
                hint=words::notes_hint(lang)
                error=wrong(error, "notes")
                maxlength=size(limits::NOTES)
                autocomplete="off"
                optional=true
            />
            {labelled
                .then(|| {
                    view! {
                        <Field
                            name="address[label]"
                            label=words::label(lang)
                            value=called
                            hint=words::label_hint(lang)
                            error=wrong(error, "label")
                            maxlength=size(limits::LABEL)
                            autocomplete="off"
                            optional=true
                        />
                    }
                })}
            <details class="place-steps" open=pinned>
                <summary>{words::pin(lang)}</summary>
                <p class="field-hint">{words::pin_hint(lang)}</p>
                <div class="form-pair">
                    <Degrees name="address[latitude]" label=words::latitude(lang) value=input.latitude error=pin_wrong />
                    <Degrees name="address[longitude]" label=words::longitude(lang) value=input.longitude error=pin_wrong />
                </div>
            </details>
            {children.map(|children| children())}
            <div class="form-acts">
                <Button busy=busy>{words::save(lang)}</Button>
                <Button kind=ButtonKind::Quiet href=back>{words::cancel(lang)}</Button>
            </div>
        </div>
    }
}

#[component]
fn Degrees(
    name: &'static str,
    label: &'static str,
    value: String,
    error: Signal<Option<FieldError>>,
) -> impl IntoView {
    view! {
        <Field
            name=name
            label=label
            value=value
            error=error
            error_text=words::pin_wrong(ui::lang())
            maxlength=20u32
            autocomplete="off"
            optional=true
        />
    }
}

fn size(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}
