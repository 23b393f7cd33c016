//! Where money lies and whom it is owed to.
//!
//! A double-entry ledger. Whatever moves money writes a **journal**: entries on accounts that sum to zero in each
//! currency. Amounts are *credits*: positive is what the account's owner is owed or has earned, negative is what lies
//! with it for us. So a payment of 100 is −100 on the provider, who holds it, and +100 in escrow, where it is owed to
//! whoever the order will turn out to favour.
//!
//! Journals and entries are only ever added to; a mistake is undone by the reverse journal. Both that and the zero are
//! enforced by the database. A journal has a key, and whoever posts twice under one key has posted once.
//!
//! The **escrow** of an order never falls below zero, however many refunds are asked for at once, and a **seller's**
//! balance not by a withdrawal; by refunds it may, and later sales make up for it. A member's **coins** never fall below
//! zero either. For these three kinds a running balance is kept, changed in one guarded statement. All others are sums of their entries: nearly every payment touches the
//! provider and the platform, and a running balance there would let each wait for the one before.
//!
//! [`templates`] says which entries belong to which happening, [`store`] writes and reads, [`store::reconcile`] looks
//! whether all of it still fits. The ledger holds ids, codes and amounts, nothing personal, so erasing a person leaves it
//! as it is.

mod account;
mod journal;
pub mod store;
pub mod templates;

pub use account::{Account, Code, NotACode};
pub use journal::{Entries, Entry, Journal, JournalKind, NewJournal, PostError, Posted};
pub use store::reconcile::{Difference, Report};
