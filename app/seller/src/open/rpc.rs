use leptos::prelude::*;
use model::{AppError, FieldError, shop::ShopInput};
use serde::{Deserialize, Serialize};

/// What the form starts with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Form {
    pub input: ShopInput,
    /// They own as many shops as anyone may.
    pub is_full: bool,
    /// Names this form, so that sending it twice opens one shop.
    pub key: String,
}

/// The name under which what was typed is remembered.
pub const FORM: &str = "shop-open";

#[server(protocol = model::Call)]
pub async fn open_form() -> Result<Form, AppError> {
    let (cx, member) = web::member().await?;
    let is_full = flows::seller::owns_enough(&cx, &member).await.map_err(web::database)?;
    let input = web::draft(FORM, member.account.uuid()).unwrap_or_default();
    Ok(Form { input, is_full, key: cx.id::<model::ids::ShopId>().to_string() })
}

/// What is wrong with an address while somebody thinks of it.
#[server(protocol = model::Call)]
pub async fn slug_problem(slug: String) -> Result<Option<FieldError>, AppError> {
    let (cx, _) = web::member().await?;
    flows::seller::slug_problem(&cx, &slug).await.map_err(web::database)
}

#[server]
pub async fn open_shop(shop: ShopInput, key: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let opened = flows::seller::open(&cx, &member, &shop, key.parse().ok().as_ref()).await;
    let slug =
        opened.map_err(web::refused).inspect_err(|_| web::keep_draft(FORM, member.account.uuid(), &shop))?;
    web::go_to(&format!("/seller/{slug}"));
    Ok(())
}
