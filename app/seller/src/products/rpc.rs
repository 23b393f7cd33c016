use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::{MediaId, ProductId, VariantId},
    shop::{
        CategoryChoice, EditAct, EditorPicture, PictureAct, ProductEditor, ProductInput, StallFilter,
        StallRow,
    },
};
use serde::{Deserialize, Serialize};

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

/// What the page of a new product starts with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where goods may be put.
    pub categories: Vec<CategoryChoice>,
    /// What was typed and refused.
    pub name: String,
    /// Names this form, so that sending it twice makes one product.
    pub key: String,
}

/// The name under which what was typed is remembered.
#[cfg(feature = "ssr")]
const BEGIN: &str = "product-begin";

#[server(protocol = model::Call)]
pub async fn new_product(shop: String) -> Result<Start, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let tree = views::category::tree(&mut db, cx.lang()).await.map_err(web::database)?;
    let name = web::draft(BEGIN, at.shop().uuid()).unwrap_or_default();
    Ok(Start { categories: model::shop::leaves(&tree), name, key: cx.id::<ProductId>().to_string() })
}

/// Begins a product, and goes on to its editor.
#[server]
pub async fn begin_product(
    shop: String,
    name: String,
    #[server(default)] category: String,
    key: String,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let key = key.parse().ok();
    let begun = flows::seller::editor::begin(&cx, &at, &name, &category, key.as_ref()).await;
    let id = begun.map_err(web::refused).inspect_err(|_| web::keep_draft(BEGIN, at.shop().uuid(), &name))?;
    web::go_to(&format!("/seller/{shop}/products/{id}"));
    Ok(())
}

/// A product in its editor, and what its page offers beside.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Desk {
    pub product: ProductEditor,
    pub categories: Vec<CategoryChoice>,
    /// Names the form that copies it, so that sending it twice makes one copy.
    pub key: String,
}

#[server(protocol = model::Call)]
pub async fn product_desk(shop: String, product: String) -> Result<Desk, AppError> {
    let (cx, member) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let id = product.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let found = views::editor::editor(&mut db, at.shop(), id, Some(member.account), cx.lang()).await;
    let product = found.map_err(web::database)?.ok_or_else(web::not_found)?;
    let tree = views::category::tree(&mut db, cx.lang()).await.map_err(web::database)?;
    Ok(Desk { product, categories: model::shop::leaves(&tree), key: cx.id::<ProductId>().to_string() })
}

/// All of a product's form. `now` is the version its page showed.
#[server]
pub async fn save_product(
    shop: String,
    product: ProductId,
    version: i32,
    now: i32,
    act: EditAct,
    edit: ProductInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let sent = flows::seller::editor::send(&cx, &at, product, (version, now), act, &edit).await;
    sent.map(drop).map_err(web::refused)
}

/// Forgets what was typed and not saved.
#[server]
pub async fn let_edit_go(shop: String, product: ProductId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::editor::let_go(&cx, &at, product).await.map_err(web::refused)
}

#[server]
pub async fn archive_product(shop: String, product: ProductId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::editor::archive(&cx, &at, product).await.map(drop).map_err(web::refused)
}

/// Makes another of it, and goes on to its editor.
#[server]
pub async fn copy_product(shop: String, product: ProductId, key: String) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let copied = flows::seller::editor::copy(&cx, &at, product, key.parse().ok().as_ref()).await;
    web::go_to(&format!("/seller/{shop}/products/{}", copied.map_err(web::refused)?));
    Ok(())
}

#[server]
pub async fn arrange_photograph(
    shop: String,
    product: ProductId,
    media: MediaId,
    to: PictureAct,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::editor::shift(&cx, &at, product, media, to).await.map_err(web::refused)
}

/// Its photographs alone: moving one leaves the form beside them as it is.
#[server(protocol = model::Call)]
pub async fn product_gallery(shop: String, product: String) -> Result<Vec<EditorPicture>, AppError> {
    Ok(product_desk(shop, product).await?.product.pictures)
}
