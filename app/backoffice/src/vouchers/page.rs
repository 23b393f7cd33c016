//! One voucher of the platform: how it stands, what it costs, and what may still be changed of it.

use super::{
    cost::Cost,
    list::{called, tone, used, window},
    rpc::{EndVoucher, ExtendVoucher, OneVoucher, SwitchVoucher, voucher},
};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    shop::{ShopVoucher, VoucherStanding},
    words::{account as common, cart, members, vouchers as words},
};
use ui::{
    Badge, Button, ButtonKind, Card, Fetched, Notice, NoticeKind, ProveFirst, Refusal, Title, Tone,
    VoucherMore, error_of, fetch,
};

#[derive(Clone, Copy)]
struct Acts {
    extend: ServerAction<ExtendVoucher>,
    switch: ServerAction<SwitchVoucher>,
    end: ServerAction<EndVoucher>,
}

#[component]
pub fn VoucherDesk() -> impl IntoView {
    let (route, said) = (use_params_map(), use_query_map());
    let acts = Acts { extend: ServerAction::new(), switch: ServerAction::new(), end: ServerAction::new() };
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    // What was made or saved says so in the address.
    let done = Memo::new(move |_| said.with(|said| (said.get("made").is_some(), said.get("saved"))));
    let changes = move || acts.switch.version().get() + acts.end.version().get();
    let found = fetch(move || (id.get(), done.get(), changes()), |(id, _, _)| voucher(id));
    let errors = [error_of(acts.extend), error_of(acts.switch), error_of(acts.end)];
    let whole = Signal::derive(move || {
        errors.iter().find_map(|error| error.get().filter(|error| error.fields.is_empty()))
    });
    let told = move || match done.get() {
        (true, _) => Some(words::made(ui::lang())),
        (_, Some(_)) => Some(words::saved(ui::lang())),
        _ => None,
    };
    view! {
        <Frame here=Desk::Vouchers>
            {move || told().map(|told| view! { <Notice kind=NoticeKind::Success><p>{told}</p></Notice> })}
            <Refusal error=whole stale=words::stale />
            <Fetched resource=found view=move |found| desk(found, acts) />
        </Frame>
    }
    .into_any()
}

fn desk(found: OneVoucher, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let OneVoucher { voucher, cost, fresh } = found;
    let name = called(lang, &voucher);
    let quota = voucher.quota.map(|quota| quota.to_string()).unwrap_or_default();
    let over = voucher.standing == VoucherStanding::Ended;
    let (standing, is_used_up, about) = (voucher.standing, voucher.is_used_up(), voucher.name.clone());
    let (deal, held) = (cart::deal(lang, &voucher.deal), window(lang, &voucher));
    let (used, given) = (used(lang, &voucher), words::given(lang, voucher.spent));
    let least = voucher.min_spend.map(|least| format!(" · {}", words::least(lang, least)));
    let tier = voucher.tier.map(|tier| {
        let above = members::and_above(lang, members::name(tier));
        format!(" · {}: {above}", members::only_for(lang))
    });
    view! {
        <Title text=name.clone() unlisted=true />
        <Card>
            <div class="voucher-head">
                <h1 class="voucher-code">{name}</h1>
                <Badge tone=tone(standing) text=words::standing(lang, standing) />
                {is_used_up.then(|| view! { <Badge tone=Tone::Danger text=words::used_up(lang) /> })}
            </div>
            <p>{about}</p>
            <p class="order-facts">{deal} {least} {tier}</p>
            <p class="order-facts">{held}</p>
            <p class="order-facts">{used}</p>
            <p>{given}</p>
        </Card>
        <Cost cost=cost quota=quota />
        {if fresh {
            view! { <Change voucher=voucher over=over acts=acts /> }.into_any()
        } else {
            view! { <ProveFirst text=words::house_prove_first(lang) /> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Change(voucher: ShopVoucher, over: bool, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let (id, same, too) = (voucher.id.to_string(), voucher.id.to_string(), voucher.id.to_string());
    let off = voucher.standing == VoucherStanding::Off;
    let begun = !matches!(voucher.standing, VoucherStanding::Coming);
    let error = error_of(acts.extend);
    view! {
        {(!over)
            .then(|| {
                view! {
                    <div class="my-4 flex flex-wrap gap-2">
                        <ActionForm action=acts.switch>
                            <input r#type="hidden" name="id" value=id />
                            <input r#type="hidden" name="on" value=off.to_string() />
                            <Button kind=ButtonKind::Secondary busy=acts.switch.pending()>
                                {if off { words::house_on(lang) } else { words::house_pause(lang) }}
                            </Button>
                        </ActionForm>
                        {begun
                            .then(|| {
                                view! {
                                    <ActionForm action=acts.end>
                                        <input r#type="hidden" name="id" value=same />
                                        <Button kind=ButtonKind::Danger busy=acts.end.pending()>{words::house_end(lang)}</Button>
                                    </ActionForm>
                                }
                            })}
                    </div>
                    <p class="mb-4 text-ink-soft">{words::house_end_text(lang)}</p>
                }
            })}
        <Card>
            <h2 class="section-title">{words::extend(lang)}</h2>
            <ActionForm action=acts.extend>
                <input r#type="hidden" name="id" value=too />
                <input r#type="hidden" name="version" value=voucher.version.to_string() />
                <div class="form">
                    <VoucherMore voucher=voucher error=error />
                    <div class="form-acts">
                        <Button busy=acts.extend.pending()>{common::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}
