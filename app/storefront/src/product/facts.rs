//! What search engines and other sites are told about a product.

use crate::head::{absolute, excerpt};
use model::{
    Lang,
    views::{Condition, ProductPage},
    words::storefront as words,
};
use serde_json::json;

pub fn description(lang: Lang, page: &ProductPage) -> String {
    let price = if page.price_min == page.price_max {
        page.price_min.to_string()
    } else {
        words::between(lang, page.price_min, page.price_max)
    };
    let lead = format!("{price} · {} · {}", page.shop.name, words::ships_from(lang, &page.shop.city));
    excerpt(&format!("{lead}. {}", page.description), 155)
}

/// schema.org's Product. Amounts are decimal strings as it wants them.
pub fn facts(page: &ProductPage) -> String {
    let in_stock = page.variants.iter().any(|v| v.stock > 0);
    let url = absolute(&format!("/p/{}", page.slug));
    let decimal = |money: model::Money| {
        let unit = 10_i64.pow(money.currency().exponent());
        if unit == 1 {
            money.amount().to_string()
        } else {
            format!("{}.{:02}", money.amount() / unit, money.amount() % unit)
        }
    };
    let mut product = json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.name,
        "description": excerpt(&page.description, 500),
        "url": url,
        "image": page.pictures.iter().map(|p| absolute(&p.src())).collect::<Vec<_>>(),
        "sku": page.variants.first().map(|v| v.sku.clone()),
        "category": page.category.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(" > "),
        "itemCondition": match page.condition {
            Condition::New => "https://schema.org/NewCondition",
            Condition::Used => "https://schema.org/UsedCondition",
        },
        "offers": {
            "@type": "AggregateOffer",
            "url": url,
            "priceCurrency": page.price_min.currency().code(),
            "lowPrice": decimal(page.price_min),
            "highPrice": decimal(page.price_max),
            "offerCount": page.variants.len(),
            "availability": if in_stock { "https://schema.org/InStock" } else { "https://schema.org/OutOfStock" },
            "seller": {"@type": "Organization", "name": page.shop.name},
        },
    });
    if let Some(brand) = &page.brand {
        product["brand"] = json!({"@type": "Brand", "name": brand});
    }
    if page.rating.count > 0 {
        let average = format!("{}.{:02}", page.rating.average_x100 / 100, page.rating.average_x100 % 100);
        product["aggregateRating"] = json!({
            "@type": "AggregateRating", "ratingValue": average, "ratingCount": page.rating.count, "bestRating": "5",
        });
    }
    product.to_string()
}
