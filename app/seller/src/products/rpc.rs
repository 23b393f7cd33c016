use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::{ProductId, VariantId},
    shop::{StallFilter, StallRow},
};

/// A shop's goods, for those who keep them.
#[server(protocol = model::Call)]
pub async fn stall(shop: String, filter: StallFilter) -> Result<Page<StallRow>, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::stall::list(&mut db, at.shop(), &filter, 20).await.map_err(web::refused)
}

/// Price and stock of one variant, as they stand in its row. Whoever keeps goods keeps both.
#[server]
pub async fn save_variant(
    shop: String,
    variant: VariantId,
    price: String,
    #[server(default)] list_price: String,
    stock: String,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::products::set_price(&cx, &at, variant, &price, &list_price).await.map_err(web::refused)?;
    flows::seller::products::set_stock(&cx, &at, variant, &stock).await.map_err(web::refused)
}

#[server]
pub async fn show_product(shop: String, product: ProductId, shown: bool) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::products::show(&cx, &at, product, shown).await.map(drop).map_err(web::refused)
}
