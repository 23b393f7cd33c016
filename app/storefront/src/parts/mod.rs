//! What several pages of the storefront share.

mod card;
mod holiday;
mod item;
mod onward;
mod picture;
mod refusal;
mod summary;
mod waiting;

pub use card::{CardGrid, CardShelf, ProductCard, tenths};
pub use holiday::OnHoliday;
pub use item::ItemLine;
pub use onward::Onward;
pub use picture::Image;
pub use refusal::{Refusal, refused};
pub use summary::SummaryTable;
pub use ui::{Fetch, Fetched, fetch};
pub use waiting::{SkeletonCards, SkeletonLines, SkeletonProduct};
