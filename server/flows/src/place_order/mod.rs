//! Placing: what is ticked in a cart becomes an order group with one order for each shop, all of it or nothing.
//!
//! Everything is priced anew, and what the shopper agreed to is the total they were shown, and who would bring it when: if
//! that is not so any more, or stock or a voucher went meanwhile, nothing is placed and they look again. Rows are locked in one order: cart, stock,
//! vouchers, flash sale, coins; those that many want are taken last, and so are held for as short a time as can be.

mod make;
mod take;

pub(crate) use make::buyer_of;

use crate::{
    cart::{
        self as carts, CartError, methods,
        price::{self, PriceError, Reach},
        ship,
    },
    checkout::{self, Expected, Moved},
    fulfil::clocks,
    pay,
    till::{Crowded, Till},
};
use kernel::{
    Buyer, Cx,
    idempotency::{self, Claim, Key},
    outbox,
};
use model::{
    AppError, Code, FieldError, MoneyError,
    ids::{OrderGroupId, PaymentId},
    payment::{Method, MethodKind},
    views::{MethodReason, Missing},
};
use order::events::{OrderPaid, OrderPlaced};
use payment::OpenRequest;
use time::Duration;

/// What was placed, now or when the same was asked before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    pub group: OrderGroupId,
    /// None for cash on delivery.
    pub payment: Option<PaymentId>,
}

#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// There is no cart, and so nothing to place.
    #[error("there is no cart")]
    NotFound,
    /// Something has still to be said.
    #[error("{0:?} is missing")]
    Missing(Missing),
    /// Fewer or more of something than are sold at once.
    #[error("between {least} and {most:?} are sold at once")]
    Quantity { least: i32, most: Option<i32> },
    /// Parcels that were to be paid at the door came back: another way to pay has to be chosen.
    #[error("there is no cash on delivery for this buyer")]
    Blocked,
    /// Price, stock, courier or voucher are not what was shown. Nothing was placed.
    #[error("something has changed")]
    Changed,
    /// Another courier would bring it, or on other days, while it costs the same. Nothing was placed.
    #[error("it would not be sent as was shown: {0:?}")]
    Moved(Moved),
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error("the idempotency key is none")]
    Key,
    /// The same request is being answered at this moment.
    #[error("the same request is under way")]
    UnderWay,
    #[error(transparent)]
    Crowded(#[from] Crowded),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<PlaceError> for AppError {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::NotFound => Self::not_found(),
            PlaceError::Quantity { .. } => Self::field("lines", FieldError::OutOfRange),
            PlaceError::Missing(Missing::Goods) => Self::field("lines", FieldError::Required),
            PlaceError::Missing(what) => Self::field(what.as_str(), FieldError::Required),
            PlaceError::Blocked => Self::field(Missing::Method.as_str(), FieldError::NotAllowed),
            PlaceError::Changed => Self::new(Code::Changed),
            PlaceError::Moved(Moved::Courier) => {
                Self::new(Code::Changed).and(EXPECTED, FieldError::NotAllowed)
            }
            PlaceError::Moved(Moved::Arrival) => {
                Self::new(Code::Changed).and(EXPECTED, FieldError::OutOfRange)
            }
            PlaceError::KeyReused => Self::new(Code::KeyReused),
            PlaceError::Key => Self::field("idempotency_key", FieldError::Malformed),
            PlaceError::UnderWay => Self::new(Code::Conflict),
            PlaceError::Crowded(_) => Self::new(Code::Unavailable),
            PlaceError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<CartError> for PlaceError {
    fn from(error: CartError) -> Self {
        match error {
            CartError::Database(error) => Self::Database(error),
            _ => Self::NotFound,
        }
    }
}

impl From<PriceError> for PlaceError {
    fn from(error: PriceError) -> Self {
        Self::Database(error.into())
    }
}

impl From<MoneyError> for PlaceError {
    fn from(error: MoneyError) -> Self {
        Self::Database(sqlx::Error::Decode(error.into()))
    }
}

/// What a request calls what was shown of shipping.
const EXPECTED: &str = "expected_shipping";

/// How long there is to pay.
pub const fn time_to_pay(method: Method) -> Duration {
    match method.kind() {
        MethodKind::VirtualAccount | MethodKind::RetailCode => Duration::DAY,
        MethodKind::Qris | MethodKind::Ewallet | MethodKind::Card | MethodKind::ShopBalance => Duration::HOUR,
        MethodKind::CashOnDelivery => Duration::ZERO,
    }
}

/// Places what is ticked, to be paid by `method`. `expected` is what was shown, the total at least. Again with the same key it
/// answers with what was placed the first time; a twin under way is waited for.
pub async fn place(
    cx: &Cx,
    buyer: &Buyer,
    key: &str,
    expected: impl Into<Expected>,
    method: Method,
) -> Result<Placed, PlaceError> {
    let key: Key = key.parse().map_err(|_| PlaceError::Key)?;
    let (placed, asked) = place_under(cx, buyer, &key, &expected.into(), method, true).await?;
    open(cx, placed, asked).await;
    Ok(placed)
}

/// As [`place`], but a twin under way is refused at once.
pub async fn place_once(
    cx: &Cx,
    buyer: &Buyer,
    key: &Key,
    expected: impl Into<Expected>,
    method: Method,
) -> Result<Placed, PlaceError> {
    let (placed, asked) = place_under(cx, buyer, key, &expected.into(), method, false).await?;
    open(cx, placed, asked).await;
    Ok(placed)
}

/// Asks the provider right away, so that whoever placed sees how to pay; where that does not work out, a job does it.
async fn open(cx: &Cx, placed: Placed, asked: Option<OpenRequest>) {
    let Some(payment) = placed.payment else { return };
    let opened = match asked {
        Some(request) => pay::open_new(cx, &request).await,
        None => pay::open(cx, payment).await,
    };
    if let Err(error) = opened {
        tracing::warn!("Payment {payment} was not opened right away: {error}");
    }
}

const OPERATION: &str = "order.place";

/// What was placed, and what the provider of what was placed just now is asked.
async fn place_under(
    cx: &Cx,
    buyer: &Buyer,
    key: &Key,
    expected: &Expected,
    method: Method,
    wait: bool,
) -> Result<(Placed, Option<OpenRequest>), PlaceError> {
    let group: OrderGroupId = cx.id();
    let till = cx.part::<Till>().ok_or(PlaceError::Missing(Missing::Method))?;
    let turn = till.turn().await?;
    let mut tx = cx.begin().await?;
    if !wait && !idempotency::is_alone(&mut tx, (buyer.uuid(), OPERATION, key)).await? {
        return Err(PlaceError::UnderWay);
    }
    carts::lock(&mut tx, buyer).await?;
    let claim = (buyer.uuid(), OPERATION, key);
    // Who brings it is a condition, and not a part of what is asked for.
    match idempotency::claim(&mut tx, cx, claim, &(expected.total, method), group.uuid()).await? {
        Claim::First => {}
        Claim::Again(made) => {
            let group = made.into();
            let payment = payment::current_of_group(&mut tx, group).await?.map(|payment| payment.id);
            tx.roll_back().await?;
            return Ok((Placed { group, payment }, None));
        }
        Claim::Other => return Err(PlaceError::KeyReused),
    }
    let priced =
        price::load(cx, &mut tx, buyer, Reach::Shipping, Some(method)).await?.ok_or(PlaceError::NotFound)?;
    let contact = checkout::contact(&mut tx, buyer, &priced.cart.reach).await?;
    let address = ship::destination(&mut tx, buyer, &priced.cart).await?;
    if priced.ticked().next().is_none() {
        return Err(PlaceError::Missing(Missing::Goods));
    }
    if let Some(good) = priced.out_of_bounds() {
        return Err(PlaceError::Quantity { least: good.min_qty, most: good.max_qty });
    }
    if contact.email.is_none() && contact.phone.is_none() {
        return Err(PlaceError::Missing(Missing::Contact));
    }
    let address = address.ok_or(PlaceError::Missing(Missing::Address))?;
    if priced.shipped.iter().any(|parcel| parcel.is_outdated(cx.now())) {
        return Err(PlaceError::Changed);
    }
    if priced.shipped.iter().any(|parcel| parcel.offer().is_none()) {
        return Err(PlaceError::Missing(Missing::Courier));
    }
    let total = priced.total()?;
    let reach = (Some(&address), &contact);
    let limits = methods::limits_of(cx, &mut tx, method, buyer, &priced, reach).await?;
    match methods::refusal(method, total, limits) {
        Some(MethodReason::Blocked) => return Err(PlaceError::Blocked),
        None if till.takes(method) => {}
        _ => return Err(PlaceError::Missing(Missing::Method)),
    }
    // What was ticked and is not on sale any more would be left out silently.
    let ticked = priced.lines.iter().filter(|line| line.ticked).count();
    if total != expected.total || ticked != priced.basket.lines.len() || !take::suffices(&priced) {
        return Err(PlaceError::Changed);
    }
    let moved = priced.shipped.iter().find_map(|parcel| checkout::moved(parcel, expected.of(parcel.shop)?));
    if let Some(moved) = moved {
        return Err(PlaceError::Moved(moved));
    }

    let due = (method != Method::Cod).then(|| cx.now() + time_to_pay(method));
    let terms = make::Terms::load(&mut tx, &priced).await?;
    let made = make::group(cx, buyer, group, &priced, &terms, &address, &contact, method, due)?;
    let numbers = order::store::insert_group(&mut tx, &made.group).await.map_err(|error| match error {
        order::PlaceError::Database(error) => PlaceError::Database(error),
        error => PlaceError::Database(sqlx::Error::Decode(error.into())),
    })?;
    outbox::publish(&mut tx, cx, &OrderPlaced { group }).await?;
    let payment = match due {
        Some(due) => Some(pay::begin(cx, &mut tx, &till, &made.group, due).await?),
        None => None,
    };
    let ordered: Vec<_> = priced.ticked().map(|(line, _)| line.id).collect();
    cart::store::take_ordered(&mut tx, priced.cart.id, &ordered, cx.now()).await?;
    for (code, voucher) in &priced.codes {
        if voucher.as_ref().is_some_and(|voucher| priced.off(voucher.id).is_some()) {
            cart::store::remove_code(&mut tx, priced.cart.id, code, cx.now()).await?;
        }
    }
    if priced.cart.use_coins {
        // Asked for anew with the next order.
        cart::store::set_coins(&mut tx, &carts::holder(buyer), false, cx.now()).await?;
    }
    // Last, since others wait for these rows from here to the commit.
    take::take(cx, &mut tx, &priced, &made, due).await?;
    if payment.is_none() {
        inventory::store::commit(&mut tx, group.uuid(), cx.now()).await?;
        let orders = order::store::orders_of(&mut tx, group).await?;
        clocks::begin(cx, &mut tx, &orders).await?;
        outbox::publish(&mut tx, cx, &OrderPaid { group }).await?;
    }
    tx.commit().await?;
    drop(turn);
    tracing::info!(order_group.id = %group, "Order group {group} placed");
    let asked = payment
        .zip(due)
        .and_then(|(payment, due)| pay::request_of(cx, &till, payment, &made.group, &numbers, due));
    Ok((Placed { group, payment }, asked))
}
