//! `/seller/{shop}/products/bulk`: many goods changed at once. They are ticked in the table of goods; a page of their own
//! asks what is to change, shows what would become of each, makes it, and puts it back.

mod ask;
mod edits;
mod page;
mod rows;
mod rpc;
mod tick;

pub use edits::EditsPage;
pub use page::EditPage;
pub(crate) use rpc::ChooseGoods;
pub(crate) use tick::{NotChosen, Tick, Together};
