use leptos::prelude::*;
use model::{
    AppError, Call,
    ids::SynonymId,
    views::{
        SearchParams,
        operator::{Explained, SearchLog, SynonymRow},
    },
};
use serde::{Deserialize, Serialize};

/// What the page shows: the tab of the address.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// A search, and a product that is sought in it.
    Explain(Box<SearchParams>, Option<String>),
    Synonyms,
    #[default]
    Log,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Nothing is searched for yet.
    Nothing,
    Explained(Box<Explained>),
    Synonyms(Vec<SynonymRow>),
    Log(SearchLog),
}

/// What the address asks for. Its guard, like that of the others here: operators who look after searching; to everybody
/// else nothing is here.
#[server(protocol = Call)]
pub async fn show(asked: Asked) -> Result<Shown, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Search).map_err(web::refused)?;
    Ok(match asked {
        Asked::Explain(params, _) if params.q.is_empty() => Shown::Nothing,
        Asked::Explain(params, product) => Shown::Explained(Box::new(
            views::explain::explain(&cx, &params, product.as_deref()).await.map_err(web::refused)?,
        )),
        Asked::Synonyms => Shown::Synonyms(views::searches::synonyms(&cx).await.map_err(web::internal)?),
        Asked::Log => Shown::Log(views::searches::search_log(&cx).await.map_err(web::internal)?),
    })
}

/// Phrases are parted by commas; `lang` is empty for searches in any language.
#[server]
pub async fn add_synonym(
    phrases: String,
    #[server(default)] shown: String,
    #[server(default)] lang: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Search).map_err(web::refused)?;
    let new = inquiry::NewSynonym::parse(model::Lang::from_tag(&lang), &phrases, &shown);
    flows::synonyms::add(&cx, &new.map_err(web::refused)?).await.map_err(web::refused)?;
    Ok(())
}

#[server]
pub async fn remove_synonym(id: SynonymId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Search).map_err(web::refused)?;
    flows::synonyms::remove(&cx, id).await.map_err(web::refused)
}
