use leptos::prelude::*;
use model::{
    AppError,
    ids::{WishId, WishlistId},
    wish::{Wishlist, WishlistPage},
};
use serde::{Deserialize, Serialize};

/// All lists, and what is on the one being looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wishlists {
    pub lists: Vec<Wishlist>,
    /// None while nothing has been wished for.
    pub page: Option<WishlistPage>,
    /// The address that opens this list to others.
    pub link: Option<String>,
}

/// Things on a page of a list.
pub const PAGE: u16 = 24;

#[server(protocol = model::Call)]
pub async fn own_wishlists(list: Option<WishlistId>, after: Option<String>) -> Result<Wishlists, AppError> {
    let (cx, member) = web::member().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let lists = views::wishlist::lists(&mut db, member.account).await.map_err(web::database)?;
    let Some(id) = list.or_else(|| lists.first().map(|list| list.id)) else {
        return Ok(Wishlists { lists, page: None, link: None });
    };
    let page = views::wishlist::page(&mut db, member.account, id, after.as_deref(), PAGE, cx.now())
        .await
        .map_err(web::refused)?
        .ok_or_else(web::not_found)?;
    let site = use_context::<model::Site>().unwrap_or_default().0;
    let link = page.list.token.as_ref().map(|token| format!("{site}/w/{token}"));
    Ok(Wishlists { lists, page: Some(page), link })
}

#[server(protocol = model::Call)]
pub async fn shared_wishlist(token: String, after: Option<String>) -> Result<WishlistPage, AppError> {
    let cx = web::cx().await?;
    let token = token.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::wishlist::shared(&mut db, &token, after.as_deref(), PAGE, cx.now())
        .await
        .map_err(web::refused)?
        .ok_or_else(web::not_found)
}

#[server]
pub async fn make_list(name: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let id = flows::wishlist::make(&cx, &member, &name, None).await.map_err(web::refused)?;
    if let Ok(to) = format!("/account/wishlist?list={id}").parse() {
        web::redirect(&to);
    }
    Ok(())
}

#[server]
pub async fn rename_list(id: WishlistId, version: i32, name: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::wishlist::rename(&cx, &member, (id, version), &name).await.map_err(web::refused)
}

#[server]
pub async fn delete_list(id: WishlistId) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::wishlist::delete(&cx, &member, id).await.map_err(web::refused)?;
    web::go("/account/wishlist");
    Ok(())
}

/// Opens a list to whoever has its link, or closes it.
#[server]
pub async fn share_list(id: WishlistId, shared: bool) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    if shared {
        flows::wishlist::share(&cx, &member, id).await.map(drop).map_err(web::refused)
    } else {
        flows::wishlist::unshare(&cx, &member, id).await.map_err(web::refused)
    }
}

#[server]
pub async fn remove_wish(id: WishId) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::wishlist::remove(&cx, &member, id).await.map_err(web::refused)
}

#[server]
pub async fn move_wish(id: WishId, to: WishlistId) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::wishlist::move_to(&cx, &member, id, to).await.map_err(web::refused)
}
