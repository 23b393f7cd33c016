//! Where one goes on in the list of products that have a term. Opening a list and finding the place in it costs more
//! than reading a few of its numbers, so a list that is looked into again is kept open.

use std::ops::Range;

use tantivy::{DocId, TERMINATED, postings::BlockSegmentPostings};

/// A place in a list, opened at the first use. Going back means opening it again.
#[derive(Default)]
pub struct Cursor {
    open: Option<Box<Open>>,
}

struct Open {
    blocks: BlockSegmentPostings,
    /// Whatever is before this may have been passed already.
    passed: DocId,
}

impl Cursor {
    fn at(
        &mut self,
        doc: DocId,
        open: impl FnOnce() -> tantivy::Result<BlockSegmentPostings>,
    ) -> tantivy::Result<&mut Open> {
        if self.open.as_ref().is_some_and(|open| open.passed > doc) {
            self.open = None;
        }
        let now = match self.open.take() {
            Some(now) => now,
            None => Box::new(Open { blocks: open()?, passed: 0 }),
        };
        Ok(self.open.insert(now))
    }

    /// The first product of the list from `doc` on; [`TERMINATED`] when there is none.
    pub fn seek(
        &mut self,
        doc: DocId,
        open: impl FnOnce() -> tantivy::Result<BlockSegmentPostings>,
    ) -> tantivy::Result<DocId> {
        let now = self.at(doc, open)?;
        now.passed = doc;
        let at = now.blocks.seek(doc);
        Ok(now.blocks.docs().get(at).copied().unwrap_or(TERMINATED))
    }

    /// Visits the products of the list in a range of documents, about `most` of them at most.
    pub fn walk(
        &mut self,
        docs: Range<DocId>,
        most: usize,
        open: impl FnOnce() -> tantivy::Result<BlockSegmentPostings>,
        mut visit: impl FnMut(DocId),
    ) -> tantivy::Result<()> {
        let now = self.at(docs.start, open)?;
        let mut at = now.blocks.seek(docs.start);
        let mut seen = 0;
        while at < now.blocks.docs().len() && seen < most {
            let block = &now.blocks.docs()[at..];
            seen += block.len();
            for &doc in block {
                if doc >= docs.end {
                    now.passed = docs.end;
                    return Ok(());
                }
                visit(doc);
            }
            now.blocks.advance();
            at = 0;
        }
        // The list ended, or its blocks were left behind half-way.
        now.passed = if seen < most { docs.end } else { TERMINATED };
        Ok(())
    }
}
