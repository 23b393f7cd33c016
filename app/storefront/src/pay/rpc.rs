use leptos::prelude::*;
use model::{AppError, Call, ids::PaymentId, payment::Method, views::PaymentView};

/// Of whoever is to pay it; for everybody else there is none.
#[server(protocol = Call)]
pub async fn payment(id: String) -> Result<PaymentView, AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    let id = id.parse().map_err(|_| web::not_found())?;
    flows::pay::view(&cx, &buyer, id).await.map_err(web::database)?.ok_or_else(web::not_found)
}

/// From the balance of a shop of one's own, by its address; whoever pays has just proved who they are.
#[server]
pub async fn pay_from_balance(payment: PaymentId, shop: String) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Money).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::pay::from_balance(&cx, &at, &proved, payment).await.map_err(web::refused)?;
    web::go_to(&format!("/pay/{payment}"));
    Ok(())
}

/// Gives up one attempt to pay for another, and goes on to its page.
#[server]
pub async fn change_method(payment: PaymentId, method: Method) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    let payment = flows::pay::change_method(&cx, &buyer, payment, method).await.map_err(web::refused)?;
    web::go_to(&format!("/pay/{payment}"));
    Ok(())
}
