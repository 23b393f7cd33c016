use super::rpc::{SetTiers, TiersForm, tiers};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use model::{
    pricing::MemberTier,
    views::member::{TierInput, TierRow},
    words::members as words,
};
use ui::{
    Button, Cell, Column, Fetched, Field, Input, ProveFirst, Refusal, Table, Title, error_of, fetch, wrong,
};

#[component]
pub fn MembersDesk() -> impl IntoView {
    let set = ServerAction::<SetTiers>::new();
    let found = fetch(move || set.version().get(), |_| tiers());
    view! { <Frame here=Desk::Members><Fetched resource=found view=move |found| desk(found, set) /></Frame> }
}

fn desk(TiersForm { desk, input, fresh }: TiersForm, set: ServerAction<SetTiers>) -> AnyView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::tier(lang)),
        Column::text(words::least(lang)),
        Column::text(words::members(lang)),
    ];
    view! {
        <Title text=words::title(lang) unlisted=true />
        <h1 class="mb-2 text-2xl font-extrabold">{words::title(lang)}</h1>
        <p class="mb-6 text-ink-soft">{words::about(lang, desk.months)}</p>
        {if fresh {
            view! { <Thresholds input=input set=set /> }.into_any()
        } else {
            view! { <ProveFirst text=words::prove_first(lang) /> }.into_any()
        }}
        <Table caption=words::title(lang) columns=columns>
            {desk.tiers.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Thresholds(input: TierInput, set: ServerAction<SetTiers>) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(set);
    let tiers = [
        ("silver", MemberTier::Silver, input.silver),
        ("gold", MemberTier::Gold, input.gold),
        ("platinum", MemberTier::Platinum, input.platinum),
    ];
    let fields = tiers.map(|(field, tier, least)| {
        view! {
            <Field
                name=field
                label=words::from(lang, words::name(tier))
                kind=Input::Digits
                prefix="Rp"
                value=least
                error=wrong(error, field)
                error_text=(tier != MemberTier::Silver).then(|| words::ascending(lang).to_owned())
                maxlength=20u32
                autocomplete="off"
            />
        }
    });
    view! {
        <Refusal error=error />
        <ActionForm action=set attr:class="mb-8 grid gap-4 md:grid-cols-4 md:items-start">
            <Field
                name="months"
                label=words::months(lang)
                kind=Input::Digits
                value=input.months
                error=wrong(error, "months")
                maxlength=2u32
                autocomplete="off"
            />
            {fields.collect_view()}
            <p class="field-hint md:col-span-3">{words::set_hint(lang)}</p>
            <Button busy=set.pending()>{words::set(lang)}</Button>
        </ActionForm>
    }
}

#[component]
fn Row(row: TierRow) -> impl IntoView {
    let lang = ui::lang();
    let least = match row.tier {
        MemberTier::Regular => words::no_least(lang).to_owned(),
        _ => row.least.to_string(),
    };
    view! {
        <tr>
            <Cell label=words::tier(lang)>{words::name(row.tier)}</Cell>
            <Cell label=words::least(lang)>{least}</Cell>
            <Cell label=words::members(lang)>{lang.number(row.members.unsigned_abs())}</Cell>
        </tr>
    }
}
