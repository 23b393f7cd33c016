//! A product as the rows of a file, and what the names in a file mean.

use super::columns::{Col, N};
use crate::import::{attributes::Derive, taxonomy};
use catalog::{
    edit::AttributeRule,
    store::{Category, list_attributes, list_categories, sheet},
};
use model::{
    ids::{CategoryId, MediaId, Uuid},
    shop::{AttributeInput, TierInput, VariantInput},
    views::PictureFormat,
};
use sqlx::PgConnection;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use views::sheet::SheetProduct;

/// Categories and attributes by what they are called. They are few.
pub struct Names {
    categories: Vec<Arc<Category>>,
    /// Where goods can be put: those with none below them.
    leaves: HashSet<CategoryId>,
    rules: HashMap<CategoryId, Vec<(String, AttributeRule)>>,
    keys: HashMap<Uuid, String>,
    pub derive: Derive,
}

impl Names {
    pub async fn load(db: &mut PgConnection) -> Result<Self, sqlx::Error> {
        let categories = list_categories(db).await?;
        let derive = Derive::new(&categories, &list_attributes(db).await?);
        let all = sheet::list_rules(db).await?;
        let above: HashSet<CategoryId> = categories.iter().filter_map(|category| category.parent).collect();
        let mut rules = HashMap::new();
        for category in &categories {
            let mut of: Vec<(String, AttributeRule)> = Vec::new();
            let mut at = Some(category.id);
            while let Some(id) = at {
                for rule in all.iter().filter(|rule| rule.category == id) {
                    // The nearer one counts where a category says it anew.
                    if !of.iter().any(|(key, _)| *key == rule.key) {
                        of.push((rule.key.clone(), rule.rule.clone()));
                    }
                }
                at = categories.iter().find(|other| other.id == id).and_then(|other| other.parent);
            }
            rules.insert(category.id, of);
        }
        let keys = all.into_iter().map(|rule| (rule.rule.id, rule.key)).collect();
        let leaves = categories.iter().map(|c| c.id).filter(|id| !above.contains(id)).collect();
        let categories = categories.into_iter().map(Arc::new).collect();
        Ok(Self { categories, leaves, rules, keys, derive })
    }

    /// By its address or a name people know it by.
    pub fn category(&self, said: &str) -> Option<Arc<Category>> {
        taxonomy::category(said, &self.categories)
    }

    pub fn category_of(&self, id: CategoryId) -> Option<&Arc<Category>> {
        self.categories.iter().find(|category| category.id == id)
    }

    pub fn takes_goods(&self, category: CategoryId) -> bool {
        self.leaves.contains(&category)
    }

    /// Of a category, with those it has from above.
    pub fn rules(&self, category: CategoryId) -> &[(String, AttributeRule)] {
        self.rules.get(&category).map(Vec::as_slice).unwrap_or_default()
    }
}

/// One row for each variant; one for a draft that has none yet. `site` stands before the addresses of photographs.
pub fn rows(product: &SheetProduct, names: &Names, site: &str) -> Vec<[String; N]> {
    let whole = of_product(product, names, site);
    if product.input.variants.is_empty() {
        return vec![whole];
    }
    let rows = product.input.variants.iter().map(|variant| {
        let mut row = whole.clone();
        of_variant(&mut row, variant, product.input.options.len(), site);
        row
    });
    rows.collect()
}

fn of_product(product: &SheetProduct, names: &Names, site: &str) -> [String; N] {
    let input = &product.input;
    let mut row: [String; N] = std::array::from_fn(|_| String::new());
    let mut put = |col: Col, text: &str| text.clone_into(&mut row[col as usize]);
    put(Col::Product, &product.id.to_string());
    put(Col::Name, &input.name);
    put(Col::Category, names.category_of(product.category).map_or("", |category| &category.slug));
    put(Col::State, product.state.as_str());
    put(Col::Brand, &input.brand);
    put(Col::Condition, &input.condition);
    put(Col::Description, &input.description);
    for (col, option) in [Col::Option1, Col::Option2].into_iter().zip(&input.options) {
        put(col, &option.name);
    }
    put(Col::Wholesale, &wholesale(&input.tiers));
    put(Col::MinQty, &input.min_qty);
    put(Col::MaxQty, &input.max_qty);
    put(Col::Weight, &input.weight);
    put(Col::Length, &input.length);
    put(Col::Width, &input.width);
    put(Col::Height, &input.height);
    put(Col::Preorder, &input.preorder_days);
    put(Col::Video, &input.video);
    put(Col::Attributes, &attributes(&input.attributes, &names.keys));
    let gallery: Vec<String> = product.gallery.iter().map(|media| address(*media, site)).collect();
    put(Col::Pictures, &gallery.join(" "));
    row
}

fn of_variant(row: &mut [String; N], variant: &VariantInput, options: usize, site: &str) {
    let mut put = |col: Col, text: &str| text.clone_into(&mut row[col as usize]);
    put(Col::Sku, &variant.sku);
    if options > 0 {
        put(Col::Value1, &variant.first);
    }
    if options > 1 {
        put(Col::Value2, &variant.second);
    }
    put(Col::Price, &variant.price);
    put(Col::ListPrice, &variant.list_price);
    put(Col::Stock, &variant.stock);
    put(Col::StockWas, &variant.stock);
    put(Col::VariantWeight, &variant.weight);
    if let Ok(media) = variant.picture.parse::<MediaId>() {
        put(Col::VariantPicture, &address(media, site));
    }
}

/// `10:45000; 50:40000`: from so many pieces on, so much each.
fn wholesale(tiers: &[TierInput]) -> String {
    tiers.iter().map(|tier| format!("{}:{}", tier.from, tier.price)).collect::<Vec<_>>().join("; ")
}

/// `material=cotton; volume=500`, a semicolon within a text after a backslash.
fn attributes(said: &[AttributeInput], keys: &HashMap<Uuid, String>) -> String {
    let said = said.iter().filter_map(|attribute| {
        let key = keys.get(&attribute.id.parse().ok()?)?;
        let value = attribute.value.replace('\\', r"\\").replace(';', r"\;");
        Some(format!("{key}={value}"))
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The parts between semicolons, without blanks around them and without the backslashes.
pub fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => parts.last_mut().into_iter().for_each(|part| part.extend(signs.next())),
            ';' | '\n' => parts.push(String::new()),
            sign => parts.last_mut().into_iter().for_each(|part| part.push(sign)),
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Where a photograph can be seen.
fn address(media: MediaId, site: &str) -> String {
    format!("{site}/media/{media}/640.{}", PictureFormat::Jpeg.extension())
}

/// The photographs these addresses are of; those that are none of ours as they stand there.
pub fn pictures(text: &str) -> Vec<Result<MediaId, String>> {
    let named = |address: &str| {
        address.split('/').find_map(|part| part.parse::<MediaId>().ok()).ok_or_else(|| address.to_owned())
    };
    text.split_whitespace().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_semicolons_is_read_as_it_was_written() {
        let id = Uuid::from_u128(7);
        let keys = HashMap::from([(id, "isi".to_owned())]);
        let said = vec![AttributeInput { id: id.to_string(), value: r"a; b \ c".to_owned() }];
        let text = attributes(&said, &keys);
        assert_eq!(text, r"isi=a\; b \\ c");
        assert_eq!(parts(&text), [r"isi=a; b \ c"]);
        assert_eq!(parts(" 10:45000 ;; 50:40000\n"), ["10:45000", "50:40000"]);
        assert_eq!(parts(""), Vec::<String>::new());
    }

    #[test]
    fn photographs_are_known_by_their_address() {
        let media = MediaId::new(Uuid::from_u128(9));
        let here = address(media, "https://pasar.example");
        assert_eq!(pictures(&here), [Ok(media)]);
        assert_eq!(
            pictures(&format!("{} https://elsewhere.example/a.jpg", address(media, ""))),
            [Ok(media), Err("https://elsewhere.example/a.jpg".to_owned())]
        );
    }
}
