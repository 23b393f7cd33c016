//! A warehouse that is somewhere else now.

use super::{
    fields::Whereabouts,
    rpc::{MoveForm, MoveWarehouse, moved_place, warehouse_of},
};
use crate::parts::{
    Fetched, Frame, Part, PlaceChooser, Refusal, error_of, fetch, rpc::Place, shop_here, use_asked, use_shop,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::words::{account as common, stock as words};
use ui::{Button, ButtonKind, Card, Fetch};

#[component]
pub fn MoveWarehousePage() -> impl IntoView {
    let (slug, route, asked) = (use_shop(), use_params_map(), use_asked());
    let id = Memo::new(move |_| route.with(|route| route.get("warehouse")).unwrap_or_default());
    let form = fetch(move || (slug.get(), id.get()), |(shop, id)| warehouse_of(shop, id));
    let place =
        fetch(move || (slug.get(), id.get(), asked.get()), |(shop, id, asked)| moved_place(shop, id, asked));
    let save = ServerAction::<MoveWarehouse>::new();
    view! {
        <Frame here=Part::Stock title=words::move_to(ui::lang())>
            <Fetched
                resource=form
                view=move |form: MoveForm| view! { <Details form=form place=place save=save /> }.into_any()
            />
        </Frame>
    }
}

#[component]
fn Details(form: MoveForm, place: Fetch<Place>, save: ServerAction<MoveWarehouse>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/stock/warehouses");
    let error = error_of(save);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let MoveForm { warehouse, address } = form;
    view! {
        <PlaceChooser place=place />
        <Refusal error=whole />
        <Card>
            <h2 class="section-title">{words::move_title(lang, warehouse.name)}</h2>
            <ActionForm action=save>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="warehouse" value=warehouse.id.to_string() />
                <div class="form">
                    <Whereabouts address=address place=place error=error />
                    <div class="form-acts">
                        <Button busy=save.pending()>{common::save(lang)}</Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}
