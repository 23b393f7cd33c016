//! `/account/addresses`: where parcels go. `/checkout/address`: where those of somebody without an account go.

mod form;
mod guest;
mod page;
mod place;
pub mod rpc;

pub use form::{EditAddressPage, NewAddressPage};
pub use guest::GuestAddressPage;
pub use page::AddressesPage;
