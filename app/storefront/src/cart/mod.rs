//! The cart: putting goods in, the number in the header, and the page where it is looked through.

mod add;
mod controls;
mod line;
mod link;
mod page;
pub mod rpc;
mod totals;
mod vouchers;

pub use add::AddToCart;
pub use link::{CartChanged, CartLink, CartTab, follow, provide_cart};
pub use page::{CartPage, Seen};
pub use vouchers::{Offered, Vouchers};
