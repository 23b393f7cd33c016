use leptos::prelude::*;
use model::{
    AppError, Call,
    ids::{AddressId, ShopId},
    payment::Method,
    shipping::Way,
    views::CheckoutView,
};

/// `was` is the total that had been shown where placing was refused because something had changed, and `ships` who
/// would have brought it, when and for how much. None where nothing is chosen to be bought; the cart is the page to go to then.
#[server(protocol = Call)]
pub async fn checkout(was: Option<i64>, ships: String) -> Result<Option<CheckoutView>, AppError> {
    let (cx, buyer) = web::buyer().await?;
    let shown = was.map(|total| flows::checkout::Shown::new(total, &ships));
    let view = match &buyer {
        Some(buyer) => Some(flows::checkout::view(&cx, buyer, shown.as_ref()).await.map_err(web::database)?),
        None => None,
    };
    let view = view.filter(|view| !view.shops.is_empty());
    if view.is_none() {
        web::go("/cart");
    }
    Ok(view)
}

#[server]
pub async fn set_contact(email: String, phone: String) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::checkout::set_contact(&cx, &buyer, &email, &phone).await.map_err(web::refused)
}

/// One of the member's book.
#[server]
pub async fn use_address(address: AddressId) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::checkout::use_address(&cx, &buyer, address).await.map_err(web::refused)
}

/// How one shop's goods travel, and what its seller should know.
#[server]
pub async fn set_shipping(
    shop: ShopId,
    way: Way,
    #[server(default)] insured: bool,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::checkout::set_shipping(&cx, &buyer, shop, (&way.courier, way.service, way.point), insured, &note)
        .await
        .map_err(web::refused)
}

#[server]
pub async fn set_method(method: Method) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::checkout::set_method(&cx, &buyer, method).await.map_err(web::refused)
}

/// As many of the member's coins as can be, or none.
#[server]
pub async fn use_coins(#[server(default)] on: bool) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::checkout::use_coins(&cx, &buyer, on).await.map_err(web::refused)
}

#[server]
pub async fn use_code(code: String) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::add_code(&cx, &buyer, &code).await.map_err(web::refused)
}

/// The vouchers that save the most together.
#[server]
pub async fn use_best_codes() -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::checkout::use_best_vouchers(&cx, &buyer).await.map_err(web::refused)
}

#[server]
pub async fn drop_code(code: String) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::cart::remove_code(&cx, &buyer, &code).await.map_err(web::refused)
}

/// Bytes of what was shown of parcels that go into an address: some thirty shops.
#[cfg(feature = "ssr")]
const LONGEST_SHIPS: usize = 2_000;

/// Places the order and goes on to paying it. Under the same `key` it is placed once, however often this is sent. Where
/// something is not as it was shown, the page comes again and says what: `ships` is what was shown of each shop's parcel.
#[server]
pub async fn place_order(
    key: String,
    expected: i64,
    method: Method,
    #[server(default)] ships: String,
) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    let shown = flows::checkout::Expected::new(model::Money::idr(expected), &ships);
    let placed = flows::place_order::place(&cx, &buyer, &key, shown, method).await;
    match placed.map_err(web::refused) {
        Ok(placed) => web::go_to(&match placed.payment {
            Some(payment) => format!("/pay/{payment}"),
            None => format!("/orders/{}", placed.group),
        }),
        Err(error) if error.code == model::Code::Changed => {
            let was = expected.to_string();
            // An address that is too long would be refused on its way. What the total was is told all the same.
            let ships = if ships.len() <= LONGEST_SHIPS { ships.as_str() } else { "" };
            let asked = [("was", was.as_str()), ("key", key.as_str()), ("ships", ships)];
            web::go_to(&model::query::href("/checkout", asked));
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
