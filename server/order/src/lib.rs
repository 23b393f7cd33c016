//! What was bought.
//!
//! Whoever pays a checkout gets one **order group**: what is paid at once. In it lies one **order** for each shop, which
//! from then on goes its own way: accepted, packed, shipped, delivered, completed, or cancelled before it is shipped.
//! Sums, names, rates and the address are the order's own copy, fixed at sale: nothing is priced again, and a product
//! that changes or is put away changes no order. The database refuses a group that is not the sum of its orders, an
//! order that is not the sum of its lines, and any change of what was sold.
//!
//! [`state`] says who may move an order from where to where. Each move is one guarded statement that also writes the
//! timeline, so of two that move an order at once one wins and the other is told where it stands now. Before the
//! payment orders stand or fall with their group; afterwards they are independent of one another.
//!
//! **Cash on delivery** is paid after the fact. Such a group is *cleared* as soon as it is placed: its state is `paid`,
//! in the sense that the shops may begin, while `paid_at` stays empty until the couriers have collected. Whoever lets such
//! parcels go back is not offered it for a while ([`blocked_until`]): a member by their account, a guest by their number.
//!
//! **Pieces** of a line may leave in several parcels, or be [left out](LeftOut): what is given back for them are their
//! [shares](share) of what was paid, fixed at sale. An order stands where the last of its pieces does.
//!
//! **Verbs** are in [`store`] and run in the caller's transaction; the caller publishes the [`events`].

mod error;
pub mod events;
mod kept;
mod member;
mod new;
mod pieces;
mod policy;
mod refusal;
pub mod state;
pub mod store;

pub use error::{CancelError, GroupError, PlaceError, TransitionError, Unbalanced};
pub use kept::{Cancelled, Group, Line, NotANumber, Number, Order, Step};
pub use member::MemberPolicy;
pub use new::{Adjustment, Clocks, Contact, Delivery, Destination, Fee, NewGroup, NewLine, NewOrder, Sums};
pub use pieces::{LeftOut, LeftOutSums, Progress, Share, share};
pub use policy::Policy;
pub use refusal::{blocked_until, limits};

use model::ids::AccountId;

/// Who buys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Buyer {
    Account(AccountId),
    /// Whoever holds the token with this SHA-256.
    Guest([u8; 32]),
}

impl Buyer {
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Account(id) => Some(*id),
            Self::Guest(_) => None,
        }
    }

    pub const fn token_hash(&self) -> Option<&[u8; 32]> {
        match self {
            Self::Account(_) => None,
            Self::Guest(hash) => Some(hash),
        }
    }
}
