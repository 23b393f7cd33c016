//! What several pages of the storefront share.

mod card;
mod fetched;
mod onward;
mod picture;
mod waiting;

pub use card::{CardGrid, CardShelf, ProductCard, tenths};
pub use fetched::Fetched;
pub use onward::Onward;
pub use picture::Image;
pub use waiting::{SkeletonCards, SkeletonLines, SkeletonProduct};
