//! Builders of documents and engines in folders that vanish.

#![allow(dead_code, reason = "each test file uses its part")]

use search::{Category, Change, Condition, Config, Document, Engine, Query, Results, Shop, Value, Variant};
use tempfile::TempDir;
use uuid::Uuid;

pub fn id(number: u64) -> Uuid {
    Uuid::from_u64_pair(0x7000, 0x8000_0000_0000_0000 | number)
}

pub fn category(slug: &str) -> Category {
    Category { slug: slug.to_owned(), indonesian: slug.to_owned(), english: slug.to_owned() }
}

pub fn document(number: u64, name: &str) -> Document {
    Document {
        product: id(number),
        name: name.to_owned(),
        categories: vec![category("lain")],
        shop: Shop {
            id: id(1),
            slug: "toko-satu".into(),
            name: "Toko Satu".into(),
            city: "Bandung".into(),
            tier: 0,
        },
        brand: None,
        condition: Condition::New,
        free_shipping: false,
        attributes: Vec::new(),
        variants: vec![variant(10_000, &[])],
        rating: 450,
        review_count: 10,
        sold: 10,
        created_at: 1_700_000_000,
        description: String::new(),
    }
}

pub fn in_category(number: u64, name: &str, slug: &str) -> Document {
    Document { categories: vec![category(slug)], ..document(number, name) }
}

pub fn variant(price: u64, options: &[(&str, &str)]) -> Variant {
    let options =
        options.iter().map(|(key, value)| ((*key).to_owned(), Value::Choice((*value).to_owned()))).collect();
    Variant { price, in_stock: true, options }
}

pub struct Fixture {
    pub engine: Engine,
    pub folder: TempDir,
}

pub fn small() -> Config {
    Config { write_memory: 16 << 20, rebuild_memory: 32 << 20, rebuild_threads: 2, ..Config::default() }
}

pub fn engine(documents: impl IntoIterator<Item = Document>) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::create(folder.path(), small()).unwrap();
    engine.apply(documents.into_iter().map(|d| Change::Upsert(Box::new(d))), 1).unwrap();
    Fixture { engine, folder }
}

impl Fixture {
    pub fn ask(&self, text: &str) -> Results {
        self.engine.search(&Query::text(text)).unwrap()
    }

    /// Numbers of the products found, best first.
    pub fn found(&self, text: &str) -> Vec<u64> {
        numbers(&self.ask(text))
    }
}

pub fn numbers(results: &Results) -> Vec<u64> {
    results.hits.iter().map(|hit| hit.product.as_u64_pair().1 & 0xffff_ffff).collect()
}
