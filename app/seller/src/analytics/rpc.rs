use leptos::prelude::*;
use model::{
    AppError,
    views::figures::{Figures, Period},
};

#[server(protocol = model::Call)]
pub async fn figures_of(shop: String, period: Period) -> Result<Figures, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Insights).await.map_err(web::refused)?;
    flows::figures::figures(&cx, &at, period).await.map_err(web::database)
}
