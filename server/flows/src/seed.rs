//! The demonstration market, and catalogues of any size for measuring.
//!
//! Both follow from a seed: the same seed gives the same shops, products and reviews on every machine (instants are
//! counted back from now). Both may be repeated: what is there is left alone, but for the flash sale, which is followed by
//! another when it is over.

mod chance;
mod counters;
mod demo;
mod goods;
mod looks;
mod orders;
mod outside;
mod people;
mod promotions;
mod scale;
mod staff;
mod store;
mod words;

pub use demo::demo;
pub use looks::looks;
pub use orders::orders;
pub use outside::{DemoCouriers, DemoPayments};
pub use people::{DemoPerson, people, present_people};
pub use scale::{COLUMNS, listings, scale};
pub use staff::staff;

/// What was made; what was there before is not counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Seeded {
    pub shops: u64,
    pub products: u64,
    pub reviews: u64,
    pub vouchers: u64,
    /// Variants in a flash sale that was opened.
    pub flash: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The tables of the seed do not fit together.
    #[error("what was to be made is not sound")]
    Unsound(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error(transparent)]
    Regions(#[from] region::LoadError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl SeedError {
    fn unsound(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Unsound(Box::new(error))
    }
}
