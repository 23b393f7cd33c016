//! All SQL about stock.

mod bulk;
mod count;
mod fulfil;
mod hold;
mod low;
mod movement;
mod opening;
mod policy;
mod promise;
mod shelves;
mod stock;
mod together;
mod transfer;
mod warehouse;

pub use bulk::set_on_hand_many;
pub use count::{discard_count, post_count, start_count, write_count};
pub use fulfil::{return_to_stock, ship, unship};
pub use hold::hold;
pub use low::{mark_low, take_untold};
pub use movement::{changes, list_movements};
pub use opening::open_stock;
pub use policy::{find_policies, list_components, set_bundle, set_policy, set_warnings};
pub use promise::{commit, expired, list_allocations, release, release_expired, release_part};
pub use shelves::shelves;
pub use stock::{adjust, available, list_stock, move_stock, receive, set_on_hand};
pub use together::{Lying, list_lying, lock_lying, shift_lying};
pub use transfer::{
    cancel_transfer, draft_transfer, load_transfer, receive_transfer, send_transfer, write_off_transfer,
};
pub use warehouse::{
    close_warehouse, ensure_warehouses, list_warehouses, main_warehouse, open_warehouse, put_address,
    put_address_of, rename_warehouse, reopen_warehouse,
};

use model::ids::{Uuid, VariantId};

/// The name of the constraint that refused, if one did.
fn refused_by(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error().and_then(|error| error.constraint())
}

fn uuids(variants: &[VariantId]) -> Vec<Uuid> {
    variants.iter().map(|variant| variant.uuid()).collect()
}
