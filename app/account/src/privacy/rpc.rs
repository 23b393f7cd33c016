use leptos::prelude::*;
use model::{
    AppError,
    person::{PrivacyPage, Purpose},
};

#[server]
pub async fn privacy() -> Result<PrivacyPage, AppError> {
    let (cx, member) = web::member().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::privacy::page(&mut db, member.account).await.map_err(web::database)
}

#[server]
pub async fn decide(purpose: Purpose, given: bool) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::privacy::decide(&cx, &member, purpose, given).await.map_err(web::refused)
}

/// Needs fresh proof of who it is.
#[server]
pub async fn ask_for_copy() -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::privacy::request_export(&cx, &proved).await.map(drop).map_err(web::refused)
}

/// Needs fresh proof of who it is.
#[server]
pub async fn close_account(#[server(default)] sure: bool) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    if !sure {
        return Err(web::refused(AppError::field("sure", model::FieldError::Required)));
    }
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::privacy::close(&cx, &proved).await.map(drop).map_err(web::refused)
}

#[server]
pub async fn keep_account() -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::privacy::cancel_closing(&cx, &member).await.map_err(web::refused)
}
