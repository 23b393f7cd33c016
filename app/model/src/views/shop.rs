//! A shop, as its card on a product page and as its own page.

use super::{CategoryCount, Picture, Tier};
use crate::{
    Slug,
    ids::ShopId,
    shop::{HolidayNote, OpenHours},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopCard {
    pub id: ShopId,
    pub slug: Slug,
    pub name: String,
    pub tier: Tier,
    pub city: String,
    /// Average stars of its products' ratings in hundredths; 0 where there are none.
    pub rating_x100: u16,
    pub review_count: u32,
    /// On sale now.
    pub products: u32,
    pub sold: u64,
    pub joined_at: i64,
    /// It sends what is ordered, and in time.
    pub reliable: bool,
}

/// The head of the shop's page; its goods come as pages of cards.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopPage {
    pub shop: ShopCard,
    pub description: String,
    pub province: String,
    pub logo: Option<Picture>,
    pub banner: Option<Picture>,
    pub hours: Option<OpenHours>,
    /// While it is on holiday.
    pub holiday: Option<HolidayNote>,
    /// What it sells, most first.
    pub categories: Vec<CategoryCount>,
}
