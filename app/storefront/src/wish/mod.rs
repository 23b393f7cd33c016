//! The heart: keeps a product for later.

mod card_heart;
mod heart;
pub mod rpc;

pub use card_heart::CardHeart;
pub use heart::Heart;
