//! One transfer: a list of what is to go, then what is on the way, and what became of it.

use super::{
    draft::Draft,
    list::Head,
    rpc::{
        CancelTransfer, LoadTransfer, ReceiveTransfer, SendTransfer, TransferForm, WriteOffTransfer, transfer,
    },
    way::Way,
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    AppError, FieldError, Lang,
    shop::{PiecesInput, StockTransfer, TransferLine, TransferState, TransferStep, limits},
    words::transfers as words,
};
use ui::{Button, ButtonKind, Card, Cell, Column, Icon, Notice, NoticeKind, Table, format};

/// All that can be done on this page.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub load: ServerAction<LoadTransfer>,
    pub send: ServerAction<SendTransfer>,
    pub receive: ServerAction<ReceiveTransfer>,
    pub write_off: ServerAction<WriteOffTransfer>,
    pub cancel: ServerAction<CancelTransfer>,
}

/// How the page was come to, which its address says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Said {
    id: String,
    q: String,
    /// What was done last.
    done: Option<String>,
}

#[component]
pub fn TransferPage() -> impl IntoView {
    let (shop, route, said) = (use_shop(), use_params_map(), use_query_map());
    let said = Memo::new(move |_| Said {
        id: route.with(|route| route.get("transfer")).unwrap_or_default(),
        q: said.with(|said| said.get("q")).unwrap_or_default(),
        done: said.with(|said| said.get("done")),
    });
    let acts = Acts {
        load: ServerAction::new(),
        send: ServerAction::new(),
        receive: ServerAction::new(),
        write_off: ServerAction::new(),
        cancel: ServerAction::new(),
    };
    let form = fetch(
        move || (shop.get(), said.get(), acts.load.version().get(), acts.send.version().get()),
        |(shop, said, ..)| transfer(shop, said.id, said.q),
    );
    let errors = [
        error_of(acts.load),
        error_of(acts.send),
        error_of(acts.receive),
        error_of(acts.write_off),
        error_of(acts.cancel),
    ];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let done = move || said.get().done.map(|done| told(ui::lang(), &done));
    view! {
        <Frame here=Part::Stock title=words::title(ui::lang())>
            {move || done().map(|done| view! { <Notice kind=NoticeKind::Success><p>{done}</p></Notice> })}
            {move || {
                let wrong = error.get().and_then(|error| about(ui::lang(), &error));
                wrong.map(|wrong| view! { <Notice kind=NoticeKind::Error><p>{wrong}</p></Notice> })
            }}
            <Refusal error=whole stale=words::moved_on />
            <Fetched resource=form view=move |form: TransferForm| shown(form, acts) />
        </Frame>
    }
}

/// What was done last, in words.
fn told(lang: Lang, done: &str) -> &'static str {
    match done {
        "saved" => words::saved(lang),
        "sent" => words::sent(lang),
        _ => words::done(lang),
    }
}

/// What is wrong with the numbers that were sent.
fn about(lang: Lang, error: &AppError) -> Option<String> {
    let pieces = match error.of("pieces") {
        Some(FieldError::NotAllowed) => Some(words::short(lang).to_owned()),
        Some(_) => Some(words::too_many(lang).to_owned()),
        None => None,
    };
    let lines = || match error.of("lines") {
        Some(FieldError::TooLong) => Some(words::too_long(lang, limits::TRANSFER_LINES)),
        Some(_) => Some(words::nothing(lang).to_owned()),
        None => None,
    };
    pieces.or_else(lines).or_else(|| error.of("to").map(|_| words::to_wrong(lang).to_owned()))
}

fn shown(form: TransferForm, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let back = format!("/seller/{}/stock/transfers", shop_here().slug);
    let row = form.transfer.row.clone();
    let rest = match row.state {
        TransferState::Draft => view! { <Draft form=form acts=acts /> }.into_any(),
        state => {
            let transfer = form.transfer.clone();
            let way = (state == TransferState::Sent).then(|| view! { <Way form=form acts=acts /> });
            view! {
                <Lines transfer=transfer.clone() />
                {way}
                <Steps steps=transfer.steps />
            }
            .into_any()
        }
    };
    view! {
        <p>
            <Button kind=ButtonKind::Quiet icon=Icon::ArrowLeft href=back>{words::back(lang)}</Button>
        </p>
        <Card>
            <Head row=row />
        </Card>
        {rest}
    }
    .into_any()
}

/// A variant among all others.
pub(super) fn called(name: &str, label: &str) -> String {
    if label.is_empty() { name.to_owned() } else { format!("{name} · {label}") }
}

/// What was typed for a variant and refused.
pub(super) fn typed_for(typed: &[PiecesInput], variant: &str) -> Option<String> {
    typed.iter().find(|line| line.variant == variant).map(|line| line.pieces.clone())
}

/// What became of each variant, in numbers that add up to what was sent.
#[component]
fn Lines(transfer: StockTransfer) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::goods(lang)),
        Column::number(words::sent_pieces(lang)),
        Column::number(words::received(lang)),
        Column::number(words::written_off(lang)),
        Column::number(words::returned(lang)),
        Column::number(words::on_way(lang)),
    ];
    let row = move |line: TransferLine| {
        let href = format!("/seller/{}/stock/{}", shop_here().slug, line.variant);
        view! {
            <tr>
                <Cell label=words::goods(lang)>
                    <a class="link" href=href>{called(&line.name, &line.label)}</a>
                    <br />
                    {line.sku}
                </Cell>
                <Cell label=words::sent_pieces(lang) number=true>{line.quantity}</Cell>
                <Cell label=words::received(lang) number=true>{line.received}</Cell>
                <Cell label=words::written_off(lang) number=true>{line.written_off}</Cell>
                <Cell label=words::returned(lang) number=true>{line.returned}</Cell>
                <Cell label=words::on_way(lang) number=true>{line.on_way}</Cell>
            </tr>
        }
    };
    view! {
        <Table caption=words::goods(lang) columns=columns>
            {transfer.lines.into_iter().map(row).collect_view()}
        </Table>
    }
}

#[component]
fn Steps(steps: Vec<TransferStep>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::when(lang)),
        Column::text(words::what(lang)),
        Column::text(words::goods(lang)),
        Column::number(words::pieces(lang)),
        Column::text(words::who(lang)),
    ];
    let row = move |step: TransferStep| {
        let why = step.reason.map(|reason| format!(" ({})", words::why(lang, reason)));
        view! {
            <tr>
                <Cell label=words::when(lang)>{format::date_time(lang, step.at)}</Cell>
                <Cell label=words::what(lang)>{words::step(lang, step.kind)} {why}</Cell>
                <Cell label=words::goods(lang)>{step.name} " · " {step.sku}</Cell>
                <Cell label=words::pieces(lang) number=true>{step.pieces}</Cell>
                <Cell label=words::who(lang)>{step.who.unwrap_or_else(|| "–".to_owned())}</Cell>
            </tr>
        }
    };
    view! {
        <section aria-labelledby="steps">
            <h2 id="steps" class="section-title">{words::history(lang)}</h2>
            <Table caption=words::history(lang) columns=columns>{steps.into_iter().map(row).collect_view()}</Table>
        </section>
    }
}
