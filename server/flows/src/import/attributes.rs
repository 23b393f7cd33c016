//! What a name says for certain: brand, condition, and values of the category's attributes. Where it could mean two
//! things, nothing is said.

use catalog::{AttributeValue, Condition, attribute::Attribute, store::Category};
use model::ids::{CategoryId, Uuid};
use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

/// Brands people filter by; spelt as their makers do.
const BRANDS: &[&str] = &[
    "3M",
    "70mai",
    "Acer",
    "Adidas",
    "Aerostreet",
    "Anker",
    "Antam",
    "Apple",
    "Artpedia",
    "ASUS",
    "Aukey",
    "Baseus",
    "Blackmores",
    "Bolt",
    "Boya",
    "Brother",
    "Cannondale",
    "Canon",
    "Casio",
    "Cat Choize",
    "Conba",
    "Crocodile",
    "D-Link",
    "Deli",
    "Dell",
    "Dettol",
    "elzatta",
    "Eiger",
    "Epson",
    "Erigo",
    "Faber-Castell",
    "Fantech",
    "Fujifilm",
    "Garnier",
    "GoPro",
    "Goto",
    "HMNS",
    "HP",
    "Huawei",
    "Imboost",
    "Ipone",
    "JBL",
    "JETE",
    "Joyko",
    "Kahf",
    "Kenko",
    "Kingston",
    "Krisbow",
    "L'Oreal",
    "Lego",
    "Lenovo",
    "LG",
    "Logitech",
    "Make Over",
    "Maybelline",
    "Merries",
    "Microsoft",
    "Midasforce",
    "Mito",
    "MOOIMOM",
    "Nike",
    "Nikon",
    "Nintendo",
    "Oppo",
    "Orion",
    "Oxone",
    "Oxihom",
    "Panasonic",
    "Pediasure",
    "Philips",
    "Pokemon",
    "Prolink",
    "Realme",
    "Remax",
    "Rexus",
    "Robot",
    "Royal Canin",
    "Samono",
    "Samsung",
    "SanDisk",
    "Scarlett",
    "Seagate",
    "Sensatia",
    "Somethinc",
    "Sony",
    "Specs",
    "Speeds",
    "Sunco",
    "Tefal",
    "Telkomsel",
    "Toshiba",
    "TP-Link",
    "UBS",
    "Ugreen",
    "V-Gen",
    "Vivan",
    "Vivo",
    "Wacom",
    "Wardah",
    "Whiskas",
    "Xiaomi",
    "Yamaha",
    "Yongnuo",
    "Zambuk",
];

/// Words after which a brand names what the goods go with, not who made them.
const GOES_WITH: &[&str] = &[
    "for",
    "untuk",
    "utk",
    "buat",
    "casing",
    "case",
    "charger",
    "baterai",
    "batre",
    "battery",
    "kabel",
    "adaptor",
    "adapter",
    "stik",
    "stick",
    "tempat",
    "cover",
    "gores",
    "kompatibel",
    "compatible",
    "selang",
    "tinta",
    "toner",
    "lcd",
    "layar",
    "strap",
    "tali",
    "kaset",
    "game",
    "dock",
    "skin",
];

/// The maker, where its name is among the first three words and nothing says that the goods only go with it.
pub fn brand(name: &str) -> Option<&'static str> {
    static SPELT: LazyLock<Vec<Vec<String>>> =
        LazyLock::new(|| BRANDS.iter().map(|brand| words(brand)).collect());
    let words = words(name);
    for start in 0..words.len().min(3) {
        if GOES_WITH.contains(&words[start].as_str()) {
            return None;
        }
        let made = BRANDS.iter().zip(SPELT.iter()).find(|(_, spelt)| words[start..].starts_with(spelt));
        if let Some((brand, _)) = made {
            return Some(brand);
        }
    }
    None
}

pub fn condition(name: &str) -> Condition {
    let used = |word: &String| ["bekas", "second", "seken", "preloved", "2nd"].contains(&word.as_str());
    if words(name).iter().any(used) { Condition::Used } else { Condition::New }
}

pub fn free_shipping(name: &str) -> bool {
    let name = words(name).join(" ");
    ["free ongkir", "gratis ongkir", "bebas ongkir"].iter().any(|said| name.contains(said))
}

/// Lower-case words; signs part them, but `-` and `.` between digits and letters do not.
fn words(name: &str) -> Vec<String> {
    let plain = name.to_lowercase();
    let parts = plain.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '\'')));
    parts.map(|word| word.trim_matches(['-', '.', '\'']).to_owned()).filter(|word| !word.is_empty()).collect()
}

/// Words of a name that decide a choice: (attribute key, choice, words).
const CHOICES: &[(&str, &str, &[&str])] = &[
    ("connection", "bluetooth", &["bluetooth"]),
    ("connection", "wireless", &["wireless", "nirkabel"]),
    ("connection", "hdmi", &["hdmi"]),
    ("connection", "usb", &["usb"]),
    ("platform", "ps2", &["ps2"]),
    ("platform", "ps3", &["ps3"]),
    ("platform", "ps4", &["ps4"]),
    ("platform", "ps5", &["ps5"]),
    ("platform", "switch", &["switch"]),
    ("platform", "xbox", &["xbox"]),
    ("material", "cotton", &["katun", "cotton"]),
    ("material", "polyester", &["polyester", "poliester"]),
    ("material", "denim", &["denim", "jeans"]),
    ("material", "leather", &["kulit", "leather"]),
    ("material", "rayon", &["rayon"]),
    ("material", "knit", &["rajut"]),
    ("material", "canvas", &["kanvas", "canvas"]),
    ("material", "silicone", &["silikon", "silicone"]),
    ("material", "plastic", &["plastik"]),
    ("material", "steel", &["stainless"]),
    ("material", "wood", &["kayu"]),
    ("material", "glass", &["kaca"]),
    ("material", "ceramic", &["keramik"]),
    ("material", "aluminium", &["aluminium"]),
    ("pattern", "plain", &["polos"]),
    ("pattern", "batik", &["batik"]),
    ("pattern", "striped", &["garis", "salur"]),
    ("animal", "cat", &["kucing", "cat"]),
    ("animal", "dog", &["anjing", "dog"]),
    ("animal", "fish", &["ikan", "cupang", "aquascape"]),
    ("animal", "bird", &["burung", "kicau"]),
    ("vehicle", "car", &["mobil"]),
    ("vehicle", "motorcycle", &["motor"]),
    ("activity", "badminton", &["badminton", "raket"]),
    ("activity", "cycling", &["sepeda"]),
    ("activity", "swimming", &["renang"]),
    ("activity", "running", &["lari", "running"]),
];

/// Units of numbers: (attribute key, unit as written, thousandths of the attribute's own unit).
const UNITS: &[(&str, &str, u64)] = &[
    ("storage", "gb", 1000),
    ("storage", "tb", 1_000_000),
    ("battery", "mah", 1000),
    ("resolution", "mp", 1000),
    ("power", "watt", 1000),
    ("power", "w", 1000),
    ("screen", "inch", 1000),
    ("screen", "inci", 1000),
    ("volume", "ml", 1000),
    ("volume", "liter", 1_000_000),
    ("net_weight", "gr", 1000),
    ("net_weight", "gram", 1000),
    ("net_weight", "g", 1000),
    ("net_weight", "kg", 1_000_000),
    ("gold_weight", "gr", 1000),
    ("gold_weight", "gram", 1000),
    ("gold_weight", "g", 1000),
];

/// The attributes each category has, its ancestors' included.
pub struct Derive {
    of: HashMap<CategoryId, Vec<(String, Uuid)>>,
}

impl Derive {
    pub fn new(categories: &[Category], attributes: &[Attribute]) -> Self {
        let mut of = HashMap::new();
        for category in categories {
            let mut list: Vec<(String, Uuid)> = vec![];
            let mut at = Some(category.id);
            while let Some(id) = at {
                let own = attributes.iter().filter(|a| a.category == id);
                for attribute in own {
                    // The nearer one counts where a category says it anew.
                    if !list.iter().any(|(key, _)| *key == attribute.key) {
                        list.push((attribute.key.clone(), attribute.id));
                    }
                }
                at = categories.iter().find(|c| c.id == id).and_then(|c| c.parent);
            }
            of.insert(category.id, list);
        }
        Self { of }
    }

    pub fn of(&self, category: &Category, name: &str) -> Vec<(Uuid, AttributeValue)> {
        let words = words(name);
        let attributes = self.of.get(&category.id).map_or(&[][..], Vec::as_slice);
        let derived = attributes.iter().filter_map(|(key, id)| {
            let value = choice(key, &words).or_else(|| measure(key, &words))?;
            Some((*id, value))
        });
        derived.collect()
    }
}

fn choice(key: &str, words: &[String]) -> Option<AttributeValue> {
    let said = CHOICES
        .iter()
        .filter(|(of, _, signs)| *of == key && words.iter().any(|w| signs.contains(&w.as_str())));
    let said: BTreeSet<&str> = said.map(|(_, choice, _)| *choice).collect();
    only(said).map(|choice| AttributeValue::Choice(choice.to_owned()))
}

/// `128GB`, `128 GB`, `0.25 gram`: the one amount the name gives in one of the attribute's units.
fn measure(key: &str, words: &[String]) -> Option<AttributeValue> {
    let mut said = BTreeSet::new();
    for (i, word) in words.iter().enumerate() {
        let split = word.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(word.len());
        let (number, unit) = word.split_at(split);
        let unit = if unit.is_empty() { words.get(i + 1).map(String::as_str) } else { Some(unit) };
        let factor =
            UNITS.iter().find(|(of, written, _)| *of == key && Some(*written) == unit).map(|(_, _, f)| *f);
        if let (Some(thousandths), Some(factor)) = (thousandths(number), factor)
            && thousandths > 0
        {
            said.insert(thousandths * factor / 1000);
        }
    }
    only(said).map(|n| AttributeValue::Number(decimal(n)))
}

fn only<T>(set: BTreeSet<T>) -> Option<T> {
    let mut set = set.into_iter();
    set.next().filter(|_| set.next().is_none())
}

/// `0.25` as 250; at most three digits before and after the point would be lost, so more than that is no number.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || whole.len() > 9 || part.len() > 3 || part.contains('.') {
        return None;
    }
    format!("{whole}{part:0<3}").parse().ok()
}

fn decimal(thousandths: u64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_is_named_only_where_it_made_the_goods() {
        for (name, made_by) in [
            ("Logitech Wireless Mouse & Keyboard Combo", Some("Logitech")),
            ("SSD Midasforce 128 Gb - Tanpa Caddy", Some("Midasforce")),
            ("MAKE OVER Trivia Eye Shadow 6 g", Some("Make Over")),
            ("Battery Baterai Batre Canon LP-E10 Li-ion", None),
            ("Casing Samsung A50", None),
            ("Tas laptop anti air untuk Asus", None),
        ] {
            assert_eq!(brand(name), made_by, "{name}");
        }
    }

    #[test]
    fn amounts_are_read_where_the_name_gives_one() {
        let read = |key, name| measure(key, &words(name));
        let number = |n: &str| Some(AttributeValue::Number(n.into()));
        assert_eq!(read("storage", "SSD 128 Gb"), number("128"));
        assert_eq!(read("storage", "Flashdisk 32GB CZ50"), number("32"));
        assert_eq!(read("storage", "Flashdisk 16GB / 32GB"), None);
        assert_eq!(read("gold_weight", "UBS Tiger 0.25 Gr"), number("0.25"));
        assert_eq!(read("net_weight", "Kopi Gayo 1kg"), number("1000"));
        assert_eq!(read("volume", "Parfum"), None);
    }

    #[test]
    fn a_choice_is_made_where_the_name_makes_it() {
        let read = |key, name| choice(key, &words(name));
        assert_eq!(read("platform", "Stik PS4 ori"), Some(AttributeValue::Choice("ps4".into())));
        assert_eq!(read("platform", "Charging dock PS3 / PS4"), None);
        assert_eq!(condition("Laptop bekas Dell"), Condition::Used);
        assert!(free_shipping("FLIMTY FIBER 2 BOX - FREE ONGKIR"));
    }
}
