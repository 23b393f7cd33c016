//! The catalogue as JSON. Fields are added, never changed.

use crate::body::MoneyBody;
use model::views::{
    CategoryNode, Facet, FacetValue, Filter, ProductCard, ProductPage, ReviewItem, SearchPage, ShopPage,
    SpecValue, Suggestions, Variant, product::UNCOUNTED,
};
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use utoipa::ToSchema;

/// Seconds since 1970 as RFC 3339.
pub(crate) fn instant(epoch: i64) -> String {
    OffsetDateTime::from_unix_timestamp(epoch)
        .ok()
        .and_then(|at| at.format(&Rfc3339).ok())
        .unwrap_or_default()
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CategoryBody {
    slug: String,
    name: String,
    /// On sale here and beneath.
    products: u32,
    #[schema(no_recursion)]
    children: Vec<CategoryBody>,
}

impl From<CategoryNode> for CategoryBody {
    fn from(node: CategoryNode) -> Self {
        let children = node.children.into_iter().map(Self::from).collect();
        Self { slug: node.slug.into(), name: node.name, products: node.products, children }
    }
}

/// A product in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct CardBody {
    id: String,
    slug: String,
    name: String,
    /// Of the cheapest variant.
    price: MoneyBody,
    price_max: MoneyBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_price: Option<MoneyBody>,
    /// Average stars in hundredths; absent while nobody has rated.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating_x100: Option<u16>,
    review_count: u32,
    sold: u32,
    city: String,
    shop: String,
    tier: &'static str,
    condition: &'static str,
    free_shipping: bool,
    in_stock: bool,
    /// Path of its first picture on this site.
    image: String,
}

impl From<ProductCard> for CardBody {
    fn from(card: ProductCard) -> Self {
        Self {
            id: card.id.to_string(),
            slug: card.slug.into(),
            name: card.name,
            price: card.price_min.into(),
            price_max: card.price_max.into(),
            list_price: card.list_price.map(MoneyBody::from),
            rating_x100: (card.rating_x100 > 0).then_some(card.rating_x100),
            review_count: card.review_count,
            sold: card.sold,
            city: card.city,
            shop: card.shop_slug.into(),
            tier: card.tier.as_str(),
            condition: card.condition.as_str(),
            free_shipping: card.free_shipping,
            in_stock: card.in_stock,
            image: card.image.src(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ProductBody {
    id: String,
    slug: String,
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    brand: Option<String>,
    condition: &'static str,
    /// Slugs from the root to its own category.
    categories: Vec<String>,
    price_min: MoneyBody,
    price_max: MoneyBody,
    min_quantity: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_quantity: Option<i32>,
    /// Grams of one piece, packed.
    weight_g: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    preorder_days: Option<u16>,
    free_shipping: bool,
    sold: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating_x100: Option<u16>,
    review_count: u32,
    options: Vec<OptionBody>,
    variants: Vec<VariantBody>,
    wholesale: Vec<TierBody>,
    attributes: Vec<AttributeBody>,
    /// Paths of its pictures on this site.
    images: Vec<String>,
    shop: String,
    created_at: String,
    updated_at: String,
    /// Goes up with each change.
    version: i32,
}

#[derive(Serialize, ToSchema)]
struct OptionBody {
    name: String,
    values: Vec<String>,
}

#[derive(Serialize, ToSchema)]
struct VariantBody {
    id: String,
    sku: String,
    /// The chosen value of each option, in their order.
    values: Vec<String>,
    price: MoneyBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_price: Option<MoneyBody>,
    /// Pieces that can be bought now; absent where nobody counts them and there are always more.
    #[serde(skip_serializing_if = "Option::is_none")]
    stock: Option<i32>,
}

#[derive(Serialize, ToSchema)]
struct TierBody {
    min_quantity: i32,
    price: MoneyBody,
}

#[derive(Serialize, ToSchema)]
struct AttributeBody {
    key: String,
    label: String,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
}

impl From<ProductPage> for ProductBody {
    fn from(page: ProductPage) -> Self {
        let variant = |v: &Variant| VariantBody {
            id: v.id.to_string(),
            sku: v.sku.clone(),
            values: page
                .options
                .iter()
                .zip(&v.choices)
                .filter_map(|(option, i)| option.values.get(usize::from(*i)).cloned())
                .collect(),
            price: v.price.into(),
            list_price: v.list_price.map(MoneyBody::from),
            stock: (v.stock != UNCOUNTED).then_some(v.stock),
        };
        let attribute = |spec: &model::views::Spec| {
            let (value, unit) = match &spec.value {
                SpecValue::Text(text) | SpecValue::Choice(text) => (text.clone(), None),
                SpecValue::Number { value, unit } => (value.clone(), unit.clone()),
                SpecValue::Flag(flag) => (flag.to_string(), None),
            };
            AttributeBody { key: spec.key.clone(), label: spec.label.clone(), value, unit }
        };
        Self {
            id: page.id.to_string(),
            slug: page.slug.to_string(),
            variants: page.variants.iter().map(variant).collect(),
            attributes: page.specs.iter().map(attribute).collect(),
            images: page.pictures.iter().map(model::views::Picture::src).collect(),
            wholesale: page
                .tiers
                .iter()
                .map(|t| TierBody { min_quantity: t.min_qty, price: t.price.into() })
                .collect(),
            categories: page.category.iter().map(|c| c.slug.to_string()).collect(),
            name: page.name,
            description: page.description,
            brand: page.brand,
            condition: page.condition.as_str(),
            price_min: page.price_min.into(),
            price_max: page.price_max.into(),
            min_quantity: page.min_qty,
            max_quantity: page.max_qty,
            weight_g: page.weight_g,
            preorder_days: page.preorder_days,
            free_shipping: page.free_shipping,
            sold: page.sold,
            rating_x100: (page.rating.count > 0).then_some(page.rating.average_x100),
            review_count: page.rating.count,
            options: page
                .options
                .into_iter()
                .map(|o| OptionBody { name: o.name, values: o.values })
                .collect(),
            shop: page.shop.slug.into(),
            created_at: instant(page.created_at),
            updated_at: instant(page.updated_at),
            version: page.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewBody {
    id: String,
    author: String,
    /// 1 to 5.
    stars: u8,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<String>,
    created_at: String,
}

impl From<ReviewItem> for ReviewBody {
    fn from(item: ReviewItem) -> Self {
        Self {
            id: item.id.to_string(),
            author: item.author,
            stars: item.stars.get(),
            text: item.text,
            variant: item.variant,
            created_at: instant(item.created_at),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ShopBody {
    id: String,
    slug: String,
    name: String,
    description: String,
    tier: &'static str,
    city: String,
    province: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating_x100: Option<u16>,
    review_count: u32,
    products: u32,
    sold: u64,
    joined_at: String,
    /// Whether it wears the badge for sending what is ordered, and in time.
    reliable: bool,
}

impl From<ShopPage> for ShopBody {
    fn from(page: ShopPage) -> Self {
        let shop = page.shop;
        Self {
            id: shop.id.to_string(),
            slug: shop.slug.into(),
            name: shop.name,
            description: page.description,
            tier: shop.tier.as_str(),
            city: shop.city,
            province: page.province,
            rating_x100: (shop.rating_x100 > 0).then_some(shop.rating_x100),
            review_count: shop.review_count,
            products: shop.products,
            sold: shop.sold,
            joined_at: instant(shop.joined_at),
            reliable: shop.reliable,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SearchBody {
    items: Vec<CardBody>,
    next: Option<String>,
    /// Everything in the list, the related products included.
    total: u64,
    /// Products that have every word and are of the kind of goods meant; they come first.
    matching: u64,
    /// The first of `items` that is merely related: words are missing, or it is of another kind of goods.
    #[serde(skip_serializing_if = "Option::is_none")]
    related_from: Option<u32>,
    /// Counts are estimates, as so many products fit that not each was counted.
    approximate: bool,
    facets: Vec<FacetBody>,
    /// A spelling that finds clearly more.
    #[serde(skip_serializing_if = "Option::is_none")]
    did_you_mean: Option<String>,
    /// Slips were forgiven, or words may be missing.
    relaxed: bool,
}

#[derive(Serialize, ToSchema)]
struct FacetBody {
    /// The parameter that narrows by it.
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    values: Vec<FacetValueBody>,
}

/// A choice: the parameters to add, and how many products it leaves.
#[derive(Serialize, ToSchema)]
struct FacetValueBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Of a price range.
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    count: u64,
}

impl From<FacetValue> for FacetValueBody {
    fn from(value: FacetValue) -> Self {
        let (mut min, mut max) = (None, None);
        let text = match value.filter {
            Filter::Price { min: low, max: high } => {
                (min, max) = (low, high);
                None
            }
            Filter::Category(slug) => Some(slug.into()),
            Filter::City(text) | Filter::Brand(text) | Filter::Attribute(_, text) => Some(text),
            Filter::Rating(stars) => Some(stars.to_string()),
            Filter::Condition(condition) => Some(condition.as_str().to_owned()),
            Filter::Tier(tier) => Some(tier.as_str().to_owned()),
            Filter::FreeShipping => Some("true".to_owned()),
        };
        Self { value: text, min, max, label: value.label, count: value.count }
    }
}

impl From<SearchPage> for SearchBody {
    fn from(page: SearchPage) -> Self {
        let facet = |f: Facet| FacetBody {
            key: f.key,
            label: f.label,
            values: f.values.into_iter().map(FacetValueBody::from).collect(),
        };
        Self {
            items: page.items.into_iter().map(CardBody::from).collect(),
            next: page.next,
            total: page.total,
            matching: page.matching,
            related_from: page.related_from,
            approximate: page.approximate,
            facets: page.facets.into_iter().map(facet).collect(),
            did_you_mean: page.did_you_mean,
            relaxed: page.relaxed,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestionsBody {
    queries: Vec<String>,
    categories: Vec<OfferBody>,
    shops: Vec<OfferBody>,
    products: Vec<OfferBody>,
}

#[derive(Serialize, ToSchema)]
struct OfferBody {
    slug: String,
    name: String,
}

impl From<Suggestions> for SuggestionsBody {
    fn from(found: Suggestions) -> Self {
        let offers = |list: Vec<model::views::Suggested>| {
            list.into_iter().map(|o| OfferBody { slug: o.slug.into(), name: o.name }).collect()
        };
        Self {
            queries: found.queries,
            categories: found
                .categories
                .into_iter()
                .map(|c| OfferBody { slug: c.slug.into(), name: c.name })
                .collect(),
            shops: offers(found.shops),
            products: offers(found.products),
        }
    }
}
