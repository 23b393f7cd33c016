//! Listings from the file given, and a made-up catalogue of any size with the skew of a real one: few categories,
//! shops, brands and words make up most of it, and sales fall off steeply. Product `i` is the same in every run.

#![allow(
    dead_code,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::format_push_string,
    reason = "measuring, shared by two programs"
)]

use std::error::Error;

use search::{Category, Condition, Document, Shop, Value, Variant};
use uuid::Uuid;

/// `SplitMix64`: enough chance for a measurement, the same everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Small numbers often, large ones seldom.
    pub fn skewed(&mut self, end: usize) -> usize {
        let x = self.unit();
        ((end as f64).powf(x) - 1.0).floor().min(end as f64 - 1.0).max(0.0) as usize
    }

    pub fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

pub struct Listing {
    pub id: Uuid,
    pub category: String,
    pub name: String,
    pub city: String,
    pub price: u64,
    pub rating: u16,
    pub sold: u32,
    pub reviews: u32,
}

pub fn numbered(space: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(space << 48 | 0x7000, 0x8000_0000_0000_0000 | number)
}

pub fn listings(file: &str) -> Result<Vec<Listing>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(file)?;
    let mut listings = Vec::new();
    for (number, row) in (0..).zip(reader.records()) {
        let row = row?;
        listings.push(Listing {
            id: numbered(1, number),
            category: row[1].to_owned(),
            name: row[2].to_owned(),
            city: row[3].to_owned(),
            price: row[4].parse()?,
            rating: (row[5].parse::<f64>()? * 100.0).round() as u16,
            sold: row[6].parse()?,
            reviews: row[7].parse()?,
        });
    }
    Ok(listings)
}

fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

pub fn document(listing: &Listing) -> Document {
    Document {
        product: listing.id,
        name: listing.name.clone(),
        categories: vec![Category {
            slug: slug(&listing.category),
            indonesian: indonesian(&listing.category).to_owned(),
            english: listing.category.clone(),
        }],
        shop: Shop {
            id: numbered(2, 0),
            slug: slug(&format!("{} {}", listing.category, listing.city)),
            name: format!("Toko {}", listing.city),
            city: listing.city.clone(),
            tier: 0,
        },
        brand: None,
        condition: Condition::New,
        free_shipping: false,
        attributes: Vec::new(),
        variants: vec![Variant { price: listing.price, in_stock: true, options: Vec::new() }],
        rating: listing.rating,
        review_count: listing.reviews,
        sold: listing.sold,
        created_at: 1_650_000_000,
        description: String::new(),
    }
}

/// Category in English and Indonesian, and what is sold there.
const CATEGORIES: &[(&str, &str, &[&str])] = &[
    (
        "Women's Fashion",
        "Fashion Wanita",
        &[
            "sepatu wanita",
            "tas wanita",
            "dress",
            "blouse",
            "rok",
            "celana kulot",
            "daster",
            "sandal wanita",
            "cardigan",
            "kaos wanita",
            "jam tangan wanita",
            "sepatu sneakers wanita",
        ],
    ),
    (
        "Men's Fashion",
        "Fashion Pria",
        &[
            "kaos pria",
            "kemeja pria",
            "celana chino",
            "celana jeans pria",
            "jaket pria",
            "sepatu pria",
            "dompet pria",
            "topi",
            "ikat pinggang",
            "tas ransel",
            "jam tangan pria",
            "hoodie",
        ],
    ),
    (
        "Phones and Tablets",
        "Handphone & Tablet",
        &[
            "casing hp",
            "hp android",
            "tempered glass",
            "charger",
            "kabel data",
            "powerbank",
            "earphone bluetooth",
            "holder hp",
            "lcd",
            "tablet",
        ],
    ),
    (
        "Electronics",
        "Elektronik",
        &[
            "lampu led",
            "kipas angin",
            "speaker bluetooth",
            "rice cooker",
            "setrika",
            "tv led",
            "blender",
            "stop kontak",
            "vacuum cleaner",
            "headphone",
        ],
    ),
    (
        "Household",
        "Rumah Tangga",
        &[
            "rak sepatu",
            "tempat sampah",
            "sprei",
            "bantal",
            "alat pel",
            "jemuran",
            "gorden",
            "karpet",
            "keranjang",
            "jam dinding",
        ],
    ),
    (
        "Beauty",
        "Kecantikan",
        &[
            "lipstik",
            "serum wajah",
            "masker wajah",
            "bedak",
            "maskara",
            "kutek",
            "toner",
            "sunscreen",
            "eyeliner",
            "jepit rambut",
        ],
    ),
    (
        "Computers and Laptops",
        "Komputer & Laptop",
        &[
            "keyboard wireless",
            "mouse wireless",
            "laptop",
            "ssd",
            "flashdisk",
            "monitor",
            "charger laptop",
            "cooling pad",
            "webcam",
            "ram",
        ],
    ),
    (
        "Food and Drink",
        "Makanan & Minuman",
        &[
            "kopi bubuk",
            "keripik",
            "mie instan",
            "coklat",
            "kue kering",
            "teh",
            "madu",
            "sambal",
            "kurma",
            "beras",
        ],
    ),
    (
        "Automotive",
        "Otomotif",
        &[
            "oli motor",
            "lampu motor",
            "helm",
            "spion",
            "parfum mobil",
            "sarung jok",
            "ban",
            "wiper",
            "kanebo",
            "klakson",
        ],
    ),
    (
        "Muslim Fashion",
        "Fashion Muslim",
        &[
            "hijab",
            "jilbab instan",
            "gamis",
            "mukena",
            "baju koko",
            "sarung",
            "peci",
            "pashmina",
            "ciput",
            "sajadah",
        ],
    ),
    (
        "Mother and Baby",
        "Ibu & Bayi",
        &[
            "popok bayi",
            "susu formula",
            "gendongan bayi",
            "botol susu",
            "stroller",
            "minyak telon",
            "tisu basah",
            "selimut bayi",
        ],
    ),
    (
        "Kids and Baby Fashion",
        "Fashion Anak & Bayi",
        &[
            "baju anak",
            "sepatu anak",
            "tas sekolah",
            "jumper bayi",
            "celana anak",
            "kaos kaki anak",
            "topi bayi",
            "dress anak",
        ],
    ),
    (
        "Kitchen",
        "Dapur",
        &[
            "wajan",
            "panci",
            "pisau dapur",
            "kotak makan",
            "botol minum",
            "rak piring",
            "toples",
            "cetakan kue",
            "gelas",
            "talenan",
        ],
    ),
    (
        "Toys and Hobbies",
        "Mainan & Hobi",
        &[
            "mainan anak",
            "boneka",
            "puzzle",
            "mobil remote",
            "action figure",
            "kartu remi",
            "balok susun",
            "robot",
        ],
    ),
    (
        "Sport",
        "Olahraga",
        &[
            "sepatu lari",
            "sepatu futsal",
            "raket",
            "matras yoga",
            "bola",
            "jersey",
            "dumbbell",
            "tenda",
            "joran",
            "kacamata renang",
        ],
    ),
    (
        "Health",
        "Kesehatan",
        &[
            "masker medis",
            "vitamin",
            "suplemen",
            "termometer",
            "minyak kayu putih",
            "obat herbal",
            "tensimeter",
        ],
    ),
    (
        "Body Care",
        "Perawatan Tubuh",
        &["sabun mandi", "shampo", "parfum", "lotion", "deodorant", "hand sanitizer", "lulur", "pomade"],
    ),
    (
        "Books",
        "Buku",
        &[
            "novel",
            "buku anak",
            "komik",
            "kamus",
            "buku resep",
            "buku pelajaran",
            "ensiklopedia",
            "buku bisnis",
        ],
    ),
    (
        "Camera",
        "Kamera",
        &["kamera", "tripod", "lensa", "ring light", "baterai kamera", "tas kamera", "drone", "gimbal"],
    ),
    (
        "Gaming",
        "Gaming",
        &["stik ps4", "game", "nintendo switch", "gamepad", "konsol", "kursi gaming", "kaset game"],
    ),
    (
        "Animal Care",
        "Perawatan Hewan",
        &[
            "makanan kucing",
            "pasir kucing",
            "kandang",
            "makanan anjing",
            "akuarium",
            "vitamin kucing",
            "mainan kucing",
        ],
    ),
    (
        "Office & Stationery",
        "Kantor & Alat Tulis",
        &["pulpen", "spidol", "kertas", "buku tulis", "lakban", "gunting", "kalkulator", "stempel"],
    ),
    (
        "Party Supplies and Craft",
        "Pesta & Kerajinan",
        &["balon", "lilin", "kertas kado", "pita", "bunga kering", "kotak kado", "benang rajut"],
    ),
    (
        "Carpentry",
        "Pertukangan",
        &["bor listrik", "obeng set", "cat tembok", "gerinda", "palu", "lem", "kran", "wallpaper dinding"],
    ),
    (
        "Movies and Music",
        "Film & Musik",
        &["gitar", "mic", "soundcard", "senar gitar", "pianika", "ukulele", "stand mic"],
    ),
    ("Precious Metal", "Logam Mulia", &["emas batangan", "cincin emas", "perak", "koin emas"]),
    ("Tour and Travel", "Tur & Perjalanan", &["tiket masuk", "voucher hotel", "sim card", "paket wisata"]),
    ("Property", "Properti", &["kartu akses", "plang nama", "tanaman hias", "kursi lesehan"]),
    ("Other Products", "Produk Lain", &["karung", "terpal", "bubble wrap", "label", "cetak foto"]),
];

const TRAITS: &[&str] = &[
    "premium",
    "original",
    "murah",
    "terbaru",
    "import",
    "polos",
    "motif",
    "anti air",
    "anti slip",
    "mini",
    "jumbo",
    "portable",
    "lipat",
    "tebal",
    "ringan",
    "multifungsi",
    "elegan",
    "kekinian",
    "korea",
    "jepang",
    "vintage",
    "klasik",
    "sporty",
    "casual",
    "waterproof",
    "wireless",
    "bluetooth",
    "otomatis",
    "digital",
    "manual",
    "rechargeable",
    "stainless",
    "plastik",
    "kayu",
    "katun",
    "kulit",
    "silikon",
    "bambu",
    "rajut",
    "denim",
    "canvas",
    "satin",
    "rayon",
    "busa",
    "karet",
    "besi",
    "aluminium",
    "akrilik",
    "isi 10",
    "isi 12",
    "1 set",
    "2 in 1",
    "3 in 1",
    "fast charging",
    "type c",
    "usb",
    "rgb",
    "hd",
    "smart",
    "slim",
    "pro",
    "plus",
    "max",
    "lite",
    "anak",
    "dewasa",
    "pria",
    "wanita",
    "unisex",
    "bayi",
    "travel",
    "outdoor",
    "kantor",
    "sekolah",
    "rumah",
    "dapur",
    "motor",
    "mobil",
];
const COLOURS: &[&str] = &[
    "Hitam", "Putih", "Merah", "Biru", "Hijau", "Abu-abu", "Coklat", "Pink", "Ungu", "Kuning", "Navy", "Krem",
];
const SIZES: &[&str] = &["S", "M", "L", "XL", "XXL", "36", "37", "38", "39", "40", "41", "42", "43"];
const CITIES: &[&str] = &[
    "Jakarta Barat",
    "Jakarta Pusat",
    "Jakarta Utara",
    "Jakarta Selatan",
    "Jakarta Timur",
    "Kota Tangerang",
    "Kota Bandung",
    "Kota Surabaya",
    "Kota Bekasi",
    "Kota Depok",
    "Kab. Tangerang",
    "Kota Medan",
    "Kota Semarang",
    "Kab. Bogor",
    "Kota Yogyakarta",
    "Kab. Sleman",
    "Kota Malang",
    "Kota Denpasar",
    "Kota Makassar",
    "Kota Palembang",
    "Kota Batam",
    "Kab. Bekasi",
    "Kota Solo",
    "Kab. Sidoarjo",
    "Kota Cimahi",
    "Kota Bogor",
    "Kab. Kudus",
    "Kota Padang",
    "Kota Pontianak",
    "Kota Balikpapan",
];
const SYLLABLES: &[&str] = &[
    "ba", "ri", "ko", "me", "na", "lu", "to", "vi", "sa", "ze", "do", "ki", "ra", "mo", "ta", "xi", "fe",
    "no", "ga", "li", "pu", "ra", "win", "tex", "max", "con", "dar", "sun", "per", "mel",
];

fn indonesian(category: &str) -> &str {
    CATEGORIES
        .iter()
        .find(|(english, ..)| *english == category)
        .map_or(category, |(_, indonesian, _)| indonesian)
}

fn coined(random: &mut Random, syllables: usize) -> String {
    (0..syllables).map(|_| random.pick(SYLLABLES)).collect()
}

pub fn seeded_id(number: usize) -> Uuid {
    numbered(3, number as u64)
}

fn random_of(number: usize) -> Random {
    let mut random = Random(number as u64 ^ 0x5eed_0000_0000);
    random.next();
    random
}

pub fn seeded_category(number: usize) -> &'static str {
    CATEGORIES[random_of(number).skewed(CATEGORIES.len())].0
}

/// The first `count` products of the made-up catalogue.
pub fn catalogue(count: usize) -> impl Iterator<Item = Document> + Send {
    (0..count).map(seeded)
}

/// The same products, best sellers first, as a rebuild gets them.
pub fn catalogue_by_sales(count: usize) -> impl Iterator<Item = Document> + Send {
    let mut order: Vec<(u32, usize)> = (0..count).map(|number| (seeded(number).sold, number)).collect();
    order.sort_unstable_by_key(|(sold, number)| (std::cmp::Reverse(*sold), *number));
    order.into_iter().map(|(_, number)| seeded(number))
}

fn seeded(number: usize) -> Document {
    let mut random = random_of(number);
    let (english, indonesian, things) = CATEGORIES[random.skewed(CATEGORIES.len())];
    let thing = things[random.skewed(things.len())];
    let mut of_brand = Random(random.skewed(20_000) as u64 * 7919);
    let syllables = 2 + of_brand.below(2);
    let brand = coined(&mut of_brand, syllables);
    let mut name = thing.to_owned();
    let branded = random.unit() < 0.6;
    if branded {
        name = if random.unit() < 0.5 { format!("{brand} {name}") } else { format!("{name} {brand}") };
    }
    for _ in 0..2 + random.below(4) {
        name.push(' ');
        name.push_str(TRAITS[random.skewed(TRAITS.len())]);
    }
    if random.unit() < 0.35 {
        let letters: String =
            (0..=random.below(3)).map(|_| char::from(b'A' + random.below(26) as u8)).collect();
        name += &format!(" {letters}{}", random.skewed(10_000));
    }
    if random.unit() < 0.2 {
        name += &format!(
            " {}{}",
            [8, 16, 32, 64, 100, 128, 250, 500, 1000, 10_000][random.below(10)],
            random.pick(&["gb", "ml", "gr", " pcs", "cm", "w", "mah"])
        );
    }
    let colour = random.pick(COLOURS);
    if random.unit() < 0.5 {
        name += &format!(" - {colour}");
    }
    let shop = random.skewed(30_000);
    let mut of_shop = Random(shop as u64 * 104_729);
    let shop_name = format!(
        "{} {}",
        coined(&mut of_shop, 2),
        of_shop.pick(&["Store", "Shop", "Official", "Mart", "Jaya", "Abadi", "Collection"])
    );
    let base = (1_000.0 * 10_f64.powf(0.7 + 2.6 * random.unit())).round() as u64 / 100 * 100;
    let variants = (0..=random.skewed(9))
        .map(|v| Variant {
            price: base + v as u64 * 2_500,
            in_stock: random.unit() < 0.9,
            options: vec![
                ("Warna".to_owned(), Value::Choice(random.pick(COLOURS).to_owned())),
                ("Ukuran".to_owned(), Value::Choice(random.pick(SIZES).to_owned())),
            ],
        })
        .collect();
    let sold = (10_f64.powf(5.0 * random.unit().powi(3)) - 1.0) as u32;
    let description: Vec<&str> = (0..24).map(|_| TRAITS[random.skewed(TRAITS.len())]).collect();
    Document {
        product: seeded_id(number),
        name,
        categories: vec![Category {
            slug: slug(english),
            indonesian: indonesian.to_owned(),
            english: english.to_owned(),
        }],
        shop: Shop {
            id: numbered(4, shop as u64),
            slug: format!("toko-{shop}"),
            name: shop_name,
            city: CITIES[of_shop.skewed(CITIES.len())].to_owned(),
            tier: of_shop.skewed(3) as u8,
        },
        brand: branded.then_some(brand),
        condition: if random.unit() < 0.04 { Condition::Used } else { Condition::New },
        free_shipping: random.unit() < 0.4,
        attributes: vec![
            ("Bahan".to_owned(), Value::Choice(TRAITS[31 + random.below(17)].to_owned())),
            ("Garansi".to_owned(), Value::Flag(random.unit() < 0.3)),
        ],
        variants,
        rating: if sold == 0 { 0 } else { 500 - (random.skewed(150) as u16) },
        review_count: sold / 3,
        sold,
        created_at: 1_700_000_000 - random.skewed(100_000_000) as i64,
        description: description.join(" "),
    }
}
