//! Taking a result apart for those who run the shop: how the words were read, what a score is made of, and why a product
//! is not among the hits.

use tantivy::DocId;
use uuid::Uuid;

use crate::{
    analysis::{stems, words},
    facts::standing,
    gather::Gathered,
    lexicon::Lexicon,
    matching::way_of,
    plan::{Plan, Way, query_words},
    query::{
        AnalysedWay, AnalysedWord, Analysis, DEEPEST, Explain, ExplainedWord, MAX_LIMIT, Query, Start,
        Whereabouts,
    },
    ranking::{Parts, Ranked},
    search::{PRIOR, STANDING, freshness, search},
    sieve::Sieve,
    view::View,
};

/// Ways told of a word; there may be dozens of completions.
const WAYS: usize = 24;

pub fn hit(view: &View, plan: &Plan, hit: &Ranked) -> tantivy::Result<Explain> {
    let deck = &view.segments[hit.segment as usize].deck;
    let [sales, rating, tier] = standing(deck.row(hit.doc)).map(|part| PRIOR * STANDING * part);
    let Parts { text, phrase, head, cover, affinity, .. } = hit.parts;
    let freshness = PRIOR * freshness(view.newest, deck.brief(hit.doc).created);
    let words = found_words(view, plan, hit.segment as usize, hit.doc)?;
    Ok(Explain { text, phrase, head, cover, affinity, sales, rating, tier, freshness, words })
}

/// By what each word is found in one product.
fn found_words(view: &View, plan: &Plan, segment: usize, doc: DocId) -> tantivy::Result<Vec<ExplainedWord>> {
    let found = |want: &crate::plan::Wanted| {
        let way = way_of(view, segment, doc, want)?;
        Ok(ExplainedWord {
            word: want.word.clone(),
            found: way.map(term),
            by: way.map_or("missing", |way| way.by.name()),
            worth: way.map_or(0.0, |way| way.worth),
            weight: want.weight,
        })
    };
    plan.wanted.iter().map(found).collect()
}

fn term(way: &Way) -> String {
    way.with.iter().fold(way.term.clone(), |all, with| format!("{all} {with}"))
}

pub fn analysis(view: &View, lexicon: &Lexicon, text: &str, gathered: &Gathered) -> Analysis {
    let mut dropped = words(text);
    dropped.retain(|word| !gathered.plan.words.contains(word));
    dropped.dedup();
    let way = |way: &Way| AnalysedWay {
        term: term(way),
        by: way.by.name(),
        worth: way.worth,
        products: way.frequency as usize,
    };
    let word = |want: &crate::plan::Wanted| AnalysedWord {
        word: want.word.clone(),
        stems: stems(&want.word),
        weight: want.weight,
        exact: want.exact as usize,
        praise: lexicon.is_praise(&want.word),
        ways: want.ways.iter().take(WAYS).map(way).collect(),
    };
    Analysis {
        words: gathered.plan.wanted.iter().map(word).collect(),
        dropped,
        strict: gathered.strict,
        loosened: gathered.loose,
        speaks_of: gathered
            .affinity
            .told
            .iter()
            .map(|(number, weight)| (view.vocabulary.text(*number).to_owned(), *weight))
            .collect(),
        filled: gathered.filled,
    }
}

pub fn whereabouts(
    view: &View,
    lexicon: &Lexicon,
    query: &Query,
    product: Uuid,
) -> tantivy::Result<Whereabouts> {
    let Some((segment, doc)) = view.find(product)? else {
        return Ok(Whereabouts {
            indexed: false,
            fails: Vec::new(),
            words: Vec::new(),
            candidate: false,
            place: None,
            hit: None,
        });
    };
    let fails = Sieve::new(view, &query.filters).fails(&view.segments[segment].deck, doc);
    let browsing = query_words(lexicon, &query.text).is_empty();
    let (words, candidate) = if browsing {
        (Vec::new(), true)
    } else {
        let gathered = Gathered::by_words(view, lexicon, query, true)?;
        let found = (gathered.parts.iter())
            .filter(|part| part.segment == segment)
            .any(|part| part.candidates.binary_search_by_key(&doc, |c| c.doc).is_ok());
        (found_words(view, &gathered.plan, segment, doc)?, found)
    };
    let mut query =
        Query { explain: true, facets: false, limit: MAX_LIMIT, start: Start::Offset(0), ..query.clone() };
    let mut before = 0;
    while candidate && fails.is_empty() && before < DEEPEST {
        let page = search(view, lexicon, &query)?;
        if let Some(at) = page.hits.iter().position(|hit| hit.product == product) {
            let hit = page.hits.into_iter().nth(at);
            return Ok(Whereabouts {
                indexed: true,
                fails,
                words,
                candidate,
                place: Some(before + at + 1),
                hit,
            });
        }
        before += page.hits.len();
        let Some(next) = page.next else { break };
        query.start = Start::After(next);
    }
    Ok(Whereabouts { indexed: true, fails, words, candidate, place: None, hit: None })
}
