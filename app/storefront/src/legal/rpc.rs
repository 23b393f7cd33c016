//! The texts come from the server: they are long, in two languages, and few people open them.

use leptos::prelude::*;
use model::{AppError, Call};
use serde::{Deserialize, Serialize};

/// A headline, and what stands beneath it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    pub paragraphs: Vec<String>,
    pub points: Vec<String>,
}

/// What becomes of personal data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PolicyText {
    /// Who is responsible.
    pub who: Section,
    /// Where the operator of this site is written to, where it sends mail.
    pub operator: Option<String>,
    pub sections: Vec<Section>,
    pub rights: Section,
    /// Beneath the pages on which people see to most of it themselves.
    pub rights_else: String,
}

#[cfg(feature = "ssr")]
fn section(title: &str, paragraphs: &[&str], points: &[&str]) -> Section {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Section { title: title.to_owned(), paragraphs: owned(paragraphs), points: owned(points) }
}

#[server(protocol = Call)]
pub async fn terms() -> Result<Vec<Section>, AppError> {
    use model::{person::GRACE_DAYS, words::legal as words};
    let lang = web::cx().await?.lang();
    Ok(vec![
        section(words::about(lang), &[words::about_text(lang)], &[]),
        section(words::your_account(lang), &[words::your_account_text(lang)], &[]),
        section(words::buying(lang), &[words::buying_text(lang)], &[]),
        section(words::selling(lang), &[words::selling_text(lang)], &[]),
        section(words::fair(lang), &[words::fair_text(lang)], &[]),
        section(words::ending(lang), &[&words::ending_text(lang, GRACE_DAYS)], &[]),
        section(words::law(lang), &[words::law_text(lang)], &[]),
    ])
}

#[server(protocol = Call)]
pub async fn privacy_policy() -> Result<PolicyText, AppError> {
    use model::{person::GRACE_DAYS, words::legal as words};
    let cx = web::cx().await?;
    let lang = cx.lang();
    let kept = [
        words::what_account(lang),
        words::what_orders(lang),
        words::what_devices(lang),
        words::what_looks(lang),
        words::what_searches(lang),
        words::what_cookies(lang),
    ];
    let long = [&words::long_account(lang, GRACE_DAYS), words::long_others(lang)];
    Ok(PolicyText {
        who: section(words::who(lang), &[words::who_text(lang)], &[]),
        operator: flows::messages::operator_address(&cx),
        sections: vec![
            section(words::what(lang), &[], &kept),
            section(words::shared(lang), &[words::shared_text(lang)], &[]),
            section(words::long(lang), &long, &[]),
        ],
        rights: section(words::rights(lang), &[words::rights_text(lang)], &[]),
        rights_else: words::rights_else(lang).to_owned(),
    })
}
