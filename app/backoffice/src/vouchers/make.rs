//! A new voucher of the platform. Which kind is an address of its own, and so is what it would cost.

use super::{
    cost::Cost,
    list::PATH,
    rpc::{MakeVoucher, VoucherForm, new_voucher},
};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    query,
    shop::{VoucherInput, VoucherKind},
    words::{account as common, vouchers as words},
};
use ui::{
    Button, ButtonKind, Card, Fetched, Icon, ProveFirst, Refusal, Tab, Tabs, Title, VoucherFields, error_of,
    fetch,
};

#[component]
pub fn NewVoucherDesk() -> impl IntoView {
    let said = use_query_map();
    let asked = Memo::new(move |_| {
        said.with(|said| {
            let kind = said.get("kind").and_then(|name| VoucherKind::from_name(&name));
            let categories = said.get_all("category").unwrap_or_default();
            (VoucherInput::said(|name| said.get(name), categories), kind.unwrap_or(VoucherKind::Fixed))
        })
    });
    let make = ServerAction::<MakeVoucher>::new();
    let form = fetch(move || asked.get(), |(thought, _)| new_voucher(thought));
    view! {
        <Frame here=Desk::Vouchers>
            <Fetched resource=form view=move |form| desk(form, asked.get_untracked().1, make) />
        </Frame>
    }
}

fn desk(form: VoucherForm, kind: VoucherKind, make: ServerAction<MakeVoucher>) -> AnyView {
    let lang = ui::lang();
    let VoucherForm { input, cost, categories, key, fresh } = form;
    // What was refused is of the kind it was sent with.
    let kind = VoucherKind::from_name(&input.kind).unwrap_or(kind);
    let path = format!("{PATH}/new");
    let tab = |kind: &VoucherKind| {
        Tab::new(words::kind(lang, *kind), query::href(&path, [("kind", kind.as_str())]))
    };
    let tabs = VoucherKind::ALL.iter().map(tab).collect();
    let here = VoucherKind::ALL.iter().position(|it| *it == kind).unwrap_or_default();
    let error = error_of(make);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let quota = input.quota.clone();
    view! {
        <Title text=words::new(lang) unlisted=true />
        <h1 class="mb-4 text-2xl font-extrabold">{words::new(lang)}</h1>
        <Tabs tabs=tabs here=here label=words::kinds(lang) />
        {cost.map(|cost| view! { <Cost cost=cost quota=quota /> })}
        <Refusal error=whole />
        {(!fresh).then(|| view! { <ProveFirst text=words::house_prove_first(lang) /> })}
        <Card>
            <ActionForm action=make>
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <VoucherFields kind=kind input=input categories=categories error=error house=true />
                    <div class="form-acts">
                        {fresh
                            .then(|| {
                                view! { <Button name="act" value="save" busy=make.pending()>{words::save(lang)}</Button> }
                            })}
                        <Button name="act" value="preview" kind=ButtonKind::Secondary icon=Icon::Chart>
                            {words::preview(lang)}
                        </Button>
                        <Button kind=ButtonKind::Quiet href=PATH>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
