use leptos::prelude::*;
use model::{
    AppError,
    shop::{StaffShop, Standing},
    views::region::Region,
};
use serde::{Deserialize, Serialize};

/// The shop a page is about, for its people; whatever their work is there.
#[server(protocol = model::Call)]
pub async fn shop_of_mine(shop: String) -> Result<StaffShop, AppError> {
    let (cx, member) = web::member().await?;
    let slug = shop.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let found = shop::staff::find_shop(&mut db, &slug, member.account).await.map_err(web::database)?;
    found.ok_or_else(web::not_found)
}

/// How many new orders wait, up to a hundred; none for those whose work that is not.
#[server(protocol = model::Call)]
pub async fn new_orders(shop: String) -> Result<u32, AppError> {
    let (cx, _) = web::member().await?;
    flows::seller::today::new_orders(&cx, &shop).await.map_err(web::refused)
}

/// How far a shop has come in being verified, for its people.
#[server(protocol = model::Call)]
pub async fn how_it_stands(shop: String) -> Result<Standing, AppError> {
    let shop = shop_of_mine(shop).await?;
    let cx = web::cx().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::verification::standing(&mut db, shop.id).await.map_err(web::database)
}

/// What the address of a page says about a place.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    /// A province or city whose parts are wanted.
    pub within: String,
    pub district: String,
}

/// Where in the country, and what else it could be.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    pub district: Option<Region>,
    pub q: String,
    pub offers: Vec<Region>,
}

#[server(protocol = model::Call)]
#[allow(clippy::unused_async, reason = "a server function is asked over the network")]
pub async fn place_of(asked: Asked) -> Result<Place, AppError> {
    let named = |code: String| Some(code).filter(|code| !code.is_empty());
    let offers = match named(asked.within) {
        Some(code) => views::region::children(Some(&code)).unwrap_or_default(),
        None => views::region::search(&asked.q, 10),
    };
    let district = named(asked.district).and_then(|code| views::region::one(&code));
    Ok(Place { district: district.filter(Region::is_district), q: asked.q, offers })
}

/// Places while somebody types.
#[server(protocol = model::Call)]
#[allow(clippy::unused_async, reason = "a server function is asked over the network")]
pub async fn find_places(q: String) -> Result<Vec<Region>, AppError> {
    Ok(views::region::search(&q, 10))
}
