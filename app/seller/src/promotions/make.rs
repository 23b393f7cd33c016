//! A new voucher. Which kind is an address of its own, and so is what it would cost.

use super::{
    asked::asked,
    cost::Cost,
    rpc::{MakeVoucher, NewForm, new_voucher},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    query,
    shop::VoucherKind,
    words::{account as common, vouchers as words},
};
use ui::{Button, ButtonKind, Card, Icon, Tab, Tabs, VoucherFields};

#[component]
pub fn NewVoucherPage() -> impl IntoView {
    let (shop, said) = (use_shop(), use_query_map());
    let thought = Memo::new(move |_| said.with(asked));
    let kind = Memo::new(move |_| {
        let named = said.with(|said| said.get("kind"));
        named.and_then(|name| VoucherKind::from_name(&name)).unwrap_or(VoucherKind::Fixed)
    });
    let make = ServerAction::<MakeVoucher>::new();
    let form = fetch(
        move || (shop.get(), thought.get(), kind.get()),
        |(shop, thought, _)| new_voucher(shop, thought),
    );
    view! {
        <Frame here=Part::Promotions title=words::new(ui::lang())>
            <Fetched resource=form view=move |form: NewForm| shown(form, kind.get_untracked(), make) />
        </Frame>
    }
}

fn shown(form: NewForm, kind: VoucherKind, make: ServerAction<MakeVoucher>) -> AnyView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/promotions");
    let path = format!("{back}/new");
    let NewForm { input, cost, categories, key } = form;
    // What was refused is of the kind it was sent with.
    let kind = VoucherKind::from_name(&input.kind).unwrap_or(kind);
    let tab = |kind: &VoucherKind| {
        Tab::new(words::kind(lang, *kind), query::href(&path, [("kind", kind.as_str())]))
    };
    let tabs = VoucherKind::ALL.iter().map(tab).collect();
    let here = VoucherKind::ALL.iter().position(|it| *it == kind).unwrap_or_default();
    let error = error_of(make);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let quota = input.quota.clone();
    view! {
        <Tabs tabs=tabs here=here label=words::kinds(lang) />
        {cost.map(|cost| view! { <Cost cost=cost quota=quota shipping={kind == VoucherKind::Shipping} /> })}
        <Refusal error=whole />
        <Card>
            <ActionForm action=make>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <VoucherFields kind=kind input=input categories=categories error=error />
                    <div class="form-acts">
                        <Button name="act" value="save" busy=make.pending()>{words::save(lang)}</Button>
                        <Button name="act" value="preview" kind=ButtonKind::Secondary icon=Icon::Chart>
                            {words::preview(lang)}
                        </Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
