use kernel::{Uuid, outbox::Event};
use model::ids::ProductId;
use serde::{Deserialize, Serialize};

/// A product that is on sale is new or different: whoever keeps a copy reads it again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductChanged {
    pub product: ProductId,
}

impl Event for ProductChanged {
    const NAME: &'static str = "product.changed";
    fn key(&self) -> Uuid {
        self.product.uuid()
    }
}

/// A product is not on sale any more: hidden, archived or rejected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductGone {
    pub product: ProductId,
}

impl Event for ProductGone {
    const NAME: &'static str = "product.gone";
    fn key(&self) -> Uuid {
        self.product.uuid()
    }
}

/// Very many at once are new, different or not on sale any more: whoever keeps a copy reads each again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductsChanged {
    pub products: Vec<ProductId>,
}

impl ProductsChanged {
    /// Products in one event.
    pub const MOST: usize = 250;

    /// Events that tell of all of these.
    pub fn of(products: &[ProductId]) -> impl Iterator<Item = Self> + '_ {
        products.chunks(Self::MOST).map(|some| Self { products: some.to_vec() })
    }
}

impl Event for ProductsChanged {
    const NAME: &'static str = "product.many_changed";
    /// The first one's.
    fn key(&self) -> Uuid {
        self.products.first().map_or(Uuid::nil(), |product| product.uuid())
    }
}
