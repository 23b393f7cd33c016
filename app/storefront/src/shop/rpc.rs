use leptos::prelude::*;
use model::{AppError, Call, views::ShopPage};
use serde::{Deserialize, Serialize};

/// What stands at an address that was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum At {
    Here(Box<ShopPage>),
    Moved(String),
}

#[server(protocol = Call)]
pub async fn shop_at(slug: String) -> Result<At, AppError> {
    use views::shop::Lookup;
    let cx = web::cx().await?;
    let slug = slug.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    match views::shop::page(&mut db, &slug, cx.lang()).await.map_err(web::database)? {
        Lookup::Found(page) => Ok(At::Here(page)),
        Lookup::Moved(to) => Ok(At::Moved(web::moved(format!("/shop/{to}")))),
        Lookup::Gone => Err(web::gone()),
        Lookup::Unknown => Err(web::not_found()),
    }
}
