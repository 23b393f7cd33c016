//! Filters and facets in one pass over the rows. Each filter is a bit; a product that fails none is a hit and counts
//! everywhere, one that fails exactly one filter counts only in the facet of that filter. What is said of variants
//! (price, options) must be true of one and the same.

use std::collections::BTreeMap;

use tantivy::DocId;

use crate::{
    document::Condition,
    facts::{Deck, PRICE_STEPS, RATING_STEPS, Row, price_bucket},
    query::{AttributeFacet, Count, Facets, Filters, PriceCount, PriceRange, Wanted},
    tally::Tally,
    view::View,
    vocabulary::{Kind, NONE, Vocabulary},
};

const CATEGORY: u32 = 1;
const PRICE: u32 = 1 << 1;
const CITY: u32 = 1 << 2;
const RATING: u32 = 1 << 3;
const CONDITION: u32 = 1 << 4;
const TIER: u32 = 1 << 5;
const SHIPPING: u32 = 1 << 6;
const BRAND: u32 = 1 << 7;
/// The first attribute filter's bit; the others follow.
const ATTRIBUTE: usize = 8;
const MAX_ATTRIBUTES: usize = 16;
const EVERY: u32 = u32::MAX;

/// At most so many values of a facet, and so many attributes.
const MAX_VALUES: usize = 50;
const MAX_KEYS: usize = 20;

/// Numbers of the vocabulary, in order.
struct Numbers(Vec<u32>);

impl Numbers {
    fn new(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut numbers: Vec<u32> = numbers.into_iter().collect();
        numbers.sort_unstable();
        Self(numbers)
    }

    fn contains(&self, number: u32) -> bool {
        if self.0.len() <= 8 { self.0.contains(&number) } else { self.0.binary_search(&number).is_ok() }
    }
}

/// A query's filters with names turned to numbers.
pub struct Sieve {
    categories: Option<Numbers>,
    price: Option<PriceRange>,
    cities: Option<Numbers>,
    min_rating: Option<u16>,
    used: Option<Vec<bool>>,
    tiers: Option<Vec<u8>>,
    free_shipping: bool,
    brands: Option<Numbers>,
    attributes: Vec<Numbers>,
    /// All values of the keys filtered by, in order, with the bit of the filter.
    filtered_pairs: Vec<(u32, u32)>,
    shop: Option<u32>,
    in_stock: bool,
}

impl Sieve {
    pub fn new(view: &View, filters: &Filters) -> Self {
        let vocabulary = &view.vocabulary;
        let numbers = |kind: Kind, names: &[String]| -> Option<Numbers> {
            (!names.is_empty())
                .then(|| Numbers::new(names.iter().filter_map(|name| vocabulary.find(kind, name))))
        };
        let categories = (!filters.categories.is_empty()).then(|| {
            let below = |path: &str| {
                path.split('/').any(|slug| filters.categories.iter().any(|wanted| wanted == slug))
            };
            Numbers::new(
                vocabulary
                    .of_kind(Kind::Category)
                    .filter(|(_, item)| below(&item.text))
                    .map(|(number, _)| number),
            )
        });
        let mut attributes: Vec<Numbers> = Vec::new();
        let mut filtered_pairs: Vec<(u32, u32)> = Vec::new();
        for filter in filters.attributes.iter().take(MAX_ATTRIBUTES) {
            let key = vocabulary.find(Kind::Key, &filter.key);
            let wanted = |value: &str| match &filter.wanted {
                Wanted::AnyOf(values) => values.iter().any(|v| v == value),
                Wanted::Between(from, to) => value.parse::<f64>().is_ok_and(|v| *from <= v && v <= *to),
            };
            let pairs: Vec<_> =
                vocabulary.of_kind(Kind::Pair).filter(|(_, item)| Some(item.parent) == key).collect();
            filtered_pairs
                .extend(pairs.iter().map(|(number, _)| (*number, 1 << (ATTRIBUTE + attributes.len()))));
            attributes.push(Numbers::new(
                pairs.iter().filter(|(_, item)| wanted(&item.label)).map(|(number, _)| *number),
            ));
        }
        filtered_pairs.sort_unstable();
        Self {
            categories,
            price: filters.price,
            cities: numbers(Kind::City, &filters.cities),
            min_rating: filters.min_rating,
            used: (!filters.conditions.is_empty())
                .then(|| filters.conditions.iter().map(|c| *c == Condition::Used).collect()),
            tiers: (!filters.tiers.is_empty()).then(|| filters.tiers.clone()),
            free_shipping: filters.free_shipping,
            brands: numbers(Kind::Brand, &filters.brands),
            attributes,
            filtered_pairs,
            shop: filters.shop.as_deref().map(|shop| vocabulary.find(Kind::Shop, shop).unwrap_or(u32::MAX)),
            in_stock: filters.in_stock,
        }
    }

    /// Whether it lets everything through.
    pub fn is_open(&self) -> bool {
        self.categories.is_none()
            && self.price.is_none()
            && self.cities.is_none()
            && self.min_rating.is_none()
            && self.used.is_none()
            && self.tiers.is_none()
            && !self.free_shipping
            && self.brands.is_none()
            && self.attributes.is_empty()
            && self.shop.is_none()
            && !self.in_stock
    }

    /// Whether variants have to be looked at one by one.
    fn on_variants(&self) -> bool {
        self.price.is_some() || !self.attributes.is_empty() || self.in_stock
    }

    /// The product's own failures; `None` when it is out whatever facet is counted.
    fn failures(&self, row: &Row) -> Option<u32> {
        if self.shop.is_some_and(|shop| row.shop != shop) || (self.in_stock && !row.in_stock()) {
            return None;
        }
        Some(self.product_failures(row))
    }

    fn product_failures(&self, row: &Row) -> u32 {
        let mut failed = 0;
        let mut fail = |fails: bool, bit: u32| failed |= if fails { bit } else { 0 };
        fail(self.categories.as_ref().is_some_and(|c| !c.contains(row.category)), CATEGORY);
        fail(self.cities.as_ref().is_some_and(|c| !c.contains(row.city)), CITY);
        fail(self.min_rating.is_some_and(|least| row.rating < least), RATING);
        fail(self.used.as_ref().is_some_and(|used| !used.contains(&row.used())), CONDITION);
        fail(self.tiers.as_ref().is_some_and(|tiers| !tiers.contains(&row.tier)), TIER);
        fail(self.free_shipping && !row.free_shipping(), SHIPPING);
        fail(self.brands.as_ref().is_some_and(|brands| !brands.contains(row.brand)), BRAND);
        failed
    }

    fn variant_failures(&self, price: u64, in_stock: bool, common: &[u32], own: &[u32]) -> Option<u32> {
        if self.in_stock && !in_stock {
            return None;
        }
        let mut failed = 0;
        if self.price.is_some_and(|range| price < range.from || price > range.to) {
            failed |= PRICE;
        }
        for (i, wanted) in self.attributes.iter().enumerate() {
            if !own.iter().chain(common).any(|pair| wanted.contains(*pair)) {
                failed |= 1 << (ATTRIBUTE + i);
            }
        }
        Some(failed)
    }

    pub fn admits(&self, deck: &Deck, doc: DocId) -> bool {
        self.failures(deck.row(doc)) == Some(0)
            && (!self.on_variants() || self.first_variant(deck, doc).is_some())
    }

    /// The filters the product fails, by name; `variant` when its variants pass each filter but none passes all.
    pub fn fails(&self, deck: &Deck, doc: DocId) -> Vec<&'static str> {
        let row = deck.row(doc);
        let mut fails = Vec::new();
        if self.shop.is_some_and(|shop| row.shop != shop) {
            fails.push("shop");
        }
        if self.in_stock && !row.in_stock() {
            fails.push("in_stock");
        }
        let failed = self.product_failures(row);
        let names = [
            (CATEGORY, "category"),
            (CITY, "city"),
            (RATING, "rating"),
            (CONDITION, "condition"),
            (TIER, "tier"),
            (SHIPPING, "free_shipping"),
            (BRAND, "brand"),
        ];
        fails.extend(names.iter().filter(|(bit, _)| failed & bit != 0).map(|(_, name)| *name));
        if self.on_variants() && self.first_variant(deck, doc).is_none() {
            let common = &deck.pairs(doc)[..usize::from(row.common)];
            // What every variant fails.
            let every = deck
                .variants(doc)
                .filter_map(|(v, own)| self.variant_failures(v.price, v.in_stock, common, own))
                .fold(EVERY, |all, failed| all & failed);
            let before = fails.len();
            if every & PRICE != 0 {
                fails.push("price");
            }
            if every != EVERY && every >> ATTRIBUTE != 0 {
                fails.push("attribute");
            }
            if fails.len() == before {
                fails.push("variant");
            }
        }
        fails
    }

    /// The first variant for which everything holds.
    pub fn first_variant(&self, deck: &Deck, doc: DocId) -> Option<usize> {
        let common = &deck.pairs(doc)[..usize::from(deck.row(doc).common)];
        deck.variants(doc).position(|(variant, own)| {
            self.variant_failures(variant.price, variant.in_stock, common, own) == Some(0)
        })
    }
}

/// Counts while products go by.
pub struct Counter<'s> {
    view: &'s View,
    sieve: &'s Sieve,
    /// Categories, cities, brands, pairs.
    tally: Tally,
    prices: [u32; PRICE_STEPS.len() + 1],
    ratings: [u32; RATING_STEPS.len()],
    conditions: [u32; 2],
    tiers: [u32; 8],
    free_shipping: u32,
    estimated: bool,
}

impl<'s> Counter<'s> {
    pub fn new(view: &'s View, sieve: &'s Sieve) -> Self {
        Self {
            view,
            sieve,
            tally: view.tallies.take(view.vocabulary.items().len()),
            prices: [0; PRICE_STEPS.len() + 1],
            ratings: [0; RATING_STEPS.len()],
            conditions: [0; 2],
            tiers: [0; 8],
            free_shipping: 0,
            estimated: false,
        }
    }

    /// Counts products that nothing is asked of, in two short loops, whose loads the processor overlaps.
    pub fn count_all(&mut self, deck: &Deck, docs: &[DocId]) {
        for &doc in docs {
            let row = deck.row(doc);
            self.count_row(row, EVERY);
            self.count_prices(row.price_buckets);
        }
        for &doc in docs {
            for &pair in deck.pairs(doc) {
                self.tally.add(pair, 1);
            }
        }
    }

    /// Counts the product where it belongs; whether it is a hit.
    pub fn pass(&mut self, deck: &Deck, doc: DocId) -> bool {
        let row = deck.row(doc);
        let Some(failed) = self.sieve.failures(row) else { return false };
        if failed.count_ones() > 1 {
            return false;
        }
        if self.sieve.on_variants() {
            return self.pass_variants(deck, doc, failed);
        }
        self.count_row(row, if failed == 0 { EVERY } else { failed });
        if failed != 0 {
            return false;
        }
        self.count_prices(row.price_buckets);
        for &pair in deck.pairs(doc) {
            self.tally.add(pair, 1);
        }
        true
    }

    fn pass_variants(&mut self, deck: &Deck, doc: DocId, failed: u32) -> bool {
        let row = deck.row(doc);
        let pairs = &deck.pairs(doc)[..usize::from(row.common)];
        self.tally.next_product();
        let mut hit = false;
        // Facets in which the product counts, through whichever variant.
        let mut facets = 0;
        let mut buckets = 0_u8;
        for (variant, own) in deck.variants(doc) {
            let Some(failures) = self.sieve.variant_failures(variant.price, variant.in_stock, pairs, own)
            else {
                continue;
            };
            let failures = failures | failed;
            if failures.count_ones() > 1 {
                continue;
            }
            let counts_in = if failures == 0 { EVERY } else { failures };
            hit |= failures == 0;
            facets |= counts_in;
            if counts_in & PRICE != 0 {
                buckets |= 1 << price_bucket(variant.price);
            }
            if counts_in >> ATTRIBUTE != 0 {
                for &pair in own.iter().chain(pairs) {
                    // A key without a filter counts hits only.
                    let counted =
                        match self.sieve.filtered_pairs.binary_search_by_key(&pair, |(pair, _)| *pair) {
                            Ok(at) => counts_in & self.sieve.filtered_pairs[at].1 != 0,
                            Err(_) => failures == 0,
                        };
                    if counted {
                        self.tally.add_once(pair);
                    }
                }
            }
        }
        self.count_prices(buckets);
        self.count_row(row, facets);
        hit
    }

    fn count_prices(&mut self, buckets: u8) {
        for (bucket, count) in self.prices.iter_mut().enumerate() {
            *count += u32::from(buckets >> bucket & 1);
        }
    }

    fn count_row(&mut self, row: &Row, facets: u32) {
        let on = |bit: u32| facets & bit != 0;
        self.tally.add(row.category, u32::from(on(CATEGORY)));
        self.tally.add(row.city, u32::from(on(CITY)));
        self.tally.add(row.brand, u32::from(on(BRAND)));
        if on(RATING) {
            for (least, count) in RATING_STEPS.iter().zip(&mut self.ratings) {
                *count += u32::from(row.rating >= *least);
            }
        }
        self.conditions[usize::from(row.used())] += u32::from(on(CONDITION));
        self.tiers[usize::from(row.tier & 7)] += u32::from(on(TIER));
        self.free_shipping += u32::from(on(SHIPPING) && row.free_shipping());
    }

    /// What was counted becomes an estimate: each product counted stands for so many.
    pub fn stand_for(&mut self, weight: f32) {
        self.each(|count| estimate(count, weight));
        self.estimated = true;
    }

    /// Adds what was counted in a sample, each of which stands for `weight` products; all counts become estimates.
    pub fn add_sample(&mut self, sample: &Self, weight: f32) {
        for (number, count) in sample.tally.counted() {
            self.tally.add(number, estimate(count, weight));
        }
        for (count, sampled) in self.few().zip(sample.counted()) {
            *count = count.saturating_add(estimate(sampled, weight));
        }
        self.estimated = true;
    }

    fn each(&mut self, of: impl Fn(u32) -> u32) {
        self.tally.each(&of);
        self.few().for_each(|count| *count = of(*count));
    }

    /// The counts of facets with a few fixed values.
    fn few(&mut self) -> impl Iterator<Item = &mut u32> {
        self.prices
            .iter_mut()
            .chain(&mut self.ratings)
            .chain(&mut self.conditions)
            .chain(&mut self.tiers)
            .chain([&mut self.free_shipping])
    }

    fn counted(&self) -> impl Iterator<Item = u32> {
        self.prices
            .iter()
            .chain(&self.ratings)
            .chain(&self.conditions)
            .chain(&self.tiers)
            .chain([&self.free_shipping])
            .copied()
    }

    pub fn facets(mut self) -> Facets {
        let vocabulary = &self.view.vocabulary;
        // Children have higher numbers than their parents, so one walk backwards sums the tree up.
        for (number, parent) in
            vocabulary.of_kind(Kind::Category).rev().map(|(number, item)| (number, item.parent))
        {
            if parent != NONE {
                self.tally.add(parent, self.tally.of(number));
            }
        }
        if self.estimated {
            self.each(rounded);
        }
        let (mut categories, mut cities, mut brands, mut pairs) =
            <(Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
        for (number, count) in self.tally.counted() {
            let list = match vocabulary.kind(number) {
                Kind::Category => &mut categories,
                Kind::City => &mut cities,
                Kind::Brand => &mut brands,
                Kind::Pair => &mut pairs,
                Kind::None | Kind::Shop | Kind::Key => continue,
            };
            list.push(Named { count, number });
        }
        let starts = [0].into_iter().chain(PRICE_STEPS);
        let ends = PRICE_STEPS.into_iter().map(|end| end - 1).chain([u64::MAX]);
        Facets {
            estimated: self.estimated,
            categories: listed(categories, usize::MAX, |number| vocabulary.text(number)),
            prices: starts
                .zip(ends)
                .zip(self.prices)
                .map(|((from, to), n)| PriceCount { range: PriceRange { from, to }, count: n as usize })
                .collect(),
            cities: listed(cities, MAX_VALUES, |number| vocabulary.text(number)),
            ratings: RATING_STEPS
                .into_iter()
                .zip(self.ratings)
                .map(|(least, n)| (least, n as usize))
                .collect(),
            conditions: [Condition::New, Condition::Used]
                .into_iter()
                .zip(self.conditions)
                .map(|(c, n)| (c, n as usize))
                .collect(),
            tiers: (0..8)
                .zip(self.tiers)
                .filter(|(_, n)| *n > 0)
                .map(|(tier, n)| (tier, n as usize))
                .collect(),
            free_shipping: self.free_shipping as usize,
            brands: listed(brands, MAX_VALUES, |number| vocabulary.text(number)),
            attributes: attributes(vocabulary, pairs),
        }
    }
}

impl Drop for Counter<'_> {
    fn drop(&mut self) {
        self.view.tallies.give_back(std::mem::take(&mut self.tally));
    }
}

/// A count on its way to a list.
#[derive(Debug, Clone, Copy)]
struct Named {
    count: u32,
    number: u32,
}

/// The keys with the highest counts, each with its values.
fn attributes(vocabulary: &Vocabulary, pairs: Vec<Named>) -> Vec<AttributeFacet> {
    let mut by_key: BTreeMap<u32, (u64, Vec<Named>)> = BTreeMap::new();
    for pair in pairs {
        let key = vocabulary.item(pair.number).map_or(NONE, |item| item.parent);
        let (sum, values) = by_key.entry(key).or_default();
        *sum += u64::from(pair.count);
        values.push(pair);
    }
    let mut keys: Vec<_> =
        by_key.into_iter().map(|(key, (sum, values))| (sum, vocabulary.text(key), values)).collect();
    keys.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let label = |number| vocabulary.item(number).map_or("", |item| &*item.label);
    keys.into_iter()
        .take(MAX_KEYS)
        .map(|(_, key, values)| AttributeFacet {
            key: key.to_owned(),
            values: listed(values, MAX_VALUES, label),
        })
        .collect()
}

/// The `most` highest counts, highest first and equal ones by name.
fn listed<'v>(mut counts: Vec<Named>, most: usize, name: impl Fn(u32) -> &'v str) -> Vec<Count> {
    if counts.len() > most {
        // Names are read only of what may get in: mostly there are many with the same low count.
        let mut highest: Vec<u32> = counts.iter().map(|named| named.count).collect();
        let (_, least, _) = highest.select_nth_unstable_by(most - 1, |a, b| b.cmp(a));
        let least = *least;
        counts.retain(|named| named.count >= least);
    }
    let mut items: Vec<(u32, u64, &str)> = counts
        .into_iter()
        .map(|named| {
            let name = name(named.number);
            (named.count, beginning(name), name)
        })
        .collect();
    let by_count = |a: &(u32, u64, &str), b: &(u32, u64, &str)| (b.0, a.1, a.2).cmp(&(a.0, b.1, b.2));
    if items.len() > most {
        items.select_nth_unstable_by(most - 1, by_count);
        items.truncate(most);
    }
    items.sort_unstable_by(by_count);
    items
        .into_iter()
        .map(|(count, _, name)| Count { value: name.to_owned(), count: count as usize })
        .collect()
}

/// The first eight bytes as a number, which orders as the text does as far as they go.
fn beginning(text: &str) -> u64 {
    let mut first = [0; 8];
    let len = text.len().min(8);
    first[..len].copy_from_slice(&text.as_bytes()[..len]);
    u64::from_be_bytes(first)
}

/// An estimate to two digits: `12,345` is about `12,000`.
pub fn rounded(count: u32) -> u32 {
    let digits = count.checked_ilog10().unwrap_or(0);
    let unit = 10_u32.pow(digits.saturating_sub(1));
    (count.saturating_add(unit / 2)) / unit * unit
}

/// What a count in a sample stands for.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an estimate"
)]
pub fn estimate(sampled: u32, weight: f32) -> u32 {
    (sampled as f32 * weight).round() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_highest_counts_are_listed_as_if_all_were_sorted(
            named in prop::collection::btree_map("[a-c\u{e9}]{0,10}", 1..6_u32, 0..60),
            most in prop::sample::select(vec![1_usize, 3, 10, usize::MAX]),
        ) {
            let names: Vec<&str> = named.keys().map(String::as_str).collect();
            let counts: Vec<Named> =
                (0..).zip(named.values()).map(|(number, count)| Named { count: *count, number }).collect();
            let mut plain: Vec<Count> = named
                .iter()
                .map(|(name, count)| Count { value: name.clone(), count: *count as usize })
                .collect();
            plain.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            plain.truncate(most);
            prop_assert_eq!(listed(counts, most, |number| names[number as usize]), plain);
        }
    }
}
