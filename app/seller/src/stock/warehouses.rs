//! A shop's warehouses: listed and renamed, and another one added.

use super::{
    fields::{Whereabouts, size},
    rpc::{
        CloseWarehouse, OpenWarehouse, RenameWarehouse, ReopenWarehouse, WarehouseForm, new_warehouse,
        warehouse_place, warehouses,
    },
};
use crate::parts::{
    Fetched, Frame, Part, PlaceChooser, Refusal, error_of, fetch, rpc::Place, shop_here, use_asked, use_shop,
    wrong,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    AppError, Lang, Permission,
    shop::{WarehouseRow, limits},
    words::{account as common, stock as words},
};
use ui::{Badge, Button, ButtonKind, Card, Fetch, Field, Icon, Notice, NoticeKind, Tone};

/// As many as a shop may have.
const MOST: u32 = 100;

/// All that can be done with one of those listed.
#[derive(Clone, Copy)]
struct Acts {
    rename: ServerAction<RenameWarehouse>,
    close: ServerAction<CloseWarehouse>,
    reopen: ServerAction<ReopenWarehouse>,
}

#[component]
pub fn WarehousesPage() -> impl IntoView {
    let (slug, said) = (use_shop(), use_query_map());
    let acts = Acts { rename: ServerAction::new(), close: ServerAction::new(), reopen: ServerAction::new() };
    let versions =
        move || (acts.rename.version().get(), acts.close.version().get(), acts.reopen.version().get());
    let found = fetch(move || (slug.get(), versions()), |(shop, _)| warehouses(shop));
    let errors = [error_of(acts.rename), error_of(acts.close), error_of(acts.reopen)];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    let done = move || {
        said.with(|said| {
            let lang = ui::lang();
            let added = said.get("added").map(|_| words::added(lang));
            added.or_else(|| said.get("moved").map(|_| words::moved(lang)))
        })
    };
    view! {
        <Frame here=Part::Stock title=words::warehouses(ui::lang())>
            {move || done().map(|done| view! { <Notice kind=NoticeKind::Success><p>{done}</p></Notice> })}
            <Told error=error />
            <Fetched resource=found view={move |found: Vec<WarehouseRow>| shown(found, acts)} />
        </Frame>
    }
}

/// What is wrong with the name that was sent, why a warehouse stays open, or anything else.
#[component]
fn Told(error: Signal<Option<AppError>>) -> impl IntoView {
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        {move || {
            let wrong = error.get().and_then(|error| about(ui::lang(), &error));
            wrong.map(|wrong| view! { <Notice kind=NoticeKind::Error><p>{wrong}</p></Notice> })
        }}
        <Refusal error=whole />
    }
}

fn about(lang: Lang, error: &AppError) -> Option<&'static str> {
    let said = [
        ("name", words::name_taken(lang)),
        ("main", words::close_main(lang)),
        ("pieces", words::close_not_empty(lang)),
        ("on_way", words::close_on_way(lang)),
        ("counting", words::close_counting(lang)),
    ];
    said.into_iter().find(|(field, _)| error.of(field).is_some()).map(|(_, said)| said)
}

fn shown(found: Vec<WarehouseRow>, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let back = format!("/seller/{}/stock", shop_here().slug);
    let add = format!("{back}/warehouses/new");
    view! {
        <p class="form-acts">
            <Button icon=Icon::Plus href=add>{words::add_warehouse(lang)}</Button>
            <Button kind=ButtonKind::Quiet icon=Icon::ArrowLeft href=back>{words::back(lang)}</Button>
        </p>
        <ul class="account-cards" role="list">
            {found.into_iter().map(|row| view! { <li><Warehouse row=row acts=acts /></li> }).collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn Warehouse(row: WarehouseRow, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let place = match &row.address {
        Some(address) => format!("{}, {} {}", address.street, row.region.line(), address.postcode),
        None => format!("{}. {}", row.region.line(), words::address_missing(lang)),
    };
    let who = row.address.as_ref().map(|address| format!("{} · {}", address.contact, address.phone.shown()));
    let pieces = lang.number(u64::try_from(row.on_hand).unwrap_or_default());
    let coming = (row.coming > 0).then(|| format!(" · {}", words::coming(lang, row.coming)));
    let leaving = (row.leaving > 0).then(|| format!(" · {}", words::leaving(lang, row.leaving)));
    let field = format!("name-{}", row.id);
    let ends = row.clone();
    view! {
        <Card>
            <div class="voucher-head">
                <h2 class="voucher-code">{row.name.clone()}</h2>
                {row.is_main.then(|| view! { <Badge tone=Tone::Brand text=words::main(lang) /> })}
                {(!row.is_active).then(|| view! { <Badge text=words::closed(lang) /> })}
            </div>
            <p>{place}</p>
            {who.map(|who| view! { <p class="order-facts">{who}</p> })}
            <p class="order-facts">{words::pieces_there(lang, pieces)} {coming} {leaving}</p>
            <ActionForm action=acts.rename attr:class="staff-role">
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
            <Ends row=ends acts=acts />
        </Card>
    }
}

/// Moving, closing and opening again. The main one stays open, and moves with the shop.
#[component]
fn Ends(row: WarehouseRow, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let shop = shop_here();
    let (slug, id) = (shop.slug.to_string(), row.id);
    let moves = !row.is_main || shop.role.permissions().has(Permission::Settings);
    let to = if row.is_main {
        format!("/seller/{slug}/settings/address")
    } else {
        format!("/seller/{slug}/stock/warehouses/{id}")
    };
    let (closes, reopens) = (row.is_active && !row.is_main, !row.is_active);
    let (moved, closed, reopened) = (row.name.clone(), row.name.clone(), row.name);
    let close = closes.then(|| {
        view! {
            <ActionForm action=acts.close>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="warehouse" value=id.to_string() />
                <Button kind=ButtonKind::Quiet>
                    {words::close(lang)} <span class="sr-only">" " {closed}</span>
                </Button>
            </ActionForm>
        }
    });
    let reopen = reopens.then(|| {
        view! {
            <ActionForm action=acts.reopen>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="warehouse" value=id.to_string() />
                <Button kind=ButtonKind::Quiet>
                    {words::reopen(lang)} <span class="sr-only">" " {reopened}</span>
                </Button>
            </ActionForm>
        }
    });
    view! {
        {closes.then(|| view! { <p class="order-facts">{words::close_hint(lang)}</p> })}
        <div class="form-acts">
            {moves
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Quiet icon=Icon::MapPin href=to>
                            {words::move_to(lang)} <span class="sr-only">" " {moved}</span>
                        </Button>
                    }
                })}
            {close}
            {reopen}
        </div>
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
                    <Whereabouts address=address place=place error=error />
                    <div class="form-acts">
                        <Button busy=open.pending()>{common::save(lang)}</Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}
