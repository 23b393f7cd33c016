use super::rows;
use crate::{CancelError, Cancelled, TransitionError, state::may_move};
use model::{
    Money,
    ids::OrderId,
    order::{Actor, CancelReason, OrderState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Moves an order from where the caller believes it to be. A cancellation has a reason, nothing else has.
///
/// Where the order is not there any more, nothing changes and [`Changed`](TransitionError::Changed) says where it is.
pub async fn transition(
    db: &mut PgConnection,
    order: OrderId,
    from: OrderState,
    to: OrderState,
    actor: Actor,
    reason: Option<CancelReason>,
    now: OffsetDateTime,
) -> Result<(), TransitionError> {
    if !may_move(from, to, actor) || (to == OrderState::Cancelled) != reason.is_some() {
        return Err(TransitionError::NotAllowed { from, to });
    }
    if from == OrderState::AwaitingPayment {
        return Err(TransitionError::WithItsGroup);
    }
    if step(db, order, from, to, actor, reason, now).await? {
        return Ok(());
    }
    let state = sqlx::query_scalar!("select state from shop_order where id = $1", order.uuid())
        .fetch_optional(db)
        .await?;
    match state {
        None => Err(TransitionError::NotFound),
        Some(state) => Err(TransitionError::Changed { now: rows::order_state(&state)? }),
    }
}

async fn step(
    db: &mut PgConnection,
    order: OrderId,
    from: OrderState,
    to: OrderState,
    actor: Actor,
    reason: Option<CancelReason>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "with moved as (
           update shop_order
           set state = $3::text, version = version + 1,
             accepted_at = case $3::text when 'accepted' then coalesce(accepted_at, $4::timestamptz) else accepted_at end,
             packed_at = case $3::text when 'packed' then $4::timestamptz when 'accepted' then null else packed_at end,
             shipped_at = case $3::text when 'shipped' then $4::timestamptz else shipped_at end,
             delivered_at = case $3::text when 'delivered' then $4::timestamptz else delivered_at end,
             settle_by = case $3::text when 'delivered' then $4::timestamptz + make_interval(secs => settle_within) else settle_by end,
             completed_at = case $3::text when 'completed' then $4::timestamptz else completed_at end,
             cancelled_at = case $3::text when 'cancelled' then $4::timestamptz else cancelled_at end
           where id = $1 and state = $2::text returning id)
         insert into order_transition (order_id, from_state, to_state, actor, reason, at)
         select id, $2::text, $3::text, $5, $6, $4::timestamptz from moved",
        order.uuid(),
        from.as_str(),
        to.as_str(),
        now,
        actor.as_str(),
        reason.map(CancelReason::as_str)
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

macro_rules! moves {
    ($($(#[$doc:meta])* $verb:ident: $from:ident => $to:ident),+ $(,)?) => {$(
        $(#[$doc])*
        pub async fn $verb(
            db: &mut PgConnection,
            order: OrderId,
            actor: Actor,
            now: OffsetDateTime,
        ) -> Result<(), TransitionError> {
            transition(db, order, OrderState::$from, OrderState::$to, actor, None, now).await
        }
    )+};
}

moves!(
    /// The shop takes it on.
    accept: Paid => Accepted,
    /// It stands ready for the courier.
    pack: Accepted => Packed,
    /// It is opened again before the courier has it; since when it is accepted stays.
    unpack: Packed => Accepted,
    /// The courier has it.
    ship: Packed => Shipped,
    /// The buyer has it; the clock of settlement begins.
    deliver: Shipped => Delivered,
    /// The buyer is content, or has not said otherwise in time.
    complete: Delivered => Completed,
);

/// Cancels one order of a group that was cleared; the others stay as they are. What was paid for it is for the caller
/// to give back.
pub async fn cancel_order(
    db: &mut PgConnection,
    order: OrderId,
    actor: Actor,
    reason: CancelReason,
    now: OffsetDateTime,
) -> Result<Cancelled, CancelError> {
    // The group first, so that of two orders of it that are cancelled at once the second sees the first.
    let row = sqlx::query!(
        r#"with of as (
             select id from order_group where id = (select group_id from shop_order where id = $1) for no key update)
           select o.group_id, o.shop_id, o.state, o.currency, o.total
           from shop_order as o join of on of.id = o.group_id where o.id = $1"#,
        order.uuid()
    )
    .fetch_optional(&mut *db)
    .await?;
    let row = row.ok_or(CancelError::NotFound)?;
    let state =
        sqlx::query_scalar!("select state from shop_order where id = $1 for no key update", order.uuid())
            .fetch_one(&mut *db)
            .await?;
    let was = rows::order_state(&state)?;
    if was == OrderState::AwaitingPayment {
        return Err(CancelError::WithItsGroup { group: row.group_id.into() });
    }
    if !may_move(was, OrderState::Cancelled, actor) {
        return Err(CancelError::NotAllowed { from: was });
    }
    step(db, order, was, OrderState::Cancelled, actor, Some(reason), now).await?;
    let left = sqlx::query_scalar!(
        r#"select exists (select from shop_order where group_id = $1 and state <> 'cancelled') as "left!""#,
        row.group_id
    )
    .fetch_one(db)
    .await?;
    Ok(Cancelled {
        group: row.group_id.into(),
        shop: row.shop_id.into(),
        was,
        total: Money::new(row.total, rows::currency(&row.currency)?),
        whole_group: !left,
    })
}
