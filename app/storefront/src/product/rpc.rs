use leptos::prelude::*;
use model::{
    AppError, Call, Page,
    ids::ProductId,
    views::{ProductCard, ProductPage, Related, ReviewItem, Stars, VoucherOffer},
};
use serde::{Deserialize, Serialize};

/// What stands at an address that was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum At {
    /// With the vouchers that its shop and the platform give to everybody.
    Here(Box<ProductPage>, Vec<VoucherOffer>),
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
    match views::product::page(&mut db, &slug, cx.lang(), cx.now()).await.map_err(web::database)? {
        Lookup::Found(page) => {
            flows::visits::note(&cx, web::greet(&cx), page.id, web::came_from().as_deref());
            drop(db);
            let vouchers = flows::voucher::of_shop(&cx, &page.shop).await.map_err(web::database)?;
            Ok(At::Here(page, vouchers))
        }
        Lookup::Moved(to) => Ok(At::Moved(web::moved(format!("/p/{to}")))),
        Lookup::Gone(product) => {
            web::page_status(model::Code::Gone);
            let related =
                views::product::related(&mut db, product, None, cx.now()).await.map_err(web::database)?;
            drop(db);
            let mut similar = related.similar;
            views::wishlist::mark(&cx, &mut similar).await.map_err(web::database)?;
            Ok(At::Gone(similar))
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
    let related = views::product::related(&mut db, product, web::visitor(), cx.now()).await;
    let mut related = related.map_err(web::database)?;
    drop(db);
    views::wishlist::mark(&cx, related.cards()).await.map_err(web::database)?;
    Ok(related)
}
