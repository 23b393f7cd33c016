//! What several pages of the seller centre share.

mod choose;
mod frame;
mod place;
pub mod rpc;

pub use choose::Choose;
pub use frame::{Frame, Part, shop_here, use_shop, use_shop_news};
pub use place::{ChosenPlace, PlaceChooser, use_asked, use_place};
pub use ui::{OwnFetched as Fetched, Refusal, error_of, fetch, wrong};
