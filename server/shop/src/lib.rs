//! Shops: who sells. A shop has a name, an address of its own (`/shop/{slug}`), a city it sends from, a standing
//! with the market ([`Tier`]) and totals over its products that are refreshed when those change.
//!
//! Invariants: a slug names one shop for ever (former ones lead on to it); totals are written whole, never nudged.
//! Public verbs live in [`store`]; what happened is told as [`ShopChanged`].

pub mod events;
mod new;
pub mod store;

pub use events::ShopChanged;
pub use model::{ids::ShopId, views::Tier};
pub use new::{NewShop, NotAShop, ShopName, Totals};
