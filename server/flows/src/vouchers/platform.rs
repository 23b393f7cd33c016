//! The platform's vouchers, by operators. They give the platform's own money away, so it takes those who look after it,
//! and fresh proof that it is them.

use super::{Giver, VoucherError};
use kernel::{Cx, Operator, Proved, idempotency::Key};
use model::{
    AppError, Duty,
    ids::VoucherId,
    shop::{VoucherCost, VoucherInput, VoucherList, VoucherStanding},
};
use views::vouchers::Found;

fn may_look(operator: &Operator) -> Result<(), VoucherError> {
    if operator.duty() == Duty::Money { Ok(()) } else { Err(VoucherError::NotFound) }
}

fn may_change(operator: &Operator, proved: &Proved) -> Result<(), VoucherError> {
    may_look(operator)?;
    let themselves = proved.member().account == operator.member().account;
    if themselves { Ok(()) } else { Err(VoucherError::NotFound) }
}

/// A part of them of one standing, the latest first.
pub async fn list(
    cx: &Cx,
    operator: &Operator,
    standing: VoucherStanding,
    after: Option<&str>,
    limit: u16,
) -> Result<VoucherList, AppError> {
    may_look(operator)?;
    Ok(super::list(cx, Giver::House, standing, after, limit).await?)
}

/// One of them, and what it costs.
pub async fn find(
    cx: &Cx,
    operator: &Operator,
    voucher: VoucherId,
) -> Result<Option<(Found, VoucherCost)>, VoucherError> {
    may_look(operator)?;
    super::find(cx, Giver::House, voucher).await
}

/// What a voucher that is typed would cost.
pub async fn cost_of(
    cx: &Cx,
    operator: &Operator,
    input: &VoucherInput,
) -> Result<VoucherCost, VoucherError> {
    may_look(operator)?;
    super::cost_of(cx, Giver::House, input).await
}

/// Gives one out. Under a key, asking again answers with the one made the first time.
pub async fn make(
    cx: &Cx,
    (operator, proved): (&Operator, &Proved),
    input: &VoucherInput,
    key: Option<&Key>,
) -> Result<VoucherId, VoucherError> {
    may_change(operator, proved)?;
    super::make(cx, Giver::House, input, key).await
}

/// Says anew when one ends and how often it may be used, which may only grow.
pub async fn extend(
    cx: &Cx,
    (operator, proved): (&Operator, &Proved),
    of: (VoucherId, i32),
    quota: &str,
    until: &str,
) -> Result<(), VoucherError> {
    may_change(operator, proved)?;
    super::extend(cx, Giver::House, of, Some(quota), Some(until)).await
}

/// Pauses one, or lets it go on. Again, it changes nothing.
pub async fn switch(
    cx: &Cx,
    (operator, proved): (&Operator, &Proved),
    id: VoucherId,
    on: bool,
) -> Result<(), VoucherError> {
    may_change(operator, proved)?;
    super::switch(cx, Giver::House, id, on).await
}

/// Lets one end now. Again, it changes nothing.
pub async fn end(
    cx: &Cx,
    (operator, proved): (&Operator, &Proved),
    id: VoucherId,
) -> Result<(), VoucherError> {
    may_change(operator, proved)?;
    super::end(cx, Giver::House, id).await
}
