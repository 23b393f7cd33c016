//! Which products satisfy the words, and how well. Word by word over dense arrays per segment: the best way a product
//! satisfies a word counts, once. Rare words go first, so that common ones only look at what is left.

use std::cell::RefCell;

use tantivy::{DocId, DocSet as _, TERMINATED};

use crate::{
    plan::{Wanted, Way},
    view::{Segment, View},
};

/// A product that satisfies some words.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub doc: DocId,
    /// A bit per word satisfied.
    pub words: u32,
    /// Sum of weight × worth of those.
    pub text: f32,
}

/// Enough to choose from: beyond it a common word alone brings in nothing new.
const PLENTY: usize = 400;

#[derive(Default)]
struct Board {
    text: Vec<f32>,
    words: Vec<u32>,
}

thread_local! {
    static BOARD: RefCell<Board> = RefCell::default();
}

/// Candidates per segment, in order of documents. With `all`, only those that satisfy every word.
pub fn candidates(view: &View, wanted: &[Wanted], all: bool) -> tantivy::Result<Vec<Vec<Candidate>>> {
    let mut order: Vec<usize> = (0..wanted.len()).filter(|i| !wanted[*i].ways.is_empty()).collect();
    order.sort_by_key(|i| (wanted[*i].ways.iter().map(|way| u64::from(way.frequency)).sum::<u64>(), *i));
    if all && order.len() < wanted.len() {
        return Ok(vec![Vec::new(); view.segments.len()]);
    }
    (0..view.segments.len())
        .map(|number| BOARD.with_borrow_mut(|board| board.segment(view, number, wanted, &order, all)))
        .collect()
}

impl Board {
    fn segment(
        &mut self,
        view: &View,
        number: usize,
        wanted: &[Wanted],
        order: &[usize],
        all: bool,
    ) -> tantivy::Result<Vec<Candidate>> {
        let segment = &view.segments[number];
        let size = segment.reader.max_doc() as usize;
        if self.text.len() < size {
            self.text.resize(size, 0.0);
            self.words.resize(size, 0);
        }
        let mut touched: Vec<DocId> = Vec::new();
        let mut sorted = 0;
        let mut required = 0_u32;
        let common = u32::try_from(view.products / 40).unwrap_or(u32::MAX).max(500);
        for (step, &i) in order.iter().enumerate() {
            let want = &wanted[i];
            let bit = 1 << i;
            let open = if all { step == 0 } else { touched.len() < PLENTY || want.frequency < common };
            if !open && sorted < touched.len() {
                touched.sort_unstable();
                sorted = touched.len();
            }
            for way in &want.ways {
                let gain = want.weight * way.worth;
                if open {
                    each(segment, number, way, |doc| {
                        let at = doc as usize;
                        if self.words[at] & bit == 0 {
                            if self.words[at] == 0 {
                                touched.push(doc);
                            }
                            self.words[at] |= bit;
                            self.text[at] += gain;
                        }
                    })?;
                } else {
                    among(segment, number, way, &touched, |doc| {
                        let at = doc as usize;
                        if self.words[at] & bit == 0
                            && (!all || self.words[at] & required == required)
                            && self.words[at] != 0
                        {
                            self.words[at] |= bit;
                            self.text[at] += gain;
                        }
                    })?;
                }
            }
            required |= bit;
            if all && step > 0 {
                touched.retain(|doc| {
                    let at = *doc as usize;
                    let keep = self.words[at] & required == required;
                    if !keep {
                        self.words[at] = 0;
                        self.text[at] = 0.0;
                    }
                    keep
                });
                sorted = touched.len();
            }
        }
        touched.sort_unstable();
        let mut found = Vec::with_capacity(touched.len());
        for doc in touched {
            let at = doc as usize;
            if segment.is_alive(doc) {
                found.push(Candidate { doc, words: self.words[at], text: self.text[at] });
            }
            self.words[at] = 0;
            self.text[at] = 0.0;
        }
        Ok(found)
    }
}

fn each(segment: &Segment, number: usize, way: &Way, mut visit: impl FnMut(DocId)) -> tantivy::Result<()> {
    let Some((_, info, with)) = way.found.iter().find(|(at, ..)| *at == number) else { return Ok(()) };
    if let Some(with) = with {
        let (small, large) = if info.doc_freq <= with.doc_freq { (info, with) } else { (with, info) };
        let mut small = segment.postings(way.field, small)?;
        let mut large = segment.postings(way.field, large)?;
        while small.doc() != TERMINATED {
            if large.doc() < small.doc() {
                large.seek(small.doc());
            }
            if large.doc() == small.doc() {
                visit(small.doc());
            }
            small.advance();
        }
        return Ok(());
    }
    let mut blocks = segment.blocks(way.field, info)?;
    while !blocks.docs().is_empty() {
        for &doc in blocks.docs() {
            visit(doc);
        }
        blocks.advance();
    }
    Ok(())
}

/// Visits those of `docs` (in order) that have the term: by jumping when they are few, else by walking.
fn among(
    segment: &Segment,
    number: usize,
    way: &Way,
    docs: &[DocId],
    mut visit: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let Some((_, info, with)) = way.found.iter().find(|(at, ..)| *at == number) else { return Ok(()) };
    if with.is_some() || (info.doc_freq as usize) < docs.len().saturating_mul(8) {
        return each(segment, number, way, visit);
    }
    let mut postings = segment.postings(way.field, info)?;
    for &doc in docs {
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            visit(doc);
        }
    }
    Ok(())
}

/// The best way in which one product satisfies a word.
pub fn way_of<'w>(
    view: &View,
    number: usize,
    doc: DocId,
    want: &'w Wanted,
) -> tantivy::Result<Option<&'w Way>> {
    for way in &want.ways {
        let mut has = false;
        among(&view.segments[number], number, way, &[doc], |found| has |= found == doc)?;
        if has {
            return Ok(Some(way));
        }
    }
    Ok(None)
}
