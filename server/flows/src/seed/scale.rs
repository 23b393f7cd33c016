//! A catalogue of any size for measuring, with the skew of a real one: few goods sell very much (Zipf), prices spread
//! by factors rather than by sums (log-normal), big categories and small ones, shops of all sizes.
//!
//! It goes in by `copy`, without events and without timelines: whoever follows the catalogue reads it anew afterwards.

use super::{
    SeedError, Seeded,
    chance::{Chance, rounded},
    goods::{RANGES, Range},
};
use crate::{import::Derive, shops, totals};
use catalog::{
    Art, Assortment, Condition, Grams, NewOption, NewProduct, NewVariant, Offer, Price, ProductName,
    QtyRange, StandIn, Tiers, art, store::Category,
};
use kernel::{Cx, OffsetDateTime};
use model::{Slug, ids::ShopId};
use region::Cities;
use std::collections::HashSet;
use time::Duration;

const BATCH: u64 = 5_000;

/// Where such goods are sold, the big cities more often.
const CITIES: [&str; 24] = [
    "Jakarta Barat",
    "Jakarta Barat",
    "Jakarta Barat",
    "Jakarta Utara",
    "Jakarta Utara",
    "Jakarta Pusat",
    "Jakarta Pusat",
    "Jakarta Selatan",
    "Jakarta Timur",
    "Kota Tangerang",
    "Kota Bandung",
    "Kota Bandung",
    "Kota Surabaya",
    "Kota Surabaya",
    "Kota Bekasi",
    "Kota Depok",
    "Kota Semarang",
    "Kota Medan",
    "Kota Makassar",
    "Kota Yogyakarta",
    "Kota Malang",
    "Kota Denpasar",
    "Kota Palembang",
    "Kab. Sidoarjo",
];

const MAKERS: [&str; 40] = [
    "Arunika",
    "Bayanaka",
    "Cendana",
    "Damar",
    "Elang",
    "Fajar",
    "Gema",
    "Handal",
    "Intan",
    "Jenggala",
    "Kalimasada",
    "Lontar",
    "Mahesa",
    "Nirmala",
    "Ombak",
    "Pandawa",
    "Quantum",
    "Rajawali",
    "Satria",
    "Tirta",
    "Umbara",
    "Vista",
    "Wijaya",
    "Xenia",
    "Yudha",
    "Zamrud",
    "Andalas",
    "Borneo",
    "Celebes",
    "Dieng",
    "Ende",
    "Flores",
    "Galunggung",
    "Halmahera",
    "Kelimutu",
    "Lawu",
    "Merbabu",
    "Natuna",
    "Papandayan",
    "Semeru",
];

const MANNERS: [&str; 32] = [
    "Premium",
    "Original",
    "Murah",
    "Terbaru",
    "Import",
    "Lokal",
    "Anti Air",
    "Mini",
    "Jumbo",
    "Ringan",
    "Tebal",
    "Lipat",
    "Portable",
    "Serbaguna",
    "Klasik",
    "Modern",
    "Elegan",
    "Kuat",
    "Praktis",
    "Awet",
    "Hemat",
    "Cepat",
    "Halus",
    "Tipis",
    "Pro",
    "Max",
    "Lite",
    "Plus",
    "Edisi Terbatas",
    "Grosir",
    "Garansi Resmi",
    "Siap Kirim",
];

/// Brings the catalogue up to `n` seeded products of this seed; tells after each batch how many there are.
pub async fn scale(cx: &Cx, n: u64, seed: u64, mut progress: impl FnMut(u64)) -> Result<Seeded, SeedError> {
    let mut tx = cx.begin().await?;
    region::load(&mut tx).await?;
    let cities = Cities::all(&mut tx).await?;
    let categories = catalog::store::list_categories(&mut tx).await?;
    let attributes = catalog::store::list_attributes(&mut tx).await?;
    tx.commit().await?;
    let now = cx.now();
    let derive = Derive::new(&categories, &attributes);
    let (shop_slugs, shops) = open_shops(cx, n, seed, &cities, now).await?;
    let maker = Maker { seed, n, now, derive, categories: &categories, shops: &shop_slugs };

    let mut made = 0;
    let mut start = 0;
    while start < n {
        let end = (start + BATCH).min(n);
        let ids: Vec<_> = (start..end).map(|i| maker.id(i)).collect();
        let mut tx = cx.begin().await?;
        let there: HashSet<_> = catalog::store::list_present(&mut tx, &ids).await?.into_iter().collect();
        let missing = (start..end).filter(|i| !there.contains(&maker.id(*i)));
        let products: Vec<NewProduct> = missing.map(|i| maker.product(i)).collect::<Result<_, _>>()?;
        if !products.is_empty() {
            catalog::store::copy_many(&mut tx, &products, now).await?;
        }
        tx.commit().await?;
        made += products.len() as u64;
        start = end;
        progress(start);
    }

    let mut tx = cx.begin().await?;
    totals::refresh(&mut tx, cx, &shops).await?;
    catalog::store::recount_categories(&mut tx).await?;
    catalog::store::analyze(&mut tx).await?;
    tx.commit().await?;
    Ok(Seeded { shops: shops.len() as u64, products: made, ..Seeded::default() })
}

/// One shop for about three hundred products: in each of the cities one for each category, until there are enough.
async fn open_shops(
    cx: &Cx,
    n: u64,
    seed: u64,
    cities: &Cities,
    now: OffsetDateTime,
) -> Result<(Vec<(usize, ShopId)>, Vec<ShopId>), SeedError> {
    let wanted = usize::try_from((n / 300).clamp(RANGES.len() as u64, 20_000)).unwrap_or(RANGES.len());
    let mut new = Vec::with_capacity(wanted);
    for i in 0..wanted {
        let mut chance = Chance::of(seed, &["scale shop", &i.to_string()]);
        let range = i % RANGES.len();
        let city = *chance.pick(&CITIES);
        let code = cities.code(city).ok_or(sqlx::Error::RowNotFound)?;
        let mut shop = shops::shop_for(
            chance.id(1_600_000_000_000 + i as u64).into(),
            RANGES[range].category,
            city,
            code,
            now,
        )
        .map_err(SeedError::unsound)?;
        shop.slug = shop.slug.with_suffix(&Slug::of(&format!("s{seed}n{i}"), "x"));
        new.push((range, shop));
    }
    let mut tx = cx.begin().await?;
    let shops: Vec<_> = new.iter().map(|(_, shop)| shop.clone()).collect();
    let ids = shop::store::insert_missing(&mut tx, &shops, now).await?;
    tx.commit().await?;
    let of_range = new.iter().filter_map(|(range, shop)| Some((*range, *ids.get(shop.slug.as_str())?)));
    Ok((of_range.collect(), ids.into_values().collect()))
}

struct Maker<'a> {
    seed: u64,
    n: u64,
    now: OffsetDateTime,
    derive: Derive,
    categories: &'a [Category],
    /// Which range of goods a shop sells.
    shops: &'a [(usize, ShopId)],
}

impl Maker<'_> {
    fn id(&self, i: u64) -> model::ids::ProductId {
        Chance::of(self.seed, &["scale product", &i.to_string()]).id(1_650_000_000_000 + i).into()
    }

    fn product(&self, i: u64) -> Result<NewProduct, SeedError> {
        let mut chance = Chance::of(self.seed, &["scale", &i.to_string()]);
        let (range, shop) = *chance.pick(self.shops);
        let range: &Range = &RANGES[range];
        let &(noun, base, grams, _) = chance.pick(range.kinds);
        let category =
            self.categories.iter().find(|c| c.slug == range.category).ok_or(sqlx::Error::RowNotFound)?;
        let brand = *chance.pick(&MAKERS);
        let name = name(&mut chance, noun, brand);
        let price = log_normal(&mut chance, base);
        let sold = sold(i, self.seed, self.n);
        let rated = sold * chance.between(12, 45) / 100;
        let published_at = self.now - Duration::minutes(chance.between(10, 900 * 24 * 60));
        let name_of_product = ProductName::try_from(name.as_str()).map_err(SeedError::unsound)?;
        Ok(NewProduct {
            id: self.id(i),
            shop,
            category: category.id,
            slug: Slug::of(&name, "produk").with_suffix(&Slug::of(&format!("s{}n{i}", self.seed), "x")),
            attributes: self.derive.of(category, &name),
            name: name_of_product,
            description: String::new(),
            brand: Some(brand.to_owned()),
            condition: if chance.percent(5) { Condition::Used } else { Condition::New },
            qty: QtyRange::ANY,
            weight: Grams::try_from(grams).map_err(SeedError::unsound)?,
            dimensions: None,
            preorder_days: None,
            video_url: None,
            free_shipping: chance.percent(30),
            assortment: assortment(&mut chance, i, price)?,
            totals: StandIn {
                sold: i32::try_from(sold).unwrap_or(i32::MAX),
                rating_count: i32::try_from(rated).unwrap_or(i32::MAX),
                rating_sum: rated * chance.between(41, 50) * 10,
            },
            art: Art {
                motif: art::motif_for(range.category, noun).to_owned(),
                seed: i32::try_from(chance.below(1_000_000)).unwrap_or_default(),
            },
            published_at,
        })
    }
}

/// The noun with its maker, a model code, and one or two words that praise it.
fn name(chance: &mut Chance, noun: &str, brand: &str) -> String {
    let letter = |chance: &mut Chance| char::from(b'A' + u8::try_from(chance.below(26)).unwrap_or_default());
    let model = format!("{}{}{}", letter(chance), letter(chance), chance.between(10, 999));
    let (manner, other) = (*chance.pick(&MANNERS), *chance.pick(&MANNERS));
    match chance.below(4) {
        0 => format!("{brand} {noun} {model} {manner}"),
        1 => format!("{noun} {manner} {brand} {model}"),
        2 => format!("{noun} {brand} {model} - {manner} {other}"),
        _ => format!("{manner} {noun} {brand} {model}"),
    }
}

/// Sales fall with the rank; the ranks are spread over the catalogue.
fn sold(i: u64, seed: u64, n: u64) -> i64 {
    // A prime above any catalogue that fits here visits every rank once.
    let rank = (i.wrapping_mul(2_147_483_647) + seed) % n.max(1);
    i64::try_from(2_000_000 / (rank + 8)).unwrap_or_default()
}

/// The first line of a file of [`listings`].
pub const COLUMNS: [&str; 8] =
    ["product_id", "category", "name", "location", "price_idr", "rating", "sold", "review_count"];

/// Such goods as a source would list them: the rows of a file that an import takes over, for measuring it.
pub fn listings(n: u64, seed: u64) -> impl Iterator<Item = [String; 8]> {
    (0..n).map(move |i| {
        let mut chance = Chance::of(seed, &["scale listing", &i.to_string()]);
        let range: &Range = chance.pick(RANGES);
        let &(noun, base, ..) = chance.pick(range.kinds);
        let brand = *chance.pick(&MAKERS);
        let name = name(&mut chance, noun, brand);
        let (price, sold) = (log_normal(&mut chance, base), sold(i, seed, n));
        let rated = sold * chance.between(12, 45) / 100;
        let rating = if rated > 0 { format!("4.{}", chance.below(10)) } else { String::new() };
        [
            format!("S{seed}N{i}"),
            range.category.to_owned(),
            name,
            (*chance.pick(&CITIES)).to_owned(),
            price.to_string(),
            rating,
            sold.to_string(),
            rated.to_string(),
        ]
    })
}

/// The base price times six factors between 0.72 and 1.39.
fn log_normal(chance: &mut Chance, base: i64) -> i64 {
    let price = (0..6).fold(base * 1000, |price, _| price * chance.between(72, 139) / 100);
    rounded((price / 1000).max(500))
}

/// Three of ten come in colours; a few at a discount.
fn assortment(chance: &mut Chance, i: u64, price: i64) -> Result<Assortment, SeedError> {
    let sound = |amount: i64| Price::try_from(amount).map_err(SeedError::unsound);
    let list = if chance.percent(25) {
        Some(sound(rounded(price * chance.between(112, 180) / 100 + 1_000))?)
    } else {
        None
    };
    let offer = Offer::new(sound(price)?, list).map_err(SeedError::unsound)?;
    let values: &[&str] = if chance.percent(30) { &["Hitam", "Putih", "Biru Laut"] } else { &[] };
    let stock = |chance: &mut Chance| {
        if chance.percent(6) { 0 } else { u16::try_from(chance.between(1, 500)).unwrap_or(1) }
    };
    if values.is_empty() {
        let id = chance.id(1_650_000_000_000 + i).into();
        let on_hand = stock(chance);
        return Ok(Assortment::single(id, format!("S{i}"), offer, on_hand));
    }
    let option = NewOption {
        key: "color".into(),
        name: "Warna".into(),
        values: values.iter().map(|v| (*v).to_owned()).collect(),
    };
    let variants = (0..values.len()).map(|place| NewVariant {
        id: chance.id(1_650_000_000_000 + i).into(),
        sku: format!("S{i}-{place}"),
        choices: vec![i16::try_from(place).unwrap_or_default()],
        offer,
        on_hand: stock(chance),
        weight: None,
    });
    let variants = variants.collect();
    Assortment::new(vec![option], variants, Tiers::default()).map_err(SeedError::unsound)
}
