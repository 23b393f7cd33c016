//! A shop's warehouses: listed and renamed, and another one added.

use super::rpc::{OpenWarehouse, RenameWarehouse, WarehouseForm, new_warehouse, warehouse_place, warehouses};
use crate::parts::{
    ChosenPlace, Fetched, Frame, Part, PlaceChooser, Refusal, error_of, fetch, rpc::Place, shop_here,
    use_asked, use_shop, wrong,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    AppError,
    address::limits as lengths,
    shop::{WarehouseRow, limits},
    words::{account as common, seller, stock as words},
};
use ui::{Badge, Button, ButtonKind, Card, Fetch, Field, Icon, Input, Notice, NoticeKind, Tone};

/// As many as a shop may have.
const MOST: u32 = 100;

fn size(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

#[component]
pub fn WarehousesPage() -> impl IntoView {
    let (slug, said) = (use_shop(), use_query_map());
    let rename = ServerAction::<RenameWarehouse>::new();
    let found = fetch(move || (slug.get(), rename.version().get()), |(shop, _)| warehouses(shop));
    let error = error_of(rename);
    let added = move || said.with(|said| said.get("added").is_some());
    view! {
        <Frame here=Part::Stock title=words::warehouses(ui::lang())>
            {move || added().then(|| view! { <Notice kind=NoticeKind::Success><p>{words::added(ui::lang())}</p></Notice> })}
            <Told error=error />
            <Fetched resource=found view={move |found: Vec<WarehouseRow>| shown(found, rename)} />
        </Frame>
    }
}

/// What is wrong with the name that was sent, or with anything else.
#[component]
fn Told(error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let taken = move || error.with(|error| error.as_ref().is_some_and(|it| it.of("name").is_some()));
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        {move || taken().then(|| view! { <Notice kind=NoticeKind::Error><p>{words::name_taken(lang)}</p></Notice> })}
        <Refusal error=whole />
    }
}

fn shown(found: Vec<WarehouseRow>, rename: ServerAction<RenameWarehouse>) -> AnyView {
    let lang = ui::lang();
    let back = format!("/seller/{}/stock", shop_here().slug);
    let add = format!("{back}/warehouses/new");
    view! {
        <p class="form-acts">
            <Button icon=Icon::Plus href=add>{words::add_warehouse(lang)}</Button>
            <Button kind=ButtonKind::Quiet icon=Icon::ArrowLeft href=back>{words::back(lang)}</Button>
        </p>
        <ul class="account-cards" role="list">
            {found.into_iter().map(|row| view! { <li><Warehouse row=row rename=rename /></li> }).collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn Warehouse(row: WarehouseRow, rename: ServerAction<RenameWarehouse>) -> impl IntoView {
    let lang = ui::lang();
    let place = match &row.address {
        Some(address) => format!("{}, {} {}", address.street, row.region.line(), address.postcode),
        None => format!("{}. {}", row.region.line(), words::address_missing(lang)),
    };
    let who = row.address.map(|address| format!("{} · {}", address.contact, address.phone.shown()));
    let pieces = lang.number(u64::try_from(row.on_hand).unwrap_or_default());
    let field = format!("name-{}", row.id);
    view! {
        <Card>
            <div class="voucher-head">
                <h2 class="voucher-code">{row.name.clone()}</h2>
                {row.is_main.then(|| view! { <Badge tone=Tone::Brand text=words::main(lang) /> })}
                {(!row.is_active).then(|| view! { <Badge text=words::closed(lang) /> })}
            </div>
            <p>{place}</p>
            {who.map(|who| view! { <p class="order-facts">{who}</p> })}
            <p class="order-facts">{words::pieces_there(lang, pieces)}</p>
            <ActionForm action=rename attr:class="staff-role">
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="warehouse" value=row.id.to_string() />
                <Field
                    name="name"
                    id=field
                    label=words::name_of(lang, &row.name)
                    value=row.name.clone()
                    maxlength=size(limits::WAREHOUSE_NAME)
                    autocomplete="off"
                />
                <Button kind=ButtonKind::Secondary>
                    {words::rename(lang)} <span class="sr-only">" " {row.name}</span>
                </Button>
            </ActionForm>
        </Card>
    }
}

#[component]
pub fn NewWarehousePage() -> impl IntoView {
    let slug = use_shop();
    let asked = use_asked();
    let form = fetch(move || slug.get(), new_warehouse);
    let place = fetch(move || (slug.get(), asked.get()), |(shop, asked)| warehouse_place(shop, asked));
    let open = ServerAction::<OpenWarehouse>::new();
    view! {
        <Frame here=Part::Stock title=words::add_warehouse(ui::lang())>
            <Fetched
                resource=form
                view=move |form: WarehouseForm| view! { <Details form=form place=place open=open /> }.into_any()
            />
        </Frame>
    }
}

#[component]
fn Details(form: WarehouseForm, place: Fetch<Place>, open: ServerAction<OpenWarehouse>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/stock/warehouses");
    let error = error_of(open);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let full = move || error.with(|error| error.as_ref().is_some_and(|it| it.of("warehouses").is_some()));
    let WarehouseForm { name, address, key } = form;
    view! {
        <PlaceChooser place=place />
        <Refusal error=whole />
        {move || full().then(|| view! { <Notice kind=NoticeKind::Error><p>{words::full(lang, MOST)}</p></Notice> })}
        <Card>
            <ActionForm action=open>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <Field
                        name="name"
                        label=words::name(lang)
                        value=name
                        error=wrong(error, "name")
                        maxlength=size(limits::WAREHOUSE_NAME)
                        autocomplete="off"
                    />
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
                        maxlength=size(lengths::STREET)
                        autocomplete="address-line1"
                    />
                    <Field
                        name="address[recipient]"
                        label=seller::contact(lang)
                        value=address.recipient
                        hint=seller::contact_hint(lang)
                        error=wrong(error, "recipient")
                        maxlength=size(lengths::RECIPIENT)
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
                    <div class="form-acts">
                        <Button busy=open.pending()>{common::save(lang)}</Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}
