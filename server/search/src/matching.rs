//! Which products satisfy the words, and how well. Word by word over dense arrays per segment: the best way a product
//! satisfies a word counts, once. Rare words go first, so that common ones only look at what is left.

use std::{cell::RefCell, ops::Range};

use tantivy::{DocId, DocSet as _};

use crate::{
    plan::{Wanted, Way},
    view::{Segment, Stretch, View},
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

/// What a product has of the words so far; both in one place, as both are looked at together.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    text: f32,
    words: u32,
}

#[derive(Default)]
struct Board {
    marks: Vec<Mark>,
}

thread_local! {
    static BOARD: RefCell<Board> = RefCell::default();
}

/// Candidates per segment, in order of documents. With `all`, only those that satisfy every word.
pub fn candidates(view: &View, wanted: &[Wanted], all: bool) -> tantivy::Result<Vec<Vec<Candidate>>> {
    some_candidates(view, wanted, all, usize::MAX)
}

/// The same, but of each way to satisfy the rarest word at most so many products per segment are looked at.
pub fn some_candidates(
    view: &View,
    wanted: &[Wanted],
    all: bool,
    most: usize,
) -> tantivy::Result<Vec<Vec<Candidate>>> {
    let order = rarest_first(wanted);
    view.whole.iter().map(|stretch| in_stretch(view, wanted, &order, all, stretch, most)).collect()
}

/// The words that can be satisfied at all, by their places, rarest first.
pub fn rarest_first(wanted: &[Wanted]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..wanted.len()).filter(|i| !wanted[*i].ways.is_empty()).collect();
    order.sort_by_key(|i| (reach(&wanted[*i]), *i));
    order
}

/// How many products satisfy a word at most.
pub fn reach(want: &Wanted) -> u64 {
    want.ways.iter().map(|way| u64::from(way.frequency)).sum()
}

/// Candidates of one stretch; `order` is that of [`rarest_first`].
pub fn in_stretch(
    view: &View,
    wanted: &[Wanted],
    order: &[usize],
    all: bool,
    stretch: &Stretch,
    most: usize,
) -> tantivy::Result<Vec<Candidate>> {
    if all && order.len() < wanted.len() {
        return Ok(Vec::new());
    }
    BOARD.with_borrow_mut(|board| board.stretch(view, wanted, order, all, stretch, most))
}

impl Board {
    fn stretch(
        &mut self,
        view: &View,
        wanted: &[Wanted],
        order: &[usize],
        all: bool,
        stretch: &Stretch,
        most: usize,
    ) -> tantivy::Result<Vec<Candidate>> {
        let segment = &view.segments[stretch.segment];
        let start = stretch.docs.start;
        let size = stretch.docs.len();
        if self.marks.len() < size {
            self.marks.resize(size, Mark::default());
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
                in_order(&mut touched);
                sorted = touched.len();
            }
            for way in &want.ways {
                let gain = want.weight * way.worth;
                if open {
                    each(segment, stretch, way, most, |doc| {
                        let mark = &mut self.marks[(doc - start) as usize];
                        if mark.words & bit == 0 {
                            if mark.words == 0 {
                                touched.push(doc);
                            }
                            mark.words |= bit;
                            mark.text += gain;
                        }
                    })?;
                } else {
                    among(segment, stretch, way, &touched, |doc| {
                        let mark = &mut self.marks[(doc - start) as usize];
                        if mark.words & bit == 0
                            && (!all || mark.words & required == required)
                            && mark.words != 0
                        {
                            mark.words |= bit;
                            mark.text += gain;
                        }
                    })?;
                }
            }
            required |= bit;
            if all && step > 0 {
                touched.retain(|doc| {
                    let mark = &mut self.marks[(*doc - start) as usize];
                    let keep = mark.words & required == required;
                    if !keep {
                        *mark = Mark::default();
                    }
                    keep
                });
                sorted = touched.len();
            }
        }
        if sorted < touched.len() {
            in_order(&mut touched);
        }
        let mut found = Vec::with_capacity(touched.len());
        for doc in touched {
            let Mark { text, words } = std::mem::take(&mut self.marks[(doc - start) as usize]);
            if segment.is_alive(doc) {
                found.push(Candidate { doc, words, text });
            }
        }
        Ok(found)
    }
}

#[expect(clippy::stable_sort_primitive, reason = "a handful of ascending runs, which the stable sort merges")]
fn in_order(docs: &mut [DocId]) {
    docs.sort();
}

/// Visits products of the stretch that have the term, about `most` of them at most.
fn each(
    segment: &Segment,
    stretch: &Stretch,
    way: &Way,
    most: usize,
    mut visit: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let Some((_, info, with)) = way.found.iter().find(|(at, ..)| *at == stretch.segment) else {
        return Ok(());
    };
    let Range { start, end } = stretch.docs;
    let mut seen = 0;
    if let Some(with) = with {
        let (small, large) = if info.doc_freq <= with.doc_freq { (info, with) } else { (with, info) };
        let mut small = segment.postings(way.field, small)?;
        let mut large = segment.postings(way.field, large)?;
        if small.doc() < start {
            small.seek(start);
        }
        while small.doc() < end && seen < most {
            seen += 1;
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
    let mut at = if start == 0 { 0 } else { blocks.seek(start) };
    while at < blocks.docs().len() && seen < most {
        let docs = &blocks.docs()[at..];
        seen += docs.len();
        for &doc in docs {
            if doc >= end {
                return Ok(());
            }
            visit(doc);
        }
        blocks.advance();
        at = 0;
    }
    Ok(())
}

/// Visits those of `docs` (in order, of the stretch) that have the term: by jumping when they are few, else by walking.
fn among(
    segment: &Segment,
    stretch: &Stretch,
    way: &Way,
    docs: &[DocId],
    mut visit: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let Some((_, info, with)) = way.found.iter().find(|(at, ..)| *at == stretch.segment) else {
        return Ok(());
    };
    let share = stretch.docs.len() as u64 * u64::from(info.doc_freq) / u64::from(segment.docs().end.max(1));
    if with.is_some() || share < docs.len() as u64 * 8 {
        return each(segment, stretch, way, usize::MAX, visit);
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
        let only = Stretch { segment: number, docs: doc..doc + 1, worth: f32::MAX };
        among(&view.segments[number], &only, way, &[doc], |found| has |= found == doc)?;
        if has {
            return Ok(Some(way));
        }
    }
    Ok(None)
}
