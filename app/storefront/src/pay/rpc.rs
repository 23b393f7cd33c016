use leptos::prelude::*;
use model::{AppError, Call, ids::PaymentId, payment::Method, views::PaymentView};

/// Of whoever is to pay it; for everybody else there is none.
#[server(protocol = Call)]
pub async fn payment(id: String) -> Result<PaymentView, AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    let id = id.parse().map_err(|_| web::not_found())?;
    flows::pay::view(&cx, &buyer, id).await.map_err(web::database)?.ok_or_else(web::not_found)
}

/// Gives up one attempt to pay for another, and goes on to its page.
#[server]
pub async fn change_method(payment: PaymentId, method: Method) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    let payment = flows::pay::change_method(&cx, &buyer, payment, method).await.map_err(web::refused)?;
    web::go_to(&format!("/pay/{payment}"));
    Ok(())
}
