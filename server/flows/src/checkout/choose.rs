//! What is decided before an order is placed.

use super::CheckoutError;
use crate::{
    cart::{
        self as carts,
        price::{self, Priced, Reach as How},
        ship,
    },
    till::Till,
};
use cart::{ChooseError, Delivery, Destination, Note, Reach, ShopChoice, store};
use kernel::{Buyer, Cx};
use model::{
    FieldError, Phone,
    address::AddressInput,
    contact::Email,
    ids::{AddressId, ShopId},
    payment::Method,
    shipping::{PickupPointId, Service},
    typed::Problems,
};

/// How the buyer is reached about this order: an e-mail address, a number, or both.
pub async fn set_contact(cx: &Cx, buyer: &Buyer, email: &str, phone: &str) -> Result<(), CheckoutError> {
    let mut wrong = Problems::default();
    let typed = |text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let email = typed(email).map(|text| text.parse::<Email>().map_err(|_| FieldError::Malformed)).transpose();
    let phone = typed(phone).map(|text| text.parse::<Phone>().map_err(|_| FieldError::Malformed)).transpose();
    let (email, phone) = (wrong.take("email", email), wrong.take("phone", phone));
    let (Some(email), Some(phone)) = (email, phone) else { return Err(CheckoutError::Invalid(wrong)) };
    if buyer.account().is_none() && email.is_none() {
        wrong.note("email", FieldError::Required);
        return Err(CheckoutError::Invalid(wrong));
    }
    let mut db = cx.db().acquire().await?;
    found(store::set_contact(&mut db, &carts::holder(buyer), &Reach { email, phone }, cx.now()).await?)
}

/// One of a member's own addresses.
pub async fn use_address(cx: &Cx, buyer: &Buyer, address: AddressId) -> Result<(), CheckoutError> {
    let mut db = cx.db().acquire().await?;
    let to = Destination::Kept(address);
    found(store::set_address(&mut db, &carts::holder(buyer), &to, cx.now()).await?)
}

/// A guest's address; it is kept with the cart alone.
pub async fn set_address(cx: &Cx, buyer: &Buyer, input: &AddressInput) -> Result<(), CheckoutError> {
    if buyer.account().is_some() {
        return Err(CheckoutError::NotFound);
    }
    crate::address::parse(input).map_err(CheckoutError::Invalid)?;
    let mut db = cx.db().acquire().await?;
    let to = Destination::Typed(Box::new(input.clone()));
    found(store::set_address(&mut db, &carts::holder(buyer), &to, cx.now()).await?)
}

/// Who brings what is bought of one shop, to the door or to a counter, whether it is insured, and a note to the shop. One of those who would.
pub async fn set_shipping(
    cx: &Cx,
    buyer: &Buyer,
    shop: ShopId,
    (courier, service, point): (&str, Service, Option<PickupPointId>),
    insured: bool,
    note: &str,
) -> Result<(), CheckoutError> {
    let mut wrong = Problems::default();
    let Some(note) = wrong.take("note", Note::typed(note)) else {
        return Err(CheckoutError::Invalid(wrong));
    };
    let (mut tx, cart) = carts::locked(cx, buyer).await?;
    let priced =
        price::load(cx, &mut tx, buyer, How::Shipping, None).await?.ok_or(CheckoutError::NotFound)?;
    if ship::destination(&mut tx, buyer, &priced.cart).await?.is_none() {
        return Err(CheckoutError::NoAddress);
    }
    offered(&priced, shop, courier, service, point)?;
    let delivery = Delivery { courier: courier.to_owned(), service: service.as_str().to_owned(), point };
    let choice = ShopChoice { shop, delivery: Some(delivery), insured, note };
    store::set_shop_choice(&mut tx, cart.id, &choice, cx.now()).await.map_err(|error| match error {
        ChooseError::NoSuchCart => CheckoutError::NotFound,
        ChooseError::NoSuchShop => CheckoutError::NoSuchShop,
        ChooseError::NoSuchService => CheckoutError::NoSuchService,
        ChooseError::Database(error) => CheckoutError::Database(error),
    })?;
    Ok(tx.commit().await?)
}

/// Nobody is chosen who does not go there: the cheapest would be taken instead, and nobody told.
fn offered(
    priced: &Priced,
    shop: ShopId,
    courier: &str,
    service: Service,
    point: Option<PickupPointId>,
) -> Result<(), CheckoutError> {
    let parcel = priced.shipped.iter().find(|parcel| parcel.shop == shop).ok_or(CheckoutError::NoSuchShop)?;
    let mut theirs = parcel.ways.iter().filter(|way| way.offer.key.courier.as_str() == courier).peekable();
    if theirs.peek().is_none() {
        return Err(CheckoutError::NoSuchCourier);
    }
    if theirs.any(|way| way.is(courier, service.as_str(), point)) {
        Ok(())
    } else {
        Err(CheckoutError::NoSuchService)
    }
}

pub async fn set_method(cx: &Cx, buyer: &Buyer, method: Method) -> Result<(), CheckoutError> {
    if !cx.part::<Till>().is_some_and(|till| till.takes(method)) {
        return Err(CheckoutError::Method);
    }
    let mut db = cx.db().acquire().await?;
    found(store::set_method(&mut db, &carts::holder(buyer), Some(method), cx.now()).await?)
}

/// Whether a member's coins are spent with this order, as many as can be.
pub async fn use_coins(cx: &Cx, buyer: &Buyer, on: bool) -> Result<(), CheckoutError> {
    let mut db = cx.db().acquire().await?;
    found(store::set_coins(&mut db, &carts::holder(buyer), on, cx.now()).await?)
}

/// Whether there was something to change.
fn found(it: bool) -> Result<(), CheckoutError> {
    if it { Ok(()) } else { Err(CheckoutError::NotFound) }
}

/// The vouchers that save the most together, with what is sent and how it is paid.
pub async fn use_best_vouchers(cx: &Cx, buyer: &Buyer) -> Result<(), CheckoutError> {
    Ok(carts::choose_best(cx, buyer, How::Shipping).await?)
}
