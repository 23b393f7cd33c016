use leptos::prelude::*;
use model::{AppError, Call, ids::ProductId};

/// Whether the reader keeps this product; nobody does who is not signed in.
#[server(protocol = Call)]
pub async fn is_wished(product: ProductId) -> Result<bool, AppError> {
    let cx = web::cx().await?;
    let Ok(member) = cx.member() else { return Ok(false) };
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let wished = views::wishlist::wished(&mut db, member.account, &[product]).await;
    Ok(!wished.map_err(web::database)?.is_empty())
}

/// Keeps a product, or its variant where one was chosen; or lets go of both. Whoever is not signed in is asked to.
#[server]
pub async fn wish(product: ProductId, variant: String, wanted: bool) -> Result<bool, AppError> {
    let cx = web::cx().await?;
    let Ok(member) = cx.member() else {
        web::sign_in_first();
        return Ok(false);
    };
    let variant = variant.parse::<model::ids::VariantId>().ok();
    flows::wishlist::toggle(&cx, &member, (product, variant), wanted).await.map_err(web::refused)
}
