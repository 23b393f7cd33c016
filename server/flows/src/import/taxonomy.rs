//! What a source calls its categories, and what goods of a category weigh where nobody says.

use catalog::store::Category;
use std::sync::Arc;

/// Category as files call it (in lower case), our category, and the usual weight of its goods in grams, packed.
const CATEGORIES: [(&str, &str, i32); 29] = [
    ("computers and laptops", "komputer-laptop", 500),
    ("phones and tablets", "handphone-tablet", 250),
    ("camera", "kamera", 500),
    ("gaming", "gaming", 400),
    ("electronics", "elektronik-rumah", 900),
    ("women's fashion", "fashion-wanita", 300),
    ("men's fashion", "fashion-pria", 300),
    ("muslim fashion", "fashion-muslim", 300),
    ("kids and baby fashion", "fashion-anak-bayi", 200),
    ("beauty", "kecantikan", 150),
    ("body care", "perawatan-tubuh", 250),
    ("health", "kesehatan", 200),
    ("household", "rumah-tangga", 700),
    ("kitchen", "dapur", 800),
    ("carpentry", "pertukangan", 900),
    ("property", "properti", 1000),
    ("mother and baby", "ibu-bayi", 600),
    ("toys and hobbies", "mainan-hobi", 400),
    ("food and drink", "makanan-minuman", 500),
    ("animal care", "perawatan-hewan", 700),
    ("books", "buku", 350),
    ("movies and music", "film-musik", 900),
    ("office & stationery", "alat-kantor", 300),
    ("party supplies and craft", "pesta-kerajinan", 200),
    ("automotive", "otomotif", 700),
    ("sport", "olahraga", 600),
    ("precious metal", "logam-mulia", 50),
    ("tour and travel", "tur-perjalanan", 10),
    ("other products", "produk-lain", 400),
];

/// Our category for what the file says: by the name others use, or by our own slug or names.
pub fn category(said: &str, ours: &[Arc<Category>]) -> Option<Arc<Category>> {
    let said = said.to_lowercase();
    let mapped = CATEGORIES.iter().find(|(name, _, _)| *name == said).map(|(_, slug, _)| *slug);
    let is = |c: &&Arc<Category>| match mapped {
        Some(slug) => c.slug == slug,
        None => c.slug == said || c.name_id.to_lowercase() == said || c.name_en.to_lowercase() == said,
    };
    ours.iter().find(is).cloned()
}

pub fn usual_weight(category: &str) -> i32 {
    CATEGORIES.iter().find(|(_, slug, _)| *slug == category).map_or(500, |(_, _, grams)| *grams)
}
