use super::rpc::{EndFee, FeeDesk, SetFee, rules};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use model::{
    Lang,
    views::takings::{FeeInput, FeeRuleView},
    words::{fees as words, sold},
};
use ui::{
    Button, ButtonKind, Cell, Choice, Column, Fetched, Field, ProveFirst, Refusal, Select, Table, Title,
    error_of, fetch, format::date_time, wrong,
};

#[derive(Clone, Copy)]
struct Acts {
    set: ServerAction<SetFee>,
    end: ServerAction<EndFee>,
}

#[component]
pub fn FeesDesk() -> impl IntoView {
    let acts = Acts { set: ServerAction::new(), end: ServerAction::new() };
    let found = fetch(move || acts.set.version().get() + acts.end.version().get(), |_| rules());
    view! { <Frame here=Desk::Fees><Fetched resource=found view=move |found| desk(found, acts) /></Frame> }
}

fn desk(found: FeeDesk, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let FeeDesk { rules, input, fresh } = found;
    let columns = vec![
        Column::text(words::fee(lang)),
        Column::text(words::about_what(lang)),
        Column::text(words::how_much(lang)),
        Column::text(words::holds(lang)),
        Column::hidden(words::end(lang)),
    ];
    view! {
        <Title text=words::title(lang) unlisted=true />
        <h1 class="mb-2 text-2xl font-extrabold">{words::title(lang)}</h1>
        <p class="mb-6 text-ink-soft">{words::about(lang)}</p>
        <Refusal error=error_of(acts.end) />
        {if fresh {
            view! { <New input=input acts=acts /> }.into_any()
        } else {
            view! { <ProveFirst text=words::prove_first(lang) /> }.into_any()
        }}
        <Table caption=words::title(lang) columns=columns>
            {rules.into_iter().map(|row| view! { <Row row=row acts=fresh.then_some(acts) /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn New(input: FeeInput, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(acts.set);
    let fees =
        ["commission", "dynamic", "mall", "order"].map(|kind| Choice::new(kind, sold::fee(lang, kind)));
    let kinds = [
        ("", words::everything(lang)),
        ("tier", words::tier(lang)),
        ("shop", words::shop(lang)),
        ("category", words::category(lang)),
        ("product", words::product(lang)),
    ];
    let kinds = kinds.map(|(value, label)| Choice::new(value, label));
    view! {
        <Refusal error=error />
        <ActionForm action=acts.set attr:class="mb-8 grid gap-4 md:grid-cols-4 md:items-start">
            <Select name="fee" label=words::fee(lang) choices=fees.to_vec() chosen=input.fee />
            <Select name="kind" label=words::about_what(lang) choices=kinds.to_vec() chosen=input.kind optional=true />
            <Field name="target" value=input.target label=words::target(lang) hint=words::target_hint(lang) error=wrong(error, "target") optional=true />
            <Field name="rate" value=input.rate label=words::rate(lang) suffix="%" error=wrong(error, "rate") optional=true />
            <Field name="cap" value=input.cap label=words::cap(lang) prefix="Rp" error=wrong(error, "cap") optional=true />
            <Field name="floor" value=input.floor label=words::floor(lang) prefix="Rp" error=wrong(error, "floor") optional=true />
            <Field name="per_piece" value=input.per_piece label=words::per_piece(lang) prefix="Rp" error=wrong(error, "per_piece") optional=true />
            <Field name="per_order" value=input.per_order label=words::per_order(lang) prefix="Rp" error=wrong(error, "per_order") optional=true />
            <Button busy=acts.set.pending()>{words::set(lang)}</Button>
        </ActionForm>
    }
}

#[component]
fn Row(row: FeeRuleView, acts: Option<Acts>) -> impl IntoView {
    let lang = ui::lang();
    let fee = sold::fee(lang, &row.fee);
    let target = target(lang, &row);
    let spoken = format!(" {fee}, {target}");
    let holds = match row.ended {
        None => words::since(lang, date_time(lang, row.since)),
        Some(ended) => words::until(lang, date_time(lang, ended)),
    };
    let (much, running, id) = (how_much(lang, &row), row.ended.is_none(), row.id.to_string());
    view! {
        <tr>
            <Cell label=words::fee(lang)>{fee}</Cell>
            <Cell label=words::about_what(lang)>{target}</Cell>
            <Cell label=words::how_much(lang)>{much}</Cell>
            <Cell label=words::holds(lang)>{holds}</Cell>
            <Cell label="">
                {acts.filter(|_| running).map(|acts| {
                    view! {
                        <ActionForm action=acts.end>
                            <input r#type="hidden" name="id" value=id />
                            <Button kind=ButtonKind::Danger>{words::end(lang)} <span class="sr-only">{spoken}</span></Button>
                        </ActionForm>
                    }
                })}
            </Cell>
        </tr>
    }
}

fn target(lang: Lang, row: &FeeRuleView) -> String {
    let Some((kind, name)) = &row.target else { return words::everything(lang).to_owned() };
    let kind = match kind.as_str() {
        "tier" => words::tier(lang),
        "shop" => words::shop(lang),
        "category" => words::category(lang),
        _ => words::product(lang),
    };
    format!("{kind}: {name}")
}

fn how_much(lang: Lang, row: &FeeRuleView) -> String {
    let rate = row.rate.map(|points| {
        let point = if lang == Lang::Id { ',' } else { '.' };
        format!("{}{point}{:02} %", points / 100, points % 100)
    });
    let parts = [
        rate,
        row.cap.map(|cap| words::at_most(lang, cap)),
        row.floor.map(|floor| words::at_least(lang, floor)),
        row.per_piece.map(|amount| words::each_piece(lang, amount)),
        row.per_order.map(|amount| words::each_order(lang, amount)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
