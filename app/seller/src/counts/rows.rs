//! The goods of a count: a field for each while it runs, and what came out afterwards.

use super::{
    page::Acts,
    rpc::{CountForm, CountPart},
};
use crate::parts::shop_here;
use leptos::prelude::*;
use model::{
    Lang, query,
    shop::{CountLine, CountState, PiecesInput},
    words::counts as words,
};
use ui::{Art, Badge, Button, Card, EmptyState, Field, Further, Input, Tone};

#[component]
pub(super) fn Rows(form: CountForm, part: CountPart, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let CountForm { count, typed } = form;
    if count.lines.is_empty() {
        return view! { <EmptyState art=Art::Box title=words::no_match(lang) /> }.into_any();
    }
    let id = count.row.id.to_string();
    let path = format!("/seller/{}/stock/counts/{id}", shop_here().slug);
    let href = |after: Option<&str>| {
        let said = [("show", part.show.as_str()), ("q", part.q.as_str())];
        query::href(&path, said.into_iter().chain(after.map(|after| ("after", after))))
    };
    let next = count.next.as_deref().map(|after| href(Some(after)));
    let first = part.after.is_some().then(|| href(None));
    let is_open = count.row.state == CountState::Open;
    let lines = count.lines.into_iter().enumerate();
    let lines = lines.map(|(i, line)| view! { <Line i=i line=line typed=typed.clone() is_open=is_open /> });
    let lines = lines.collect_view();
    let form = if is_open {
        view! {
            <ActionForm action=acts.write>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="count" value=id />
                <input r#type="hidden" name="part[show]" value=part.show />
                <input r#type="hidden" name="part[q]" value=part.q />
                <input r#type="hidden" name="part[after]" value=part.after.unwrap_or_default() />
                <div class="form">
                    <p class="order-facts">{words::there_hint(lang)}</p>
                    {lines}
                    <div class="form-acts">
                        <Button busy=acts.write.pending()>{words::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        }
        .into_any()
    } else {
        view! { <div class="form">{lines}</div> }.into_any()
    };
    view! {
        <Card>{form}</Card>
        <Further first=first back=words::first(lang) next=next on=words::more(lang) />
    }
    .into_any()
}

/// What was expected, once a number is known.
fn outcome(lang: Lang, line: &CountLine) -> Option<String> {
    match line.difference()? {
        0 => Some(words::right(lang).to_owned()),
        n => {
            let sign = if n > 0 { "+" } else { "−" };
            let expected = words::expected(lang, line.expected.unwrap_or_default());
            Some(format!("{expected} ({sign}{})", n.unsigned_abs()))
        }
    }
}

#[component]
fn Line(i: usize, line: CountLine, typed: Vec<PiecesInput>, is_open: bool) -> impl IntoView {
    let lang = ui::lang();
    let outcome = outcome(lang, &line).map(|outcome| format!(" · {outcome}"));
    let name = if line.label.is_empty() { line.name } else { format!("{} · {}", line.name, line.label) };
    let variant = line.variant.to_string();
    let counted = line.counted.map(|n| n.to_string());
    let value = typed.into_iter().find(|it| it.variant == variant).map(|it| it.pieces).or(counted);
    let value = value.unwrap_or_default();
    let there = if is_open {
        view! {
            <input r#type="hidden" name=format!("lines[{i}][variant]") value=variant />
            <Field
                name=format!("lines[{i}][pieces]")
                id=format!("counted-{i}")
                label=words::there_of(lang, &name)
                label_hidden=true
                kind=Input::Digits
                value=value
                maxlength=9u32
                autocomplete="off"
                optional=true
            />
        }
        .into_any()
    } else {
        view! { <p>{value}</p> }.into_any()
    };
    view! {
        <div class="load-row">
            <div>
                <p>{name}</p>
                <p class="order-facts">
                    {line.sku} {outcome}
                    {line.is_short.then(|| view! { " " <Badge tone=Tone::Danger text=words::too_few(lang) /> })}
                </p>
            </div>
            {there}
        </div>
    }
}
