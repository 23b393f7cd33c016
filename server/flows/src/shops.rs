//! Shops for goods whose seller is not named: one for each city and category, with a name such a shop could have.

use crate::text;
use kernel::OffsetDateTime;
use model::{Slug, views::Tier};
use shop::{NewShop, NotAShop, ShopName};
use time::Duration;

/// Trade words by category: what such a shop has on its sign. No two categories share one, so that no two shops of a
/// city are called the same.
const TRADES: &[(&str, &[&str])] = &[
    ("komputer-laptop", &["Komputer", "Digital"]),
    ("handphone-tablet", &["Cell", "Gadget"]),
    ("kamera", &["Foto", "Kamera"]),
    ("gaming", &["Game", "Konsol"]),
    ("elektronik-rumah", &["Elektronik", "Audio"]),
    ("fashion-wanita", &["Butik", "Modiste"]),
    ("fashion-pria", &["Menswear", "Distro"]),
    ("fashion-muslim", &["Hijab", "Busana Muslim"]),
    ("fashion-anak-bayi", &["Baju Anak", "Kids"]),
    ("kecantikan", &["Kosmetik", "Beauty"]),
    ("perawatan-tubuh", &["Bodycare", "Spa"]),
    ("kesehatan", &["Farma", "Sehat"]),
    ("rumah-tangga", &["Perabot", "Home"]),
    ("dapur", &["Dapur", "Kitchenware"]),
    ("pertukangan", &["Teknik", "Perkakas"]),
    ("properti", &["Griya", "Taman"]),
    ("ibu-bayi", &["Baby Shop", "Ibu & Bayi"]),
    ("mainan-hobi", &["Mainan", "Hobi"]),
    ("makanan-minuman", &["Rasa", "Camilan"]),
    ("perawatan-hewan", &["Petshop", "Satwa"]),
    ("buku", &["Buku", "Pustaka"]),
    ("film-musik", &["Musik", "Studio"]),
    ("alat-kantor", &["Stationery", "ATK"]),
    ("pesta-kerajinan", &["Pesta", "Kriya"]),
    ("otomotif", &["Motor", "Otomotif"]),
    ("olahraga", &["Sport", "Olahraga"]),
    ("logam-mulia", &["Emas", "Logam Mulia"]),
    ("tur-perjalanan", &["Travel", "Wisata"]),
    ("produk-lain", &["Serba Ada", "Aneka"]),
];

const LUCKY: &[&str] = &[
    "Sinar",
    "Graha",
    "Berkah",
    "Jaya",
    "Makmur",
    "Sumber",
    "Mitra",
    "Cahaya",
    "Anugerah",
    "Rejeki",
    "Sentosa",
    "Mulia",
    "Bintang",
    "Citra",
    "Surya",
    "Mandiri",
    "Utama",
    "Prima",
    "Barokah",
    "Lestari",
    "Nusantara",
    "Pelangi",
    "Mekar",
    "Sejahtera",
    "Gemilang",
    "Samudra",
    "Kencana",
    "Puspa",
    "Harapan",
    "Abadi",
];

/// The slug of the shop that sells a category's goods in a city: known before it is opened.
pub fn slug_for(category: &str, city: &str) -> Slug {
    Slug::of(&name_for(category, city), "toko")
}

fn name_for(category: &str, city: &str) -> String {
    let h = text::hash(&["shop", category, city]);
    let trades =
        TRADES.iter().find(|(slug, _)| *slug == category).map_or(&["Toko"][..], |(_, trades)| trades);
    let city = city.strip_prefix("Kota ").unwrap_or(city).replace("Kab. ", "Kab ");
    let (lucky, trade) = (text::pick(h, LUCKY), text::pick(h >> 24, trades));
    let full = format!("{lucky} {trade} {city}");
    if full.chars().count() <= ShopName::MAX { full } else { format!("{trade} {city}") }
}

pub fn shop_for(
    id: model::ids::ShopId,
    category: &str,
    city: &str,
    city_code: &str,
    now: OffsetDateTime,
) -> Result<NewShop, NotAShop> {
    let h = text::hash(&["tier", category, city]);
    let tier = match text::below(h, 20) {
        0 => Tier::Official,
        1..=5 => Tier::Power,
        _ => Tier::Regular,
    };
    let days = i64::try_from(120 + text::below(h >> 16, 2_800)).unwrap_or(365);
    Ok(NewShop {
        id,
        slug: slug_for(category, city),
        name: ShopName::try_from(name_for(category, city).as_str())?,
        description: String::new(),
        city_code: city_code.to_owned(),
        tier,
        joined_at: now - Duration::days(days),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_shops_of_a_city_share_a_name() {
        let words: Vec<_> = TRADES.iter().flat_map(|(_, words)| words.iter()).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        let slugs: BTreeSet<_> =
            TRADES.iter().map(|(category, _)| slug_for(category, "Kota Bandung")).collect();
        assert_eq!(slugs.len(), TRADES.len());
        assert_ne!(slug_for("buku", "Kota Bandung"), slug_for("buku", "Kab. Bandung"));
    }
}
