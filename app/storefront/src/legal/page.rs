use super::rpc::{PolicyText, Section, privacy_policy, terms};
use crate::{
    head::Head,
    parts::{Fetched, fetch},
};
use leptos::prelude::*;
use model::{
    person::Purpose,
    words::{account, legal as words},
};

#[component]
pub fn TermsPage() -> impl IntoView {
    let lang = ui::lang();
    let text = fetch(|| (), |()| terms());
    view! {
        <Head title=words::terms(lang) description=words::terms_about(lang) path="/terms" />
        <article class="prose">
            <h1 class="account-title">{words::terms(lang)}</h1>
            <p>{words::version(lang, Purpose::Terms.text_version())}</p>
            <Fetched resource=text view=all />
            <p>
                <a href="/privacy">{words::see_privacy(lang)}</a>
            </p>
        </article>
    }
}

#[component]
pub fn PrivacyPolicyPage() -> impl IntoView {
    let lang = ui::lang();
    let text = fetch(|| (), |()| privacy_policy());
    view! {
        <Head title=words::privacy(lang) description=words::privacy_about(lang) path="/privacy" />
        <article class="prose">
            <h1 class="account-title">{words::privacy(lang)}</h1>
            <p>{words::version(lang, Purpose::Privacy.text_version())}</p>
            <Fetched resource=text view=policy />
            <p>
                <a href="/terms">{words::see_terms(lang)}</a>
            </p>
        </article>
    }
}

fn all(sections: Vec<Section>) -> AnyView {
    sections.into_iter().map(shown).collect_view().into_any()
}

fn shown(section: Section) -> AnyView {
    let Section { title, paragraphs, points } = section;
    view! {
        <h2>{title}</h2>
        {paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
        {(!points.is_empty())
            .then(|| view! { <ul>{points.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul> })}
    }
    .into_any()
}

fn policy(text: PolicyText) -> AnyView {
    let lang = ui::lang();
    let PolicyText { who, operator, sections, rights, rights_else } = text;
    let written_to = operator.map(|address| {
        let to = format!("mailto:{address}");
        view! { <p>{words::write_to(lang)} " " <a href=to rel="external">{address}</a> "."</p> }
    });
    view! {
        {shown(who)}
        {written_to}
        {sections.into_iter().map(shown).collect_view()}
        {shown(rights)}
        <ul>
            <li>
                <a href="/account/privacy">{words::rights_page(lang)}</a>
            </li>
            <li>
                <a href="/account/profile">{account::profile(lang)}</a>
            </li>
            <li>
                <a href="/account/addresses">{account::addresses(lang)}</a>
            </li>
        </ul>
        <p>{rights_else}</p>
    }
    .into_any()
}
