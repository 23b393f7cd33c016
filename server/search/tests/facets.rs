//! Filters, facets, orders and pages, against the plain way of counting.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{category, document, engine, numbers, variant};
use proptest::prelude::*;
use search::{
    AttributeFilter, Condition, Cursor, Document, Filters, PriceRange, Query, Sort, Start, Value, Variant,
    Wanted,
};

const COLOURS: [&str; 3] = ["merah", "biru", "hijau"];
const SIZES: [&str; 3] = ["40", "41", "42"];
const CITIES: [&str; 3] = ["Bandung", "Medan", "Solo"];
const LEAVES: [&[&str]; 3] = [&["a", "b"], &["a", "c"], &["d"]];
const BRANDS: [&str; 2] = ["Satu", "Dua"];

#[test]
fn colour_size_and_price_must_be_of_one_variant() {
    let mut shoe = document(1, "Sepatu");
    shoe.variants = vec![
        variant(100, &[("warna", "merah"), ("ukuran", "40")]),
        variant(900, &[("warna", "biru"), ("ukuran", "42")]),
    ];
    let shop = engine([shoe]);
    let ask = |colour: &str, size: &str, to: u64| {
        let mut query = Query::text("sepatu");
        let is = |key: &str, value: &str| AttributeFilter {
            key: key.into(),
            wanted: Wanted::AnyOf(vec![value.into()]),
        };
        query.filters = Filters {
            attributes: vec![is("warna", colour), is("ukuran", size)],
            price: Some(PriceRange { from: 0, to }),
            ..Filters::default()
        };
        shop.engine.search(&query).unwrap()
    };
    assert_eq!(ask("merah", "40", 200).total, 1);
    assert_eq!(ask("biru", "42", 1_000).hits[0].variant, 1);
    assert_eq!(ask("merah", "42", 1_000).total, 0);
    assert_eq!(ask("biru", "42", 200).total, 0);
    // Red in 42 does not exist, so with red chosen the size facet offers 40 only.
    let facets = ask("merah", "42", 1_000).facets.unwrap();
    let sizes: Vec<_> = facets
        .attributes
        .iter()
        .filter(|a| a.key == "ukuran")
        .flat_map(|a| &a.values)
        .map(|c| c.value.as_str())
        .collect();
    assert_eq!(sizes, ["40"]);
}

#[test]
fn numbers_are_filtered_by_range_and_flags_by_truth() {
    let mut one = document(1, "Tas");
    one.attributes = vec![("berat".into(), Value::Number(1.5)), ("anti air".into(), Value::Flag(true))];
    let mut two = document(2, "Tas");
    two.attributes = vec![("berat".into(), Value::Number(3.0)), ("anti air".into(), Value::Flag(false))];
    let shop = engine([one, two]);
    let ask = |key: &str, wanted: Wanted| {
        let mut query = Query::text("tas");
        query.filters.attributes = vec![AttributeFilter { key: key.into(), wanted }];
        numbers(&shop.engine.search(&query).unwrap())
    };
    assert_eq!(ask("berat", Wanted::Between(1.0, 2.0)), [1]);
    assert_eq!(ask("anti air", Wanted::AnyOf(vec!["false".into()])), [2]);
    assert_eq!(ask("tidak ada", Wanted::Between(0.0, 9.0)).len(), 0);
}

#[test]
fn orders_hold_and_pages_do_not_overlap() {
    let documents: Vec<Document> = (0..57)
        .map(|i| Document {
            variants: vec![variant(1_000 * (i * 7 % 10), &[])],
            rating: u16::try_from(i * 13 % 5 * 100).unwrap(),
            sold: u32::try_from(i * 3 % 6).unwrap(),
            created_at: i64::try_from(i * 11 % 9).unwrap() * 86_400,
            ..document(i, "Kaos polos")
        })
        .collect();
    let shop = engine(documents.clone());
    for text in ["", "kaos"] {
        for sort in [
            Sort::Relevance,
            Sort::Newest,
            Sort::PriceAscending,
            Sort::PriceDescending,
            Sort::Rating,
            Sort::Sales,
        ] {
            let mut query = Query::text(text);
            query.sort = sort;
            query.limit = 100;
            let whole = numbers(&shop.engine.search(&query).unwrap());
            assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), 57);
            let key = |n: &u64| {
                let d = &documents[usize::try_from(*n).unwrap()];
                match sort {
                    Sort::Relevance => 0,
                    Sort::Newest => -d.created_at,
                    Sort::PriceAscending => i64::try_from(d.variants[0].price).unwrap(),
                    Sort::PriceDescending => -i64::try_from(d.variants[0].price).unwrap(),
                    Sort::Rating => -i64::from(d.rating),
                    Sort::Sales => -i64::from(d.sold),
                }
            };
            assert!(whole.windows(2).all(|two| key(&two[0]) <= key(&two[1])), "{sort:?}");
            let mut paged = Vec::new();
            query.limit = 10;
            loop {
                let page = shop.engine.search(&query).unwrap();
                paged.extend(numbers(&page));
                let Some(next) = page.next else { break };
                query.start = Start::After(Cursor::parse(&next.to_string()).unwrap());
            }
            assert_eq!(paged, whole, "{sort:?} by cursor");
            query.start = Start::Offset(20);
            assert_eq!(numbers(&shop.engine.search(&query).unwrap()), whole[20..30], "{sort:?} by offset");
        }
    }
    assert!(Cursor::parse("unsinn").is_err());
}

fn variants() -> impl Strategy<Value = Vec<Variant>> {
    let one =
        (0..6_u64, 0..3_usize, 0..3_usize, any::<bool>()).prop_map(|(price, colour, size, in_stock)| {
            Variant {
                in_stock,
                ..variant(price * 20_000, &[("warna", COLOURS[colour]), ("ukuran", SIZES[size])])
            }
        });
    prop::collection::vec(one, 1..4)
}

fn documents() -> impl Strategy<Value = Vec<Document>> {
    let one =
        (variants(), 0..3_usize, 0..3_usize, 0..3_usize, 0..6_u16, any::<bool>(), any::<bool>(), 0..3_u8);
    prop::collection::vec(one, 1..30).prop_map(|rows| {
        (0..)
            .zip(rows)
            .map(|(n, (variants, city, leaf, brand, stars, used, free, tier))| {
                let mut document = document(n, "barang");
                document.variants = variants;
                document.shop.city = CITIES[city].into();
                document.shop.tier = tier;
                document.categories = LEAVES[leaf].iter().map(|slug| category(slug)).collect();
                document.brand = BRANDS.get(brand).map(|b| (*b).to_owned());
                document.rating = stars * 100;
                document.condition = if used { Condition::Used } else { Condition::New };
                document.free_shipping = free;
                document.attributes =
                    vec![("bahan".into(), Value::Choice(if used { "kulit" } else { "kain" }.into()))];
                document
            })
            .collect()
    })
}

fn filters() -> impl Strategy<Value = Filters> {
    let some = |n: usize| prop::option::weighted(0.4, 0..n);
    (
        some(3),
        some(4),
        some(2),
        some(2),
        some(2),
        some(2),
        some(3),
        some(3),
        prop::option::weighted(0.4, (0..6_u64, 0..6_u64)),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(city, leaf, brand, stars, condition, tier, colour, size, price, in_stock)| {
            let pick = |values: &[&str], i: Option<usize>| {
                i.map(|i| values[i].to_owned()).into_iter().collect::<Vec<_>>()
            };
            let is = |key: &str, values: Vec<String>| {
                (!values.is_empty())
                    .then(|| AttributeFilter { key: key.into(), wanted: Wanted::AnyOf(values) })
            };
            Filters {
                cities: pick(&CITIES, city),
                categories: pick(&["a", "b", "c", "d"], leaf),
                brands: pick(&BRANDS, brand),
                min_rating: stars.map(|s| [300, 400][s]),
                conditions: condition.map(|c| [Condition::New, Condition::Used][c]).into_iter().collect(),
                tiers: tier.map(|t| [0, 1][t]).into_iter().collect(),
                attributes: [is("warna", pick(&COLOURS, colour)), is("ukuran", pick(&SIZES, size))]
                    .into_iter()
                    .flatten()
                    .collect(),
                price: price.map(|(a, b)| PriceRange { from: a.min(b) * 20_000, to: a.max(b) * 20_000 }),
                in_stock,
                ..Filters::default()
            }
        })
}

/// One variant of one product, said plainly.
fn holds(document: &Document, variant: &Variant, filters: &Filters) -> bool {
    let among = |list: &[String], value: &str| list.is_empty() || list.iter().any(|v| v == value);
    (filters.categories.is_empty()
        || document.categories.iter().any(|c| filters.categories.contains(&c.slug)))
        && among(&filters.cities, &document.shop.city)
        && (filters.brands.is_empty() || document.brand.as_ref().is_some_and(|b| filters.brands.contains(b)))
        && filters.min_rating.is_none_or(|least| document.rating >= least)
        && (filters.conditions.is_empty() || filters.conditions.contains(&document.condition))
        && (filters.tiers.is_empty() || filters.tiers.contains(&document.shop.tier))
        && (!filters.in_stock || variant.in_stock)
        && filters.price.is_none_or(|range| (range.from..=range.to).contains(&variant.price))
        && filters.attributes.iter().all(|filter| {
            let Wanted::AnyOf(values) = &filter.wanted else { return false };
            let has = |(key, value): &(String, Value)| {
                *key == filter.key && matches!(value, Value::Choice(v) if values.contains(v))
            };
            variant.options.iter().chain(&document.attributes).any(has)
        })
}

fn count<'d, K: Ord>(
    documents: &'d [Document],
    filters: &Filters,
    keys: impl Fn(&'d Document, &'d Variant) -> Vec<K>,
) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for document in documents {
        let fitting = document.variants.iter().filter(|v| holds(document, v, filters));
        let values: BTreeSet<K> = fitting.flat_map(|v| keys(document, v)).collect();
        for value in values {
            *counts.entry(value).or_insert(0) += 1;
        }
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn facets_count_as_one_would_by_hand(documents in documents(), filters in prop::collection::vec(filters(), 6)) {
        let shop = engine(documents.clone());
        for (filters, text) in filters.into_iter().zip(["", "barang"].into_iter().cycle()) {
            let mut query = Query::text(text);
            query.filters = filters.clone();
            query.limit = 100;
            let results = shop.engine.search(&query).unwrap();
            let expected: BTreeSet<u64> = (0..).zip(&documents).filter(|(_, d)| d.variants.iter().any(|v| holds(d, v, &filters))).map(|(n, _)| n).collect();
            prop_assert_eq!(numbers(&results).into_iter().collect::<BTreeSet<_>>(), expected);
            for hit in &results.hits {
                let d = documents.iter().find(|d| d.product == hit.product).unwrap();
                prop_assert_eq!(Some(hit.variant), d.variants.iter().position(|v| holds(d, v, &filters)));
            }
            let facets = results.facets.unwrap();
            let got = |counts: &[search::Count]| counts.iter().map(|c| (c.value.clone(), c.count)).collect::<BTreeMap<_, _>>();

            let without = Filters { cities: vec![], ..filters.clone() };
            prop_assert_eq!(got(&facets.cities), count(&documents, &without, |d, _| vec![d.shop.city.clone()]));
            let without = Filters { brands: vec![], ..filters.clone() };
            prop_assert_eq!(got(&facets.brands), count(&documents, &without, |d, _| d.brand.iter().cloned().collect()));
            let without = Filters { categories: vec![], ..filters.clone() };
            let paths = |d: &Document, _: &Variant| (1..=d.categories.len()).map(|n| d.categories[..n].iter().map(|c| c.slug.as_str()).collect::<Vec<_>>().join("/")).collect();
            prop_assert_eq!(got(&facets.categories), count(&documents, &without, paths));
            let without = Filters { min_rating: None, ..filters.clone() };
            let stars = count(&documents, &without, |d, _| [450, 400, 300, 200].into_iter().filter(|least| d.rating >= *least).collect());
            prop_assert_eq!(facets.ratings.into_iter().filter(|(_, n)| *n > 0).collect::<BTreeMap<_, _>>(), stars);
            let without = Filters { conditions: vec![], ..filters.clone() };
            prop_assert_eq!(facets.conditions.into_iter().filter(|(_, n)| *n > 0).collect::<BTreeMap<_, _>>(), count(&documents, &without, |d, _| vec![d.condition]));
            let without = Filters { tiers: vec![], ..filters.clone() };
            prop_assert_eq!(facets.tiers.into_iter().collect::<BTreeMap<_, _>>(), count(&documents, &without, |d, _| vec![d.shop.tier]));
            prop_assert_eq!(facets.free_shipping, count(&documents, &filters, |d, _| vec![d.free_shipping]).get(&true).copied().unwrap_or(0));
            let without = Filters { price: None, ..filters.clone() };
            let steps = [25_000, 50_000, 100_000];
            let buckets = count(&documents, &without, |_, v| vec![steps.iter().filter(|s| v.price >= **s).count()]);
            let got_buckets = facets.prices.iter().enumerate().filter(|(_, p)| p.count > 0).map(|(i, p)| (i, p.count)).collect::<BTreeMap<_, _>>();
            prop_assert_eq!(got_buckets, buckets);
            for key in ["warna", "ukuran", "bahan"] {
                let mut without = filters.clone();
                without.attributes.retain(|f| f.key != key);
                let value = |(k, v): &(String, Value)| match v { Value::Choice(v) if k == key => Some(v.clone()), _ => None };
                let expected = count(&documents, &without, |d, v| v.options.iter().chain(&d.attributes).filter_map(value).collect());
                let counted = facets.attributes.iter().find(|a| a.key == key).map(|a| got(&a.values)).unwrap_or_default();
                prop_assert_eq!(counted, expected, "{}", key);
            }
        }
    }
}
