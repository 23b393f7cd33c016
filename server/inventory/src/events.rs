use kernel::{Uuid, outbox::Event};
use model::ids::{ShopId, VariantId};
use serde::{Deserialize, Serialize};

/// What can be bought of these variants of a shop may have changed. Who calls the verbs that change stock publishes
/// it, with what [`store::changes`](crate::store::changes) makes of the variants they return.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StockChanged {
    pub shop: ShopId,
    /// Bundles that contain what changed are among them.
    pub variants: Vec<VariantId>,
}

impl Event for StockChanged {
    const NAME: &'static str = "inventory.stock_changed";
    fn key(&self) -> Uuid {
        self.shop.uuid()
    }
}
