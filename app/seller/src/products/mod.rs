//! `/seller/{shop}/products`: its goods, with price and stock beside each, and the editor of one of them.

mod about;
mod edit;
mod form;
mod gallery;
mod grid;
mod new;
mod page;
mod preview;
mod row;
mod rpc;
mod terms;

pub use edit::EditProductPage;
pub use new::NewProductPage;
pub use page::ProductsPage;
pub use preview::PreviewPage;
