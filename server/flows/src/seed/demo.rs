//! The demonstration market: twelve shops and some three hundred products over all categories.

use super::{
    SeedError, Seeded,
    chance::{Chance, rounded},
    counters,
    goods::{Choice, RANGES, Range},
    promotions,
    words::{DemoShop, SHOPS, review},
};
use crate::{import::Derive, store, text, totals};
use catalog::{
    Actor, Art, Assortment, Condition, Dimensions, Grams, NewOption, NewProduct, NewVariant, Offer, Price,
    ProductChanged, ProductName, QtyRange, StandIn, Tiers, art, store::Category,
};
use kernel::{Cx, OffsetDateTime, outbox};
use model::{Slug, ids::ShopId};
use region::Cities;
use review::{Body, NewReview, Source};
use shop::{NewShop, ShopName};
use time::Duration;

/// The source under which the demonstration's products are known, as if they had been imported.
pub(super) const SOURCE: &str = "demo";

const COLOURS: [&str; 10] = [
    "Hitam",
    "Putih",
    "Hijau Daun",
    "Merah Bata",
    "Biru Laut",
    "Krem",
    "Kunyit",
    "Abu-abu",
    "Dusty Pink",
    "Cokelat",
];

/// Makes what is not there yet, in one transaction.
pub async fn demo(cx: &Cx, seed: u64) -> Result<Seeded, SeedError> {
    let mut tx = cx.begin().await?;
    region::load(&mut tx).await?;
    let cities = Cities::all(&mut tx).await?;
    let categories = catalog::store::list_categories(&mut tx).await?;
    let attributes = catalog::store::list_attributes(&mut tx).await?;
    let maker =
        Maker { seed, now: cx.now(), derive: Derive::new(&categories, &attributes), categories: &categories };

    let shops: Vec<NewShop> = SHOPS.iter().map(|shop| maker.shop(shop, &cities)).collect::<Result<_, _>>()?;
    let slugs: Vec<String> = shops.iter().map(|shop| shop.slug.to_string()).collect();
    let before = shop::store::find_ids(&mut tx, &slugs).await?;
    let ids = shop::store::insert_missing(&mut tx, &shops, maker.now).await?;
    let shop_ids: Vec<ShopId> = slugs.iter().filter_map(|slug| ids.get(slug).copied()).collect();

    let mut made: Vec<(String, NewProduct)> = vec![];
    for range in RANGES {
        let shop = shop_ids.get(range.shop).copied().ok_or(sqlx::Error::RowNotFound)?;
        for (i, kind) in range.kinds.iter().enumerate() {
            let key = format!("{}/{i}", range.category);
            made.push((key.clone(), maker.product(&key, range, kind, shop)?));
        }
    }
    let keys: Vec<String> = made.iter().map(|(key, _)| key.clone()).collect();
    let there = store::find_listings(&mut tx, SOURCE, &keys).await?;
    made.retain(|(key, _)| !there.contains_key(key));

    let (keys, products): (Vec<String>, Vec<NewProduct>) = made.into_iter().unzip();
    let mut reviews = vec![];
    if !products.is_empty() {
        catalog::store::insert_many(&mut tx, &products, Actor::Demo, || cx.ids().uuid(), maker.now).await?;
        let stocked: Vec<model::ids::ProductId> = products.iter().map(|product| product.id).collect();
        inventory::store::open_stock(&mut tx, &stocked, maker.now).await?;
        let listings = keys.iter().zip(&products).map(|(key, product)| (key.clone(), product.id, vec![]));
        store::put_listings(&mut tx, SOURCE, &listings.collect::<Vec<_>>()).await?;
        for (key, product) in keys.iter().zip(&products) {
            reviews.extend(maker.reviews(key, product)?);
        }
        let given = review::store::insert_missing(&mut tx, &reviews, Source::Demo).await?;
        catalog::store::count_rating(&mut tx, &given, Source::Demo.already_in_total()).await?;
        let events = products.iter().map(|product| ProductChanged { product: product.id });
        outbox::publish_many(&mut tx, cx, events).await?;
    }
    totals::refresh(&mut tx, cx, &shop_ids).await?;
    catalog::store::recount_categories(&mut tx).await?;
    let vouchers = promotions::vouchers(&mut tx, seed, &shop_ids, maker.now).await?;
    counters::counters(&mut tx, seed, maker.now).await?;
    let flash = promotions::flash_sale(cx, &mut tx, seed, maker.now).await?;
    tx.commit().await?;
    let seeded = Seeded {
        shops: (shops.len() - before.len()) as u64,
        products: products.len() as u64,
        reviews: reviews.len() as u64,
        vouchers,
        flash,
    };
    tracing::info!(seeded.shops, seeded.products, seeded.reviews, "The demonstration market is there");
    Ok(seeded)
}

struct Maker<'a> {
    seed: u64,
    now: OffsetDateTime,
    derive: Derive,
    categories: &'a [Category],
}

impl Maker<'_> {
    fn shop(&self, shop: &DemoShop, cities: &Cities) -> Result<NewShop, SeedError> {
        let joined_at = self.now - Duration::days(shop.joined_days_ago);
        Ok(NewShop {
            id: Chance::of(self.seed, &["shop", shop.name]).id(millis(joined_at)).into(),
            slug: Slug::of(shop.name, "toko"),
            name: ShopName::try_from(shop.name).map_err(SeedError::unsound)?,
            description: shop.about.to_owned(),
            city_code: cities.code(shop.city).ok_or(sqlx::Error::RowNotFound)?.to_owned(),
            tier: shop.tier,
            joined_at,
        })
    }

    fn product(
        &self,
        key: &str,
        range: &Range,
        &(noun, base, grams, choice): &(&str, i64, i32, Choice),
        shop: ShopId,
    ) -> Result<NewProduct, SeedError> {
        let mut chance = Chance::of(self.seed, &["product", key]);
        let brand = *chance.pick(range.brands);
        let name = format!("{noun} {brand}");
        let category =
            self.categories.iter().find(|c| c.slug == range.category).ok_or(sqlx::Error::RowNotFound)?;
        let published_at = self.now - Duration::minutes(chance.between(60, 400 * 24 * 60));
        let base = rounded(base * chance.between(90, 115) / 100);
        let discount = if chance.percent(38) { chance.between(5, 55) } else { 0 };
        let assortment = assortment(&mut chance, key, base, discount, choice)?;
        let side = |chance: &mut Chance| i32::try_from(chance.between(60, 400)).unwrap_or(100);
        let max = chance.percent(15).then(|| i32::try_from(chance.between(2, 10)).unwrap_or(5));
        let art = Art {
            motif: art::motif_for(range.category, noun).to_owned(),
            seed: i32::try_from(chance.below(1_000_000)).unwrap_or_default(),
        };
        Ok(NewProduct {
            id: Chance::of(self.seed, &["product id", key]).id(millis(published_at)).into(),
            shop,
            category: category.id,
            slug: Slug::of(&name, "produk")
                .with_suffix(&Slug::of(&format!("{:04x}", text::hash(&[key]) & 0xffff), "x")),
            description: description(&mut chance, &name, range),
            attributes: self.derive.of(category, &name),
            name: ProductName::try_from(name.as_str()).map_err(SeedError::unsound)?,
            brand: Some(brand.to_owned()),
            condition: if base > 1_000_000 && chance.percent(12) { Condition::Used } else { Condition::New },
            qty: QtyRange::new(1, max).map_err(SeedError::unsound)?,
            weight: Grams::try_from(grams).map_err(SeedError::unsound)?,
            dimensions: Some(Dimensions {
                length_mm: side(&mut chance),
                width_mm: side(&mut chance),
                height_mm: side(&mut chance),
            }),
            preorder_days: chance.percent(6).then(|| i16::try_from(chance.between(3, 14)).unwrap_or(7)),
            video_url: None,
            free_shipping: chance.percent(35),
            assortment,
            // A few sell very well, most a little.
            totals: StandIn {
                sold: i32::try_from(12_000 / chance.between(1, 160)).unwrap_or(1),
                ..StandIn::default()
            },
            art,
            published_at,
        })
    }

    fn reviews(&self, key: &str, product: &NewProduct) -> Result<Vec<NewReview>, SeedError> {
        let mut chance = Chance::of(self.seed, &["reviews", key]);
        let many = chance.between(3, 18).min(i64::from(product.totals.sold));
        let age = (self.now - product.published_at).whole_minutes().max(2);
        let variants = product.assortment.variants();
        (0..many)
            .map(|nth| {
                let (stars, text) = review(&mut chance);
                let created_at = self.now - Duration::minutes(chance.between(1, age - 1));
                Ok(NewReview {
                    id: chance.id(millis(created_at)).into(),
                    product: product.id,
                    variant: (variants.len() > 1).then(|| chance.pick(variants).id),
                    author: text::author(chance.next()),
                    stars,
                    body: Body::try_from(text.as_str()).map_err(SeedError::unsound)?,
                    key: format!("{key}/{nth}"),
                    created_at,
                })
            })
            .collect()
    }
}

pub(super) fn millis(at: OffsetDateTime) -> u64 {
    u64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or_default()
}

fn description(chance: &mut Chance, name: &str, range: &Range) -> String {
    let first = chance.pick(range.praise);
    let second = range.praise.iter().find(|praise| *praise != first).unwrap_or(first);
    let care = chance.pick(&[
        "Barang siap kirim setiap hari kerja sebelum pukul 15.00.",
        "Pesanan sebelum pukul 12.00 dikirim di hari yang sama.",
        "Setiap barang diperiksa dua kali sebelum dibungkus.",
    ]);
    let swap = chance.pick(&[
        "Ada yang kurang pas? Bisa ditukar dalam tujuh hari selama belum dipakai.",
        "Mohon rekam video saat membuka paket supaya keluhan cepat kami bantu.",
        "Silakan tanya dulu lewat obrolan, kami balas di jam buka toko.",
    ]);
    format!("{name}. {first} {second}\n\nIsi paket: 1 x {name}.\n\n{care} {swap}")
}

/// What can be chosen, at which price, and wholesale for some.
fn assortment(
    chance: &mut Chance,
    key: &str,
    base: i64,
    discount: i64,
    choice: Choice,
) -> Result<Assortment, SeedError> {
    let colours = |chance: &mut Chance, many: usize| {
        let first = usize::try_from(chance.below(COLOURS.len() as u64)).unwrap_or_default();
        (0..many).map(|i| COLOURS[(first + i * 3) % COLOURS.len()].to_owned()).collect::<Vec<_>>()
    };
    let list = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
    let option =
        |key: &str, name: &str, values| NewOption { key: key.to_owned(), name: name.to_owned(), values };
    let many = usize::try_from(chance.between(2, 4)).unwrap_or(2);
    // Percent of the base price for each value of the last option.
    let (options, steps): (Vec<NewOption>, &[i64]) = match choice {
        Choice::Nothing => (vec![], &[100]),
        Choice::Colour => (vec![option("color", "Warna", colours(chance, many))], &[100, 100, 100, 100]),
        Choice::Clothes => (
            vec![
                option("color", "Warna", colours(chance, many.min(3))),
                option("size", "Ukuran", list(&["S", "M", "L", "XL"])),
            ],
            &[100, 100, 100, 108],
        ),
        Choice::Shoes => (
            vec![
                option("color", "Warna", colours(chance, 2)),
                option("size", "Ukuran", list(&["38", "39", "40", "41", "42"])),
            ],
            &[100; 5],
        ),
        Choice::Storage => {
            (vec![option("storage", "Kapasitas", list(&["64 GB", "128 GB", "256 GB"]))], &[100, 125, 165])
        }
        Choice::Volume => {
            (vec![option("volume", "Isi", list(&["100 ml", "250 ml", "500 ml"]))], &[100, 190, 340])
        }
        Choice::Weight => {
            (vec![option("weight", "Berat", list(&["250 g", "500 g", "1 kg"]))], &[100, 185, 350])
        }
        Choice::Pack => {
            (vec![option("pack", "Paket", list(&["Satuan", "Isi 3", "Isi 10"]))], &[100, 285, 900])
        }
    };

    let mut choices: Vec<Vec<i16>> = vec![vec![]];
    for option in &options {
        choices = choices
            .into_iter()
            .flat_map(|chosen| {
                (0..option.values.len()).map(move |i| {
                    let mut chosen = chosen.clone();
                    chosen.push(i16::try_from(i).unwrap_or_default());
                    chosen
                })
            })
            .collect();
    }
    let price = |amount: i64| Price::try_from(amount).map_err(SeedError::unsound);
    let variants = choices.into_iter().enumerate().map(|(i, chosen)| {
        let step = chosen
            .last()
            .and_then(|last| steps.get(usize::from(last.unsigned_abs())))
            .copied()
            .unwrap_or(100);
        let full = rounded(base * step / 100);
        let now = if discount > 0 { rounded(full * (100 - discount) / 100) } else { full };
        let offer = Offer::new(price(now)?, if full > now { Some(price(full)?) } else { None });
        let sold_out = chance.percent(7);
        Ok(NewVariant {
            id: chance.id(1_700_000_000_000 + i as u64).into(),
            sku: format!("{}-{:02}", key.replace('/', "-").to_uppercase(), i + 1),
            choices: chosen,
            offer: offer.map_err(SeedError::unsound)?,
            on_hand: if sold_out { 0 } else { u16::try_from(chance.between(3, 250)).unwrap_or(10) },
            weight: None,
        })
    });
    let variants: Vec<NewVariant> = variants.collect::<Result<_, SeedError>>()?;
    let cheapest = variants.iter().map(|v| v.offer.price().get()).min().unwrap_or(base);
    let wholesale = base < 400_000 && cheapest >= 5_000 && chance.percent(28);
    let tiers = if wholesale {
        vec![
            (5, price(cheapest * 96 / 100)?),
            (20, price(cheapest * 91 / 100)?),
            (100, price(cheapest * 85 / 100)?),
        ]
    } else {
        vec![]
    };
    let tiers = Tiers::try_from(tiers).map_err(SeedError::unsound)?;
    Assortment::new(options, variants, tiers).map_err(SeedError::unsound)
}
