//! One change: what is to change, what would become of the rows, how far it is, what it has done, and the way back.

use super::{
    ask::Ask,
    edits::tone,
    rows::{Changes, Left},
    rpc::{ApplyGoodsEdit, Bulk, PlanGoodsEdit, UndoGoodsEdit, one_goods_edit},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    shop::{BulkCounts, BulkEdit, BulkState},
    words::bulk as words,
};
use std::time::Duration;
use ui::{Badge, Button, ButtonKind, Card, Icon, Notice, NoticeKind, ProgressBar, format};

/// How often an awake page looks how far it is.
const EVERY: Duration = Duration::from_millis(1_500);

#[component]
pub fn EditPage() -> impl IntoView {
    let (slug, route) = (use_shop(), use_params_map());
    let edit = Memo::new(move |_| route.with(|route| route.get("edit")).unwrap_or_default());
    let plan = ServerAction::<PlanGoodsEdit>::new();
    let (apply, undo) = (ServerAction::<ApplyGoodsEdit>::new(), ServerAction::<UndoGoodsEdit>::new());
    let looked = RwSignal::new(0_u32);
    // What was refused stands in the form as it was typed: it is not fetched again.
    let planned = Memo::new(move |before: Option<&usize>| match plan.value().get() {
        Some(Err(_)) => before.copied().unwrap_or_default(),
        _ => plan.version().get(),
    });
    let answers = move || planned.get() + apply.version().get() + undo.version().get();
    let page = fetch(
        move || (slug.get(), edit.get(), looked.get(), answers()),
        |(shop, edit, ..)| one_goods_edit(shop, edit),
    );
    let (not_planned, not_made, not_undone) = (error_of(plan), error_of(apply), error_of(undo));
    // What is wrong with a field is told beside it.
    let unplanned =
        move || not_planned.get().filter(|error| error.fields.is_empty() || error.of("products").is_some());
    let error = Signal::derive(move || unplanned().or(not_made.get()).or(not_undone.get()));
    view! {
        <Frame here=Part::Products title=words::title(ui::lang())>
            <Refusal error=error stale=words::stale />
            <Fetched resource=page view=move |bulk: Bulk| shown(bulk, looked, plan, apply, undo) />
        </Frame>
    }
}

fn shown(
    bulk: Bulk,
    looked: RwSignal<u32>,
    plan: ServerAction<PlanGoodsEdit>,
    apply: ServerAction<ApplyGoodsEdit>,
    undo: ServerAction<UndoGoodsEdit>,
) -> AnyView {
    let lang = ui::lang();
    let Bulk { page, typed, undo: may_undo } = bulk;
    let edit = page.edit.clone();
    let (state, counts) = (edit.state, edit.counts);
    if state.is_under_way() {
        Effect::new(move || set_timeout(move || _ = looked.try_update(|n| *n += 1), EVERY));
    }
    let what = edit.change.map_or(words::title(lang), |change| words::kind_of(lang, change.kind));
    let (changed, left) = match state {
        BulkState::Chosen | BulkState::Planned => (counts.waiting, counts.left),
        BulkState::Applying | BulkState::Done => (counts.changed, counts.left),
        BulkState::Undoing | BulkState::Undone => (counts.undone, counts.kept),
    };
    let title = if matches!(state, BulkState::Undoing | BulkState::Undone) {
        words::kept_title(lang)
    } else {
        words::left_title(lang)
    };
    let (rows, reasons, alone) = (page.rows.clone(), page.reasons.clone(), page.left.clone());
    let back = format!("/seller/{}/products", shop_here().slug);
    let others = format!("{back}/bulk");
    view! {
        <Card>
            <h2 class="section-title">
                {what} " " <Badge tone=tone(state) text=words::state(lang, state) />
            </h2>
            <p class="address-notes">
                {words::products(lang, lang.number(edit.products.into()))} " · "
                {words::begun(lang, format::date_time(lang, edit.created_at))}
            </p>
            <div class="form" aria-live="polite">
                <Standing edit=edit.clone() />
            </div>
            <Acts edit=edit may_undo=may_undo apply=apply undo=undo />
        </Card>
        {state.is_open().then(|| view! { <Card><Ask page=page typed=typed plan=plan /></Card> })}
        <Changes all=changed rows=rows />
        <Left title=title all=left reasons=reasons rows=alone />
        <p class="order-pages">
            <Button kind=ButtonKind::Quiet icon=Icon::Tag href=back>{words::to_goods(lang)}</Button>
            <Button kind=ButtonKind::Quiet href=others>{words::edits(lang)}</Button>
        </p>
    }
    .into_any()
}

/// Where it stands, in words.
#[component]
fn Standing(edit: BulkEdit) -> impl IntoView {
    let lang = ui::lang();
    let n = move |n: u32| lang.number(n.into());
    let BulkCounts { waiting, changed, same, left, undone, kept } = edit.counts;
    match edit.state {
        BulkState::Chosen => ().into_any(),
        BulkState::Planned => view! {
            <Notice title=words::planned_title(lang)>
                <p>{if waiting == 0 { words::planned_none(lang).to_owned() } else { words::planned(lang, n(waiting)) }}</p>
                {(same > 0).then(|| view! { <p>{words::same(lang, n(same))}</p> })}
                {(left > 0).then(|| view! { <p>{words::left(lang, n(left))}</p> })}
            </Notice>
        }
        .into_any(),
        BulkState::Applying | BulkState::Undoing => {
            let (done, all) = edit.counts.progress(edit.state);
            let percent = u8::try_from(u64::from(done) * 100 / u64::from(all.max(1))).unwrap_or(100);
            let label = words::rows_of(lang, n(done), n(all));
            let text =
                if edit.state == BulkState::Applying { words::applying(lang) } else { words::undoing(lang) };
            let href = format!("/seller/{}/products/bulk/{}", shop_here().slug, edit.id);
            view! {
                <p>{text}</p>
                <ProgressBar percent=percent label=label />
                <p><a class="link" href=href>{words::refresh(lang)}</a></p>
            }
            .into_any()
        }
        BulkState::Done => view! {
            <Notice kind=NoticeKind::Success title=words::done_title(lang)>
                <p>{words::done(lang, n(changed))}</p>
                {(same > 0).then(|| view! { <p>{words::same(lang, n(same))}</p> })}
                {(left > 0).then(|| view! { <p>{words::left(lang, n(left))}</p> })}
            </Notice>
        }
        .into_any(),
        BulkState::Undone => {
            let shows = edit.change.is_some_and(|change| change.kind == model::shop::BulkKind::Show);
            view! {
                <Notice kind=NoticeKind::Success title=words::undone_title(lang)>
                    <p>{words::undone(lang, n(undone))}</p>
                    {shows.then(|| view! { <p>{words::undone_drafts(lang)}</p> })}
                    {(kept > 0).then(|| view! { <p>{words::kept(lang, n(kept))}</p> })}
                </Notice>
            }
            .into_any()
        }
    }
}

#[component]
fn Acts(
    edit: BulkEdit,
    may_undo: bool,
    apply: ServerAction<ApplyGoodsEdit>,
    undo: ServerAction<UndoGoodsEdit>,
) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let id = edit.id.to_string();
    let waiting = edit.counts.waiting;
    let until = edit.undo_until.map(|until| format::date_time(lang, until));
    match edit.state {
        BulkState::Planned if waiting > 0 => view! {
            <ActionForm action=apply attr:class="form-acts">
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="edit" value=id />
                <Button icon=Icon::Check busy=apply.pending()>
                    {words::apply(lang, lang.number(waiting.into()))}
                </Button>
            </ActionForm>
        }
        .into_any(),
        BulkState::Done if edit.counts.changed > 0 && may_undo => view! {
            <p class="address-notes">{until.map(|until| words::undo_until(lang, until))}</p>
            <ActionForm action=undo attr:class="form-acts">
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="edit" value=id />
                <Button kind=ButtonKind::Secondary busy=undo.pending()>{words::undo(lang)}</Button>
            </ActionForm>
        }
        .into_any(),
        BulkState::Done if edit.counts.changed > 0 => {
            view! { <p class="address-notes">{words::undo_over(lang)}</p> }.into_any()
        }
        _ => ().into_any(),
    }
}
