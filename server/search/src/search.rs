//! One query from words to page: gathered, sieved and counted, ranked by text, category, place in the name and what the
//! product itself is worth.

use tantivy::DocId;

use crate::{
    explain,
    facts::Brief,
    gather::{ENOUGH, Gathered},
    lexicon::Lexicon,
    pass::Pass,
    plan::query_words,
    query::{Cursor, Hit, MAX_LIMIT, MAX_OFFSET, Query, Relaxed, Results, Sort, Start},
    ranking::{Best, FULL, Ranked, Window, float_key, is_after, order},
    sieve::{Counter, Sieve},
    spelling::suggest_spelling,
    view::View,
};

/// Hits whose names are read word by word for the final order.
const WINDOW: usize = 240;
/// What the whole of sales, rating and so on may add.
pub const PRIOR: f32 = 0.12;
/// Shares of that: of the product's standing, and of being new.
pub const STANDING: f32 = 0.9;
const FRESH: f32 = 0.1;
/// In the order of relevance, hits whose names were read stand before the others.
const READ: f32 = 16.0;

pub fn search(view: &View, lexicon: &Lexicon, query: &Query) -> tantivy::Result<Results> {
    let sieve = Sieve::new(view, &query.filters);
    let browsing = query_words(lexicon, &query.text).is_empty();
    if browsing && query.text.chars().any(|c| !c.is_whitespace()) {
        return Ok(Results { popular_categories: view.popular_categories().to_vec(), ..Results::default() });
    }
    // Every product is looked at then, and the same few pages are asked for all the time.
    if browsing && let Some(results) = view.browsed(query) {
        return Ok(results);
    }
    let mut gathered = if browsing {
        Gathered::everything()
    } else {
        Gathered::by_words(view, lexicon, query, query.sort != Sort::Relevance)?
    };
    let limit = query.limit.clamp(1, MAX_LIMIT);
    let reads = query.sort == Sort::Relevance && !browsing;
    let (start, after) = match query.start {
        Start::Offset(offset) => (offset.min(MAX_OFFSET), None),
        Start::After(cursor) => (0, Some(cursor)),
    };
    // A cursor behind the hits whose names are read is behind them in the first order too.
    let reads = reads && after.is_none_or(|cursor| cursor.key & !FULL >= float_key(READ));
    let best = Best::new(if reads { WINDOW.max(start) } else { start } + limit + 1, after.filter(|_| !reads));
    let walk = std::mem::take(&mut gathered.walk);
    let mut pass = Pass::new(view, query, &sieve, &gathered, walk, best);
    if browsing {
        pass.everything();
    }
    for part in &gathered.parts {
        pass.take(part.segment, &part.candidates, true);
    }
    let rest = pass.go_on()?;
    pass.estimate(rest)?;
    let Pass { best, counter, total, matching, estimated, .. } = pass;
    let plan = &gathered.plan;

    let mut hits = best.finish();
    if reads {
        let read = hits.len().min(WINDOW);
        let window = Window::new(plan);
        for hit in &mut hits[..read] {
            window.read(view, hit);
            hit.key = float_key(hit.score + READ) | hit.key & FULL;
        }
        hits[..read].sort_unstable_by(order);
        if let Some(cursor) = after {
            hits.retain(|hit| is_after(cursor, hit.key, hit.product));
        }
    }
    let more = hits.len() > start + limit;
    let page = hits.get(start..hits.len().min(start + limit)).unwrap_or_default();
    let next = page.last().filter(|_| more).map(|last| Cursor { key: last.key, product: last.product });
    let facets = counter.map(Counter::facets);

    let did_you_mean =
        if gathered.loose { suggest_spelling(view, lexicon, plan, page, gathered.strict)? } else { None };
    let relaxed = relaxed(&gathered, page);
    let hits = page
        .iter()
        .map(|hit| {
            Ok(Hit {
                product: hit.product,
                score: hit.score,
                variant: sieve.first_variant(&view.segments[hit.segment as usize].deck, hit.doc).unwrap_or(0),
                related: hit.key & FULL == 0,
                explain: query.explain.then(|| explain::hit(view, plan, hit)).transpose()?,
            })
        })
        .collect::<tantivy::Result<Vec<_>>>()?;
    let results = Results {
        popular_categories: if hits.is_empty() { view.popular_categories().to_vec() } else { Vec::new() },
        hits,
        total,
        matching,
        estimated,
        analysis: (query.explain && !browsing)
            .then(|| explain::analysis(view, lexicon, &query.text, &gathered)),
        facets,
        did_you_mean,
        relaxed,
        next,
    };
    if browsing {
        view.remember(query, &results);
    }
    Ok(results)
}

fn relaxed(gathered: &Gathered, page: &[Ranked]) -> Relaxed {
    if gathered.filled && gathered.strict < ENOUGH && page.iter().any(|hit| hit.words == 0) {
        Relaxed::Category
    } else if gathered.loose {
        Relaxed::SomeWords
    } else {
        Relaxed::No
    }
}

/// What the product is worth whatever is asked: its standing, and a little for being new.
/// `newest` is when the newest product was created, in minutes.
pub fn worth(newest: u32, brief: &Brief) -> f32 {
    STANDING * brief.prior + freshness(newest, brief.created)
}

#[expect(clippy::cast_precision_loss, reason = "days")]
pub fn freshness(newest: u32, created: u32) -> f32 {
    let days = newest.saturating_sub(created) as f32 / 1440.0;
    FRESH / (1.0 + days / 60.0)
}

pub fn stored_name(view: &View, segment: usize, doc: DocId) -> tantivy::Result<String> {
    use tantivy::schema::Value as _;
    let document: tantivy::TantivyDocument =
        view.searcher.doc(tantivy::DocAddress::new(u32::try_from(segment).unwrap_or(0), doc))?;
    Ok(document.get_first(view.fields.name).and_then(|name| name.as_str()).unwrap_or_default().to_owned())
}
