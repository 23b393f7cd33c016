use leptos::prelude::*;
use model::{
    AppError, Call, Page,
    ids::ProductId,
    views::{ProductCard, ProductPage, Related, ReviewItem, Stars},
};
use serde::{Deserialize, Serialize};

/// What stands at an address that was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum At {
    Here(Box<ProductPage>),
    Moved(String),
    /// It was sold here once; these are like it.
    Gone(Vec<ProductCard>),
}

#[server(protocol = Call)]
pub async fn product_at(slug: String) -> Result<At, AppError> {
    use views::product::Lookup;
    let cx = web::cx().await?;
    let slug = slug.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    match views::product::page(&mut db, &slug, cx.lang()).await.map_err(web::database)? {
        Lookup::Found(page) => {
            flows::visits::note(&cx, web::greet(&cx), page.id);
            Ok(At::Here(page))
        }
        Lookup::Moved(to) => Ok(At::Moved(web::moved(format!("/p/{to}")))),
        Lookup::Gone(product) => {
            web::page_status(model::Code::Gone);
            let related = views::product::related(&mut db, product, None).await.map_err(web::database)?;
            Ok(At::Gone(related.similar))
        }
        Lookup::Unknown => Err(web::not_found()),
    }
}

#[server(protocol = Call)]
pub async fn reviews_of(
    product: ProductId,
    stars: Option<Stars>,
    after: Option<String>,
) -> Result<Page<ReviewItem>, AppError> {
    let cx = web::cx().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::reviews::list(&mut db, product, stars, after.as_deref(), 10).await.map_err(web::refused)
}

#[server(protocol = Call)]
pub async fn beside(product: ProductId) -> Result<Related, AppError> {
    let cx = web::cx().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::product::related(&mut db, product, web::visitor()).await.map_err(web::database)
}
