//! What can become of goods on the way: they arrive, do not arrive, or go back.

use super::{
    page::{Acts, called, typed_for},
    rpc::TransferForm,
};
use crate::parts::{error_of, shop_here, wrong};
use leptos::prelude::*;
use model::{
    shop::{PiecesInput, TransferLine, WriteOffInput, WriteOffReason},
    words::transfers as words,
};
use ui::{Button, ButtonKind, Card, Choice, Field, Icon, Input, Select};

#[component]
pub(super) fn Way(form: TransferForm, acts: Acts) -> impl IntoView {
    let TransferForm { transfer, typed, typed_off, key, .. } = form;
    let id = transfer.row.id.to_string();
    let on_way: Vec<TransferLine> = transfer.lines.into_iter().filter(|line| line.on_way > 0).collect();
    view! {
        <Receive id=id.clone() lines=on_way.clone() typed=typed key=key.clone() acts=acts />
        <WriteOff id=id.clone() lines=on_way typed=typed_off key=key acts=acts />
        <BringBack id=id acts=acts />
    }
}

#[component]
fn Receive(
    id: String,
    lines: Vec<TransferLine>,
    typed: Vec<PiecesInput>,
    key: String,
    acts: Acts,
) -> impl IntoView {
    let lang = ui::lang();
    let row = move |(i, line): (usize, TransferLine)| {
        let (variant, name) = (line.variant.to_string(), called(&line.name, &line.label));
        let value = typed_for(&typed, &variant).unwrap_or_default();
        view! {
            <div class="load-row">
                <div>
                    <p>{name.clone()}</p>
                    <p class="order-facts">{line.sku} " · " {words::way_left(lang, line.on_way)}</p>
                </div>
                <input r#type="hidden" name=format!("lines[{i}][variant]") value=variant />
                <Field
                    name=format!("lines[{i}][pieces]")
                    id=format!("arrived-{i}")
                    label=words::arrived_of(lang, name)
                    label_hidden=true
                    kind=Input::Digits
                    value=value
                    maxlength=9u32
                    autocomplete="off"
                    optional=true
                />
            </div>
        }
    };
    view! {
        <Card>
            <h2 class="section-title">{words::receive_title(lang)}</h2>
            <p class="order-facts">{words::receive_hint(lang)}</p>
            <ActionForm action=acts.receive>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="transfer" value=id />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    {lines.into_iter().enumerate().map(row).collect_view()}
                    <div class="form-acts">
                        <Button icon=Icon::Check busy=acts.receive.pending()>{words::receive(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn WriteOff(
    id: String,
    lines: Vec<TransferLine>,
    typed: Option<WriteOffInput>,
    key: String,
    acts: Acts,
) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(acts.write_off);
    let typed = typed.unwrap_or_default();
    let line = typed.lines.into_iter().next().unwrap_or_default();
    let goods: Vec<Choice> = lines
        .iter()
        .map(|line| {
            let name = called(&line.name, &line.label);
            Choice::new(line.variant.to_string(), format!("{name} ({})", line.on_way))
        })
        .collect();
    let first = goods.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let chosen = if line.variant.is_empty() { first } else { line.variant };
    let reasons = WriteOffReason::ALL.iter().map(move |it| Choice::new(it.as_str(), words::why(lang, *it)));
    let reason =
        if typed.reason.is_empty() { WriteOffReason::Lost.as_str().to_owned() } else { typed.reason };
    view! {
        <Card>
            <h2 class="section-title">{words::write_off_title(lang)}</h2>
            <p class="order-facts">{words::write_off_hint(lang)}</p>
            <ActionForm action=acts.write_off>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="transfer" value=id />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <Select name="off[lines][0][variant]" label=words::goods(lang) choices=goods chosen=chosen />
                    <div class="form-pair">
                        <Field
                            name="off[lines][0][pieces]"
                            label=words::pieces(lang)
                            kind=Input::Digits
                            value=line.pieces
                            error=wrong(error, "pieces")
                            maxlength=9u32
                            autocomplete="off"
                        />
                        <Select
                            name="off[reason]"
                            label=words::reason(lang)
                            choices={reasons.collect::<Vec<_>>()}
                            chosen=reason
                            error=wrong(error, "reason")
                        />
                    </div>
                    <div class="form-acts">
                        <Button kind=ButtonKind::Secondary busy=acts.write_off.pending()>{words::write_off(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn BringBack(id: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <p class="order-facts">{words::bring_back_hint(lang)}</p>
            <ActionForm action=acts.cancel>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="transfer" value=id />
                <input r#type="hidden" name="draft" value="false" />
                <div class="form-acts">
                    <Button kind=ButtonKind::Quiet icon=Icon::Return busy=acts.cancel.pending()>
                        {words::bring_back(lang)}
                    </Button>
                </div>
            </ActionForm>
        </Card>
    }
}
