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
