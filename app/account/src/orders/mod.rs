//! `/account/orders`: what was ordered; `/account/orders/{id}`: one of them, and its `/invoice`; `/orders/{group}`: what
//! was paid at once. All but the list are for guests too, who are known by the cookie of their cart.

mod group;
mod invoice;
mod list;
mod page;
mod parts;
pub mod rpc;

pub use group::GroupPage;
pub use invoice::InvoicePage;
pub use list::OrdersPage;
pub use page::OrderPage;
