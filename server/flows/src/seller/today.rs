//! What waits in a shop, and how its pages hear that there is something new.

use kernel::{Cx, Kernel, Member, outbox::Follower};
use model::{
    AppError, Permission, Slug,
    ids::{OrderGroupId, ShopId},
    views::sold::ToDo,
};
use order::events::{GroupCancelled, OrderCancelled, OrderChanged, OrderPaid, ParcelLeft, PiecesLeftOut};
use shop::staff::{StaffShop, find_shop};
use std::sync::Arc;
use time::{OffsetDateTime, Time, macros::offset};
use tokio::sync::broadcast;

/// So many new orders are counted for a badge.
const BADGE: u16 = 100;

async fn own(cx: &Cx, member: &Member, slug: &str) -> Result<StaffShop, AppError> {
    let slug: Slug = slug.parse().map_err(|_| AppError::not_found())?;
    let mut db = cx.db().acquire().await.map_err(|error| kernel::db::code(&error))?;
    let found = find_shop(&mut db, &slug, member.account).await.map_err(|error| kernel::db::code(&error))?;
    found.ok_or_else(AppError::not_found)
}

/// For somebody who works there, what their role lets them see.
pub async fn to_do(cx: &Cx, slug: &str) -> Result<ToDo, AppError> {
    let shop = own(cx, &cx.member()?, slug).await?;
    let may = shop.role.permissions();
    look(cx, shop.id, |permission| may.has(permission)).await.map_err(|error| kernel::db::code(&error).into())
}

async fn look(cx: &Cx, shop: ShopId, may: impl Fn(Permission) -> bool) -> Result<ToDo, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    let mut there = ToDo::default();
    if may(Permission::Orders) {
        there.orders = Some(views::sold::waiting(&mut db, shop, cx.now()).await?);
    }
    if may(Permission::Stock) {
        there.low_stock = Some(views::stock::count_low(&mut db, shop).await?);
    }
    if may(Permission::Insights) {
        there.sold = Some(views::sold::sold_since(&mut db, shop, midnight(cx.now())).await?);
    }
    Ok(there)
}

/// When the day began where the market is.
fn midnight(now: OffsetDateTime) -> OffsetDateTime {
    now.to_offset(offset!(+7)).replace_time(Time::MIDNIGHT)
}

/// How many new orders wait, up to a hundred; none for those whose work that is not.
pub async fn new_orders(cx: &Cx, slug: &str) -> Result<u32, AppError> {
    let shop = own(cx, &cx.member()?, slug).await?;
    if !shop.role.permissions().has(Permission::Orders) {
        return Ok(0);
    }
    let mut db = cx.db().acquire().await.map_err(|error| kernel::db::code(&error))?;
    let found = views::sold::new_orders(&mut db, shop.id, BADGE).await;
    found.map_err(|error| kernel::db::code(&error).into())
}

/// Whoever listens late by more than this many asks anew.
const KEPT: usize = 1_024;

/// The shops of whose orders something is new. A part of the kernel, fed by [`keep_news`].
pub struct News(broadcast::Sender<ShopId>);

impl Default for News {
    fn default() -> Self {
        Self(broadcast::Sender::new(KEPT))
    }
}

impl News {
    pub fn listen(&self) -> broadcast::Receiver<ShopId> {
        self.0.subscribe()
    }
}

/// Passes on what the outbox says of orders, until dropped.
pub async fn keep_news(kernel: Kernel, news: Arc<News>) {
    let mut follower = Follower::from_now(&kernel).await;
    loop {
        let told = follower.next().await;
        // Nobody is looking.
        if news.0.receiver_count() == 0 {
            continue;
        }
        for told in told {
            let group = if let Some(Ok(OrderChanged { shop, .. })) = told.event() {
                drop(news.0.send(shop));
                continue;
            } else if let Some(Ok(ParcelLeft { shop, .. })) = told.event() {
                drop(news.0.send(shop));
                continue;
            } else if let Some(Ok(PiecesLeftOut { shop, .. })) = told.event() {
                drop(news.0.send(shop));
                continue;
            } else if let Some(Ok(OrderPaid { group })) = told.event() {
                group
            } else if let Some(Ok(OrderCancelled { group, .. })) = told.event() {
                group
            } else if let Some(Ok(GroupCancelled { group })) = told.event() {
                group
            } else {
                continue;
            };
            match shops_of_group(&kernel, group).await {
                // Nobody listening is no failure.
                Ok(shops) => shops.into_iter().for_each(|shop| drop(news.0.send(shop))),
                Err(error) => tracing::warn!("The shops of order group {group} were not told: {error}"),
            }
        }
    }
}

async fn shops_of_group(kernel: &Kernel, group: OrderGroupId) -> Result<Vec<ShopId>, sqlx::Error> {
    let mut db = kernel.db().acquire().await?;
    Ok(order::store::orders_of(&mut db, group).await?.into_iter().map(|order| order.shop).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_day_begins_at_midnight_in_jakarta() {
        assert_eq!(midnight(datetime!(2026-11-30 16:59 UTC)), datetime!(2026-11-29 17:00 UTC));
        assert_eq!(midnight(datetime!(2026-11-30 17:00 UTC)), datetime!(2026-11-30 17:00 UTC));
    }
}
