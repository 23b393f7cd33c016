//! `/account/addresses`: where parcels go.

mod form;
mod page;
mod place;
pub mod rpc;

pub use form::{EditAddressPage, NewAddressPage};
pub use page::AddressesPage;
