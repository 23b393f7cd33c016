//! All of a shop's counts, the latest first, and the form that begins another.

use super::rpc::{BeginCount, CountsForm, counts};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    FieldError, Page, query,
    shop::{CountInput, CountRow, CountState, WarehouseRow},
    words::{counts as words, stock},
};
use ui::{
    Art, Badge, Button, ButtonKind, Card, Choice, EmptyState, Field, Further, Icon, Notice, NoticeKind,
    Select, Size, Tone, format,
};

#[component]
pub fn CountsPage() -> impl IntoView {
    let (slug, said) = (use_shop(), use_query_map());
    let after = Memo::new(move |_| said.with(|said| said.get("after")));
    let begin = ServerAction::<BeginCount>::new();
    let form = fetch(move || (slug.get(), after.get()), |(shop, after)| counts(shop, after));
    view! {
        <Frame here=Part::Stock title=words::title(ui::lang())>
            <Fetched resource=form view=move |form: CountsForm| shown(form, begin, after.get_untracked().is_some()) />
        </Frame>
    }
}

fn shown(form: CountsForm, begin: ServerAction<BeginCount>, paged: bool) -> AnyView {
    let lang = ui::lang();
    let back = format!("/seller/{}/stock", shop_here().slug);
    let CountsForm { page, warehouses, typed, key } = form;
    view! {
        <p>
            <Button kind=ButtonKind::Quiet icon=Icon::ArrowLeft href=back>{stock::back(lang)}</Button>
        </p>
        <p>{words::about(lang)}</p>
        <Begin warehouses=warehouses typed=typed key=key begin=begin />
        {listed(page, paged)}
    }
    .into_any()
}

#[component]
fn Begin(
    warehouses: Vec<WarehouseRow>,
    typed: Option<CountInput>,
    key: String,
    begin: ServerAction<BeginCount>,
) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(begin);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let place = wrong(error, "warehouse");
    let open = warehouses.into_iter().filter(|row| row.is_active);
    let choices: Vec<Choice> = open.map(|row| Choice::new(row.id.to_string(), row.name)).collect();
    let typed = typed.unwrap_or_default();
    let first = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let chosen = if typed.warehouse.is_empty() { first } else { typed.warehouse };
    view! {
        <Card>
            <Refusal error=whole />
            {move || {
                (place.get() == Some(FieldError::Taken))
                    .then(|| view! { <Notice kind=NoticeKind::Error><p>{words::running(ui::lang())}</p></Notice> })
            }}
            <ActionForm action=begin>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <div class="form-pair">
                        <Select
                            name="wanted[warehouse]"
                            label=words::warehouse(lang)
                            choices=choices
                            chosen=chosen
                            error=place
                        />
                        <Field
                            name="wanted[q]"
                            label=words::only(lang)
                            hint=words::only_hint(lang)
                            value=typed.q
                            error=wrong(error, "q")
                            maxlength=100u32
                            autocomplete="off"
                            optional=true
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

fn listed(page: Page<CountRow>, paged: bool) -> AnyView {
    let lang = ui::lang();
    if page.items.is_empty() {
        return view! { <EmptyState art=Art::Box title=words::none(lang) /> }.into_any();
    }
    let path = format!("/seller/{}/stock/counts", shop_here().slug);
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
const fn tone(state: CountState) -> Tone {
    match state {
        CountState::Open => Tone::Deal,
        CountState::Posted => Tone::Brand,
        CountState::Discarded => Tone::Neutral,
    }
}

#[component]
fn Row(row: CountRow) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/seller/{}/stock/counts/{}", shop_here().slug, row.id);
    let place = row.place.clone();
    view! {
        <Card>
            <Head row=row />
            <p>
                <Button kind=ButtonKind::Secondary size=Size::Small href=href>
                    {words::open(lang)}
                    <span class="sr-only">" " {place}</span>
                </Button>
            </p>
        </Card>
    }
}

/// Where what is counted, and how far it has come.
#[component]
pub(super) fn Head(row: CountRow) -> impl IntoView {
    let lang = ui::lang();
    let what = if row.q.is_empty() { words::everything(lang).to_owned() } else { words::some(lang, &row.q) };
    let when = match row.ended_at {
        Some(at) => words::ended(lang, format::date_time(lang, at)),
        None => words::begun(lang, format::date_time(lang, row.started_at)),
    };
    view! {
        <div class="voucher-head">
            <h2 class="voucher-code">{row.place}</h2>
            <Badge tone=tone(row.state) text=words::state(lang, row.state) />
        </div>
        <p class="order-facts">
            {what} " · " {when} " · " {words::counted(lang, row.counted)} " · " {words::different(lang, row.different)}
        </p>
    }
}
