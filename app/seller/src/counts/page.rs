//! One count: what lies there is written down, the differences are looked at, then booked or discarded.

use super::{
    list::Head,
    rows::Rows,
    rpc::{CountForm, CountPart, DiscardCount, PostCount, WriteCount, count_of},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    AppError, FieldError, Lang,
    shop::{CountShow, CountState, StockCount},
    words::counts as words,
};
use ui::{Button, ButtonKind, Card, Choice, Field, Icon, Input, Notice, NoticeKind, Select};

/// All that can be done on this page.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub write: ServerAction<WriteCount>,
    pub post: ServerAction<PostCount>,
    pub discard: ServerAction<DiscardCount>,
}

#[component]
pub fn CountPage() -> impl IntoView {
    let (shop, route, said) = (use_shop(), use_params_map(), use_query_map());
    let id = Memo::new(move |_| route.with(|route| route.get("count")).unwrap_or_default());
    let part = Memo::new(move |_| {
        said.with(|said| CountPart {
            show: said.get("show").unwrap_or_default(),
            q: said.get("q").unwrap_or_default(),
            after: said.get("after"),
        })
    });
    let did = Memo::new(move |_| said.with(|said| said.get("done")));
    let acts = Acts { write: ServerAction::new(), post: ServerAction::new(), discard: ServerAction::new() };
    let form = fetch(
        move || (shop.get(), id.get(), part.get(), did.get(), acts.write.version().get()),
        |(shop, id, part, ..)| count_of(shop, id, part),
    );
    let errors = [error_of(acts.write), error_of(acts.post), error_of(acts.discard)];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let done = move || did.get().and_then(|done| told(ui::lang(), &done));
    view! {
        <Frame here=Part::Stock title=words::title(ui::lang())>
            {move || done().map(|done| view! { <Notice kind=NoticeKind::Success><p>{done}</p></Notice> })}
            {move || {
                let wrong = error.get().and_then(|error| about(ui::lang(), &error));
                wrong.map(|wrong| view! { <Notice kind=NoticeKind::Error><p>{wrong}</p></Notice> })
            }}
            <Refusal error=whole stale=words::moved_on />
            <Fetched resource=form view=move |form: CountForm| shown(form, part.get_untracked(), acts) />
        </Frame>
    }
}

/// What was done last, in words.
fn told(lang: Lang, done: &str) -> Option<&'static str> {
    match done {
        "saved" => Some(words::saved(lang)),
        "posted" => Some(words::posted(lang)),
        "discarded" => Some(words::discarded(lang)),
        _ => None,
    }
}

/// What is wrong with the numbers.
fn about(lang: Lang, error: &AppError) -> Option<&'static str> {
    match error.of("pieces")? {
        FieldError::NotAllowed => Some(words::promised(lang)),
        _ => Some(words::wrong(lang)),
    }
}

fn shown(form: CountForm, part: CountPart, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let back = format!("/seller/{}/stock/counts", shop_here().slug);
    let is_open = form.count.row.state == CountState::Open;
    let row = form.count.row.clone();
    let id = row.id.to_string();
    let result = (row.counted > 0).then(|| {
        let count = form.count.clone();
        view! { <Outcome count=count acts=acts /> }
    });
    let discard =
        (is_open && row.counted == 0).then(|| view! { <Discard id=row.id.to_string() acts=acts /> });
    view! {
        <p>
            <Button kind=ButtonKind::Quiet icon=Icon::ArrowLeft href=back>{words::back(lang)}</Button>
        </p>
        <Card>
            <Head row=row />
        </Card>
        <Narrow id=id part=part.clone() />
        <Rows form=form part=part acts=acts />
        {result}
        {discard}
    }
    .into_any()
}

#[component]
fn Narrow(id: String, part: CountPart) -> impl IntoView {
    let lang = ui::lang();
    let here = format!("/seller/{}/stock/counts/{id}", shop_here().slug);
    let shows = CountShow::ALL.iter().map(move |it| Choice::new(it.as_str(), words::shown(lang, *it)));
    let shown = part.shown().as_str();
    view! {
        <form class="stock-filter" action=here method="get" role="search">
            <Field
                name="q"
                label=words::find(lang)
                kind=Input::Search
                icon=Icon::Search
                value=part.q
                maxlength=100u32
                optional=true
            />
            <Select name="show" label=words::show(lang) choices={shows.collect::<Vec<_>>()} chosen=shown />
            <Button kind=ButtonKind::Secondary icon=Icon::Filter>{words::filter(lang)}</Button>
        </form>
    }
}

/// What the numbers come to, and what is done with them.
#[component]
fn Outcome(count: StockCount, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let id = count.row.id.to_string();
    let different = count.row.different > 0;
    let here = format!("/seller/{}/stock/counts/{id}?show=different", shop_here().slug);
    let text = if different {
        words::result_text(lang, count.row.different, count.more, count.fewer)
    } else {
        words::result_same(lang).to_owned()
    };
    let ends = (count.row.state == CountState::Open).then(|| {
        let discard = view! { <Discard id=id.clone() acts=acts /> };
        view! {
            <p class="order-facts">{words::post_hint(lang)}</p>
            <ActionForm action=acts.post>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="count" value=id />
                <div class="form-acts">
                    <Button icon=Icon::Check busy=acts.post.pending()>{words::post(lang)}</Button>
                </div>
            </ActionForm>
            {discard}
        }
    });
    view! {
        <section aria-labelledby="result">
            <Card>
                <h2 id="result" class="section-title">{words::result(lang)}</h2>
                <p>{text}</p>
                {different
                    .then(|| view! { <p><a class="link" href=here>{words::see_different(lang)}</a></p> })}
                {ends}
            </Card>
        </section>
    }
}

#[component]
fn Discard(id: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <ActionForm action=acts.discard>
            <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
            <input r#type="hidden" name="count" value=id />
            <div class="form-acts">
                <Button kind=ButtonKind::Quiet icon=Icon::Trash busy=acts.discard.pending()>{words::discard(lang)}</Button>
                <span class="order-facts">{words::discard_hint(lang)}</span>
            </div>
        </ActionForm>
    }
}
