//! Searching: what was asked for, as it stands in the query string, and what was found.

use super::{CategoryLink, Condition, ProductCard, Tier};
use crate::{Slug, query};
use serde::{Deserialize, Serialize};

/// Everything a result page depends on. The page's address and the API's parameters are the same thing:
/// `q`, `category`, `min`, `max` (rupiah), `city`, `brand`, `rating`, `condition`, `tier`, `free_shipping`,
/// `a.{attribute}`, `sort`, `after`; `city`, `brand` and attributes may be given several times.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SearchParams {
    pub q: String,
    pub category: Option<Slug>,
    pub shop: Option<Slug>,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub cities: Vec<String>,
    pub brands: Vec<String>,
    /// At least this many stars, 1 to 4.
    pub rating: Option<u8>,
    pub condition: Option<Condition>,
    pub tier: Option<Tier>,
    pub free_shipping: bool,
    /// Key of an attribute and one value it may have.
    pub attributes: Vec<(String, String)>,
    pub sort: SearchSort,
    /// A cursor from a page's `next`.
    pub after: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchSort {
    #[default]
    Relevance,
    Newest,
    PriceUp,
    PriceDown,
    Rating,
    Sold,
}

impl SearchSort {
    pub const ALL: [Self; 6] =
        [Self::Relevance, Self::Sold, Self::Rating, Self::Newest, Self::PriceUp, Self::PriceDown];

    /// As in query strings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::PriceUp => "price_up",
            Self::PriceDown => "price_down",
            Self::Rating => "rating",
            Self::Sold => "sold",
        }
    }

    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == s)
    }
}

/// One thing that narrows a search, as it can be added or taken away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    Category(Slug),
    Price { min: Option<i64>, max: Option<i64> },
    City(String),
    Brand(String),
    Rating(u8),
    Condition(Condition),
    Tier(Tier),
    FreeShipping,
    Attribute(String, String),
}

impl Filter {
    /// Its name in the query string, whatever it is set to; `attribute` for all attributes.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Category(_) => "category",
            Self::Price { .. } => "price",
            Self::City(_) => "city",
            Self::Brand(_) => "brand",
            Self::Rating(_) => "rating",
            Self::Condition(_) => "condition",
            Self::Tier(_) => "tier",
            Self::FreeShipping => "free_shipping",
            Self::Attribute(..) => "attribute",
        }
    }
}

impl SearchParams {
    /// Longest query that is looked at, in characters; the rest is cut off.
    pub const MAX_QUERY: usize = 200;
    /// Most values of one filter that are looked at.
    pub const MAX_VALUES: usize = 20;

    /// Reads a query string's pairs. What cannot be read is left out: an old or mistyped link still finds goods.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut out = Self::default();
        for (key, value) in pairs {
            let value = value.as_ref().trim();
            if value.is_empty() {
                continue;
            }
            match key.as_ref() {
                "q" => out.q = value.chars().take(Self::MAX_QUERY).collect(),
                "category" => out.category = value.parse().ok(),
                "shop" => out.shop = value.parse().ok(),
                "min" => out.min = rupiah(value),
                "max" => out.max = rupiah(value),
                "city" => add(&mut out.cities, value.to_owned()),
                "brand" => add(&mut out.brands, value.to_owned()),
                "rating" => out.rating = value.parse().ok().filter(|n| (1..=4).contains(n)),
                "condition" => out.condition = Condition::parse(value),
                "tier" => out.tier = Tier::parse(value),
                "free_shipping" => out.free_shipping = matches!(value, "1" | "true"),
                "sort" => out.sort = SearchSort::parse(value).unwrap_or_default(),
                "after" => out.after = Some(value.to_owned()),
                other => {
                    if let Some(attribute) = other.strip_prefix("a.") {
                        add(&mut out.attributes, (attribute.to_owned(), value.to_owned()));
                    }
                }
            }
        }
        if let (Some(min), Some(max)) = (out.min, out.max)
            && min > max
        {
            (out.min, out.max) = (Some(max), Some(min));
        }
        out
    }

    /// The pairs of the query string, in one fixed order.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut out = Vec::new();
        let mut put = |key: &str, value: String| out.push((key.to_owned(), value));
        if !self.q.is_empty() {
            put("q", self.q.clone());
        }
        self.category.iter().for_each(|slug| put("category", slug.to_string()));
        self.shop.iter().for_each(|slug| put("shop", slug.to_string()));
        self.min.iter().for_each(|n| put("min", n.to_string()));
        self.max.iter().for_each(|n| put("max", n.to_string()));
        self.cities.iter().for_each(|city| put("city", city.clone()));
        self.brands.iter().for_each(|brand| put("brand", brand.clone()));
        self.rating.iter().for_each(|n| put("rating", n.to_string()));
        self.condition.iter().for_each(|c| put("condition", c.as_str().to_owned()));
        self.tier.iter().for_each(|t| put("tier", t.as_str().to_owned()));
        if self.free_shipping {
            put("free_shipping", "1".to_owned());
        }
        self.attributes.iter().for_each(|(key, value)| put(&format!("a.{key}"), value.clone()));
        if self.sort != SearchSort::default() {
            put("sort", self.sort.as_str().to_owned());
        }
        self.after.iter().for_each(|cursor| put("after", cursor.clone()));
        out
    }

    /// This search's address under a path; a page of results keeps its cursor.
    pub fn href(&self, path: &str) -> String {
        let pairs = self.pairs();
        query::href(path, pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())))
    }

    pub fn has(&self, filter: &Filter) -> bool {
        match filter {
            Filter::Category(slug) => self.category.as_ref() == Some(slug),
            Filter::Price { min, max } => self.min == *min && self.max == *max,
            Filter::City(city) => self.cities.contains(city),
            Filter::Brand(brand) => self.brands.contains(brand),
            Filter::Rating(n) => self.rating == Some(*n),
            Filter::Condition(c) => self.condition == Some(*c),
            Filter::Tier(t) => self.tier == Some(*t),
            Filter::FreeShipping => self.free_shipping,
            Filter::Attribute(key, value) => self.attributes.iter().any(|(k, v)| k == key && v == value),
        }
    }

    /// The same search with the filter taken away where it is set, and set where it is not; from its first page.
    #[must_use]
    pub fn toggled(&self, filter: &Filter) -> Self {
        let on = !self.has(filter);
        let mut out = Self { after: None, ..self.clone() };
        match filter {
            Filter::Category(slug) => {
                out.category = on.then(|| slug.clone());
                // Attributes belong to their category.
                out.attributes.clear();
            }
            Filter::Price { min, max } => (out.min, out.max) = if on { (*min, *max) } else { (None, None) },
            Filter::City(city) => toggle(&mut out.cities, city, on),
            Filter::Brand(brand) => toggle(&mut out.brands, brand, on),
            Filter::Rating(n) => out.rating = on.then_some(*n),
            Filter::Condition(c) => out.condition = on.then_some(*c),
            Filter::Tier(t) => out.tier = on.then_some(*t),
            Filter::FreeShipping => out.free_shipping = on,
            Filter::Attribute(key, value) => toggle(&mut out.attributes, &(key.clone(), value.clone()), on),
        }
        out
    }

    #[must_use]
    pub fn sorted(&self, sort: SearchSort) -> Self {
        Self { sort, after: None, ..self.clone() }
    }

    #[must_use]
    pub fn after(&self, cursor: Option<String>) -> Self {
        Self { after: cursor, ..self.clone() }
    }

    /// The query alone, without filters.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self { q: self.q.clone(), shop: self.shop.clone(), sort: self.sort, ..Self::default() }
    }

    /// What narrows this search, in the order of the page.
    pub fn filters(&self) -> Vec<Filter> {
        let mut out = Vec::new();
        out.extend(self.category.clone().map(Filter::Category));
        if self.min.is_some() || self.max.is_some() {
            out.push(Filter::Price { min: self.min, max: self.max });
        }
        out.extend(self.cities.iter().cloned().map(Filter::City));
        out.extend(self.brands.iter().cloned().map(Filter::Brand));
        out.extend(self.rating.map(Filter::Rating));
        out.extend(self.condition.map(Filter::Condition));
        out.extend(self.tier.map(Filter::Tier));
        out.extend(self.free_shipping.then_some(Filter::FreeShipping));
        out.extend(self.attributes.iter().cloned().map(|(k, v)| Filter::Attribute(k, v)));
        out
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if list.len() < SearchParams::MAX_VALUES && !list.contains(&value) {
        list.push(value);
    }
}

fn toggle<T: PartialEq + Clone>(list: &mut Vec<T>, value: &T, on: bool) {
    list.retain(|have| have != value);
    if on {
        add(list, value.clone());
    }
}

/// `150000`, `150.000` and `Rp 150.000` are the same amount; nothing negative.
fn rupiah(text: &str) -> Option<i64> {
    let text = text.trim_start_matches("Rp").trim();
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if plain { digits.parse().ok() } else { None }
}

/// A page of results with everything beside it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SearchPage {
    pub items: Vec<ProductCard>,
    pub next: Option<String>,
    /// Everything in the list, the related included.
    pub total: u64,
    /// Those that have every word and are of the kind of goods meant; they come first.
    pub matching: u64,
    /// The first of `items` that is merely related: it lacks words, or is of another kind of goods.
    pub related_from: Option<u32>,
    /// Counts are estimates, as so many products fit that not each was counted.
    pub approximate: bool,
    pub facets: Vec<Facet>,
    /// A better-known spelling that finds clearly more.
    pub did_you_mean: Option<String>,
    /// Slips were forgiven, or words may be missing.
    pub relaxed: bool,
    /// From the root to the category searched in.
    pub path: Vec<CategoryLink>,
    /// Where nothing was found: what else there is.
    pub instead: Vec<ProductCard>,
    /// Where nothing was found: what many others search for.
    pub popular: Vec<String>,
}

impl SearchPage {
    /// All the cards on it.
    pub fn cards(&mut self) -> impl Iterator<Item = &mut ProductCard> {
        self.items.iter_mut().chain(&mut self.instead)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Facet {
    /// `category`, `price`, `city`, `brand`, `rating`, `condition`, `tier`, `free_shipping` or `a.{attribute}`.
    pub key: String,
    /// The attribute's name in the reader's language; for the others the page has its own words.
    pub label: Option<String>,
    pub values: Vec<FacetValue>,
}

/// One choice and how many products it leaves, all other filters applied.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FacetValue {
    pub filter: Filter,
    /// Words for it where the value itself is not what people read.
    pub label: Option<String>,
    pub count: u64,
    /// How deep in the category tree, 0 at the top.
    pub depth: u8,
}

/// What to offer while somebody is typing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Suggestions {
    pub queries: Vec<String>,
    pub categories: Vec<CategoryLink>,
    pub shops: Vec<Suggested>,
    pub products: Vec<Suggested>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Suggested {
    pub slug: Slug,
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &[(&str, &str)]) -> SearchParams {
        SearchParams::from_pairs(query.iter().copied())
    }

    #[test]
    fn a_search_survives_its_own_address() {
        let asked = params(&[
            ("q", " sepatu  wanita "),
            ("category", "sepatu"),
            ("min", "Rp 50.000"),
            ("max", "10.000"),
            ("city", "Bandung"),
            ("city", "Jakarta Barat"),
            ("city", "Bandung"),
            ("rating", "4"),
            ("condition", "used"),
            ("tier", "official"),
            ("free_shipping", "1"),
            ("a.size", "42"),
            ("sort", "price_up"),
            ("after", "abc"),
        ]);
        assert_eq!((asked.min, asked.max), (Some(10_000), Some(50_000)));
        assert_eq!(asked.cities, ["Bandung", "Jakarta Barat"]);
        assert_eq!(SearchParams::from_pairs(asked.pairs()), asked);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let asked = params(&[
            ("rating", "9"),
            ("min", "-5"),
            ("condition", "broken"),
            ("sort", "x"),
            ("category", "../etc"),
            ("nonsense", "1"),
        ]);
        assert_eq!(asked, SearchParams::default());
    }

    #[test]
    fn a_filter_toggled_twice_is_back_where_it_was() {
        let asked = params(&[("q", "tas"), ("city", "Bandung")]);
        for filter in [
            Filter::City("Bogor".into()),
            Filter::Rating(4),
            Filter::FreeShipping,
            Filter::Attribute("colour".into(), "red".into()),
        ] {
            assert!(!asked.has(&filter));
            assert!(asked.toggled(&filter).has(&filter));
            assert_eq!(asked.toggled(&filter).toggled(&filter), asked);
        }
    }

    #[test]
    fn narrowing_starts_again_from_the_first_page() {
        let asked = params(&[("q", "tas"), ("after", "cursor")]);
        assert_eq!(asked.toggled(&Filter::Tier(Tier::Power)).href("/search"), "/search?q=tas&tier=power");
    }
}
