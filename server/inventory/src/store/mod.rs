//! All SQL about stock.

mod bulk;
mod fulfil;
mod hold;
mod movement;
mod opening;
mod policy;
mod promise;
mod stock;
mod warehouse;

pub use bulk::set_on_hand_many;
pub use fulfil::{return_to_stock, ship, unship};
pub use hold::hold;
pub use movement::{changes, list_movements};
pub use opening::open_stock;
pub use policy::{find_policies, list_components, set_bundle, set_low_at, set_policy};
pub use promise::{commit, expired, list_allocations, release, release_expired, release_part};
pub use stock::{adjust, available, list_stock, move_stock, receive, set_on_hand};
pub use warehouse::{
    close_warehouse, ensure_warehouses, list_warehouses, main_warehouse, open_warehouse, put_address,
    put_address_of, rename_warehouse,
};

use model::ids::{Uuid, VariantId};

/// The name of the constraint that refused, if one did.
fn refused_by(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error().and_then(|error| error.constraint())
}

fn uuids(variants: &[VariantId]) -> Vec<Uuid> {
    variants.iter().map(|variant| variant.uuid()).collect()
}
