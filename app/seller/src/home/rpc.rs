use leptos::prelude::*;
use model::{AppError, shop::StaffShop};

#[server]
pub async fn my_shops() -> Result<Vec<StaffShop>, AppError> {
    let (cx, member) = web::member().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    shop::staff::shops_of(&mut db, member.account).await.map_err(web::database)
}
