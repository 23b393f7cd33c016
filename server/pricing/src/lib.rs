//! What things cost, and what is taken off.
//!
//! [`quote`] is the one place where a basket is priced. It is pure: whatever it needs is in the [`Basket`], and the
//! same basket always costs the same. The steps go in this order: list price, wholesale tier, scheduled or flash price,
//! pieces that are free, vouchers of shops, the platform's, shipping, vouchers for shipping, coins. Each step that takes
//! something off writes an [`Adjustment`] saying why, how much, and who pays for it; a shopper's breakdown is those rows.
//! Amounts are whole minor units, and every total is the sum of its parts.
//!
//! The database keeps vouchers, flash sales and prices that hold for a time ([`store`]). Such a price is found by the
//! time of reading, so no job flips prices. A quota, a budget or a limit per person is never exceeded: each is guarded
//! by the statement that counts, and what was counted for a checkout is given back by the checkout's reference, once.
//!
//! [`commission`](commission()) is what a shop pays for a sale, by the rules in force. A rule ends and is never changed.

mod apportion;
mod basket;
mod best;
mod commission;
pub mod cost;
mod error;
mod quote;
pub mod sale;
mod steps;
pub mod store;
mod tax;
pub mod terms;
mod voucher;

pub use apportion::apportion;
pub use basket::{Basket, Buyer, FlashPrice, Line, ScheduledPrice, Shipping, Tax, Tier};
pub use best::{TRIED, best};
pub use commission::{Applies, Commission, Fee, FeeAmount, FeeRule, LineFee, SoldLine, commission};
pub use error::{
    AcceptError, FlashError, InsertFlashError, InsertRuleError, InsertVoucherError, NominateError,
    QuoteError, ScheduleError, UseError,
};
pub use quote::{Adjustment, Discount, Quote, QuotedLine, ShippingQuote, ShopQuote, VoucherUse, quote, why};
pub use voucher::{Conditions, Kind, Left, NewVoucher, Scope, ShippingOff, Target, Voucher};
