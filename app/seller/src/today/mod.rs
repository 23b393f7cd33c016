//! `/seller/{shop}`: how the shop stands, and what there is to do.

mod page;

pub use page::TodayPage;
