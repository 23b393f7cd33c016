//! Taking what is ordered from what there is: stock, uses of vouchers, pieces of flash sales, coins.

use super::{PlaceError, make::Made};
use crate::{cart::price::Priced, coins, dated, stock};
use coin::TakeError;
use inventory::{HoldError, HoldLine, NewHold};
use kernel::{Cx, Tx};
use model::{
    Money, Qty,
    geo::Position,
    ids::{FlashSaleId, VariantId, VoucherId},
};
use order::Destination;
use region::Book;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

/// Whether there was enough of everything a moment ago. Only holding it makes sure; but of the many who come too late
/// nobody has to wait for the few who do not.
pub(super) fn suffices(priced: &Priced) -> bool {
    let mut wanted: BTreeMap<VariantId, i64> = BTreeMap::new();
    for line in &priced.basket.lines {
        *wanted.entry(line.variant).or_default() += i64::from(line.quantity.get());
    }
    wanted
        .iter()
        .all(|(variant, pieces)| priced.supply.get(variant).is_some_and(|left| i64::from(*left) >= *pieces))
}

/// Holds stock, counts vouchers and pieces of flash sales, and spends coins.
pub(super) async fn take(
    cx: &Cx,
    tx: &mut Tx,
    priced: &Priced,
    made: &Made,
    due: Option<OffsetDateTime>,
) -> Result<(), PlaceError> {
    let (reference, now) = (made.group.id.uuid(), cx.now());
    // Each from the warehouse nearest to where its own parcel goes, be it a door or a counter.
    let lines = made.group.orders.iter().flat_map(|order| {
        let near = position(&order.destination).or(made.near);
        order.lines.iter().map(move |line| (line, near))
    });
    let hold = NewHold {
        reference,
        until: due.unwrap_or(now + Duration::HOUR),
        lines: lines
            .map(|(line, near)| HoldLine {
                line: line.id.uuid(),
                variant: line.variant,
                quantity: line.quantity,
                near,
            })
            .collect(),
    };
    inventory::store::hold(tx, cx.ids(), &hold, now).await.map_err(|error| match error {
        HoldError::Database(error) => PlaceError::Database(error),
        HoldError::SoldOut(_) | HoldError::AlreadyHeld => PlaceError::Changed,
    })?;
    let variants: Vec<VariantId> = hold.lines.iter().map(|line| line.variant).collect();
    stock::changed(cx, tx, &variants).await?;

    let used: Vec<(VoucherId, Money)> =
        priced.quote.applied.iter().map(|used| (used.voucher.id, used.amount)).collect();
    pricing::store::use_vouchers(tx, &used, reference, &priced.buyer_key, now).await.map_err(
        |(_, error)| match error {
            pricing::UseError::Database(error) => PlaceError::Database(error),
            _ => PlaceError::Changed,
        },
    )?;
    let mut sold_out = vec![];
    for ((sale, variant), pieces) in flash_pieces(priced) {
        let pieces = Qty::try_from(pieces).map_err(|_| PlaceError::Changed)?;
        let key = &priced.buyer_key;
        let last = pricing::store::claim_flash(tx, sale, variant, reference, key, pieces, now)
            .await
            .map_err(|error| match error {
                pricing::FlashError::Database(error) => PlaceError::Database(error),
                _ => PlaceError::Changed,
            })?;
        sold_out.extend(last.then_some(variant));
    }
    dated::turned(cx, tx, &sold_out).await?;
    coins::spend(cx, tx, &made.group).await.map_err(|error| match error {
        TakeError::Database(error) => PlaceError::Database(error),
        TakeError::Short => PlaceError::Changed,
    })
}

/// At the pin, else somewhere in its district.
fn position(to: &Destination) -> Option<Position> {
    to.pin.or_else(|| Book::get().district(&to.region)?.position)
}

/// In the order of their ids.
fn flash_pieces(priced: &Priced) -> BTreeMap<(FlashSaleId, VariantId), i32> {
    let mut pieces = BTreeMap::new();
    for line in &priced.quote.lines {
        let variant = priced.basket.lines.iter().find(|it| it.id == line.id).map(|it| it.variant);
        if let (Some(sale), Some(variant)) = (line.flash, variant) {
            *pieces.entry((sale, variant)).or_insert(0) += line.quantity.get();
        }
    }
    pieces
}
