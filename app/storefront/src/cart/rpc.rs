use leptos::prelude::*;
use model::{
    AppError, Call,
    ids::{CartLineId, ShopId, VariantId},
    views::{CartCount, CartView},
};

#[server(protocol = Call)]
pub async fn my_cart() -> Result<CartView, AppError> {
    let (cx, buyer) = web::buyer().await?;
    flows::cart::view(&cx, buyer.as_ref()).await.map_err(web::database)
}

#[server(protocol = Call)]
pub async fn count_cart() -> Result<CartCount, AppError> {
    let (cx, buyer) = web::buyer().await?;
    flows::cart::count(&cx, buyer.as_ref()).await.map_err(web::database)
}

/// A visitor becomes a guest by this. `onward` goes to the cart, where no script is there to say that it is in it.
#[server]
pub async fn add_to_cart(
    variant: VariantId,
    quantity: i32,
    #[server(default)] note: String,
    #[server(default)] onward: bool,
) -> Result<(), AppError> {
    let (cx, buyer) = web::new_buyer().await?;
    flows::cart::add(&cx, &buyer, variant, quantity, &note).await.map_err(web::refused)?;
    if onward {
        web::go("/cart");
    }
    Ok(())
}

/// Only this is bought; the rest of the cart stays for another time.
#[server]
pub async fn buy_now(
    variant: VariantId,
    quantity: i32,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let (cx, buyer) = web::new_buyer().await?;
    flows::cart::buy_now(&cx, &buyer, variant, quantity, &note).await.map_err(web::refused)?;
    web::go("/checkout");
    Ok(())
}

#[server]
pub async fn set_quantity(line: CartLineId, quantity: i32) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::set_quantity(&cx, &buyer, line, quantity).await.map_err(web::refused)
}

#[server]
pub async fn set_note(line: CartLineId, #[server(default)] note: String) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::set_note(&cx, &buyer, line, &note).await.map_err(web::refused)
}

/// `onward` goes to a cart that offers to put it back, where no script does. Its note would stand in the address and
/// is not offered.
#[server]
pub async fn remove_line(
    line: CartLineId,
    variant: VariantId,
    quantity: i32,
    #[server(default)] onward: bool,
) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::remove(&cx, &buyer, line).await.map_err(web::refused)?;
    if onward {
        web::go_to(&format!("/cart?undo={variant}&n={quantity}"));
    }
    Ok(())
}

#[server]
pub async fn tick_line(line: CartLineId, on: bool) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::tick(&cx, &buyer, flows::cart::Ticked::Line(line), on).await.map_err(web::refused)
}

#[server]
pub async fn tick_shop(shop: ShopId, on: bool) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::tick(&cx, &buyer, flows::cart::Ticked::Shop(shop), on).await.map_err(web::refused)
}

#[server]
pub async fn tick_all(on: bool) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::tick(&cx, &buyer, flows::cart::Ticked::All, on).await.map_err(web::refused)
}

/// Puts a line aside, or back among those to be bought.
#[server]
pub async fn save_for_later(line: CartLineId, saved: bool) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::save_for_later(&cx, &buyer, line, saved).await.map_err(web::refused)
}

/// Prices as they are now, and what sign-in made of two carts, were seen.
#[server]
pub async fn see_changes() -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::see_changes(&cx, &buyer).await.map_err(web::refused)
}

#[server]
pub async fn add_code(#[server(default)] code: String) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::add_code(&cx, &buyer, &code).await.map_err(web::refused)
}

/// The vouchers that save the most together.
#[server]
pub async fn use_best() -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::use_best(&cx, &buyer).await.map_err(web::refused)
}

#[server]
pub async fn remove_code(code: String) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::remove_code(&cx, &buyer, &code).await.map_err(web::refused)
}
