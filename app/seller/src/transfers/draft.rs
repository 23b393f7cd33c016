//! A list of what is to go: put together by name or SKU, then sent or thrown away.

use super::{
    page::{Acts, called, typed_for},
    rpc::{OFFERS, TransferForm},
};
use crate::parts::shop_here;
use leptos::prelude::*;
use model::{
    ids::StockTransferId,
    shop::{TransferLine, TransferOffer},
    words::{stock, transfers as words},
};
use ui::{Button, ButtonKind, Card, Field, Icon, Input};

#[component]
pub(super) fn Draft(form: TransferForm, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let TransferForm { transfer, offers, q, typed, .. } = form;
    let id = transfer.row.id;
    let lines: Vec<Row> = transfer.lines.iter().map(Row::of_line).collect();
    let more = offers.len() >= usize::from(OFFERS);
    let on_list = lines.len();
    let offered: Vec<Row> = offers.iter().map(Row::of_offer).collect();
    let nothing = offered.is_empty();
    let filled = move |row: Row| Row { pieces: typed_for(&typed, &row.variant).unwrap_or(row.pieces), ..row };
    let rows: Vec<Row> = lines.into_iter().chain(offered).map(filled).collect();
    let (listed, offered) = rows.split_at(on_list);
    let list = listed.iter().cloned().enumerate();
    let list = list.map(|(i, row)| view! { <Load i=i row=row /> }).collect_view();
    let rest = offered.iter().cloned().enumerate();
    let rest = rest.map(|(i, row)| view! { <Load i={i + on_list} row=row /> }).collect_view();
    let here = format!("/seller/{}/stock/transfers/{id}", shop_here().slug);
    let slug = shop_here().slug.to_string();
    view! {
        <form class="stock-filter" action=here method="get" role="search">
            <Field
                name="q"
                label=stock::find(lang)
                kind=Input::Search
                icon=Icon::Search
                value=q.clone()
                maxlength=100u32
                optional=true
            />
            <Button kind=ButtonKind::Secondary icon=Icon::Filter>{stock::filter(lang)}</Button>
        </form>
        <Card>
            <ActionForm action=acts.load>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="transfer" value=id.to_string() />
                <input r#type="hidden" name="q" value=q />
                <div class="form">
                    <h2 class="section-title">{words::on_list(lang)}</h2>
                    {(on_list == 0).then(|| view! { <p class="order-facts">{words::list_empty(lang)}</p> })}
                    {list}
                    <h2 class="section-title">{words::offers(lang)}</h2>
                    {nothing.then(|| view! { <p class="order-facts">{words::offers_none(lang)}</p> })}
                    {rest}
                    {more.then(|| view! { <p class="order-facts">{words::offers_more(lang)}</p> })}
                    <div class="form-acts">
                        <Button busy=acts.load.pending()>{words::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
        <Ends id=id sendable={on_list > 0} acts=acts />
    }
}

/// Sending, and throwing away.
#[component]
fn Ends(id: StockTransferId, sendable: bool, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <p class="order-facts">{words::send_hint(lang)}</p>
            <div class="form-acts">
                {sendable
                    .then(|| {
                        view! {
                            <ActionForm action=acts.send>
                                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                                <input r#type="hidden" name="transfer" value=id.to_string() />
                                <Button icon=Icon::Truck busy=acts.send.pending()>{words::send(lang)}</Button>
                            </ActionForm>
                        }
                    })}
                <ActionForm action=acts.cancel>
                    <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                    <input r#type="hidden" name="transfer" value=id.to_string() />
                    <input r#type="hidden" name="draft" value="true" />
                    <Button kind=ButtonKind::Quiet icon=Icon::Trash busy=acts.cancel.pending()>{words::throw(lang)}</Button>
                </ActionForm>
            </div>
        </Card>
    }
}

/// A row of the form.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Row {
    variant: String,
    name: String,
    sku: String,
    free: i32,
    pieces: String,
}

impl Row {
    fn of_line(line: &TransferLine) -> Self {
        Self {
            variant: line.variant.to_string(),
            name: called(&line.name, &line.label),
            sku: line.sku.clone(),
            free: line.free,
            pieces: line.quantity.to_string(),
        }
    }

    fn of_offer(offer: &TransferOffer) -> Self {
        Self {
            variant: offer.variant.to_string(),
            name: called(&offer.name, &offer.label),
            sku: offer.sku.clone(),
            free: offer.free,
            pieces: String::new(),
        }
    }
}

#[component]
fn Load(i: usize, row: Row) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <div class="load-row">
            <div>
                <p>{row.name.clone()}</p>
                <p class="order-facts">{row.sku} " · " {words::free(lang, row.free)}</p>
            </div>
            <input r#type="hidden" name=format!("lines[{i}][variant]") value=row.variant />
            <Field
                name=format!("lines[{i}][pieces]")
                id=format!("pieces-{i}")
                label=words::pieces_for(lang, row.name)
                label_hidden=true
                kind=Input::Digits
                value=row.pieces
                maxlength=9u32
                autocomplete="off"
                optional=true
            />
        </div>
    }
}
