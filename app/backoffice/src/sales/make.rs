//! A new flash sale.

use super::{
    list::PATH,
    rpc::{MakeSale, SaleForm, new_sale},
};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use model::{
    views::sales::limits,
    words::{account as common, sales as words},
};
use ui::{Button, ButtonKind, Card, Fetched, Field, Input, Refusal, Title, error_of, fetch, wrong};

#[component]
pub fn NewSaleDesk() -> impl IntoView {
    let make = ServerAction::<MakeSale>::new();
    let form = fetch(|| (), |()| new_sale());
    view! { <Frame here=Desk::Sales><Fetched resource=form view=move |form| desk(form, make) /></Frame> }
}

fn desk(form: SaleForm, make: ServerAction<MakeSale>) -> AnyView {
    let lang = ui::lang();
    let SaleForm { input, key } = form;
    let error = error_of(make);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        <Title text=words::new(lang) unlisted=true />
        <h1 class="mb-4 text-2xl font-extrabold">{words::new(lang)}</h1>
        <Refusal error=whole />
        <Card>
            <ActionForm action=make>
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <Field
                        name="sale[name]"
                        label=words::name(lang)
                        value=input.name
                        error=wrong(error, "name")
                        maxlength=u32::try_from(limits::NAME).unwrap_or(u32::MAX)
                        autocomplete="off"
                    />
                    <div class="form-pair">
                        <Field
                            name="sale[starts]"
                            label=words::starts(lang)
                            kind=Input::Moment
                            value=input.starts
                            error=wrong(error, "starts")
                            error_text=words::starts_wrong(lang)
                        />
                        <Field
                            name="sale[ends]"
                            label=words::ends(lang)
                            kind=Input::Moment
                            value=input.ends
                            error=wrong(error, "ends")
                            error_text=words::ends_wrong(lang)
                        />
                    </div>
                    <div class="form-pair">
                        <Field
                            name="sale[least]"
                            label=words::least(lang)
                            hint=words::least_hint(lang)
                            suffix="%"
                            value=input.least
                            error=wrong(error, "least")
                            error_text=words::least_wrong(lang)
                            maxlength=6u32
                            autocomplete="off"
                        />
                        <Field
                            name="sale[per_shop]"
                            label=words::per_shop(lang)
                            hint=words::per_shop_hint(lang)
                            kind=Input::Digits
                            value=input.per_shop
                            error=wrong(error, "per_shop")
                            maxlength=3u32
                            autocomplete="off"
                            optional=true
                        />
                    </div>
                    <Field
                        name="sale[nominate_until]"
                        label=words::nominate_until(lang)
                        kind=Input::Moment
                        value=input.nominate_until
                        error=wrong(error, "nominate_until")
                        error_text=words::nominate_until_wrong(lang)
                    />
                    <div class="form-acts">
                        <Button busy=make.pending()>{words::save(lang)}</Button>
                        <Button kind=ButtonKind::Quiet href=PATH>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
