//! One voucher: how it stands, what it costs, and what may still be changed of it.

use super::{
    asked::asked,
    cost::{Cost, is_shipping},
    list::{Facts, tone},
    rpc::{ChangeVoucher, ExtendVoucher, SwitchVoucher, VoucherForm, voucher},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    shop::{ShopVoucher, VoucherCategory, VoucherInput, VoucherKind, VoucherStanding},
    words::{account as common, vouchers as words},
};
use ui::{Badge, Button, ButtonKind, Card, Icon, Notice, NoticeKind, Tone, VoucherFields, VoucherMore};

/// All that can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    change: ServerAction<ChangeVoucher>,
    extend: ServerAction<ExtendVoucher>,
    switch: ServerAction<SwitchVoucher>,
}

/// How the page was come to, which its address says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Said {
    id: String,
    /// What is thought about instead of what is.
    thought: Option<VoucherInput>,
    made: bool,
    /// The version that was changed last.
    saved: Option<String>,
}

#[component]
pub fn VoucherPage() -> impl IntoView {
    let (shop, route, said) = (use_shop(), use_params_map(), use_query_map());
    let said = Memo::new(move |_| Said {
        id: route.with(|route| route.get("voucher")).unwrap_or_default(),
        thought: said.with(asked),
        made: said.with(|said| said.get("made").is_some()),
        saved: said.with(|said| said.get("saved")),
    });
    let acts = Acts { change: ServerAction::new(), extend: ServerAction::new(), switch: ServerAction::new() };
    let form = fetch(
        move || (shop.get(), said.get(), acts.switch.version().get()),
        |(shop, said, _)| voucher(shop, said.id, said.thought),
    );
    let errors = [error_of(acts.change), error_of(acts.extend), error_of(acts.switch)];
    let whole = Signal::derive(move || {
        errors.iter().find_map(|error| error.get().filter(|error| error.fields.is_empty()))
    });
    let done = move || {
        let said = said.get();
        match (said.made, said.saved) {
            (true, _) => Some(words::made(ui::lang())),
            (_, Some(_)) => Some(words::saved(ui::lang())),
            _ => None,
        }
    };
    view! {
        <Frame here=Part::Promotions>
            {move || done().map(|done| view! { <Notice kind=NoticeKind::Success><p>{done}</p></Notice> })}
            <Refusal error=whole stale=words::stale />
            <Fetched resource=form view=move |form: VoucherForm| shown(form, acts) />
        </Frame>
    }
}

fn shown(form: VoucherForm, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let VoucherForm { voucher, input, cost, categories } = form;
    let code = voucher.code.clone().unwrap_or_else(|| words::by_itself(lang).to_owned());
    let shipping = is_shipping(&voucher.deal);
    let quota = match (&input, voucher.is_frozen) {
        (Some(input), false) => input.quota.clone(),
        _ => voucher.quota.map(|quota| quota.to_string()).unwrap_or_default(),
    };
    let (standing, is_used_up) = (voucher.standing, voucher.is_used_up());
    let (name, facts, switched) = (voucher.name.clone(), voucher.clone(), voucher.clone());
    let kind = input.as_ref().and_then(|input| VoucherKind::from_name(&input.kind));
    view! {
        <Card>
            <div class="voucher-head">
                <h2 class="voucher-code">{code}</h2>
                <Badge tone=tone(standing) text=words::standing(lang, standing) />
                {is_used_up.then(|| view! { <Badge tone=Tone::Danger text=words::used_up(lang) /> })}
            </div>
            <p>{name}</p>
            <Facts voucher=facts />
            <Switch voucher=switched switch=acts.switch />
        </Card>
        <Cost cost=cost quota=quota shipping=shipping />
        {match (kind.zip(input), voucher.is_frozen) {
            (Some((kind, input)), false) => {
                view! { <Terms voucher=voucher kind=kind input=input categories=categories change=acts.change /> }.into_any()
            }
            (_, true) => {
                view! {
                    <Notice title=words::frozen(lang)><p>{words::frozen_text(lang)}</p></Notice>
                    <Extend voucher=voucher extend=acts.extend />
                }
                    .into_any()
            }
            (None, false) => {
                view! {
                    <Notice><p>{words::special(lang)}</p></Notice>
                    <Extend voucher=voucher extend=acts.extend />
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}

#[component]
fn Switch(voucher: ShopVoucher, switch: ServerAction<SwitchVoucher>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let over = voucher.standing == VoucherStanding::Ended;
    let on = voucher.standing == VoucherStanding::Off;
    (!over).then(|| {
        view! {
            <ActionForm action=switch>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="id" value=voucher.id.to_string() />
                <input r#type="hidden" name="on" value=on.to_string() />
                <div class="form-acts">
                    <Button kind=ButtonKind::Secondary busy=switch.pending()>
                        {if on { words::on(lang) } else { words::off(lang) }}
                    </Button>
                    {(!on).then(|| view! { <p class="order-facts">{words::off_text(lang)}</p> })}
                </div>
            </ActionForm>
        }
    })
}

#[component]
fn Terms(
    voucher: ShopVoucher,
    kind: VoucherKind,
    input: VoucherInput,
    categories: Vec<VoucherCategory>,
    change: ServerAction<ChangeVoucher>,
) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/promotions");
    view! {
        <Card>
            <h2 class="section-title">{words::terms(lang)}</h2>
            <ActionForm action=change>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="id" value=voucher.id.to_string() />
                <input r#type="hidden" name="version" value=voucher.version.to_string() />
                <div class="form">
                    <VoucherFields kind=kind input=input categories=categories error=error_of(change) />
                    <div class="form-acts">
                        <Button name="act" value="save" busy=change.pending()>{words::save(lang)}</Button>
                        <Button name="act" value="preview" kind=ButtonKind::Secondary icon=Icon::Chart>
                            {words::preview(lang)}
                        </Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

/// What may be changed of a voucher whose terms stay as they are.
#[component]
fn Extend(voucher: ShopVoucher, extend: ServerAction<ExtendVoucher>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let error = error_of(extend);
    view! {
        <Card>
            <h2 class="section-title">{words::extend(lang)}</h2>
            <ActionForm action=extend>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="id" value=voucher.id.to_string() />
                <input r#type="hidden" name="version" value=voucher.version.to_string() />
                <div class="form">
                    <VoucherMore voucher=voucher error=error />
                    <div class="form-acts">
                        <Button busy=extend.pending()>{common::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}
