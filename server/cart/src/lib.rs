//! What somebody means to buy, until it is ordered.
//!
//! A cart belongs to an account or to a guest ([`Holder`]); each has at most one, so it is there on every device of an
//! account, and a guest's goes into it at sign-in ([`store::merge`]). A line is a variant with a note: the same variant
//! with the same note is the same line, another note makes another. Lines are ticked for checkout or saved for later,
//! never both. Each remembers the price its shopper last saw, so that a change can be shown before it is paid.
//!
//! Nothing here knows prices, stock or vouchers: a cart holds wishes, and the order asks the others whether they can
//! be had. Every verb takes a holder, or the id of a cart that was found by its holder, and touches no other cart; whoever changes
//! one holds its row until the transaction ends, so two tabs wait for each other. Changes belong in a transaction.

mod cart;
mod error;
pub mod jobs;
pub mod store;

pub use cart::Note;
pub use cart::{
    Cart, Contents, Delivery, Destination, Holder, Line, Merged, NewLine, News, NotACode, NoteTooLong, Reach,
    ShopChoice, VoucherCode,
};
pub use error::{AddError, ChooseError, CodeError, LineError, MergeError};

/// How much a cart takes.
pub mod limits {
    use time::Duration;

    /// Lines of one cart, those saved for later among them.
    pub const MOST_LINES: i64 = 100;
    /// Pieces of one line.
    pub const MOST_PIECES: i32 = 999;
    /// Characters of a note.
    pub const NOTE: usize = 200;
    /// Voucher codes of one cart.
    pub const MOST_CODES: i64 = 20;
    /// A guest's cart is forgotten so long after its last change, a day more or less.
    pub const GUESTS_FOR: Duration = Duration::days(30);
}
