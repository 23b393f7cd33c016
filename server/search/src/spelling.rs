//! "Did you mean": a spelling that finds clearly more than what was typed.

use std::collections::HashMap;

use crate::{
    lexicon::Lexicon,
    matching::{Walk, way_of},
    plan::{By, Effort, Plan},
    ranking::Ranked,
    view::View,
};

/// A correction is what most of the first hits were found by in place of a word that nearly nobody writes.
pub fn suggest_spelling(
    view: &View,
    lexicon: &Lexicon,
    plan: &Plan,
    page: &[Ranked],
    strict: usize,
) -> tantivy::Result<Option<String>> {
    let first = &page[..page.len().min(10)];
    let mut words = plan.words.clone();
    let mut changed = false;
    for (i, want) in plan.wanted.iter().enumerate() {
        let near =
            want.ways.iter().filter(|way| way.by == By::Typo).map(|way| way.frequency).max().unwrap_or(0);
        if near == 0 || want.exact.saturating_mul(20) > near {
            continue;
        }
        let mut votes: HashMap<&str, (usize, u32)> = HashMap::new();
        for hit in first.iter().filter(|hit| hit.words >> i & 1 == 1) {
            if let Some(way) = way_of(view, hit.segment as usize, hit.doc, want)?
                && way.by == By::Typo
            {
                votes.entry(&way.term).or_insert((0, way.frequency)).0 += 1;
            }
        }
        let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        if let Some((term, _)) = best {
            term.clone_into(&mut words[i]);
            changed = true;
        }
    }
    if !changed {
        return Ok(None);
    }
    let corrected_plan = crate::plan::plan(view, lexicon, words.clone(), false, Effort::Strict)?;
    // What was typed found these only by being forgiven, so it counts as what it finds as written.
    let as_written = if plan.wanted.iter().any(|want| want.exact == 0) { 0 } else { strict };
    let enough = (3 * as_written).max(1);
    let mut walk = Walk::new(&corrected_plan.wanted, true);
    let mut finds = 0;
    // The best first: mostly they are enough.
    for stretch in if view.stretches.is_empty() { &view.whole } else { &view.stretches } {
        finds += walk.stretch(view, &corrected_plan.wanted, stretch)?.len();
        if finds >= enough {
            return Ok(Some(words.join(" ")));
        }
    }
    Ok(None)
}
