//! What the ledger writes about buying.
//!
//! Whatever a provider takes in is owed to the buyer at first. When a group is paid, what its orders come to goes from
//! there into an escrow for each; what came too late, twice or beyond stays owed until the provider has paid it back. So
//! the ledger says at any moment what is still owed of a refund that failed. What the platform adds for its own vouchers
//! is its expense when an order is settled; coins are one when they are earned, and what they take off an order is among
//! its discounts. Every journal has a key, and writing it again changes nothing.

use crate::{coins, pay::balance};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Cx, Tx};
use ledger::{
    Account, Code, Entries, JournalKind, NewJournal, PostError,
    templates::{self, Release},
};
use model::{
    Money,
    ids::{OrderGroupId, OrderId, PaymentId, ShopId, Uuid, WithdrawalId},
};
use order::Order;
use payment::Payment;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

pub(crate) async fn post(
    cx: &Cx,
    tx: &mut Tx,
    kind: JournalKind,
    reference: Uuid,
    key: String,
    entries: Vec<(Account, Money)>,
) -> Result<(), sqlx::Error> {
    let entries: Vec<_> = entries.into_iter().filter(|(_, amount)| !amount.is_zero()).collect();
    if entries.is_empty() {
        return Ok(());
    }
    let journal = NewJournal { id: cx.id(), kind, reference, key, at: cx.now(), entries };
    match ledger::store::post(tx, &journal).await {
        Ok(_) => Ok(()),
        Err(PostError::Database(error)) => Err(error),
        Err(error) => Err(sqlx::Error::Decode(error.into())),
    }
}

/// Where a payment's money comes from and goes back to.
fn provider(payment: &Payment) -> Result<Account, sqlx::Error> {
    if payment.provider == balance::PROVIDER {
        let shop = balance::shop_of(payment).ok_or_else(|| unsound(NoShop(payment.id)))?;
        return Ok(Account::Seller(shop));
    }
    let code: Result<Code, _> = payment.provider.parse();
    code.map(Account::Provider).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// How much of a name given by others goes into a journal's key.
const KEY: usize = 100;

/// A name of at most so many bytes (27 or more) that tells the same things apart as `name` does.
pub(crate) fn short(name: &str, most: usize) -> Cow<'_, str> {
    if name.len() <= most {
        return Cow::Borrowed(name);
    }
    let hash: [u8; 32] = Sha256::digest(name).into();
    Cow::Owned(URL_SAFE_NO_PAD.encode(&hash[..20]))
}

fn opposite(amount: Money) -> Money {
    Money::new(-amount.amount(), amount.currency())
}

#[derive(Debug, thiserror::Error)]
#[error("payment {0} was paid by no shop")]
struct NoShop(PaymentId);

/// Money arrived; less than none where a provider takes back that it did.
pub(crate) async fn received(
    cx: &Cx,
    tx: &mut Tx,
    payment: &Payment,
    event: &str,
    amount: Money,
) -> Result<(), sqlx::Error> {
    let (key, entries) = receipt(payment, event, amount)?;
    post(cx, tx, JournalKind::Received, payment.group.uuid(), key, entries).await
}

fn receipt(payment: &Payment, event: &str, amount: Money) -> Result<(String, Entries), sqlx::Error> {
    let entries =
        vec![(provider(payment)?, opposite(amount)), (Account::BuyerClearing(payment.group), amount)];
    Ok((format!("received:{}:{}", payment.id, short(event, KEY)), entries))
}

/// All of a payment is taken out of the balance of the shop that pays it, as [`received`] writes it; false where there is
/// less, and nothing is written.
pub(crate) async fn spent(cx: &Cx, tx: &mut Tx, payment: &Payment, event: &str) -> Result<bool, sqlx::Error> {
    let (key, entries) = receipt(payment, event, payment.amount)?;
    guarded(cx, tx, JournalKind::Received, payment.group.uuid(), key, entries).await
}

/// Money went back to the buyer; less than none where it came back from their bank, and is owed to them again. `cause`
/// names what told us: an event, or a refund's answer.
pub(crate) async fn paid_back(
    cx: &Cx,
    tx: &mut Tx,
    payment: &Payment,
    cause: &str,
    amount: Money,
) -> Result<(), sqlx::Error> {
    let entries =
        vec![(Account::BuyerClearing(payment.group), opposite(amount)), (provider(payment)?, amount)];
    let kind = if amount.amount() < 0 { JournalKind::Reversed } else { JournalKind::RefundSettled };
    let key = format!("paid_back:{}:{}", payment.id, short(cause, KEY));
    post(cx, tx, kind, payment.group.uuid(), key, entries).await
}

/// The buyer's bank took money back, which the buyer owes from then on.
pub(crate) async fn charged_back(
    cx: &Cx,
    tx: &mut Tx,
    payment: &Payment,
    event: &str,
    amount: Money,
) -> Result<(), sqlx::Error> {
    let entries =
        vec![(Account::BuyerClearing(payment.group), opposite(amount)), (provider(payment)?, amount)];
    let key = format!("charged_back:{}:{}", payment.id, short(event, KEY));
    post(cx, tx, JournalKind::ChargedBack, payment.group.uuid(), key, entries).await
}

/// What was paid for a group's orders goes into their escrows.
pub(crate) async fn paid(
    cx: &Cx,
    tx: &mut Tx,
    group: OrderGroupId,
    orders: &[Order],
) -> Result<(), sqlx::Error> {
    let mut entries = Vec::new();
    for order in orders {
        entries.push((Account::BuyerClearing(group), opposite(order.sums.total)));
        entries.push((Account::Escrow(order.id), order.sums.total));
    }
    post(cx, tx, JournalKind::Paid, group.uuid(), format!("paid:{group}"), entries).await
}

/// What was paid for an order, and not given back in parts before, is owed to its buyer again; so much it is.
pub(crate) async fn order_refunded(cx: &Cx, tx: &mut Tx, id: OrderId) -> Result<Money, sqlx::Error> {
    let order = order::store::find_order(tx, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let total = order.sums.total;
    let rest = Money::new(total.amount() - given_back(tx, &order).await?, total.currency());
    let entries = vec![(Account::Escrow(id), opposite(rest)), (Account::BuyerClearing(order.group), rest)];
    post(cx, tx, JournalKind::Refunded, order.group.uuid(), format!("refunded:{id}"), entries).await?;
    Ok(rest)
}

fn courier(order: &Order) -> Result<Code, sqlx::Error> {
    order.delivery.courier.parse().map_err(unsound)
}

pub(crate) fn unsound(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

/// A courier took an order's money at the door, and owes it to us.
pub(crate) async fn collected(cx: &Cx, tx: &mut Tx, id: OrderId) -> Result<(), sqlx::Error> {
    let Some(order) = order::store::find_order(tx, id).await? else { return Ok(()) };
    let entries = templates::collected(&courier(&order)?, id, order.sums.total).map_err(unsound)?;
    post(cx, tx, JournalKind::Collected, id.uuid(), format!("collected:{id}"), entries).await
}

/// An order is over, and everybody gets their part. What had been refunded before is the shop's to bear.
pub(crate) async fn released(cx: &Cx, tx: &mut Tx, order: &Order) -> Result<(), sqlx::Error> {
    let sums = &order.sums;
    let there = ledger::store::balance(tx, &Account::Escrow(order.id), sums.total.currency()).await?;
    let coins = coins::returned(tx, order.id).await?;
    // What was not sent is nobody's to earn from.
    let unsent = order::store::left_out_of(tx, order.id).await?;
    let part = |amount| Money::new(amount, sums.total.currency());
    let discount = sums.platform_discount.minus(coins).and_then(|it| it.minus(part(unsent.discount_back)));
    let commission = sums.commission.minus(part(unsent.commission_back));
    let of = Release {
        order: order.id,
        shop: order.shop,
        courier: courier(order)?,
        goods: sums.goods,
        platform_discount: discount.map_err(unsound)?,
        shipping: sums.shipping,
        shipping_discount: sums.shipping_discount,
        shipping_discount_by_shop: sums.shipping_discount_by_shop,
        insurance: sums.insurance,
        fee: sums.fee,
        commission: commission.map_err(unsound)?,
        tax: Money::zero(sums.total.currency()),
        refunded: sums.total.minus(there).map_err(unsound)?,
    };
    let entries = templates::released(&of).map_err(unsound)?;
    post(cx, tx, JournalKind::Released, order.id.uuid(), format!("released:{}", order.id), entries).await
}

/// Before the release a part that is given back comes out of the escrow.
pub(crate) async fn part_refunded(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    key: &str,
    amount: Money,
) -> Result<(), sqlx::Error> {
    let entries = templates::refunded_from_escrow(order.id, order.group, amount).map_err(unsound)?;
    let key = format!("refunded:{}:{}", order.id, short(key, KEY));
    post(cx, tx, JournalKind::Refunded, order.id.uuid(), key, entries).await
}

/// What was given back of an order in parts so far.
pub(crate) async fn given_back(tx: &mut Tx, order: &Order) -> Result<i64, sqlx::Error> {
    let journals = ledger::store::journals_of(tx, order.id.uuid()).await?;
    let mine = Account::BuyerClearing(order.group);
    let parts = journals
        .iter()
        .filter(|journal| journal.kind == JournalKind::Refunded)
        .flat_map(|journal| &journal.entries)
        .filter(|(account, _)| *account == mine);
    Ok(parts.map(|(_, amount)| amount.amount()).sum())
}

/// After the release a refund is the shop's, and the platform gives back what it took for that part: of the commission as
/// much as of the goods, and over several refunds never more than all of it.
pub(crate) async fn refunded_by_seller(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    key: &str,
    amount: Money,
) -> Result<(), sqlx::Error> {
    let gone = given_back(tx, order).await?;
    let sums = &order.sums;
    let back = commission_on(sums, gone + amount.amount()) - commission_on(sums, gone);
    let back = Money::new(back, amount.currency());
    let entries = templates::refunded_by_seller(order.shop, order.group, amount, back).map_err(unsound)?;
    let key = format!("refunded:{}:{}", order.id, short(key, KEY));
    post(cx, tx, JournalKind::Refunded, order.id.uuid(), key, entries).await
}

/// What the platform's part of so much is: rounded down, and all of it for all of the goods.
pub(crate) fn commission_on(sums: &order::Sums, refunded: i64) -> i64 {
    let goods = sums.goods.amount();
    if refunded >= goods {
        return sums.commission.amount();
    }
    let part = i128::from(sums.commission.amount()) * i128::from(refunded.max(0)) / i128::from(goods.max(1));
    i64::try_from(part).unwrap_or_default()
}

/// A shop takes its money out; false where there is less, and nothing is written.
pub(crate) async fn withdrawn(
    cx: &Cx,
    tx: &mut Tx,
    shop: ShopId,
    id: WithdrawalId,
    amount: Money,
) -> Result<bool, sqlx::Error> {
    let entries = templates::withdrawn(shop, amount).map_err(unsound)?;
    guarded(cx, tx, JournalKind::Withdrawn, id.uuid(), format!("withdrawn:{id}"), entries).await
}

/// False where an account has less than is taken from it, and nothing is written.
async fn guarded(
    cx: &Cx,
    tx: &mut Tx,
    kind: JournalKind,
    reference: Uuid,
    key: String,
    entries: Entries,
) -> Result<bool, sqlx::Error> {
    let journal = NewJournal { id: cx.id(), kind, reference, key, at: cx.now(), entries };
    match ledger::store::post(tx, &journal).await {
        Ok(_) => Ok(true),
        Err(PostError::Insufficient { .. }) => Ok(false),
        Err(PostError::Database(error)) => Err(error),
        Err(error) => Err(unsound(error)),
    }
}

/// What a shop took out did not arrive, and is its own again.
pub(crate) async fn put_back(
    cx: &Cx,
    tx: &mut Tx,
    shop: ShopId,
    id: WithdrawalId,
    amount: Money,
) -> Result<(), sqlx::Error> {
    let entries =
        templates::withdrawn(shop, amount).and_then(|it| templates::reversed(&it)).map_err(unsound)?;
    post(cx, tx, JournalKind::Reversed, id.uuid(), format!("reversed:{id}"), entries).await
}
