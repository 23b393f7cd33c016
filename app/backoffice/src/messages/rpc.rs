use leptos::prelude::*;
use model::{
    AppError,
    ids::DeliveryId,
    views::message::{MessageFilter, MessageList, MessagePage, TemplateRow},
};

/// Messages, newest first. Its guard, like that of the others here: operators who look after messages.
#[server(protocol = model::Call)]
pub async fn list(filter: MessageFilter) -> Result<MessageList, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Messages).map_err(web::refused)?;
    views::messages::list(&cx, &filter, 50).await.map_err(web::refused)
}

/// `id` is taken as text, so that an address that is none is not found rather than malformed.
#[server(protocol = model::Call)]
pub async fn one(id: String) -> Result<MessagePage, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Messages).map_err(web::refused)?;
    let Ok(id) = id.parse() else { return Err(web::not_found()) };
    views::messages::page(&cx, id).await.map_err(web::refused)?.ok_or_else(web::not_found)
}

#[server(protocol = model::Call)]
pub async fn templates() -> Result<Vec<TemplateRow>, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Messages).map_err(web::refused)?;
    Ok(views::messages::templates(&cx))
}

#[server]
pub async fn resend(id: DeliveryId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Messages).map_err(web::refused)?;
    flows::messages::resend(&cx, &operator, id).await.map_err(web::refused)
}

#[server]
pub async fn give_up(id: DeliveryId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Messages).map_err(web::refused)?;
    flows::messages::give_up(&cx, &operator, id).await.map_err(web::refused)
}
