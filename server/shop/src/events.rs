use kernel::{Uuid, outbox::Event};
use model::ids::ShopId;
use serde::{Deserialize, Serialize};

/// Something shoppers see of a shop with each of its products is new: its name, tier or city. What its products add up to
/// is not among that.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopChanged {
    pub shop: ShopId,
}

impl Event for ShopChanged {
    const NAME: &'static str = "shop.changed";
    fn key(&self) -> Uuid {
        self.shop.uuid()
    }
}
