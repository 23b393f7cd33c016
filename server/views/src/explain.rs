//! A search taken apart for operators: how it was read, how each score came about, why a product is not among the hits.

use crate::{
    ViewError, cards,
    search::{in_engine, query},
};
use kernel::Cx;
use model::{
    ids::{ProductId, Uuid},
    views::{
        ProductCard, ProductState, SearchParams,
        operator::{Explained, FoundBy, HitExplained, ScoreParts, Sought, Verdict, WayRead, WordRead},
    },
};
use search::{AnalysedWord, Engine, Explain, ExplainedWord, Hit, Whereabouts};
use std::collections::HashMap;

/// Hits taken apart.
const HITS: usize = 20;

struct Asked {
    id: Uuid,
    slug: String,
    name: String,
    state: ProductState,
}

/// Takes the search apart, and says of the product with this slug where it is or why it is not there.
pub async fn explain(cx: &Cx, params: &SearchParams, product: Option<&str>) -> Result<Explained, ViewError> {
    let engine = cx.part::<Engine>().ok_or_else(|| ViewError::Index("there is no index here".to_owned()))?;
    let mut db = cx.db().acquire().await?;
    let asked = match product {
        Some(slug) => find(&mut db, slug).await?,
        None => None,
    };
    let mut query = query(params, cx.lang(), HITS)?;
    query.explain = true;
    query.facets = false;
    let id = asked.as_ref().map(|asked| asked.id);
    let (found, whereabouts, products) = in_engine(engine, move |engine| {
        let whereabouts = id.map(|id| engine.whereabouts(&query, id)).transpose()?;
        Ok((engine.search(&query)?, whereabouts, engine.products()))
    })
    .await?;
    let ids: Vec<ProductId> = found.hits.iter().map(|hit| hit.product.into()).collect();
    let cards: HashMap<ProductId, ProductCard> =
        cards(&mut db, &ids, cx.now()).await?.into_iter().map(|card| (card.id, card)).collect();
    let hits = found.hits.into_iter().filter_map(|hit| {
        let card = cards.get(&hit.product.into())?;
        Some(taken_apart(card.slug.clone(), card.name.clone(), hit))
    });
    let hits = hits.collect();
    let analysis = found.analysis;
    let sought = product.map(|slug| sought(slug, asked, whereabouts));
    let mut explained = Explained {
        params: params.clone(),
        products: products as u64,
        total: found.total as u64,
        matching: found.matching as u64,
        did_you_mean: found.did_you_mean,
        hits,
        sought,
        ..Explained::default()
    };
    if let Some(analysis) = analysis {
        explained.dropped = analysis.dropped;
        explained.words = analysis.words.into_iter().map(word).collect();
        explained.strict = analysis.strict as u64;
        explained.loosened = analysis.loosened;
        explained.filled = analysis.filled;
        explained.speaks_of = analysis.speaks_of;
    }
    Ok(explained)
}

async fn find(db: &mut sqlx::PgConnection, slug: &str) -> Result<Option<Asked>, sqlx::Error> {
    let row = sqlx::query!("select id, slug, name, state from product where slug = $1", slug);
    let Some(row) = row.fetch_optional(db).await? else { return Ok(None) };
    let state = ProductState::parse(&row.state)
        .ok_or_else(|| crate::error::unsound("a product's state", &row.state))?;
    Ok(Some(Asked { id: row.id, slug: row.slug, name: row.name, state }))
}

fn sought(slug: &str, asked: Option<Asked>, whereabouts: Option<Whereabouts>) -> Sought {
    let (Some(asked), Some(at)) = (asked, whereabouts) else {
        return Sought {
            slug: slug.to_owned(),
            name: None,
            verdict: Verdict::Unknown,
            fails: Vec::new(),
            words: Vec::new(),
            hit: None,
        };
    };
    let verdict = match at.place {
        _ if asked.state != ProductState::Active => Verdict::NotOnSale(asked.state),
        _ if !at.indexed => Verdict::NotIndexed,
        Some(place) => Verdict::Found(u32::try_from(place).unwrap_or(u32::MAX)),
        None if !at.candidate => Verdict::LacksWords,
        None if !at.fails.is_empty() => Verdict::Filtered,
        None => Verdict::TooDeep,
    };
    let hit = at.hit.and_then(|hit| Some(taken_apart(asked.slug.parse().ok()?, asked.name.clone(), hit)));
    Sought {
        slug: asked.slug,
        name: Some(asked.name),
        verdict,
        fails: at.fails.into_iter().map(str::to_owned).collect(),
        words: at.words.into_iter().map(found_by).collect(),
        hit,
    }
}

fn taken_apart(slug: model::Slug, name: String, hit: Hit) -> HitExplained {
    let (parts, words) = hit.explain.map_or((ScoreParts::default(), Vec::new()), parts);
    HitExplained { slug, name, related: hit.related, score: hit.score, parts, words }
}

fn parts(explain: Explain) -> (ScoreParts, Vec<FoundBy>) {
    let Explain { text, phrase, head, cover, affinity, sales, rating, tier, freshness, words } = explain;
    let parts = ScoreParts { text, phrase, head, cover, affinity, sales, rating, tier, freshness };
    (parts, words.into_iter().map(found_by).collect())
}

fn found_by(word: ExplainedWord) -> FoundBy {
    FoundBy { word: word.word, found: word.found, by: word.by.to_owned(), worth: word.worth }
}

fn word(word: AnalysedWord) -> WordRead {
    let way = |way: search::AnalysedWay| WayRead {
        term: way.term,
        by: way.by.to_owned(),
        worth: way.worth,
        products: way.products as u64,
    };
    WordRead {
        word: word.word,
        stems: word.stems,
        weight: word.weight,
        exact: word.exact as u64,
        praise: word.praise,
        ways: word.ways.into_iter().map(way).collect(),
    }
}
