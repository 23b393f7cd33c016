//! What several pages of the storefront share.

mod card;
mod onward;
mod picture;
mod waiting;

pub use card::{CardGrid, CardShelf, ProductCard, tenths};
pub use onward::Onward;
pub use picture::Image;
pub use ui::{Fetch, Fetched, fetch};
pub use waiting::{SkeletonCards, SkeletonLines, SkeletonProduct};
