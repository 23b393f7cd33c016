//! A category: where it lies, what lies beneath it, and its goods as a search; and the page of all categories.

mod index;
mod page;
mod rpc;

pub use index::CategoriesPage;
pub use page::{CategoryPage, breadcrumb_facts, crumbs};
