//! Carts, their lines, and what was chosen for them.

use crate::limits;
use model::{
    Currency, FieldError, Money, Phone, Qty,
    address::AddressInput,
    contact::Email,
    ids::{AccountId, AddressId, CartId, CartLineId, ShopId, VariantId},
    payment::Method,
    shipping::PickupPointId,
    typed::line,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use time::OffsetDateTime;

/// Whose a cart is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    Account(AccountId),
    /// The SHA-256 of the token in the guest's cookie.
    Guest([u8; 32]),
}

/// A guest's hash opens their cart, so it is not printed.
impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "Account({id})"),
            Self::Guest(_) => f.write_str("Guest"),
        }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct Cart {
    pub id: CartId,
    /// None for a guest's.
    pub account: Option<AccountId>,
    pub currency: Currency,
    pub reach: Reach,
    pub destination: Option<Destination>,
    pub method: Option<Method>,
    /// As many coins as can be are spent with what is ordered next; a member's alone.
    pub use_coins: bool,
    pub updated_at: OffsetDateTime,
    /// When it is forgotten; an account's never is.
    pub expires_at: Option<OffsetDateTime>,
}

/// How the buyer is reached about the order, where it is not by what their account says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    pub email: Option<Email>,
    pub phone: Option<Phone>,
}

/// Where the parcels go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// One of the account's addresses.
    Kept(AddressId),
    /// What a guest typed; it was right when it was typed and is checked again when it is used.
    Typed(Box<AddressInput>),
}

/// One variant with one note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    pub id: CartLineId,
    pub variant: VariantId,
    /// At most [`limits::MOST_PIECES`].
    pub quantity: Qty,
    pub note: Note,
    /// Goes into the next checkout.
    pub ticked: bool,
    pub saved_for_later: bool,
    /// What one piece cost when the shopper added it or last accepted its price.
    pub price_seen: Money,
    #[serde(with = "time::serde::rfc3339")]
    pub added_at: OffsetDateTime,
}

/// To be added. `id` is used if it becomes a line of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewLine {
    pub id: CartLineId,
    pub variant: VariantId,
    pub quantity: Qty,
    pub note: Note,
    /// Of one piece.
    pub price_seen: Money,
}

/// What was chosen for all that comes from one shop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShopChoice {
    pub shop: ShopId,
    pub delivery: Option<Delivery>,
    pub insured: bool,
    /// To the shop, about the whole parcel.
    pub note: Note,
}

/// Codes as the carriers' table has them: lower case, digits, `_` and `-`, at most 40 characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    pub courier: String,
    pub service: String,
    /// The counter at which it waits; none where it comes to the door.
    pub point: Option<PickupPointId>,
}

/// A cart with all that is in it and all that was chosen for it.
#[derive(Clone, PartialEq, Debug)]
pub struct Contents {
    pub cart: Cart,
    pub lines: Vec<Line>,
    pub codes: Vec<VoucherCode>,
    pub choices: Vec<ShopChoice>,
    pub news: News,
}

/// What two carts that became one could not keep as it was, in lines; until it is [seen](crate::store::see_news).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct News {
    /// There was no room for them.
    pub left_out: i32,
    /// They were more than may be bought.
    pub reduced: i32,
}

/// What became of a guest's cart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// Lines there was no room for; they are gone.
    pub left_out: Vec<Line>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a note is one line of at most 200 visible characters")]
pub struct NoteTooLong;

/// A wish about a line or a parcel: one line of at most [`limits::NOTE`] characters, its spaces single; may be empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Note(String);

impl Note {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks what was typed, and says what is wrong with it as a form does.
    pub fn typed(text: &str) -> Result<Self, FieldError> {
        Ok(Self(line(text, limits::NOTE)?.unwrap_or_default()))
    }

    /// As it lies in the database, which checks its length.
    pub(crate) fn kept(text: String) -> Self {
        Self(text)
    }
}

impl FromStr for Note {
    type Err = NoteTooLong;
    fn from_str(text: &str) -> Result<Self, NoteTooLong> {
        Self::typed(text).map_err(|_| NoteTooLong)
    }
}

impl TryFrom<String> for Note {
    type Error = NoteTooLong;
    fn try_from(text: String) -> Result<Self, NoteTooLong> {
        text.parse()
    }
}

impl From<Note> for String {
    fn from(note: Note) -> Self {
        note.0
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no voucher has such a code")]
pub struct NotACode;

/// A voucher's code as it was typed: upper case, letters, digits, `_` and `-`, at most 40. Whether there is such a
/// voucher is for others to say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VoucherCode(String);

impl VoucherCode {
    const MAX: usize = 40;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for VoucherCode {
    type Err = NotACode;
    fn from_str(typed: &str) -> Result<Self, NotACode> {
        let code = typed.trim().to_ascii_uppercase();
        let plain = code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        let begins = code.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        if plain && begins && code.len() <= Self::MAX { Ok(Self(code)) } else { Err(NotACode) }
    }
}

impl TryFrom<String> for VoucherCode {
    type Error = NotACode;
    fn try_from(text: String) -> Result<Self, NotACode> {
        text.parse()
    }
}

impl From<VoucherCode> for String {
    fn from(code: VoucherCode) -> Self {
        code.0
    }
}

impl fmt::Display for VoucherCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn notes_and_codes_are_tidied() {
        for (typed, note) in [("", ""), ("  warna \t biru ", "warna biru"), ("é", "é")] {
            assert_eq!(typed.parse::<Note>().unwrap().as_str(), note, "{typed:?}");
        }
        assert_eq!(Note::typed(&"x".repeat(201)), Err(FieldError::TooLong));
        assert_eq!(Note::typed("a\u{202e}b"), Err(FieldError::Malformed));
        assert_eq!(" hemat-10 ".parse::<VoucherCode>().unwrap().as_str(), "HEMAT-10");
        for bad in ["", "-X", "A B", "É", &"X".repeat(41)] {
            assert_eq!(bad.parse::<VoucherCode>(), Err(NotACode), "{bad:?}");
        }
    }

    #[test]
    fn the_hash_of_a_guest_is_not_printed() {
        assert_eq!(format!("{:?}", Holder::Guest([7; 32])), "Guest");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_as_a_note_is_short_or_refused(typed in ".{0,300}") {
            if let Ok(note) = Note::typed(&typed) {
                prop_assert!(note.as_str().chars().count() <= limits::NOTE);
                prop_assert_eq!(note.as_str().parse::<Note>(), Ok(note.clone()), "tidying again changes nothing");
            }
        }
    }
}
