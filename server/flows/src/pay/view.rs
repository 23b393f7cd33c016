//! The page on which somebody pays.

use super::balance;
use crate::{
    account,
    cart::methods::{self, Limits},
    till::Till,
};
use kernel::{Buyer, Cx};
use model::{
    Money,
    ids::PaymentId,
    order::GroupState,
    payment::Method,
    views::{Instructions, MethodOffer, MethodReason, OrderRef, PaymentView, QrPicture},
};
use payment::{How, Payment, RefundState};
use sqlx::PgConnection;
use time::Duration;

/// A provider that has not answered by then is not waited for any longer.
const PATIENCE: Duration = Duration::seconds(20);

/// Nothing where it is somebody else's.
pub async fn view(cx: &Cx, buyer: &Buyer, id: PaymentId) -> Result<Option<PaymentView>, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    let Some((payment, group)) = own(&mut db, buyer, id).await? else { return Ok(None) };
    let till = cx.part::<Till>();
    let waits = group.state == GroupState::AwaitingPayment && payment.is_open();
    let open = payment.left().is_zero() && (waits || failed(cx, &mut db, &group, &payment).await?);
    let others = match &till {
        Some(till) if open => others(&mut db, till, buyer, &payment).await?,
        _ => Vec::new(),
    };
    let shops = views::orders::refs(&mut db, group.id).await?;
    let zero = Money::zero(payment.amount.currency());
    // Nothing goes back of what never came in.
    let back = if payment.captured.is_zero() { vec![] } else { payment::list_refunds(&mut db, id).await? };
    let back = back.iter().filter(|refund| refund.order.is_none() && refund.state != RefundState::Failed);
    let given_back = back.fold(zero, |sum, refund| sum.plus(refund.amount).unwrap_or(sum));
    let instructions = if waits && payment.provider == balance::PROVIDER {
        Some(Instructions::Balance(balance::purses(cx, &mut db, buyer).await?))
    } else {
        payment.instructions.as_ref().filter(|_| waits).and_then(shown)
    };
    Ok(Some(PaymentView {
        id,
        group: group.id,
        state: payment.state,
        group_state: group.state,
        method: payment.method,
        amount: payment.amount,
        before_fee: before_fee(&payment),
        due_at: payment.due_at.unix_timestamp(),
        now: cx.now().unix_timestamp(),
        unreachable: waits && instructions.is_none() && cx.now() - payment.created_at > PATIENCE,
        instructions,
        others,
        orders: shops.into_iter().map(|(id, number, shop)| OrderRef { id, number, shop }).collect(),
        given_back,
    }))
}

/// Whether it ended before its time, and nothing has been tried since.
async fn failed(
    cx: &Cx,
    db: &mut PgConnection,
    group: &order::Group,
    payment: &Payment,
) -> Result<bool, sqlx::Error> {
    let time_left = group.due_at.is_some_and(|due| due > cx.now());
    if group.state != GroupState::AwaitingPayment || payment.is_open() || !time_left {
        return Ok(false);
    }
    Ok(payment::current_of_group(db, group.id).await?.is_some_and(|current| current.id == payment.id))
}

/// Whether it is this buyer's.
pub async fn is_of(cx: &Cx, buyer: &Buyer, id: PaymentId) -> Result<bool, sqlx::Error> {
    Ok(own(&mut *cx.db().acquire().await?, buyer, id).await?.is_some())
}

async fn own(
    db: &mut PgConnection,
    buyer: &Buyer,
    id: PaymentId,
) -> Result<Option<(Payment, order::Group)>, sqlx::Error> {
    let Some(payment) = payment::find(db, id).await? else { return Ok(None) };
    let buyer = crate::place_order::buyer_of(buyer);
    let group = order::store::find_group_of(db, payment.group, &buyer).await?;
    Ok(group.map(|group| (payment, group)))
}

/// Other ways to pay the same goods: those that the vouchers which were used are for. One that failed can be tried again.
pub(super) async fn others(
    db: &mut PgConnection,
    till: &Till,
    buyer: &Buyer,
    payment: &Payment,
) -> Result<Vec<MethodOffer>, sqlx::Error> {
    let bound = pricing::store::methods_of_uses(db, payment.group.uuid()).await?;
    let before = before_fee(payment);
    let limits = Limits { no_cash: Some(MethodReason::Courier), purse: methods::purse(db, buyer).await? };
    let offers = methods::offers(till, before, limits).into_iter();
    Ok(offers
        .filter(|offer| offer.method != payment.method || !payment.is_open())
        .filter(|offer| offer.method != Method::Cod)
        .filter(|offer| bound.iter().all(|allowed| allowed.is_empty() || allowed.contains(&offer.method)))
        .collect())
}

/// What is paid, without what the way to pay it costs.
fn before_fee(payment: &Payment) -> Money {
    payment.amount.minus(methods::fee(payment.method)).unwrap_or(payment.amount)
}

fn shown(instructions: &payment::Instructions) -> Option<Instructions> {
    Some(match &instructions.how {
        How::VirtualAccount { number, biller } => {
            let number =
                biller.as_ref().map_or_else(|| number.clone(), |biller| format!("{biller} {number}"));
            Instructions::VirtualAccount(number)
        }
        How::Qr { payload } => {
            let (size, path) = account::qr(payload)?;
            let size = u16::try_from(size).unwrap_or(u16::MAX);
            Instructions::Qr(QrPicture { payload: payload.clone(), size, path })
        }
        How::RetailCode { code } => Instructions::RetailCode(code.clone()),
        How::Redirect { url } => Instructions::Redirect(url.clone()),
        How::InApp => return instructions.page.clone().map(Instructions::Redirect),
    })
}
