//! All of a shop's transfers, the latest first, and the form that begins another.

use super::rpc::{BeginTransfer, TransfersForm, transfers};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, query,
    shop::{TransferInput, TransferRow, TransferState, WarehouseRow},
    words::{stock, transfers as words},
};
use ui::{
    Art, Badge, Button, ButtonKind, Card, Choice, EmptyState, Further, Icon, Notice, NoticeKind, Select,
    Size, Tone, format,
};

#[component]
pub fn TransfersPage() -> impl IntoView {
    let (slug, said) = (use_shop(), use_query_map());
    let after = Memo::new(move |_| said.with(|said| said.get("after")));
    let thrown = move || said.with(|said| said.get("thrown").is_some());
    let begin = ServerAction::<BeginTransfer>::new();
    let form = fetch(move || (slug.get(), after.get()), |(shop, after)| transfers(shop, after));
    view! {
        <Frame here=Part::Stock title=words::title(ui::lang())>
            {move || thrown().then(|| view! { <Notice kind=NoticeKind::Success><p>{words::thrown(ui::lang())}</p></Notice> })}
            <Fetched resource=form view=move |form: TransfersForm| shown(form, begin, after.get_untracked().is_some()) />
        </Frame>
    }
}

fn shown(form: TransfersForm, begin: ServerAction<BeginTransfer>, paged: bool) -> AnyView {
    let lang = ui::lang();
    let back = format!("/seller/{}/stock", shop_here().slug);
    let TransfersForm { page, warehouses, typed, key } = form;
    let open: Vec<WarehouseRow> = warehouses.into_iter().filter(|row| row.is_active).collect();
    view! {
        <p>
            <Button kind=ButtonKind::Quiet icon=Icon::ArrowLeft href=back>{stock::back(lang)}</Button>
        </p>
        <p>{words::about(lang)}</p>
        {if open.len() > 1 {
            view! { <Begin open=open typed=typed key=key begin=begin /> }.into_any()
        } else {
            view! { <Notice><p>{words::one_warehouse(lang)}</p></Notice> }.into_any()
        }}
        {listed(page, paged)}
    }
    .into_any()
}

#[component]
fn Begin(
    open: Vec<WarehouseRow>,
    typed: Option<TransferInput>,
    key: String,
    begin: ServerAction<BeginTransfer>,
) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(begin);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let choices: Vec<Choice> =
        open.iter().map(|row| Choice::new(row.id.to_string(), row.name.clone())).collect();
    let nth = |n: usize| choices.get(n).map(|choice| choice.value.clone()).unwrap_or_default();
    let typed = typed.unwrap_or_else(|| TransferInput { from: nth(0), to: nth(1) });
    view! {
        <Card>
            <Refusal error=whole />
            <ActionForm action=begin>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <div class="form-pair">
                        <Select
                            name="between[from]"
                            label=words::from(lang)
                            choices=choices.clone()
                            chosen=typed.from
                            error=wrong(error, "from")
                        />
                        <Select
                            name="between[to]"
                            label=words::to(lang)
                            choices=choices
                            chosen=typed.to
                            error=wrong(error, "to")
                        />
                    </div>
                    <div class="form-acts">
                        <Button busy=begin.pending()>{words::begin(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

fn listed(page: Page<TransferRow>, paged: bool) -> AnyView {
    let lang = ui::lang();
    if page.items.is_empty() {
        return view! { <EmptyState art=Art::Box title=words::none(lang) /> }.into_any();
    }
    let path = format!("/seller/{}/stock/transfers", shop_here().slug);
    let older = page.next.as_deref().map(|after| query::href(&path, [("after", after)]));
    let newest = paged.then(|| path.clone());
    view! {
        <ul class="account-cards" role="list">
            {page.items.into_iter().map(|row| view! { <li><Row row=row /></li> }).collect_view()}
        </ul>
        <Further first=newest back=words::newest(lang) next=older on=words::older(lang) />
    }
    .into_any()
}

/// The colour of how far it has come.
pub(super) const fn tone(state: TransferState) -> Tone {
    match state {
        TransferState::Sent => Tone::Deal,
        TransferState::Closed => Tone::Brand,
        TransferState::Draft | TransferState::Cancelled => Tone::Neutral,
    }
}

#[component]
fn Row(row: TransferRow) -> impl IntoView {
    view! {
        <Card>
            <Head row=row.clone() />
            <p>
                <Button
                    kind=ButtonKind::Secondary
                    size=Size::Small
                    href=format!("/seller/{}/stock/transfers/{}", shop_here().slug, row.id)
                >
                    {words::open(ui::lang())}
                    <span class="sr-only">" " {words::route(ui::lang(), &row.from, &row.to)}</span>
                </Button>
            </p>
        </Card>
    }
}

/// From where to where, how far it has come, and how much of it there is.
#[component]
pub(super) fn Head(row: TransferRow) -> impl IntoView {
    let lang = ui::lang();
    let when = match row.sent_at {
        Some(at) => words::sent_at(lang, format::date_time(lang, at)),
        None => words::begun(lang, format::date_time(lang, row.created_at)),
    };
    view! {
        <div class="voucher-head">
            <h2 class="voucher-code">{words::route(lang, &row.from, &row.to)}</h2>
            <Badge tone=tone(row.state) text=words::state(lang, row.state) />
        </div>
        <p class="order-facts">
            {when} " · " {words::pieces_of(lang, row.pieces)}
            {(row.on_way > 0).then(|| format!(" · {}", words::on_way_of(lang, row.on_way)))}
        </p>
    }
}
