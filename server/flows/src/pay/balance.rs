//! Paying with what a shop of one's own has earned.
//!
//! Its owner alone may, and proves who they are, as before a withdrawal. The money goes from the shop's balance to what
//! the buyer is owed in one journal, guarded by the ledger; from there on it is a payment like any other. What is paid
//! back returns to the balance it came from.

use super::{PayError, PaymentChanged, hear, refund::refunded};
use crate::books;
use kernel::{Buyer, Cx, Proved, outbox};
use model::{
    Money, Permission, ShopRole,
    ids::{PaymentId, ShopId},
    order::GroupState,
    views::Purses,
};
use payment::{
    About, EventKind, How, Instructions, Opened, Payment, ProviderEvent, RecordError, Recorded, Refund,
};
use shop::staff::AtShop;
use sqlx::PgConnection;

/// Under this name our own books stand among the providers.
pub(crate) const PROVIDER: &str = "balance";

/// What is kept of which shop pays; its own for each payment.
fn reference(shop: ShopId, payment: PaymentId) -> String {
    format!("{shop}/{payment}")
}

/// The shop that paid, where one did.
pub(crate) fn shop_of(payment: &Payment) -> Option<ShopId> {
    let (shop, _) = payment.provider_ref.as_deref()?.split_once('/')?;
    shop.parse().ok()
}

/// The shops that whoever asks owns.
pub(super) async fn purses(cx: &Cx, db: &mut PgConnection, buyer: &Buyer) -> Result<Purses, sqlx::Error> {
    let shops = match buyer.account() {
        Some(account) => views::takings::purses(db, account).await?,
        None => Vec::new(),
    };
    Ok(Purses { shops, fresh: cx.proved(crate::account::STEP_UP).is_ok() })
}

/// Pays what waits to be paid from the balance of a shop. Who was let in to it for its money owns it, and has just proved
/// who they are. Once paid it is `AlreadyPaid`.
pub async fn from_balance(cx: &Cx, at: &AtShop, proved: &Proved, id: PaymentId) -> Result<(), PayError> {
    let account = proved.member().account;
    let owns = at.member().account == account && at.role() == ShopRole::Owner;
    if !owns || at.permission() != Permission::Money {
        return Err(PayError::NotFound);
    }
    let mut tx = cx.begin().await?;
    let payment = payment::find(&mut tx, id).await?.ok_or(PayError::NotFound)?;
    let group = order::store::lock_group(&mut tx, payment.group).await?;
    let group =
        group.filter(|group| group.belongs_to(&order::Buyer::Account(account))).ok_or(PayError::NotFound)?;
    if payment.provider != PROVIDER {
        return Err(PayError::Method);
    }
    match group.state {
        GroupState::AwaitingPayment => {}
        GroupState::Paid => return Err(PayError::AlreadyPaid),
        GroupState::Expired | GroupState::Cancelled => return Err(PayError::Over),
    }
    // Read again: it may have changed before the group was ours.
    let payment = payment::find(&mut tx, id).await?.ok_or(PayError::NotFound)?;
    if !payment.is_open() || payment.due_at <= cx.now() {
        return Err(PayError::Over);
    }
    let opened = Opened {
        provider_ref: reference(at.shop(), id),
        instructions: Instructions { how: How::InApp, expires_at: None, page: None },
    };
    if payment::open(&mut tx, id, &opened, cx.now()).await?.is_none() {
        return Err(PayError::Over);
    }
    let payment = payment::find(&mut tx, id).await?.ok_or(PayError::NotFound)?;
    let event = ProviderEvent {
        id: format!("captured:{id}"),
        about: About::Payment(id),
        kind: EventKind::Captured,
        reference: id.to_string(),
        amount: payment.amount,
        occurred_at: cx.now(),
        body: serde_json::Value::Null,
    };
    let name = event.id.clone();
    if !books::spent(cx, &mut tx, &payment, &name).await? {
        return Err(PayError::Balance);
    }
    let recorded =
        payment::record(&mut tx, PROVIDER, &[event], cx.now()).await.map_err(|error| match error {
            RecordError::Sql(error) => error,
            error => books::unsound(error),
        })?;
    let Recorded::New { payment, was_open, before, after } = recorded else {
        return Err(PayError::AlreadyPaid);
    };
    hear::follow(cx, &mut tx, &group, &payment, was_open, &name, (before, after)).await?;
    outbox::publish(&mut tx, cx, &PaymentChanged { payment: id }).await?;
    tx.commit().await?;
    tracing::info!(payment.id = %id, "Payment {id} was made from the balance of a shop");
    Ok(())
}

/// Puts a refund back into the balance it was paid from.
pub(super) async fn pay_back(cx: &Cx, payment: &Payment, refund: &Refund) -> Result<(), sqlx::Error> {
    let mut tx = cx.begin().await?;
    order::store::lock_group(&mut tx, payment.group).await?;
    let before = refunded(&mut tx, payment.id).await?;
    payment::mark_refund_settled(&mut tx, refund.id, cx.now()).await?;
    let went = Money::new(refunded(&mut tx, payment.id).await? - before, refund.amount.currency());
    books::paid_back(cx, &mut tx, payment, &format!("answer:{}", refund.id), went).await?;
    outbox::publish(&mut tx, cx, &PaymentChanged { payment: payment.id }).await?;
    tx.commit().await
}
