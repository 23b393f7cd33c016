//! One file: how far it is, what it would change or has changed, and what becomes of it.

use super::{
    bad::BadRows,
    page::tone,
    rpc::{CancelGoodsImport, TakeGoodsOver, one_goods_import},
    samples::Samples,
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    shop::{GoodsImport, GoodsImportPage, ImportState, RowCounts},
    words::{account as common, goods as words},
};
use std::time::Duration;
use ui::{
    Badge, Button, ButtonKind, Card, Cell, Column, Icon, Notice, NoticeKind, ProgressBar, Table, format,
};

/// How often an awake page looks how far it is.
const EVERY: Duration = Duration::from_millis(1_500);

#[component]
pub fn RunPage() -> impl IntoView {
    let (slug, route) = (use_shop(), use_params_map());
    let run = Memo::new(move |_| route.with(|route| route.get("run")).unwrap_or_default());
    let (take, cancel) = (ServerAction::<TakeGoodsOver>::new(), ServerAction::<CancelGoodsImport>::new());
    let looked = RwSignal::new(0_u32);
    let answers = move || take.version().get() + cancel.version().get();
    let page = fetch(
        move || (slug.get(), run.get(), looked.get(), answers()),
        |(shop, run, ..)| one_goods_import(shop, run),
    );
    let (not_taken, not_cancelled) = (error_of(take), error_of(cancel));
    let error = Signal::derive(move || not_taken.get().or(not_cancelled.get()));
    view! {
        <Frame here=Part::Products title=words::import(ui::lang())>
            <Refusal error=error stale=words::busy />
            <Fetched resource=page view=move |page: GoodsImportPage| shown(page, looked, take, cancel) />
        </Frame>
    }
}

fn shown(
    page: GoodsImportPage,
    looked: RwSignal<u32>,
    take: ServerAction<TakeGoodsOver>,
    cancel: ServerAction<CancelGoodsImport>,
) -> AnyView {
    let lang = ui::lang();
    let GoodsImportPage { import, bad, new, changed } = page;
    if import.state.is_under_way() {
        Effect::new(move || set_timeout(move || _ = looked.try_update(|n| *n += 1), EVERY));
    }
    let sent =
        words::file_sent(lang, format::date_time(lang, import.created_at), format::bytes(lang, import.bytes));
    let (id, state, counts, name) = (import.id, import.state, import.counts, import.file_name.clone());
    let counted = state != ImportState::Failed;
    let ignored = (!import.ignored.is_empty()).then(|| words::ignored(lang, import.ignored.join(", ")));
    view! {
        <Card>
            <h2 class="section-title">
                {name} " " <Badge tone=tone(state) text=words::state(lang, state) />
            </h2>
            <p class="address-notes">{sent}</p>
            <div class="form" aria-live="polite">
                <Standing import=import.clone() />
            </div>
            <Acts import=import take=take cancel=cancel />
        </Card>
        {counted.then(|| view! { <Counts counts=counts /> })}
        {ignored.map(|text| view! { <p class="address-notes">{text}</p> })}
        <BadRows import=id all=counts.bad rows=bad />
        <Samples changed=changed new=new />
    }
    .into_any()
}

/// Where it stands, in words.
#[component]
fn Standing(import: GoodsImport) -> impl IntoView {
    let lang = ui::lang();
    let n = move |n: u32| lang.number(n.into());
    match import.state {
        ImportState::Checking | ImportState::TakingOver => {
            let read = import.counts.all();
            let all = import.rows.unwrap_or_default();
            let percent = u8::try_from(u64::from(read) * 100 / u64::from(all.max(1))).unwrap_or(100);
            let label =
                if all == 0 { words::rows_read(lang, n(read)) } else { words::rows_of(lang, n(read), n(all)) };
            let text = if import.state == ImportState::Checking { words::checking(lang) } else { words::taking(lang) };
            let href = format!("/seller/{}/products/import/{}", shop_here().slug, import.id);
            view! {
                <p>{text}</p>
                <ProgressBar percent=percent label=label />
                <p><a class="link" href=href>{words::refresh(lang)}</a></p>
            }
            .into_any()
        }
        ImportState::Checked if import.counts.to_write() == 0 => view! {
            <Notice title=words::nothing_to_write(lang)><p>{words::nothing_to_write_text(lang)}</p></Notice>
        }
        .into_any(),
        ImportState::Checked => view! {
            <Notice title=words::checked_title(lang)>
                <p>{words::checked(lang, n(import.counts.to_write()))}</p>
                {(import.counts.bad > 0).then(|| view! { <p>{words::checked_bad(lang)}</p> })}
            </Notice>
        }
        .into_any(),
        ImportState::Done => view! {
            <Notice kind=NoticeKind::Success title=words::done_title(lang)>
                <p>{words::done(lang, n(import.counts.to_write()))}</p>
                {(!shop_here().state.is_verified()).then(|| view! { <p>{words::waits_for_approval(lang)}</p> })}
            </Notice>
        }
        .into_any(),
        ImportState::Failed => {
            let text = import.failure.map(|failure| words::failure(lang, failure)).unwrap_or_default();
            view! {
                <Notice kind=NoticeKind::Error title=words::failed_title(lang)><p>{text}</p></Notice>
            }
            .into_any()
        }
        ImportState::Cancelled => view! {
            <Notice kind=NoticeKind::Warning title=words::cancelled_title(lang)><p>{words::cancelled(lang)}</p></Notice>
        }
        .into_any(),
    }
}

#[component]
fn Acts(
    import: GoodsImport,
    take: ServerAction<TakeGoodsOver>,
    cancel: ServerAction<CancelGoodsImport>,
) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let (id, goods) = (import.id.to_string(), format!("/seller/{slug}/products"));
    let another = format!("{goods}/import");
    let may_take = import.state == ImportState::Checked && import.counts.to_write() > 0;
    let may_cancel = import.state.may_be_cancelled();
    let over = !may_cancel;
    let (of_take, of_cancel) = (slug.clone(), slug);
    let (taken, cancelled) = (id.clone(), id);
    view! {
        <div class="form-acts">
            {may_take
                .then(|| {
                    view! {
                        <ActionForm action=take>
                            <input r#type="hidden" name="shop" value=of_take />
                            <input r#type="hidden" name="run" value=taken />
                            <Button icon=Icon::Check busy=take.pending()>{words::take_over(lang)}</Button>
                        </ActionForm>
                    }
                })}
            {may_cancel
                .then(|| {
                    view! {
                        <ActionForm action=cancel>
                            <input r#type="hidden" name="shop" value=of_cancel />
                            <input r#type="hidden" name="run" value=cancelled />
                            <Button kind=ButtonKind::Quiet busy=cancel.pending()>{common::cancel(lang)}</Button>
                        </ActionForm>
                    }
                })}
            {over
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Secondary icon=Icon::Tag href=goods>{words::to_goods(lang)}</Button>
                        <Button kind=ButtonKind::Quiet icon=Icon::Upload href=another>{words::another(lang)}</Button>
                    }
                })}
        </div>
    }
}

#[component]
fn Counts(counts: RowCounts) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::number(words::new_rows(lang)),
        Column::number(words::changed_rows(lang)),
        Column::number(words::same_rows(lang)),
        Column::number(words::bad_rows(lang)),
    ];
    let cell = move |label: &'static str, n: u32| {
        view! { <Cell label=label number=true>{lang.number(n.into())}</Cell> }
    };
    view! {
        <Table caption=words::counts(lang) columns=columns>
            <tr>
                {cell(words::new_rows(lang), counts.new)}
                {cell(words::changed_rows(lang), counts.changed)}
                {cell(words::same_rows(lang), counts.same)}
                {cell(words::bad_rows(lang), counts.bad)}
            </tr>
        </Table>
    }
}
