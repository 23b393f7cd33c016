use leptos::prelude::*;
use model::{
    AppError, ShopRole,
    ids::{AccountId, InvitationId},
    shop::{Invitation, StaffPage},
};
use serde::{Deserialize, Serialize};

/// The people of a shop, and whether who looks may change them without proving again who they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StaffDesk {
    pub page: StaffPage,
    pub fresh: bool,
}

/// Who works in a shop. Its guard, like that of what changes them: the shop's people who have a say about staff, who for any
/// change prove again who they are.
#[server(protocol = model::Call)]
pub async fn people(shop: String) -> Result<StaffDesk, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Staff).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let page = views::staff::page(&mut db, at.shop(), cx.now()).await.map_err(web::database)?;
    Ok(StaffDesk { page, fresh: cx.proved(flows::account::STEP_UP).is_ok() })
}

#[server]
pub async fn invite(shop: String, email: String, role: ShopRole) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Staff).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::seller::staff::invite(&cx, &proved, &at, &email, role).await.map(drop).map_err(web::refused)
}

#[server]
pub async fn withdraw(shop: String, id: InvitationId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Staff).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::seller::staff::withdraw(&cx, &proved, &at, id).await.map_err(web::refused)
}

#[server]
pub async fn change_role(shop: String, account: AccountId, role: ShopRole) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Staff).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::seller::staff::change_role(&cx, &proved, &at, account, role).await.map_err(web::refused)
}

#[server]
pub async fn remove(shop: String, account: AccountId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Staff).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::seller::staff::remove(&cx, &proved, &at, account).await.map_err(web::refused)
}

/// Whoever gives a shop away proves again who they are. They are a manager from then on, and have no say about staff.
#[server]
pub async fn hand_over(shop: String, account: AccountId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Staff).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::seller::staff::hand_over(&cx, &proved, &at, account).await.map_err(web::refused)?;
    web::go_to(&format!("/seller/{shop}"));
    Ok(())
}

#[server]
pub async fn leave(shop: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::seller::staff::leave(&cx, &member, &shop).await.map_err(web::refused)?;
    web::go("/seller");
    Ok(())
}

/// For whoever is signed in with the address it went to.
#[server(protocol = model::Call)]
pub async fn see_invitation(token: String) -> Result<Invitation, AppError> {
    let (cx, member) = web::member().await?;
    flows::seller::staff::invitation(&cx, &member, &token).await.map_err(web::refused)
}

#[server]
pub async fn join(token: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let slug = flows::seller::staff::join(&cx, &member, &token).await.map_err(web::refused)?;
    web::go_to(&format!("/seller/{slug}"));
    Ok(())
}
