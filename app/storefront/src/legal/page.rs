use super::rpc::operator_address;
use crate::{
    head::Head,
    parts::{Fetched, fetch},
};
use leptos::prelude::*;
use model::{
    person::{GRACE_DAYS, Purpose},
    words::{account, legal as words},
};

#[component]
pub fn TermsPage() -> impl IntoView {
    let lang = ui::lang();
    let ending = words::ending_text(lang, GRACE_DAYS);
    view! {
        <Head title=words::terms(lang) description=words::terms_about(lang) path="/terms" />
        <article class="prose">
            <h1>{words::terms(lang)}</h1>
            <p>{words::version(lang, Purpose::Terms.text_version())}</p>
            {[
                (words::about(lang), words::about_text(lang)),
                (words::your_account(lang), words::your_account_text(lang)),
                (words::buying(lang), words::buying_text(lang)),
                (words::selling(lang), words::selling_text(lang)),
                (words::fair(lang), words::fair_text(lang)),
                (words::ending(lang), ending.as_str()),
                (words::law(lang), words::law_text(lang)),
            ]
                .map(|(title, text)| view! { <h2>{title}</h2> <p>{text.to_owned()}</p> })
                .collect_view()}
            <p>
                <a href="/privacy">{words::see_privacy(lang)}</a>
            </p>
        </article>
    }
}

#[component]
pub fn PrivacyPolicyPage() -> impl IntoView {
    let lang = ui::lang();
    let operator = fetch(|| (), |()| operator_address());
    view! {
        <Head title=words::privacy(lang) description=words::privacy_about(lang) path="/privacy" />
        <article class="prose">
            <h1>{words::privacy(lang)}</h1>
            <p>{words::version(lang, Purpose::Privacy.text_version())}</p>
            <h2>{words::who(lang)}</h2>
            <p>{words::who_text(lang)}</p>
            <Fetched resource=operator view=operated />
            <h2>{words::what(lang)}</h2>
            <ul>
                {[
                    words::what_account(lang),
                    words::what_orders(lang),
                    words::what_devices(lang),
                    words::what_looks(lang),
                    words::what_searches(lang),
                    words::what_cookies(lang),
                ]
                    .map(|text| view! { <li>{text}</li> })
                    .collect_view()}
            </ul>
            <h2>{words::shared(lang)}</h2>
            <p>{words::shared_text(lang)}</p>
            <h2>{words::long(lang)}</h2>
            <p>{words::long_account(lang, GRACE_DAYS)}</p>
            <p>{words::long_others(lang)}</p>
            <h2>{words::rights(lang)}</h2>
            <p>{words::rights_text(lang)}</p>
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
            <p>{words::rights_else(lang)}</p>
            <p>
                <a href="/terms">{words::see_terms(lang)}</a>
            </p>
        </article>
    }
}

fn operated(address: Option<String>) -> AnyView {
    let lang = ui::lang();
    address
        .map(|address| {
            let to = format!("mailto:{address}");
            view! { <p>{words::write_to(lang)} " " <a href=to rel="external">{address}</a> "."</p> }
        })
        .into_any()
}
