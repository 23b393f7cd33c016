//! One shop that wants to open: what was shown, and what is to become of it.

use super::{
    list::PATH,
    rpc::{Approve, Reject, one},
};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    AppError,
    shop::{Decision, ShopCase, ShownDocument, limits},
    words::{self as all_words, backoffice as words, seller, shell},
};
use ui::{
    Breadcrumbs, Button, ButtonKind, Card, Crumb, Fetched, Icon, Notice, NoticeKind, Textarea, Title,
    error_of, fetch, format, wrong,
};

#[component]
pub fn ShopCaseDesk() -> impl IntoView {
    let route = use_params_map();
    let (approve, reject) = (ServerAction::<Approve>::new(), ServerAction::<Reject>::new());
    let asked = move || {
        let changes = approve.version().get() + reject.version().get();
        (route.with(|route| route.get("id").unwrap_or_default()), changes)
    };
    let found = fetch(asked, |(id, _)| one(id));
    view! { <Frame here=Desk::Shops><Fetched resource=found view={move |found| desk(found, approve, reject)} /></Frame> }
}

fn desk(case: ShopCase, approve: ServerAction<Approve>, reject: ServerAction<Reject>) -> AnyView {
    let lang = ui::lang();
    let way = vec![Crumb::new(shell::home(lang), "/"), Crumb::new(words::shops_desk(lang), PATH)];
    let (not_approved, not_rejected) = (error_of(approve), error_of(reject));
    let error = Signal::derive(move || not_approved.get().or(not_rejected.get()));
    let whole = move || error.get().filter(|error| error.fields.is_empty());
    let open = case.decided.is_none();
    let id = case.id.to_string();
    view! {
        <Title text=case.name.clone() unlisted=true />
        <Breadcrumbs way=way here=case.name.clone() />
        <h1 class="mb-4 text-2xl font-extrabold">{case.name.clone()}</h1>
        {move || {
            whole()
                .map(|error| {
                    view! {
                        <Notice kind=NoticeKind::Error title=all_words::error::title(lang, error.code)>
                            {all_words::error::advice(lang, error.code)}
                        </Notice>
                    }
                })
        }}
        {case.decided.clone().map(|decision| view! { <Decided decision=decision /> })}
        <Facts case=case.clone() />
        <Documents documents=case.documents />
        {(!case.before.is_empty())
            .then(|| {
                view! {
                    <h2 class="mt-8 mb-2 text-xl">{words::decided_before(lang)}</h2>
                    {case.before.into_iter().map(|decision| view! { <Decided decision=decision /> }).collect_view()}
                }
            })}
        {open.then(|| view! { <Verdict id=id approve=approve reject=reject error=error /> })}
    }
    .into_any()
}

#[component]
fn Decided(decision: Decision) -> impl IntoView {
    let lang = ui::lang();
    let at = format::date_time(lang, decision.at);
    let (kind, title) = if decision.approved {
        (NoticeKind::Success, words::shop_approved(lang, at))
    } else {
        (NoticeKind::Warning, words::shop_rejected(lang, at))
    };
    view! {
        <Notice kind=kind title=title>{decision.reason.map(|reason| view! { <p class="prose">{reason}</p> })}</Notice>
    }
}

#[component]
fn Facts(case: ShopCase) -> impl IntoView {
    let lang = ui::lang();
    let facts = [
        (seller::slug(lang), format!("/shop/{}", case.slug)),
        (words::city(lang), case.place),
        (seller::applicant_label(lang), seller::applicant(lang, case.kind).to_owned()),
        (seller::legal_name(lang, case.kind), case.legal_name),
        (words::sent(lang), format::date_time(lang, case.sent_at)),
        (seller::description(lang), case.description),
    ];
    view! {
        <Card>
            <dl class="mail-facts">
                {facts
                    .into_iter()
                    .filter(|(_, value)| !value.is_empty())
                    .map(|(name, value)| view! { <dt>{name}</dt> <dd class="prose">{value}</dd> })
                    .collect_view()}
            </dl>
        </Card>
    }
}

/// As links, since each look is logged.
#[component]
fn Documents(documents: Vec<ShownDocument>) -> impl IntoView {
    let lang = ui::lang();
    let one = move |document: ShownDocument| {
        let name = seller::document(lang, document.kind);
        if document.deleted {
            return view! { <li>{name} ": " {words::document_deleted(lang)}</li> }.into_any();
        }
        view! {
            <li>
                <a class="link inline-flex min-h-11 items-center gap-2" href=format!("{PATH}/documents/{}", document.id) rel="external" target="_blank">
                    <Icon name=Icon::External />
                    {name}
                    " ("
                    {format::bytes(lang, document.bytes)}
                    ")"
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <h2 class="mt-8 mb-2 text-xl">{words::documents(lang)}</h2>
        <p class="text-ink-soft">{words::documents_about(lang)}</p>
        <ul role="list">{documents.into_iter().map(one).collect_view()}</ul>
    }
}

#[component]
fn Verdict(
    id: String,
    approve: ServerAction<Approve>,
    reject: ServerAction<Reject>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let lang = ui::lang();
    let same = id.clone();
    view! {
        <div class="mt-8 grid gap-6 md:grid-cols-2">
            <Card>
                <ActionForm action=approve>
                    <input r#type="hidden" name="id" value=id />
                    <p class="mb-4">{words::approve_about(lang)}</p>
                    <Button icon=Icon::CheckCircle busy=approve.pending()>{words::approve(lang)}</Button>
                </ActionForm>
            </Card>
            <Card>
                <ActionForm action=reject>
                    <input r#type="hidden" name="id" value=same />
                    <div class="form">
                        <Textarea
                            name="reason"
                            label=words::reject_reason(lang)
                            hint=words::reject_reason_hint(lang)
                            error=wrong(error, "reason")
                            maxlength=u32::try_from(limits::REASON).unwrap_or(u32::MAX)
                        />
                        <div class="form-acts">
                            <Button kind=ButtonKind::Danger busy=reject.pending()>{words::reject(lang)}</Button>
                        </div>
                    </div>
                </ActionForm>
            </Card>
        </div>
    }
}
