//! Products like another one.

use uuid::Uuid;

use crate::{
    lexicon::Lexicon,
    matching::{Candidate, candidates},
    plan::{Effort, plan, query_words},
    search::{PRIOR, stored_name, worth},
    view::{In, View},
};

/// Products like this one: words of its name in the rarer half of what they could be, its category, about its price.
#[expect(clippy::cast_precision_loss, reason = "prices to a ratio")]
pub fn similar(view: &View, lexicon: &Lexicon, product: Uuid, count: usize) -> tantivy::Result<Vec<Uuid>> {
    let Some((at, doc)) = view.find(product)? else { return Ok(Vec::new()) };
    let this = view.segments[at].deck.row(doc);
    let name = stored_name(view, at, doc)?;
    let mut plan = plan(view, lexicon, query_words(lexicon, &name), false, Effort::Strict)?;
    // Words of every product say nothing, words of this one alone find nothing.
    plan.wanted.retain(|want| want.frequency > 1 && (want.frequency as usize) < view.products / 5 + 10);
    plan.wanted.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    // Common words are left out while there are rarer ones: they bring in half the shop and decide nothing.
    let common = u32::try_from(view.products / 50).unwrap_or(u32::MAX).max(200);
    if plan.wanted.iter().any(|want| want.frequency < common) {
        plan.wanted.retain(|want| want.frequency < common);
    }
    plan.wanted.truncate(5);
    let known: f32 = plan.wanted.iter().map(|w| w.weight).sum::<f32>().max(f32::MIN_POSITIVE);
    let mut found = candidates(view, &plan.wanted, false)?;
    if found.iter().map(Vec::len).sum::<usize>() <= count {
        let leaf = view.vocabulary.text(this.category).rsplit('/').next().unwrap_or_default();
        for (segment, found) in view.segments.iter().zip(&mut found) {
            if let Some(info) = segment.info(In::Category, leaf)? {
                let blocks = segment.blocks(In::Category, &info)?;
                found.extend(
                    blocks.docs().iter().filter(|doc| segment.is_alive(**doc)).map(|doc| Candidate {
                        doc: *doc,
                        words: 0,
                        text: 0.0,
                    }),
                );
            }
        }
    }
    let parent = view.vocabulary.item(this.category).map_or(0, |item| item.parent);
    let mut scored: Vec<(f32, Uuid)> = Vec::new();
    for (segment, found) in view.segments.iter().zip(&found) {
        for candidate in found {
            let row = segment.deck.row(candidate.doc);
            let near = if row.category == this.category {
                0.3
            } else if parent != 0
                && view.vocabulary.item(row.category).is_some_and(|item| item.parent == parent)
            {
                0.12
            } else {
                0.0
            };
            let ratio = ((row.min_price.max(1) as f32) / (this.min_price.max(1) as f32)).ln().abs();
            let score = candidate.text / known
                + near
                + 0.1 * (1.0 - ratio / 2.0).max(0.0)
                + PRIOR * worth(view.newest, segment.deck.brief(candidate.doc));
            scored.push((score, segment.deck.ids[candidate.doc as usize]));
        }
    }
    let by_score = |a: &(f32, Uuid), b: &(f32, Uuid)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    // Room for the product itself, and for those that came in by words and category both.
    let most = 2 * count + 2;
    if scored.len() > most {
        scored.select_nth_unstable_by(most, by_score);
        scored.truncate(most);
    }
    scored.sort_unstable_by(by_score);
    let mut similar = Vec::with_capacity(count);
    for (_, id) in scored {
        if id != product && !similar.contains(&id) && similar.len() < count {
            similar.push(id);
        }
    }
    Ok(similar)
}
