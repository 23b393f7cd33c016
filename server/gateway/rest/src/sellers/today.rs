//! What waits in a shop.

use crate::{
    ApiError,
    body::MoneyBody,
    buying::refused,
    extract::{Path, Signed},
    goods::instant,
};
use flows::seller::today;
use model::views::sold::{SoldToday, ToDo, WaitingOrders};
use serde::Serialize;
use utoipa::ToSchema;

/// Orders the shop has yet to do something with.
#[derive(Serialize, ToSchema)]
struct WaitingOrdersBody {
    to_accept: u32,
    to_pack: u32,
    to_hand_over: u32,
    /// Of all these, those that are due within twelve hours, or late.
    pressing: u32,
    /// When the next of them is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    next_due: Option<String>,
}

impl From<WaitingOrders> for WaitingOrdersBody {
    fn from(it: WaitingOrders) -> Self {
        Self {
            to_accept: it.new,
            to_pack: it.to_pack,
            to_hand_over: it.to_ship,
            pressing: it.pressing,
            next_due: it.next_due.map(instant),
        }
    }
}

/// Of the day that is not over yet, in Jakarta.
#[derive(Serialize, ToSchema)]
struct SoldTodayBody {
    orders: u32,
    /// Before fees.
    goods: MoneyBody,
}

impl From<SoldToday> for SoldTodayBody {
    fn from(it: SoldToday) -> Self {
        Self { orders: it.orders, goods: it.goods.into() }
    }
}

/// What waits in a shop; a part that is not its reader's work is absent.
#[derive(Serialize, ToSchema)]
pub(crate) struct ToDoBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    orders: Option<WaitingOrdersBody>,
    /// Variants about to run out.
    #[serde(skip_serializing_if = "Option::is_none")]
    low_stock: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sold_today: Option<SoldTodayBody>,
}

impl From<ToDo> for ToDoBody {
    fn from(it: ToDo) -> Self {
        Self {
            orders: it.orders.map(WaitingOrdersBody::from),
            low_stock: it.low_stock,
            sold_today: it.sold.map(SoldTodayBody::from),
        }
    }
}

/// What waits
///
/// As far as it is one's work there.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/to-do", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address")),
    responses((status = 200, description = "What waits", body = ToDoBody), ApiError))]
pub(crate) async fn to_do(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
) -> Result<axum::Json<ToDoBody>, ApiError> {
    Ok(axum::Json(today::to_do(&cx, &shop).await.map_err(refused)?.into()))
}
