//! `/seller/{shop}/orders`: what was bought in the shop, by what is to be done with it; `…/{id}`: one order and its next
//! step; `…/{id}/label` and `…/{id}/slip`: what goes onto and into a parcel, `?parcel=…` where there are several.

mod acts;
mod label;
mod list;
mod packing;
mod page;
mod parcels;
mod parts;
pub mod rpc;
mod slip;

pub use label::LabelPage;
pub use list::OrdersPage;
pub use page::OrderPage;
pub use slip::SlipPage;
