//! What is sent.

use crate::Place;
use model::{Currency, Money, Qty, shipping::Courier};
use time::OffsetDateTime;

/// As long as a product may be on pre-order.
pub const MOST_PREORDER_DAYS: u16 = 90;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ParcelError {
    #[error("a parcel weighs at least a gram")]
    Weight,
    #[error("a side is at least a millimetre long")]
    Side,
    /// Fees and insurance are in rupiah.
    #[error("the goods are valued in rupiah, and not below nothing")]
    Value,
    #[error("goods are on pre-order for at most {MOST_PREORDER_DAYS} days")]
    Preorder,
}

/// Pieces of one size, in millimetres.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    pub length_mm: i32,
    pub width_mm: i32,
    pub height_mm: i32,
    pub qty: Qty,
}

/// What one shop sends to one address.
#[derive(Clone, PartialEq, Debug)]
pub struct Parcel {
    from: Place,
    to: Place,
    weight_g: i64,
    pieces: Vec<Piece>,
    value: Money,
    at: OffsetDateTime,
    preorder_days: u16,
    pickup: Vec<Courier>,
}

impl Parcel {
    /// `weight_g` is of everything in it, in grams; `value` of the goods; `at` the moment from which days are counted.
    pub fn new(
        from: Place,
        to: Place,
        weight_g: i64,
        value: Money,
        at: OffsetDateTime,
    ) -> Result<Self, ParcelError> {
        if weight_g < 1 {
            return Err(ParcelError::Weight);
        }
        if value.currency() != Currency::Idr || value.amount() < 0 {
            return Err(ParcelError::Value);
        }
        Ok(Self { from, to, weight_g, pieces: Vec::new(), value, at, preorder_days: 0, pickup: Vec::new() })
    }

    /// The sizes of its pieces, as far as they are known: what has no size is charged by weight.
    pub fn with_pieces(mut self, pieces: Vec<Piece>) -> Result<Self, ParcelError> {
        if pieces.iter().any(|piece| piece.length_mm.min(piece.width_mm).min(piece.height_mm) < 1) {
            return Err(ParcelError::Side);
        }
        self.pieces = pieces;
        Ok(self)
    }

    /// The shop hands it over only after so many days.
    pub fn on_preorder(mut self, days: u16) -> Result<Self, ParcelError> {
        if days > MOST_PREORDER_DAYS {
            return Err(ParcelError::Preorder);
        }
        self.preorder_days = days;
        Ok(self)
    }

    /// Couriers with a pick-up point where it goes (see [`store::list_pickup_couriers`](crate::store)); only they
    /// offer to leave it at one.
    #[must_use]
    pub fn with_pickup(mut self, couriers: Vec<Courier>) -> Self {
        self.pickup = couriers;
        self
    }

    pub const fn from(&self) -> &Place {
        &self.from
    }

    pub const fn to(&self) -> &Place {
        &self.to
    }

    pub const fn weight_g(&self) -> i64 {
        self.weight_g
    }

    pub const fn value(&self) -> Money {
        self.value
    }

    pub const fn at(&self) -> OffsetDateTime {
        self.at
    }

    pub const fn preorder_days(&self) -> u16 {
        self.preorder_days
    }

    pub(crate) fn has_pickup(&self, courier: Courier) -> bool {
        self.pickup.contains(&courier)
    }

    /// The larger of weight and volume, in grams. `divisor` is the cubic centimetres a courier lets a kilogram take up,
    /// which also is the cubic millimetres of a gram.
    pub fn chargeable_g(&self, divisor: i64) -> i64 {
        let volume = (self.volume_mm3() + i128::from(divisor) - 1) / i128::from(divisor);
        self.weight_g.max(i64::try_from(volume).unwrap_or(i64::MAX))
    }

    /// Never more than fits into 64 bits, so that reckoning with it cannot overflow.
    pub(crate) fn volume_mm3(&self) -> i128 {
        let volume = |piece: &Piece| {
            i128::from(piece.length_mm) * i128::from(piece.width_mm) * i128::from(piece.height_mm)
        };
        let whole = self.pieces.iter().fold(0, |sum: i128, piece| {
            sum.saturating_add(volume(piece).saturating_mul(i128::from(piece.qty.get())))
        });
        whole.min(i64::MAX.into())
    }

    /// Length, width and height in whole centimetres of one box of this volume into which each of the pieces fits;
    /// none where no size is known.
    pub(crate) fn box_cm(&self) -> Option<[i64; 3]> {
        let longest =
            |side: fn(&Piece) -> i32| self.pieces.iter().map(side).max().map(|mm| (i64::from(mm) + 9) / 10);
        let length = longest(|piece| piece.length_mm)?;
        let width = longest(|piece| piece.width_mm)?;
        let height = longest(|piece| piece.height_mm)?;
        let floor_mm2 = i128::from(length) * i128::from(width) * 100;
        let filled_mm = (self.volume_mm3() + floor_mm2 - 1) / floor_mm2;
        let filled = i64::try_from((filled_mm + 9) / 10).unwrap_or(i64::MAX);
        Some([length, width, height.max(filled)])
    }
}
