//! Words: what finds what.

mod common;

use common::{document, engine, id, in_category, numbers};
use search::{Lang, Query, Relaxed, Sort, Start, Suggested};

fn shelf() -> common::Fixture {
    let mut documents = vec![
        in_category(1, "Wireless Keyboard i8 Mini TouchPad 2.4G", "komputer"),
        in_category(2, "SSD Midasforce 128 Gb - Tanpa Caddy", "komputer"),
        in_category(3, "Logitech Bluetooth Keyboard K 380 - Hitam", "komputer"),
        in_category(4, "Powerbank ROBOT 10000mAh RT180", "hp"),
        in_category(5, "USAMS Power Bank Lanyard 20.000 mAh", "hp"),
        in_category(6, "Adaptor Charger Laptop Asus A455LA 19 Volt", "komputer"),
        in_category(7, "Sepatu Sneakers Wanita Putih", "sepatu"),
        in_category(8, "Sepatu Pantofel Pria Hitam", "sepatu"),
        in_category(9, "Makanan Kucing Kering 1 kg", "hewan"),
        in_category(10, "Casing Handphone Silikon Bening", "hp"),
        in_category(11, "Crème Brûlée L'Oréal Paris", "lain"),
        in_category(12, "Lampu LED Taman Tenaga Surya", "lampu"),
    ];
    for i in 0..12 {
        documents.push(in_category(
            100 + i,
            &format!("Kemeja Batik Pria Motif {}", char::from(b'a' + u8::try_from(i).unwrap())),
            "baju",
        ));
    }
    engine(documents)
}

#[test]
fn a_product_is_found_by_what_people_type() {
    let shelf = shelf();
    let table = [
        // Order, case, accents.
        ("mini keyboard wireless", 1),
        ("CREME brulee loreal", 11),
        // Numbers, units, codes.
        ("128gb", 2),
        ("ssd 128 GB", 2),
        ("k380", 3),
        ("K-380", 3),
        ("a455la", 6),
        ("adaptor 19v", 6),
        ("powerbank 10000", 4),
        ("power bank 20000mah", 5),
        // Slips by length of the word, a swap among them.
        ("keybord i8", 1),
        ("sepatu wnaita", 7),
        ("makannan kuccing", 9),
        ("lammpu taman", 12),
        // Not typed out yet.
        ("lampu tam", 12),
        ("ssd midasf", 2),
        // Stems and synonyms.
        ("sepatunya perempuan", 7),
        ("sneaker cewek", 7),
        ("case hp", 10),
        ("cat food", 9),
        ("cas laptop", 6),
    ];
    for (text, expected) in table {
        assert_eq!(shelf.found(text).first(), Some(&expected), "{text}: {:?}", shelf.found(text));
    }
}

#[test]
fn compounds_are_found_together_and_apart() {
    let shelf = shelf();
    for text in ["powerbank", "power bank"] {
        let found = shelf.found(text);
        assert!(found.contains(&4) && found.contains(&5), "{text}: {found:?}");
    }
}

#[test]
fn who_asks_for_shirts_is_not_shown_socks_first() {
    let popular =
        |number, name| search::Document { sold: 90_000, rating: 500, ..in_category(number, name, "baju") };
    let shelf = engine([
        popular(1, "Kaos Kaki Bayi"),
        in_category(2, "Kaos Polos Pria", "baju"),
        in_category(3, "Celana dan Kaos Kaki dengan Kaos", "baju"),
        popular(4, "Sarung Tangan Motor"),
        in_category(5, "Sarung Tenun Samarinda", "baju"),
    ]);
    assert_eq!(shelf.found("kaos").first(), Some(&2), "{:?}", shelf.found("kaos"));
    assert!(shelf.found("kaos").contains(&1), "they are found all the same");
    assert_eq!(shelf.found("kaos kaki").first(), Some(&1));
    assert_eq!(shelf.found("sarung").first(), Some(&5));
    assert_eq!(shelf.found("sarung tangan").first(), Some(&4));
}

#[test]
fn nonsense_finds_nothing_and_is_helped_on() {
    let shelf = shelf();
    for text in ["qwxzv", "zzzzzzzz yyyyyyyy", "!!!", "？"] {
        let results = shelf.ask(text);
        assert!(results.hits.is_empty(), "{text}: {:?}", numbers(&results));
        assert_ne!(results.popular_categories.len(), 0);
    }
}

#[test]
fn short_words_forgive_nothing() {
    let shelf = engine([document(1, "Tas Merah"), document(2, "Topi Biru")]);
    assert_eq!(shelf.found("tis").len(), 0);
    assert_eq!(shelf.found("tpoi"), [2]);
}

#[test]
fn a_missing_word_is_forgiven_and_said_so() {
    let shelf = shelf();
    let results = shelf.ask("sepatu sneakers emas");
    assert_eq!(numbers(&results).first(), Some(&7));
    assert_eq!(results.relaxed, Relaxed::SomeWords);
    assert_eq!(shelf.ask("kemeja batik").relaxed, Relaxed::No);
}

#[test]
fn a_better_spelling_is_offered() {
    let shelf = shelf();
    assert_eq!(shelf.ask("kemja batik").did_you_mean.as_deref(), Some("kemeja batik"));
    assert_eq!(shelf.ask("kemeja batik").did_you_mean, None);
}

#[test]
fn the_category_the_words_speak_of_comes_first() {
    let mut documents: Vec<_> =
        (0..20).map(|i| in_category(i, &format!("Casing hp seri {i}"), "phones-and-tablets")).collect();
    documents.push(in_category(50, "Casing hp kamera", "camera"));
    documents[3].name = "Casing hp kamera besar".into();
    let shelf = engine(documents);
    let mut query = Query::text("casing hp");
    query.limit = 50;
    let found = numbers(&shelf.engine.search(&query).unwrap());
    assert_eq!(found.iter().position(|n| *n == 50), Some(20));
}

#[test]
fn each_word_says_by_what_it_was_found() {
    let shelf = shelf();
    let mut query = Query::text("keybord wireless");
    query.explain = true;
    let results = shelf.engine.search(&query).unwrap();
    let words = &results.hits[0].explain.as_ref().unwrap().words;
    assert_eq!(
        (words[0].word.as_str(), words[0].found.as_deref(), words[0].by),
        ("keybord", Some("keyboard"), "synonym")
    );
    assert_eq!(words[1].by, "exact");
}

#[test]
fn hits_that_have_every_word_come_before_the_related_ones() {
    let mut documents: Vec<_> =
        (0..6).map(|n| in_category(n, &format!("Keyboard Kabel {n}"), "computers-and-laptops")).collect();
    documents.push(in_category(50, "Keyboard Wireless", "computers-and-laptops"));
    documents.push(in_category(51, "Laptop Gaming", "computers-and-laptops"));
    let shelf = engine(documents);
    for sort in [Sort::Relevance, Sort::PriceAscending, Sort::Newest] {
        let results = shelf.engine.search(&Query { sort, ..Query::text("keyboard wireless murah") }).unwrap();
        assert_eq!(numbers(&results)[0], 50, "{sort:?}");
        assert!(!results.hits[0].related && results.hits[1..].iter().all(|hit| hit.related));
        assert_eq!((results.matching, results.total), (1, results.hits.len()));
    }
}

#[test]
fn pages_go_on_from_the_matching_to_the_related_without_overlap() {
    let mut documents: Vec<_> =
        (0..300).map(|n| in_category(n, &format!("Keyboard Kabel {n}"), "computers-and-laptops")).collect();
    documents
        .extend((300..305).map(|n| in_category(n, "Keyboard Nirkabel Wireless", "computers-and-laptops")));
    let shelf = engine(documents);
    let mut query = Query { limit: 40, ..Query::text("keyboard wireless") };
    let (mut seen, mut related) = (Vec::new(), Vec::new());
    loop {
        let page = shelf.engine.search(&query).unwrap();
        seen.extend(numbers(&page));
        related.extend(page.hits.iter().map(|hit| hit.related));
        let Some(next) = page.next else { break };
        query.start = Start::After(next);
    }
    assert_eq!(seen.len(), 305);
    assert!(related.is_sorted() && related.iter().filter(|related| !**related).count() == 5);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 305);
}

#[test]
fn typing_is_helped() {
    let shelf = shelf();
    shelf
        .engine
        .set_popular(vec![("sepatu wanita".into(), 90), ("sepatu pria".into(), 40), ("lampu led".into(), 10)])
        .unwrap();
    let texts = |typed: &str| -> Vec<String> {
        shelf.engine.suggest(typed, Lang::default(), 8).unwrap().into_iter().map(|s| s.text).collect()
    };
    assert_eq!(texts("sep")[..2], ["sepatu wanita", "sepatu pria"]);
    assert_eq!(texts("wan")[0], "sepatu wanita");
    assert!(texts("spatu").contains(&"sepatu wanita".to_owned()));
    assert!(texts("toko s").contains(&"Toko Satu".to_owned()));
    let products = shelf.engine.suggest("midasf", Lang::default(), 8).unwrap();
    assert_eq!(products[0].kind, Suggested::Product(id(2)));
    assert!(
        shelf
            .engine
            .suggest("hewan", Lang::default(), 8)
            .unwrap()
            .iter()
            .any(|s| s.kind == Suggested::Category("hewan".into()))
    );
    assert!(texts("").is_empty() && texts("  ").is_empty());
    assert!(texts("s").len() <= 8);
}

#[test]
fn similar_goods_share_words_category_and_price() {
    let shelf = shelf();
    let similar = shelf.engine.similar(id(100), 5).unwrap();
    assert_eq!(similar.len(), 5);
    assert!(similar.iter().all(|product| product.as_u64_pair().1 & 0xffff_ffff > 100));
    assert!(!similar.contains(&id(100)));
    assert_eq!(shelf.engine.similar(id(999), 5).unwrap().len(), 0);
}
