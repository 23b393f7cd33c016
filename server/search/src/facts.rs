//! What is filtered, counted and sorted by: written as numbers into one column of the index, read back into flat
//! arrays per segment. A facet then costs one cache line per product, and a filter on variants a short walk.

use tantivy::{DocId, SegmentReader, columnar::Column};
use uuid::Uuid;

use crate::{document::Document, schema, search::worth};

/// Upper ends (exclusive) of the price buckets; the last bucket has none.
pub const PRICE_STEPS: [u64; 7] = [25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];
/// Lower ends of the rating facet.
pub const RATING_STEPS: [u16; 4] = [450, 400, 300, 200];

pub fn price_bucket(price: u64) -> usize {
    PRICE_STEPS.iter().take_while(|end| price >= **end).count()
}

/// One product, in one line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub struct Row {
    pub min_price: u64,
    pub max_price: u64,
    pub category: u32,
    pub city: u32,
    pub brand: u32,
    pub shop: u32,
    pub sold: u32,
    pub reviews: u32,
    /// Minutes since 1970.
    pub created: u32,
    /// What sales, rating and tier make of it, 0 to 1. Freshness comes on top, as it passes.
    pub prior: f32,
    pub pairs_start: u32,
    pub variants_start: u32,
    /// How many of the product's pairs hold for every variant; they come first.
    pub common: u16,
    pub rating: u16,
    pub tier: u8,
    pub price_buckets: u8,
    pub flags: u8,
}

/// What the first order needs of a product, five of them in one line of the cache.
#[derive(Debug, Clone, Copy)]
pub struct Brief {
    pub category: u32,
    /// Minutes since 1970.
    pub created: u32,
    /// As in [`Row`].
    pub prior: f32,
}

const USED: u8 = 1;
const FREE_SHIPPING: u8 = 2;
const IN_STOCK: u8 = 4;

impl Row {
    pub fn used(&self) -> bool {
        self.flags & USED != 0
    }
    pub fn free_shipping(&self) -> bool {
        self.flags & FREE_SHIPPING != 0
    }
    pub fn in_stock(&self) -> bool {
        self.flags & IN_STOCK != 0
    }
}

/// The numbers of a document, given out by the ledger before.
pub struct Numbered {
    pub category: u32,
    pub city: u32,
    pub brand: u32,
    pub shop: u32,
    pub common: Vec<u32>,
    pub variants: Vec<Vec<u32>>,
}

const _: () = assert!(size_of::<Row>() == 64);

/// Writes the column: id, head, common pairs, then each variant with its pairs; pairs two to a word.
#[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "clamped before")]
pub fn encode(document: &Document, numbered: &Numbered) -> Vec<u64> {
    let (high, low) = document.product.as_u64_pair();
    let two = |left: u32, right: u32| u64::from(left) << 32 | u64::from(right);
    let created = (document.created_at / 60).clamp(0, i64::from(u32::MAX)) as u32;
    let mut flags = 0;
    if document.condition == crate::document::Condition::Used {
        flags |= USED;
    }
    if document.free_shipping {
        flags |= FREE_SHIPPING;
    }
    let common = &numbered.common[..numbered.common.len().min(0xffff)];
    let variants = document.variants.len().min(0xffff);
    let small = u32::from(document.rating.min(500)) << 16
        | u32::from(document.shop.tier.min(7)) << 4
        | u32::from(flags);
    let mut words = vec![
        high,
        low,
        two(numbered.category, numbered.city),
        two(numbered.brand, numbered.shop),
        two(document.sold, document.review_count),
        two(created, small),
        two(common.len() as u32, variants as u32),
    ];
    pack(&mut words, common);
    for (variant, pairs) in document.variants.iter().zip(&numbered.variants).take(variants) {
        let pairs = &pairs[..pairs.len().min(0x7fff)];
        words.push(
            variant.price.min((1 << 48) - 1) << 16 | u64::from(variant.in_stock) << 15 | pairs.len() as u64,
        );
        pack(&mut words, pairs);
    }
    words
}

fn pack(words: &mut Vec<u64>, numbers: &[u32]) {
    for two in numbers.chunks(2) {
        words.push(u64::from(two[0]) << 32 | u64::from(two.get(1).copied().unwrap_or_default()));
    }
}

/// The rows of one segment. Built once when the segment appears, shared by every view that has the segment.
pub struct Deck {
    pub ids: Vec<Uuid>,
    pub rows: Vec<Row>,
    briefs: Vec<Brief>,
    /// Distinct pairs of a product over all its variants, from `pairs_start` to the next row's.
    pairs: Vec<u32>,
    variants: Vec<VariantRow>,
    variant_pairs: Vec<u32>,
    /// Hashes of the words of each name, in order.
    pub names: Column<u64>,
    /// Products by category number.
    pub by_category: Vec<(u32, u32)>,
    /// When the newest was created, in minutes.
    pub newest: u32,
    /// For each stretch of so many documents as the engine looks at in one go.
    pub stretches: Vec<Reach>,
}

/// What no document of a stretch goes beyond.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reach {
    /// The greatest standing.
    pub prior: f32,
    /// When the newest was created, in minutes.
    pub created: u32,
    /// What any of them was worth when the newest of the segment was new; it only falls.
    pub worth: f32,
}

#[derive(Debug, Clone, Copy)]
pub struct VariantRow {
    pub price: u64,
    pairs_start: u32,
    pub in_stock: bool,
}

impl Deck {
    pub fn load(segment: &SegmentReader, stretch: usize) -> tantivy::Result<Self> {
        let facts = segment.fast_fields().u64(schema::FACTS)?;
        let names = segment.fast_fields().u64(schema::NAME_WORDS)?;
        let count = segment.max_doc() as usize;
        let mut deck = Self {
            ids: Vec::with_capacity(count),
            rows: Vec::with_capacity(count + 1),
            briefs: Vec::with_capacity(count),
            pairs: Vec::new(),
            variants: Vec::with_capacity(count),
            variant_pairs: Vec::new(),
            names,
            by_category: Vec::new(),
            newest: 0,
            stretches: Vec::new(),
        };
        let mut words = Vec::new();
        let mut counts = std::collections::BTreeMap::new();
        for doc in 0..segment.max_doc() {
            words.clear();
            words.extend(facts.values_for_doc(doc));
            let row = deck.push(&words).ok_or_else(|| {
                tantivy::TantivyError::InvalidArgument("a row of facts is cut short".into())
            })?;
            *counts.entry(row.category).or_insert(0) += 1;
            deck.newest = deck.newest.max(row.created);
        }
        deck.by_category = counts.into_iter().collect();
        let newest = deck.newest;
        let best = |briefs: &[Brief]| {
            briefs.iter().fold(Reach::default(), |reach, brief| Reach {
                prior: reach.prior.max(brief.prior),
                created: reach.created.max(brief.created),
                worth: reach.worth.max(worth(newest, brief)),
            })
        };
        deck.stretches = deck.briefs.chunks(stretch).map(best).collect();
        // The end of the last row's ranges.
        let end = Row { pairs_start: len32(&deck.pairs), variants_start: len32(&deck.variants), ..EMPTY };
        deck.rows.push(end);
        deck.variants.push(VariantRow { price: 0, in_stock: false, pairs_start: len32(&deck.variant_pairs) });
        deck.pairs.shrink_to_fit();
        deck.variants.shrink_to_fit();
        deck.variant_pairs.shrink_to_fit();
        Ok(deck)
    }

    #[expect(clippy::cast_possible_truncation, reason = "taking words apart")]
    fn push(&mut self, words: &[u64]) -> Option<Row> {
        let [high, low, places, makers, counts, moment, sizes, rest @ ..] = words else { return None };
        let small = *moment as u32;
        let mut row = Row {
            category: (places >> 32) as u32,
            city: *places as u32,
            brand: (makers >> 32) as u32,
            shop: *makers as u32,
            sold: (counts >> 32) as u32,
            reviews: *counts as u32,
            created: (moment >> 32) as u32,
            rating: (small >> 16) as u16,
            tier: (small >> 4 & 7) as u8,
            flags: (small & 3) as u8,
            pairs_start: len32(&self.pairs),
            variants_start: len32(&self.variants),
            min_price: u64::MAX,
            ..EMPTY
        };
        let common = (sizes >> 32) as usize;
        row.common = common as u16;
        let mut rest = unpack(rest, common, &mut self.pairs)?;
        for _ in 0..*sizes as u32 {
            let (head, tail) = rest.split_first()?;
            let variant = VariantRow {
                price: head >> 16,
                in_stock: head & 0x8000 != 0,
                pairs_start: len32(&self.variant_pairs),
            };
            rest = unpack(tail, (head & 0x7fff) as usize, &mut self.variant_pairs)?;
            row.min_price = row.min_price.min(variant.price);
            row.max_price = row.max_price.max(variant.price);
            row.price_buckets |= 1 << price_bucket(variant.price);
            if variant.in_stock {
                row.flags |= IN_STOCK;
            }
            for &pair in &self.variant_pairs[variant.pairs_start as usize..] {
                if !self.pairs[row.pairs_start as usize..].contains(&pair) {
                    self.pairs.push(pair);
                }
            }
            self.variants.push(variant);
        }
        row.prior = standing(&row).iter().sum();
        self.ids.push(Uuid::from_u64_pair(*high, *low));
        self.rows.push(row);
        self.briefs.push(Brief { category: row.category, created: row.created, prior: row.prior });
        Some(row)
    }

    pub fn row(&self, doc: DocId) -> &Row {
        &self.rows[doc as usize]
    }

    pub fn brief(&self, doc: DocId) -> &Brief {
        &self.briefs[doc as usize]
    }

    pub fn pairs(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        &self.pairs[self.rows[doc].pairs_start as usize..self.rows[doc + 1].pairs_start as usize]
    }

    /// The variants of a product, each with its own pairs.
    pub fn variants(&self, doc: DocId) -> impl Iterator<Item = (&VariantRow, &[u32])> {
        let doc = doc as usize;
        let range = self.rows[doc].variants_start as usize..self.rows[doc + 1].variants_start as usize;
        range.map(|v| {
            let pairs = self.variants[v].pairs_start as usize..self.variants[v + 1].pairs_start as usize;
            (&self.variants[v], &self.variant_pairs[pairs])
        })
    }

    /// Memory the arrays take.
    pub fn bytes(&self) -> usize {
        self.ids.capacity() * 16
            + self.rows.capacity() * size_of::<Row>()
            + self.briefs.capacity() * size_of::<Brief>()
            + (self.pairs.capacity() + self.variant_pairs.capacity()) * 4
            + self.variants.capacity() * size_of::<VariantRow>()
    }
}

const EMPTY: Row = Row {
    min_price: 0,
    max_price: 0,
    category: 0,
    city: 0,
    brand: 0,
    shop: 0,
    sold: 0,
    reviews: 0,
    created: 0,
    prior: 0.0,
    pairs_start: 0,
    variants_start: 0,
    common: 0,
    rating: 0,
    tier: 0,
    price_buckets: 0,
    flags: 0,
};

fn len32<T>(values: &[T]) -> u32 {
    u32::try_from(values.len()).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "taking words apart")]
fn unpack<'w>(words: &'w [u64], count: usize, into: &mut Vec<u32>) -> Option<&'w [u64]> {
    let (packed, rest) = words.split_at_checked(count.div_ceil(2))?;
    for (i, word) in packed.iter().enumerate() {
        into.push((word >> 32) as u32);
        if i * 2 + 1 < count {
            into.push(*word as u32);
        }
    }
    Some(rest)
}

/// What sales, rating and tier make of a product, together 0 to 1. Sales count by their order of magnitude up to
/// 100,000; a rating counts as if ten customers had given 4.5 before.
#[expect(clippy::cast_precision_loss, reason = "rough by nature")]
pub fn standing(row: &Row) -> [f32; 3] {
    let sales = ((1.0 + row.sold as f32).ln() / 100_000_f32.ln()).min(1.0);
    let reviews = row.reviews as f32;
    let rating = (f32::from(row.rating) / 100.0 * reviews + 4.5 * 10.0) / (reviews + 10.0);
    let rating = ((rating - 3.0) / 2.0).clamp(0.0, 1.0);
    [0.55 * sales, 0.3 * rating, 0.15 * f32::from(row.tier.min(2)) / 2.0]
}
