use crate::parts::{Fetched, Frame, Part, fetch, rpc::how_it_stands, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    ShopRole,
    shop::{ApplicantKind, DocumentKind, Standing, limits},
    words::seller as words,
};
use ui::{Button, Card, Field, Icon, Notice, NoticeKind, Tab, Tabs, format};

#[component]
pub fn VerificationPage() -> impl IntoView {
    let slug = use_shop();
    let standing = fetch(move || slug.get(), how_it_stands);
    view! {
        <Frame here=Part::Today title=words::verification(ui::lang())>
            <Answer />
            <Fetched resource=standing view=shown />
        </Frame>
    }
}

/// What became of the form that was sent, as the address says.
#[component]
fn Answer() -> impl IntoView {
    let lang = ui::lang();
    let said = use_query_map();
    let text = move || {
        said.with(|said| said.get("refused")).map(|why| match why.as_str() {
            "large" => words::document_large(lang, limits::DOCUMENT_BYTES / 1024 / 1024),
            "missing" => words::document_missing(lang).to_owned(),
            "name" => words::legal_name_wrong(lang).to_owned(),
            "waiting" => words::already_waiting(lang).to_owned(),
            _ => words::document_wrong(lang).to_owned(),
        })
    };
    move || text().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })
}

fn shown(standing: Standing) -> AnyView {
    let lang = ui::lang();
    match standing {
        Standing::Verified => {
            view! { <Notice kind=NoticeKind::Success><p>{words::verified(lang)}</p></Notice> }.into_any()
        }
        Standing::Waiting { since } => view! {
            <Notice title=words::in_review(lang)>
                <p>{words::sent_at(lang, format::date_time(lang, since))} " " {words::in_review_text(lang)}</p>
            </Notice>
        }
        .into_any(),
        Standing::Rejected { reason, .. } => view! {
            <Notice kind=NoticeKind::Warning title=words::rejected(lang)>
                <p class="prose">{reason}</p>
            </Notice>
            <Documents />
        }
        .into_any(),
        Standing::Missing => view! { <Documents /> }.into_any(),
    }
}

/// A form of its own, since files go with it.
#[component]
fn Documents() -> impl IntoView {
    let lang = ui::lang();
    let shop = shop_here();
    if shop.role != ShopRole::Owner {
        return view! { <Notice><p>{words::owner_sends(lang)}</p></Notice> }.into_any();
    }
    let page = format!("/seller/{}/verification", shop.slug);
    let company = use_query_map().with_untracked(|said| said.get("as").is_some_and(|it| it == "company"));
    let kind = if company { ApplicantKind::Company } else { ApplicantKind::Person };
    let tabs = vec![
        Tab::new(words::applicant(lang, ApplicantKind::Person), page.clone()),
        Tab::new(words::applicant(lang, ApplicantKind::Company), format!("{page}?as=company")),
    ];
    view! {
        <p>{words::verification_about(lang, limits::KEEP_DAYS)}</p>
        <Tabs tabs=tabs here=usize::from(company) label=words::applicant_label(lang) />
        <Card>
            <form action=format!("{page}/documents") method="post" enctype="multipart/form-data">
                <div class="form">
                    <input r#type="hidden" name="kind" value=kind.as_str() />
                    <Field
                        name="legal_name"
                        label=words::legal_name(lang, kind)
                        maxlength=u32::try_from(limits::LEGAL_NAME).unwrap_or(u32::MAX)
                        autocomplete=if company { "organization" } else { "name" }
                    />
                    {kind.documents().iter().map(|document| view! { <File document=*document /> }).collect_view()}
                    <div class="form-acts">
                        <Button icon=Icon::Upload>{words::send_documents(lang)}</Button>
                    </div>
                </div>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn File(document: DocumentKind) -> impl IntoView {
    let lang = ui::lang();
    let name = document.as_str();
    let hint = format!("{name}-hint");
    let accept = if document.may_be_pdf() {
        "image/jpeg,image/png,image/webp,application/pdf"
    } else {
        "image/jpeg,image/png,image/webp"
    };
    view! {
        <div class="field">
            <label class="field-label" for=name>{words::document(lang, document)}</label>
            <input class="input" id=name name=name r#type="file" accept=accept required=true aria-describedby=hint.clone() />
            <p class="field-hint" id=hint>{words::document_hint(lang, document)}</p>
        </div>
    }
}
