//! How searching came to its results, and operators' synonyms.

use crate::{
    ApiError,
    addresses::refused,
    body::{PageBody, text_of},
    catalog::{SearchQuery, asked, no},
    extract::{Json, Path, Signed},
};
use axum::{extract::RawQuery, response::IntoResponse};
use flows::synonyms::{self as flow, NewSynonym};
use http::StatusCode;
use kernel::Cx;
use model::{
    Code, Duty, FieldError, Lang,
    ids::SynonymId,
    views::operator::{
        Explained, FoundBy, HitExplained, ScoreParts, Sought, SynonymRow, Verdict, WayRead, WordRead,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};
use views::searches;

fn enter(cx: &Cx) -> Result<(), ApiError> {
    cx.operator(Duty::Search)?;
    Ok(())
}

/// By what a word was satisfied.
#[derive(Serialize, ToSchema)]
struct WayBody {
    term: String,
    /// `exact`, `form`, `stem`, `joined`, `split`, `synonym`, `around`, `prefix`, `typo` or `description`.
    by: String,
    /// Share of the word's weight it earns, 0 to 1.
    worth: f32,
    products: u64,
}

impl From<WayRead> for WayBody {
    fn from(way: WayRead) -> Self {
        Self { term: way.term, by: way.by, worth: way.worth, products: way.products }
    }
}

/// A word of the query and what satisfies it.
#[derive(Serialize, ToSchema)]
struct WordBody {
    word: String,
    stems: Vec<String>,
    /// Rarity: the weight it has in the query.
    weight: f32,
    /// Products whose name has it as written.
    exact: u64,
    /// It praises rather than tells, so it counts little and may be missing.
    praise: bool,
    ways: Vec<WayBody>,
}

impl From<WordRead> for WordBody {
    fn from(word: WordRead) -> Self {
        Self {
            word: word.word,
            stems: word.stems,
            weight: word.weight,
            exact: word.exact,
            praise: word.praise,
            ways: word.ways.into_iter().map(WayBody::from).collect(),
        }
    }
}

/// By what a word was found in a product.
#[derive(Serialize, ToSchema)]
struct FoundByBody {
    word: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    /// As of a word's ways; `missing` if it was not found.
    by: String,
    worth: f32,
}

impl From<FoundBy> for FoundByBody {
    fn from(it: FoundBy) -> Self {
        Self { word: it.word, found: it.found, by: it.by, worth: it.worth }
    }
}

/// `score = (text + phrase + head + cover) × affinity + sales + rating + tier + freshness`.
#[derive(Serialize, ToSchema)]
struct ScorePartsBody {
    text: f32,
    phrase: f32,
    head: f32,
    cover: f32,
    affinity: f32,
    sales: f32,
    rating: f32,
    tier: f32,
    freshness: f32,
}

impl From<ScoreParts> for ScorePartsBody {
    fn from(parts: ScoreParts) -> Self {
        let ScoreParts { text, phrase, head, cover, affinity, sales, rating, tier, freshness } = parts;
        Self { text, phrase, head, cover, affinity, sales, rating, tier, freshness }
    }
}

/// A product among the hits.
#[derive(Serialize, ToSchema)]
struct HitBody {
    slug: String,
    name: String,
    /// It lacks words, or is of another kind of goods than they speak of.
    related: bool,
    score: f32,
    parts: ScorePartsBody,
    words: Vec<FoundByBody>,
}

impl From<HitExplained> for HitBody {
    fn from(hit: HitExplained) -> Self {
        Self {
            slug: hit.slug.into(),
            name: hit.name,
            related: hit.related,
            score: hit.score,
            parts: hit.parts.into(),
            words: hit.words.into_iter().map(FoundByBody::from).collect(),
        }
    }
}

/// The product asked about: where it is among the hits, and if it is not, why.
#[derive(Serialize, ToSchema)]
struct SoughtBody {
    slug: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[schema(schema_with = verdicts)]
    verdict: &'static str,
    /// Its place, from 1, where it is `found`.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<u32>,
    /// The state it is in, where it is `not_on_sale`.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    /// Filters it fails.
    fails: Vec<String>,
    words: Vec<FoundByBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hit: Option<HitBody>,
}

const VERDICTS: [&str; 7] =
    ["unknown", "not_on_sale", "not_indexed", "filtered", "lacks_words", "too_deep", "found"];

fn verdicts() -> Object {
    text_of(VERDICTS).build()
}

impl From<Sought> for SoughtBody {
    fn from(sought: Sought) -> Self {
        let (verdict, place, state) = match sought.verdict {
            Verdict::Unknown => ("unknown", None, None),
            Verdict::NotOnSale(state) => ("not_on_sale", None, Some(state.as_str())),
            Verdict::NotIndexed => ("not_indexed", None, None),
            Verdict::Filtered => ("filtered", None, None),
            Verdict::LacksWords => ("lacks_words", None, None),
            Verdict::TooDeep => ("too_deep", None, None),
            Verdict::Found(place) => ("found", Some(place), None),
        };
        Self {
            slug: sought.slug,
            name: sought.name,
            verdict,
            place,
            state,
            fails: sought.fails,
            words: sought.words.into_iter().map(FoundByBody::from).collect(),
            hit: sought.hit.map(HitBody::from),
        }
    }
}

/// A category the words speak of.
#[derive(Serialize, ToSchema)]
struct KindBody {
    category: String,
    weight: f32,
}

/// A search taken apart.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExplanationBody {
    /// Products in the index of whoever answers.
    products: u64,
    /// Words left aside because they say nothing.
    dropped: Vec<String>,
    words: Vec<WordBody>,
    /// Products that have every word without forgiving anything.
    strict: u64,
    /// Whether that was too few, so that slips were forgiven and words may be missing.
    loosened: bool,
    /// Whether products of the category were added that have none of the words.
    filled: bool,
    /// Best first.
    speaks_of: Vec<KindBody>,
    /// How many fit, and how many of those have every word.
    total: u64,
    matching: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    did_you_mean: Option<String>,
    /// The first twenty.
    hits: Vec<HitBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sought: Option<SoughtBody>,
}

impl From<Explained> for ExplanationBody {
    fn from(it: Explained) -> Self {
        let kind = |(category, weight)| KindBody { category, weight };
        Self {
            products: it.products,
            dropped: it.dropped,
            words: it.words.into_iter().map(WordBody::from).collect(),
            strict: it.strict,
            loosened: it.loosened,
            filled: it.filled,
            speaks_of: it.speaks_of.into_iter().map(kind).collect(),
            total: it.total,
            matching: it.matching,
            did_you_mean: it.did_you_mean,
            hits: it.hits.into_iter().map(HitBody::from).collect(),
            sought: it.sought.map(SoughtBody::from),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "for the description only: it stands beside what search itself can be asked for"
)]
pub(crate) struct SoughtQuery {
    /// Slug of a product that is sought among the hits.
    #[param(required = false)]
    product: String,
}

/// Explain a search
///
/// How its words were read, how each score came about, and where a product is among the hits or why it is not there. The
/// other parameters are those of search.
#[utoipa::path(get, path = "/api/v1/operator/search/explanation", tag = "operating", params(SearchQuery, SoughtQuery),
    responses((status = 200, description = "The search, taken apart", body = ExplanationBody), ApiError))]
pub(crate) async fn explain(
    Signed(cx, _): Signed,
    RawQuery(query): RawQuery,
) -> Result<axum::Json<ExplanationBody>, ApiError> {
    enter(&cx)?;
    let (params, _) = asked(query.as_deref())?;
    let product = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes())
        .find_map(|(key, value)| (key == "product" && !value.is_empty()).then(|| value.into_owned()));
    let explained = views::explain::explain(&cx, &params, product.as_deref()).await.map_err(no)?;
    Ok(axum::Json(explained.into()))
}

fn langs() -> Object {
    text_of(Lang::ALL.iter().map(|lang| lang.tag())).build()
}

/// Phrases that mean the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct SynonymBody {
    id: String,
    /// Of the searches it holds for; in any language where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = langs)]
    lang: Option<&'static str>,
    phrases: Vec<String>,
    /// Empty: all phrases mean the same. Else who asks for one of them is also shown these.
    shown: Vec<String>,
}

impl From<SynonymRow> for SynonymBody {
    fn from(row: SynonymRow) -> Self {
        let lang = row.lang.map(Lang::tag);
        Self { id: row.id.to_string(), lang, phrases: row.phrases, shown: row.shown }
    }
}

/// Synonyms of searching
///
/// All that operators have added.
#[utoipa::path(get, path = "/api/v1/operator/search/synonyms", tag = "operating",
    responses((status = 200, description = "All of them", body = PageBody<SynonymBody>), ApiError))]
pub(crate) async fn list(Signed(cx, _): Signed) -> Result<axum::Json<PageBody<SynonymBody>>, ApiError> {
    enter(&cx)?;
    let items: Vec<SynonymBody> = searches::synonyms(&cx).await?.into_iter().map(SynonymBody::from).collect();
    let total = u64::try_from(items.len()).ok();
    Ok(axum::Json(PageBody { items, next: None, total }))
}

/// A synonym as it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSynonymBody {
    /// Of the searches it holds for; in any language where it is left out.
    #[serde(default)]
    #[schema(schema_with = langs, required = false)]
    lang: Option<Lang>,
    /// Each of one or two words; at most twenty.
    #[schema(example = json!(["ponsel", "hp"]))]
    phrases: Vec<String>,
    /// Left out or empty: all phrases mean the same. Else who asks for one of them is also shown these.
    #[serde(default)]
    shown: Vec<String>,
}

/// Add a synonym
///
/// It holds at once, for every node of the site. 422 with the field that cannot be taken.
#[utoipa::path(post, path = "/api/v1/operator/search/synonyms", tag = "operating", request_body = NewSynonymBody,
    responses((status = 201, description = "The synonym", body = SynonymBody), ApiError))]
pub(crate) async fn add(
    Signed(cx, _): Signed,
    Json(body): Json<NewSynonymBody>,
) -> Result<impl IntoResponse, ApiError> {
    enter(&cx)?;
    // Below they stand in one text each, as a form has them.
    for (field, texts) in [("phrases", &body.phrases), ("shown", &body.shown)] {
        if texts.iter().any(|text| text.contains([',', '\n'])) {
            return Err(ApiError::field(Code::Invalid, field, FieldError::Malformed));
        }
    }
    let new =
        NewSynonym::parse(body.lang, &body.phrases.join(","), &body.shown.join(",")).map_err(refused)?;
    let id = flow::add(&cx, &new).await.map_err(refused)?;
    let made = SynonymRow { id, lang: new.lang(), phrases: new.phrases(), shown: new.shown() };
    Ok((StatusCode::CREATED, axum::Json(SynonymBody::from(made))))
}

/// Remove a synonym
#[utoipa::path(delete, path = "/api/v1/operator/search/synonyms/{synonym}", tag = "operating",
    params(("synonym" = String, Path, description = "Its id")),
    responses((status = 204, description = "It is gone"), ApiError))]
pub(crate) async fn remove(Signed(cx, _): Signed, Path(id): Path<SynonymId>) -> Result<StatusCode, ApiError> {
    enter(&cx)?;
    flow::remove(&cx, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
