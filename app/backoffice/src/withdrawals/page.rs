use super::rpc::{ApproveWithdrawal, PayoutDesk, RefuseWithdrawal, waiting};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use model::{views::takings::WaitingWithdrawal, words::takings as words};
use ui::{
    Art, Button, ButtonKind, Cell, Column, EmptyState, Fetched, ProveFirst, Refusal, Table, Title, error_of,
    fetch, format::date_time,
};

#[derive(Clone, Copy)]
struct Acts {
    approve: ServerAction<ApproveWithdrawal>,
    refuse: ServerAction<RefuseWithdrawal>,
}

#[component]
pub fn WithdrawalsDesk() -> impl IntoView {
    let acts = Acts { approve: ServerAction::new(), refuse: ServerAction::new() };
    let found = fetch(move || acts.approve.version().get() + acts.refuse.version().get(), |_| waiting());
    view! { <Frame here=Desk::Withdrawals><Fetched resource=found view=move |found| desk(found, acts) /></Frame> }
}

fn desk(found: PayoutDesk, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let PayoutDesk { waiting: found, fresh } = found;
    let columns = vec![
        Column::text(words::shop(lang)),
        Column::number(words::amount(lang)),
        Column::text(words::to_account(lang)),
        Column::text(words::when(lang)),
        Column::hidden(words::approve(lang)),
    ];
    view! {
        <Title text=words::desk(lang) unlisted=true />
        <h1 class="mb-4 text-2xl font-extrabold">{words::desk(lang)}</h1>
        <Refusal error=error_of(acts.approve) />
        <Refusal error=error_of(acts.refuse) />
        {if found.is_empty() {
            view! { <EmptyState art=Art::Box title=words::desk_none(lang) text=String::new() /> }.into_any()
        } else {
            view! {
                {(!fresh).then(|| view! { <ProveFirst text=words::desk_prove_first(lang) /> })}
                <Table caption=words::desk(lang) columns=columns>
                    {found.into_iter().map(|row| view! { <Row row=row acts=fresh.then_some(acts) /> }).collect_view()}
                </Table>
            }
                .into_any()
        }}
    }
    .into_any()
}

#[component]
fn Row(row: WaitingWithdrawal, acts: Option<Acts>) -> impl IntoView {
    let lang = ui::lang();
    let (id, spoken) = (row.id.to_string(), format!(" {} {}", row.shop, row.amount));
    view! {
        <tr>
            <Cell label=words::shop(lang)>
                <a class="link" href=format!("/shop/{}", row.shop_slug)>{row.shop}</a>
            </Cell>
            <Cell label=words::amount(lang) number=true>{row.amount.to_string()}</Cell>
            <Cell label=words::to_account(lang)>{row.bank.brand()} " " {row.number}</Cell>
            <Cell label=words::when(lang)>{date_time(lang, row.requested_at)}</Cell>
            <Cell label="">{acts.map(|acts| view! { <Decide id=id spoken=spoken acts=acts /> })}</Cell>
        </tr>
    }
}

#[component]
fn Decide(id: String, spoken: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let (id_too, spoken_too) = (id.clone(), spoken.clone());
    view! {
        <div class="flex flex-wrap gap-2">
            <ActionForm action=acts.approve>
                <input r#type="hidden" name="id" value=id />
                <Button>{words::approve(lang)} <span class="sr-only">{spoken}</span></Button>
            </ActionForm>
            <ActionForm action=acts.refuse>
                <input r#type="hidden" name="id" value=id_too />
                <Button kind=ButtonKind::Danger>{words::refuse(lang)} <span class="sr-only">{spoken_too}</span></Button>
            </ActionForm>
        </div>
    }
}
