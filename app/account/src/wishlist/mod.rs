//! `/account/wishlist`: what is kept for later; `/w/{token}`: a list somebody shared.

mod page;
mod parts;
pub mod rpc;
mod shared;

pub use page::WishlistPage;
pub use shared::SharedWishlistPage;
