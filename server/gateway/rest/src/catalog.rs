//! Categories, products, shops, reviews and search: what the storefront shows, for programs.

use crate::{
    ApiError,
    body::{Limit, PageBody},
    extract::{Path, Query},
    goods::{CardBody, CategoryBody, ProductBody, ReviewBody, SearchBody, ShopBody, SuggestionsBody},
};
use axum::{Json, extract::RawQuery};
use kernel::Cx;
use model::{
    AppError, Code, FieldError, Slug,
    ids::ProductId,
    views::{SearchParams, SearchSort, Stars},
};
use serde::Deserialize;
use utoipa::IntoParams;
use views::{ViewError, product, reviews, search, shop};
use web::{InCx, Problem};

/// The category tree
///
/// Roots first, each level in its order, with the number of products on sale.
#[utoipa::path(get, path = "/api/v1/categories", tag = "catalog",
    responses((status = 200, description = "The tree", body = Vec<CategoryBody>), ApiError))]
pub(crate) async fn categories(InCx(cx): InCx) -> Result<Json<Vec<CategoryBody>>, ApiError> {
    let mut db = cx.db().acquire().await.map_err(no)?;
    let tree = views::category::tree(&mut db, cx.lang()).await.map_err(no)?;
    Ok(Json(tree.into_iter().map(CategoryBody::from).collect()))
}

/// What a result list can be asked for; the storefront's own addresses take the same.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "for the description only: repeated keys are read by hand")]
pub(crate) struct SearchQuery {
    /// What is looked for. Misspellings are forgiven; without it everything is listed.
    #[param(required = false, max_length = 200)]
    q: String,
    /// Slug of a category; what lies beneath it is included.
    #[param(required = false)]
    category: String,
    /// Slug of the one shop to look in.
    #[param(required = false)]
    shop: String,
    /// Lowest price in rupiah.
    #[param(required = false, minimum = 0)]
    min: i64,
    /// Highest price in rupiah.
    #[param(required = false, minimum = 0)]
    max: i64,
    /// May be repeated; several are alternatives.
    #[param(required = false)]
    city: Vec<String>,
    /// May be repeated.
    #[param(required = false)]
    brand: Vec<String>,
    /// At least so many stars.
    #[param(required = false, minimum = 1, maximum = 4)]
    rating: u8,
    /// `new` or `used`.
    #[param(required = false)]
    condition: String,
    /// `regular`, `power` or `official`.
    #[param(required = false)]
    tier: String,
    #[param(required = false)]
    free_shipping: bool,
    /// `relevance`, `newest`, `price_up`, `price_down`, `rating` or `sold`. Attributes are given as `a.{key}`.
    #[param(required = false)]
    sort: String,
    #[param(required = false, minimum = 1, maximum = 100, default = 24)]
    limit: u32,
    /// `next` of the page before.
    #[param(required = false)]
    after: String,
}

/// Search
///
/// Products that fit, best first, with facets: each choice says how many products it leaves, all other filters
/// applied. The parameters are those of the storefront's result page.
#[utoipa::path(get, path = "/api/v1/search", tag = "catalog", params(SearchQuery),
    responses((status = 200, description = "What was found", body = SearchBody), ApiError))]
pub(crate) async fn find(InCx(cx): InCx, RawQuery(query): RawQuery) -> Result<Json<SearchBody>, ApiError> {
    let (params, limit) = asked(query.as_deref())?;
    Ok(Json(SearchBody::from(search::page(&cx, &params, limit).await.map_err(no)?)))
}

/// Products on sale
///
/// The same as search, without facets.
#[utoipa::path(get, path = "/api/v1/products", tag = "catalog", params(SearchQuery),
    responses((status = 200, description = "A page of products", body = PageBody<CardBody>), ApiError))]
pub(crate) async fn products(
    InCx(cx): InCx,
    RawQuery(query): RawQuery,
) -> Result<Json<PageBody<CardBody>>, ApiError> {
    let (params, limit) = asked(query.as_deref())?;
    page_of(&cx, &params, limit).await
}

async fn page_of(cx: &Cx, params: &SearchParams, limit: usize) -> Result<Json<PageBody<CardBody>>, ApiError> {
    let found = search::page(cx, params, limit).await.map_err(no)?;
    let items = found.items.into_iter().map(CardBody::from).collect();
    Ok(Json(PageBody { items, next: found.next, total: Some(found.total) }))
}

/// A product
///
/// By id or slug. A product that has moved to another slug is found by its old one too; one no longer sold is 410.
#[utoipa::path(get, path = "/api/v1/products/{product}", tag = "catalog",
    params(("product" = String, Path, description = "Id or slug")),
    responses((status = 200, description = "The product", body = ProductBody), ApiError))]
pub(crate) async fn one_product(
    InCx(cx): InCx,
    Path(product): Path<String>,
) -> Result<Json<ProductBody>, ApiError> {
    let mut db = cx.db().acquire().await.map_err(no)?;
    if let Ok(id) = product.parse::<ProductId>() {
        let found = product::by_id(&mut db, id, cx.lang(), cx.now()).await.map_err(no)?;
        return found.map(|page| Json(page.into())).ok_or_else(|| ApiError::from(Code::NotFound));
    }
    let mut slug: Slug = product.parse().map_err(|_| ApiError::from(Code::NotFound))?;
    // A former slug leads to the present one, and that to the product.
    for _ in 0..2 {
        match product::page(&mut db, &slug, cx.lang(), cx.now()).await.map_err(no)? {
            product::Lookup::Found(page) => return Ok(Json((*page).into())),
            product::Lookup::Moved(to) => slug = to,
            product::Lookup::Gone(_) => return Err(ApiError::from(Code::Gone)),
            product::Lookup::Unknown => break,
        }
    }
    Err(ApiError::from(Code::NotFound))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReviewsQuery {
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// `next` of the page before.
    after: Option<String>,
    /// Only those with so many stars.
    #[param(minimum = 1, maximum = 5)]
    stars: Option<u8>,
}

/// What buyers say of a product
///
/// The latest first.
#[utoipa::path(get, path = "/api/v1/products/{product}/reviews", tag = "catalog",
    params(("product" = String, Path, description = "Id of the product"), ReviewsQuery),
    responses((status = 200, description = "A page of reviews", body = PageBody<ReviewBody>), ApiError))]
pub(crate) async fn product_reviews(
    InCx(cx): InCx,
    Path(product): Path<String>,
    Query(query): Query<ReviewsQuery>,
) -> Result<Json<PageBody<ReviewBody>>, ApiError> {
    let product: ProductId = product.parse().map_err(|_| ApiError::from(Code::NotFound))?;
    let stars = query.stars.map(|n| {
        Stars::try_from(n).map_err(|_| ApiError::field(Code::Malformed, "stars", FieldError::OutOfRange))
    });
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let mut db = cx.db().acquire().await.map_err(no)?;
    let page = reviews::page(&mut db, product, stars.transpose()?, query.after.as_deref(), limit)
        .await
        .map_err(no)?;
    let page = page.ok_or_else(|| ApiError::from(Code::NotFound))?;
    Ok(Json(page.reviews.map(ReviewBody::from).into()))
}

/// A shop
#[utoipa::path(get, path = "/api/v1/shops/{shop}", tag = "catalog",
    params(("shop" = String, Path, description = "Slug of the shop")),
    responses((status = 200, description = "The shop", body = ShopBody), ApiError))]
pub(crate) async fn one_shop(InCx(cx): InCx, Path(shop): Path<String>) -> Result<Json<ShopBody>, ApiError> {
    let slug: Slug = shop.parse().map_err(|_| ApiError::from(Code::NotFound))?;
    let mut db = cx.db().acquire().await.map_err(no)?;
    match shop::page(&mut db, &slug, cx.lang()).await.map_err(no)? {
        shop::Lookup::Found(page) => Ok(Json((*page).into())),
        shop::Lookup::Gone => Err(ApiError::from(Code::Gone)),
        shop::Lookup::Moved(_) | shop::Lookup::Unknown => Err(ApiError::from(Code::NotFound)),
    }
}

/// A shop's products
///
/// The parameters are those of search.
#[utoipa::path(get, path = "/api/v1/shops/{shop}/products", tag = "catalog",
    params(("shop" = String, Path, description = "Slug of the shop"), SearchQuery),
    responses((status = 200, description = "A page of products", body = PageBody<CardBody>), ApiError))]
pub(crate) async fn shop_products(
    InCx(cx): InCx,
    Path(shop): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<PageBody<CardBody>>, ApiError> {
    let (params, limit) = asked(query.as_deref())?;
    let slug: Slug = shop.parse().map_err(|_| ApiError::from(Code::NotFound))?;
    page_of(&cx, &SearchParams { shop: Some(slug), ..params }, limit).await
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestQuery {
    /// What has been typed so far.
    #[param(max_length = 80)]
    q: String,
}

/// Suggestions while typing
///
/// Queries, categories, shops and products, at most ten together.
#[utoipa::path(get, path = "/api/v1/suggest", tag = "catalog", params(SuggestQuery),
    responses((status = 200, description = "What to offer", body = SuggestionsBody), ApiError))]
pub(crate) async fn suggest(
    InCx(cx): InCx,
    Query(query): Query<SuggestQuery>,
) -> Result<Json<SuggestionsBody>, ApiError> {
    Ok(Json(search::suggest(&cx, &query.q).await.map_err(no)?.into()))
}

/// A read that failed, as the problem its caller may know.
pub(crate) fn no(error: impl Into<ViewError>) -> ApiError {
    let error = error.into();
    let cause = error.to_string();
    Problem::from(AppError::from(error)).because(cause).into()
}

/// Reads a query string strictly: a program is told what it got wrong, where a page would forgive.
pub(crate) fn asked(query: Option<&str>) -> Result<(SearchParams, usize), ApiError> {
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let mut limit = search::PAGE;
    for (key, value) in &pairs {
        let nothing = SearchParams::default();
        let plain = value.trim().is_empty()
            || (key == "sort" && value == SearchSort::default().as_str())
            || (key == "free_shipping" && matches!(value.as_str(), "0" | "false"));
        if key == "limit" {
            let asked = value.parse().ok().filter(|n| (1..=100).contains(n));
            limit = asked.ok_or_else(|| ApiError::field(Code::Malformed, "limit", FieldError::OutOfRange))?;
        } else if !plain && SearchParams::from_pairs([(key, value)]) == nothing {
            let known =
                ["category", "shop", "min", "max", "rating", "condition", "tier", "free_shipping", "sort"];
            if known.contains(&key.as_str()) {
                return Err(ApiError::field(Code::Malformed, key, FieldError::Malformed));
            }
        }
    }
    Ok((SearchParams::from_pairs(pairs), limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_told_what_it_got_wrong() {
        for bad in
            ["rating=9", "limit=0", "limit=x", "min=-1", "condition=broken", "sort=best", "category=No+Slug"]
        {
            assert!(asked(Some(bad)).is_err(), "{bad}");
        }
        for good in [
            "",
            "q=tas&sort=relevance",
            "free_shipping=false",
            "city=Bandung&city=Bogor&limit=100",
            "a.size=42",
        ] {
            assert!(asked(Some(good)).is_ok(), "{good}");
        }
    }
}
