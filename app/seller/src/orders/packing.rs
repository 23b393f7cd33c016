//! What goes into the next parcel, and what is not sent after all.

use super::{
    acts::{Acts, Whose},
    parcels::ways,
};
use crate::parts::{Refusal, error_of, wrong};
use leptos::prelude::*;
use model::{
    order::{CancelReason, LinePieces},
    payment::Method,
    views::sold::SoldPage,
    words::{orders as bought, sold as words},
};
use ui::{
    Button, ButtonKind, Choice, Dialog, DialogClose, DialogLink, Field, Icon, Input, RadioGroup, Select,
};

/// A line of which something waits, and what it is called.
fn waiting(order: &SoldPage) -> Vec<(LinePieces, String)> {
    let named = |waits: &LinePieces| {
        let item = order.item(waits.line)?;
        let name =
            if item.label.is_empty() { item.name.clone() } else { format!("{} ({})", item.name, item.label) };
        Some((*waits, name))
    };
    order.waits.iter().filter_map(named).collect()
}

/// More than one piece waits, and not all of them have to go together.
fn divisible(order: &SoldPage) -> bool {
    let pieces: i32 = order.waits.iter().map(|waits| waits.quantity).sum();
    order.method != Method::Cod && pieces > 1
}

/// Something of it would be left, or is on its way; else it is rejected as a whole.
fn may_leave_out(order: &SoldPage) -> bool {
    divisible(order) || order.method != Method::Cod && !order.parcels.is_empty() && !order.waits.is_empty()
}

/// One field for each line: `pieces[0][quantity]`.
#[component]
fn Pieces(
    of: &'static str,
    waits: Vec<(LinePieces, String)>,
    #[prop(optional)] all: bool,
    label: fn(model::Lang, String) -> String,
) -> impl IntoView {
    let lang = ui::lang();
    waits
        .into_iter()
        .enumerate()
        .map(|(i, (waits, name))| {
            let most = waits.quantity.to_string();
            view! {
                <input r#type="hidden" name=format!("pieces[{i}][line]") value=waits.line.to_string() />
                <Field
                    name=format!("pieces[{i}][quantity]")
                    id=format!("{of}-{i}")
                    label=label(lang, name)
                    kind=Input::Number
                    value=if all { most.clone() } else { "0".to_owned() }
                    hint=words::of_waiting(lang, &most)
                    min="0"
                    max=most
                    autocomplete="off"
                />
            }
        })
        .collect_view()
}

/// The parcel that is packed next.
#[component]
pub(super) fn Pack(order: SoldPage, shop: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(acts.pack);
    let (several, cash) = (divisible(&order), order.method == Method::Cod && order.waits.len() > 1);
    let whole = order.parcels.is_empty() && order.left_out.is_empty();
    let weight = if whole { order.weight_g.to_string() } else { String::new() };
    let hint = words::weight_hint(lang, order.weight_g);
    let hint = if several { format!("{hint} {}", words::weight_part(lang)) } else { hint };
    let waits = if several { waiting(&order) } else { vec![] };
    let (choices, first) = (ways(&order.ways), order.ways.first().map(ToString::to_string));
    view! {
        <ActionForm action=acts.pack attr:class="sold-pack">
            <Whose shop=shop id=order.id.to_string() />
            <input r#type="hidden" name="key" value=order.key.clone() />
            {several.then(|| view! { <p>{words::pack_some(lang)}</p> })}
            {cash.then(|| view! { <p>{words::cash_whole(lang)}</p> })}
            <Pieces of="packed" waits=waits all=true label=words::how_many />
            <Field
                name="weight"
                label=words::weight(lang)
                kind=Input::Number
                value=weight
                suffix="g"
                hint=hint
                error=wrong(error, "weight")
                autocomplete="off"
                optional=true
            />
            {first
                .map(|first| {
                    view! {
                        <Select
                            name="collection"
                            label=words::collection_label(lang)
                            choices=choices
                            chosen=first
                            error=wrong(error, "collection")
                        />
                    }
                })}
            <Button icon=Icon::Package busy=acts.pack.pending()>{words::pack(lang)}</Button>
        </ActionForm>
    }
}

/// Asks which pieces are not sent, and why.
#[component]
pub(super) fn LeaveOut(order: SoldPage, shop: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    if !may_leave_out(&order) {
        return ().into_any();
    }
    let reasons =
        CancelReason::OF_SHOP.map(|reason| Choice::new(reason.as_str(), bought::reason(lang, reason)));
    let waits = waiting(&order);
    view! {
        <DialogLink to="leave-out" kind=ButtonKind::Quiet icon=Icon::Close>{words::leave_out(lang)}</DialogLink>
        <Dialog id="leave-out" title=words::leave_out_title(lang)>
            <p>{words::leave_out_text(lang)}</p>
            <Refusal error=error_of(acts.leave_out) stale=words::stale />
            <ActionForm action=acts.leave_out>
                <Whose shop=shop id=order.id.to_string() />
                <input r#type="hidden" name="key" value=order.key.clone() />
                <Pieces of="left-out" waits=waits label=words::leave_out_how_many />
                <RadioGroup name="reason" label=words::reject_why(lang) choices=reasons.to_vec() />
                <div class="dialog-acts">
                    <DialogClose of="leave-out">{words::reject_no(lang)}</DialogClose>
                    <Button kind=ButtonKind::Danger busy=acts.leave_out.pending()>{words::leave_out_yes(lang)}</Button>
                </div>
            </ActionForm>
        </Dialog>
    }
    .into_any()
}
