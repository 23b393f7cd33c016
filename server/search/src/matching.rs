//! Which products satisfy the words, and how well. Word by word over dense arrays per stretch: the best way a product
//! satisfies a word counts, once. Rare words go first, so that common ones only look at what is left.

use std::{cell::RefCell, ops::Range};

use tantivy::{DocId, TERMINATED, postings::TermInfo};

use crate::{
    cursor::Cursor,
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
/// Documents whose marks stay in the processor's cache; long walks go by so many at a time.
const AT_ONCE: DocId = 16_384;

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
    let mut walk = Walk::new(wanted, all);
    view.whole.iter().map(|stretch| walk.some(view, wanted, stretch, most)).collect()
}

/// The words that can be satisfied at all, by their places, rarest first.
fn rarest_first(wanted: &[Wanted]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..wanted.len()).filter(|i| !wanted[*i].ways.is_empty()).collect();
    order.sort_by_key(|i| (reach(&wanted[*i]), *i));
    order
}

/// How many products satisfy a word at most.
fn reach(want: &Wanted) -> u64 {
    want.ways.iter().map(|way| u64::from(way.frequency)).sum()
}

/// A walk over stretches of the index, one after the other. It remembers where the lists of its terms were left, so
/// that the next stretch goes on there.
#[derive(Default)]
pub struct Walk {
    /// Every word has to be there.
    all: bool,
    /// Many products satisfy even the rarest word.
    long: bool,
    order: Vec<usize>,
    /// By word, way and place in [`Way::found`]: the lists of its one or two terms.
    cursors: Vec<Vec<Vec<[Cursor; 2]>>>,
}

impl Walk {
    /// With `all`, only products that satisfy every word are candidates.
    pub fn new(wanted: &[Wanted], all: bool) -> Self {
        let of_word = |want: &Wanted| want.ways.iter().map(cursors).collect();
        let order = rarest_first(wanted);
        let long = order.first().is_some_and(|i| reach(&wanted[*i]) > u64::from(AT_ONCE));
        Self { all, long, order, cursors: wanted.iter().map(of_word).collect() }
    }

    /// How many products the rarest word brings in at most.
    pub fn reach(&self, wanted: &[Wanted]) -> u64 {
        self.order.first().map_or(0, |i| reach(&wanted[*i]))
    }

    /// Candidates of one stretch, in order. `wanted` is what the walk was made for.
    pub fn stretch(
        &mut self,
        view: &View,
        wanted: &[Wanted],
        stretch: &Stretch,
    ) -> tantivy::Result<Vec<Candidate>> {
        self.some(view, wanted, stretch, usize::MAX)
    }

    /// The same, of at most so many products that satisfy the rarest word in one way.
    fn some(
        &mut self,
        view: &View,
        wanted: &[Wanted],
        stretch: &Stretch,
        most: usize,
    ) -> tantivy::Result<Vec<Candidate>> {
        if self.all && self.order.len() < wanted.len() {
            return Ok(Vec::new());
        }
        BOARD.with_borrow_mut(|board| {
            if !(self.all && self.long && most == usize::MAX) {
                return board.stretch(self, view, wanted, stretch, most);
            }
            let mut found = Vec::new();
            for start in stretch.docs.clone().step_by(AT_ONCE as usize) {
                let end = stretch.docs.end.min(start + AT_ONCE);
                let part = Stretch { docs: start..end, ..*stretch };
                found.append(&mut board.stretch(self, view, wanted, &part, most)?);
            }
            Ok(found)
        })
    }
}

impl Board {
    fn stretch(
        &mut self,
        walk: &mut Walk,
        view: &View,
        wanted: &[Wanted],
        stretch: &Stretch,
        most: usize,
    ) -> tantivy::Result<Vec<Candidate>> {
        let Walk { all, order, cursors, .. } = walk;
        let all = *all;
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
            for (way, cursors) in want.ways.iter().zip(&mut cursors[i]) {
                let Some(mut list) = List::of(segment, stretch, way, cursors) else { continue };
                let gain = want.weight * way.worth;
                if open {
                    list.each(most, |doc| {
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
                    list.among(&touched, |doc| {
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

fn cursors(way: &Way) -> Vec<[Cursor; 2]> {
    way.found.iter().map(|_| <[Cursor; 2]>::default()).collect()
}

/// What one way to satisfy a word finds in one stretch.
struct List<'l> {
    segment: &'l Segment,
    docs: Range<DocId>,
    way: &'l Way,
    info: &'l TermInfo,
    cursor: &'l mut Cursor,
    /// The second term, which must be there too.
    with: Option<(&'l TermInfo, &'l mut Cursor)>,
}

impl<'l> List<'l> {
    /// None where the segment has no such term.
    fn of(
        segment: &'l Segment,
        stretch: &Stretch,
        way: &'l Way,
        cursors: &'l mut [[Cursor; 2]],
    ) -> Option<Self> {
        let at = way.found.iter().position(|(number, ..)| *number == stretch.segment)?;
        let (_, info, with) = &way.found[at];
        let [cursor, other] = cursors.get_mut(at)?;
        let docs = stretch.docs.clone();
        let list = |info, cursor, with| Self { segment, docs, way, info, cursor, with };
        Some(match with {
            Some(with) if with.doc_freq < info.doc_freq => list(with, cursor, Some((info, other))),
            with => list(info, cursor, with.as_ref().map(|with| (with, other))),
        })
    }

    /// Visits products of the stretch that have the term, about `most` of them at most.
    fn each(&mut self, most: usize, mut visit: impl FnMut(DocId)) -> tantivy::Result<()> {
        let Self { segment, docs: Range { start, end }, way, info, cursor, with } = self;
        let open = |info: &TermInfo| segment.blocks(way.field, info);
        if let Some((other_info, other)) = with {
            let mut seen = 0;
            let mut doc = cursor.seek(*start, || open(info))?;
            while doc < *end && seen < most {
                seen += 1;
                if other.seek(doc, || open(other_info))? == doc {
                    visit(doc);
                }
                doc = cursor.seek(doc + 1, || open(info))?;
            }
            return Ok(());
        }
        cursor.walk(*start..*end, most, || open(info), visit)
    }

    /// Visits those of `docs` (in order, of the stretch) that have the term: by jumping when they are few, else by
    /// walking.
    fn among(&mut self, docs: &[DocId], mut visit: impl FnMut(DocId)) -> tantivy::Result<()> {
        let whole = u64::from(self.segment.docs().end.max(1));
        let share = self.docs.len() as u64 * u64::from(self.info.doc_freq) / whole;
        if self.with.is_some() || share < docs.len() as u64 * 8 {
            return self.each(usize::MAX, visit);
        }
        let Self { segment, way, info, cursor, .. } = self;
        let mut there = None;
        for &doc in docs {
            let next = match there {
                Some(there) if there >= doc => there,
                _ => cursor.seek(doc, || segment.blocks(way.field, info))?,
            };
            if next == doc {
                visit(doc);
            }
            if next == TERMINATED {
                break;
            }
            there = Some(next);
        }
        Ok(())
    }
}

/// The best way in which one product satisfies a word.
pub fn way_of<'w>(
    view: &View,
    number: usize,
    doc: DocId,
    want: &'w Wanted,
) -> tantivy::Result<Option<&'w Way>> {
    let only = Stretch { segment: number, docs: doc..doc + 1, worth: f32::MAX };
    for way in &want.ways {
        let mut has = false;
        let mut cursors = cursors(way);
        if let Some(mut list) = List::of(&view.segments[number], &only, way, &mut cursors) {
            list.among(&[doc], |found| has |= found == doc)?;
        }
        if has {
            return Ok(Some(way));
        }
    }
    Ok(None)
}
