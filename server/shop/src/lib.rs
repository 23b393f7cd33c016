//! Shops: who sells. A shop has a name, an address of its own (`/shop/{slug}`), a city it sends from, a standing
//! with the market ([`Tier`]) and totals over its products that are refreshed when those change.
//!
//! Shops belong to people: one owner and those who work there, each in one role. Whoever acts for a shop holds an
//! [`AtShop`](staff::AtShop), which is made for nobody else.
//!
//! Invariants: a slug names one shop for ever (former ones lead on to it); totals are written whole, never nudged; a shop
//! with people has exactly one owner. Public verbs live in [`staff`] and [`store`]; what happened is told as
//! [`ShopChanged`].

pub mod events;
pub mod invitation;
mod new;
pub mod settings;
pub mod staff;
pub mod store;
pub mod verification;

pub use events::ShopChanged;
pub use model::{ids::ShopId, shop::ShopState, views::Tier};
pub use new::{NewShop, NotAShop, Opening, ShopName, Totals, parse_name, parse_slug};
