//! What those who run the shop see and change: synonyms, scores taken apart, and why a product is not found.

mod common;

use common::{document, engine, id, in_category, numbers, small};
use search::{
    Condition, Config, Document, Engine, Filters, IndexError, Lang, Meaning, OpenError, PriceRange, Query,
    also_looked_for,
};

fn meaning(lang: Option<Lang>, phrases: &[&str], shown: &[&str]) -> Meaning {
    let owned = |list: &[&str]| list.iter().map(|p| (*p).to_owned()).collect();
    Meaning { lang, phrases: owned(phrases), shown: owned(shown) }
}

fn in_english(text: &str) -> Query {
    Query { lang: Lang::English, ..Query::text(text) }
}

#[test]
fn an_operators_synonym_holds_from_the_next_search_on() {
    let shop = engine([document(1, "Sandal Swallow Biru"), document(2, "Payung Lipat")]);
    assert_eq!(shop.found("bakiak").len(), 0);
    shop.engine.set_synonyms(&[meaning(None, &["bakiak", "sandal swallow"], &[])]);
    assert_eq!(shop.found("bakiak"), [1]);
    shop.engine.set_synonyms(&[]);
    assert_eq!(shop.found("bakiak").len(), 0);
    // Those that come with the program stay in any case.
    assert_eq!(shop.found("umbrella"), [2]);
}

#[test]
fn a_one_way_synonym_does_not_lead_back() {
    let shop = engine([document(1, "Kerupuk Opak"), document(2, "Rengginang Mini")]);
    shop.engine.set_synonyms(&[meaning(None, &["opak"], &["rengginang"])]);
    assert_eq!(shop.found("opak").len(), 2);
    assert_eq!(shop.found("rengginang"), [2]);
}

#[test]
fn a_synonym_of_one_language_holds_in_that_language() {
    let shop = engine([document(1, "Tudung Saji Rotan")]);
    shop.engine.set_synonyms(&[meaning(Some(Lang::English), &["fooddome"], &["tudung saji"])]);
    assert_eq!(numbers(&shop.engine.search(&in_english("fooddome")).unwrap()), [1]);
    assert_eq!(shop.found("fooddome").len(), 0);
}

#[test]
fn a_change_of_synonyms_can_be_tried_without_an_index() {
    let tried =
        also_looked_for(&[meaning(None, &["Bakiak"], &["sandal kayu"])], Lang::Indonesian, "bakiak biru");
    assert_eq!(tried[0], ("bakiak".to_owned(), vec!["sandal kayu".to_owned()]));
    assert!(also_looked_for(&[], Lang::Indonesian, "hp murah")[0].1.contains(&"handphone".to_owned()));
}

#[test]
fn a_query_says_how_it_was_read() {
    let shop = engine((0..12).map(|n| in_category(n, "Keyboard Wireless Mini", "komputer")));
    let mut query = Query::text("jual keybaord murah");
    query.explain = true;
    let results = shop.engine.search(&query).unwrap();
    let analysis = results.analysis.unwrap();
    assert_eq!(analysis.dropped, ["jual"]);
    assert!(analysis.loosened && analysis.strict == 0);
    let word = &analysis.words[0];
    assert_eq!((word.word.as_str(), word.exact, word.praise), ("keybaord", 0, false));
    assert!(word.ways.iter().any(|way| way.by == "typo" && way.term == "keyboard" && way.products == 12));
    assert!(analysis.words[1].praise);
    assert_eq!(shop.ask("keyboard").analysis, None);
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let loved = Document { sold: 5_000, rating: 490, review_count: 900, ..document(1, "Kopi Toraja") };
    let shop = engine([loved, document(2, "Kopi Gayo"), document(3, "Teh Tarik")]);
    let mut query = Query::text("kopi");
    query.explain = true;
    let results = shop.engine.search(&query).unwrap();
    for hit in &results.hits {
        let e = hit.explain.as_ref().unwrap();
        let sum =
            (e.text + e.phrase + e.head + e.cover) * e.affinity + e.sales + e.rating + e.tier + e.freshness;
        assert!((sum - hit.score).abs() < 1e-5, "{sum} {}", hit.score);
    }
    let of = |number: u64| {
        results.hits.iter().find(|h| h.product == id(number)).and_then(|h| h.explain.clone()).unwrap()
    };
    assert!(of(1).sales > of(2).sales && of(1).rating > of(2).rating);
}

#[test]
fn a_product_that_is_not_found_says_why() {
    let mut documents: Vec<_> = (0..15).map(|n| document(n, "Sepatu Lari Pria")).collect();
    documents.push(Document { condition: Condition::Used, ..document(50, "Sepatu Lari Pria Bekas") });
    documents.push(document(51, "Topi Rimba"));
    documents.push(document(52, "Sepatu Tenis"));
    let shop = engine(documents);
    let whereabouts = |query: &Query, number: u64| shop.engine.whereabouts(query, id(number)).unwrap();

    assert!(!whereabouts(&Query::text("sepatu"), 99).indexed);

    let found = whereabouts(&Query::text("sepatu lari"), 3);
    assert!(found.candidate && found.fails.is_empty());
    assert!(found.place.unwrap() <= 16 && found.hit.unwrap().explain.is_some());

    let filters = Filters {
        conditions: vec![Condition::New],
        price: Some(PriceRange { from: 50_000, to: 60_000 }),
        ..Filters::default()
    };
    let filtered = whereabouts(&Query { filters, ..Query::text("sepatu lari") }, 50);
    assert_eq!(filtered.fails, ["condition", "price"]);
    assert_eq!((filtered.candidate, filtered.place), (true, None));

    // Enough products have both words, so one that has a single one is left out.
    let lacking = whereabouts(&Query::text("sepatu lari"), 52);
    assert_eq!((lacking.candidate, lacking.place), (false, None));
    assert_eq!((lacking.words[0].by, lacking.words[1].by), ("exact", "missing"));
    assert!(whereabouts(&Query::text("sepatu lari"), 51).words.iter().all(|word| word.by == "missing"));
}

#[test]
fn an_index_in_use_is_not_taken_for_a_damaged_one() {
    let shop = engine([document(1, "Sepatu")]);
    let second = Engine::open(shop.folder.path(), small());
    assert!(matches!(second, Err(OpenError::InUse)));
    let reader = Engine::open(shop.folder.path(), Config { read_only: true, ..small() }).unwrap();
    assert_eq!(reader.products(), 1);
    assert!(matches!(reader.apply([], 2), Err(IndexError::ReadOnly)));
    assert!(matches!(reader.rebuild(std::iter::empty(), 2, |_| ()), Err(IndexError::ReadOnly)));
    drop(reader);
    assert_eq!(shop.found("sepatu"), [1]);
}
