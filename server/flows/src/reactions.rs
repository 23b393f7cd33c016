//! Which jobs follow from which events: one table.

use crate::{
    figures::NoteSales,
    order_letters::{OrderNews, TellBuyer},
    pay::MoneyGoesBack,
    wishlist::{LookAgain, LookAtMany},
};
use catalog::{ProductChanged, ProductGone, ProductsChanged};
use inventory::StockChanged;
use kernel::{
    jobs::{NewJob, Registry, Schedule},
    outbox::Reactions,
};
use model::{
    ids::{OrderGroupId, ProductId},
    order::OrderState,
};
use order::events::{
    OrderCancelled, OrderChanged, OrderExpired, OrderPaid, OrderPlaced, ParcelLeft, PiecesLeftOut,
};

pub fn reactions() -> Reactions {
    let look_again = |product: ProductId| NewJob::of(&LookAgain { product }).unique(product);
    Reactions::new()
        .on(move |changed: ProductChanged, then| {
            then.enqueue(look_again(changed.product));
        })
        .on(move |gone: ProductGone, then| {
            then.enqueue(look_again(gone.product));
        })
        .on(|ProductsChanged { products }, then| {
            then.enqueue(NewJob::of(&LookAtMany { products }));
        })
        .on_all(|changed: Vec<StockChanged>, then| {
            for job in crate::stock::follow(changed) {
                then.enqueue(job);
            }
        })
        .on(|OrderPlaced { group }, then| {
            then.enqueue(tell(group, OrderNews::ToPay));
        })
        .on(|OrderPaid { group }, then| {
            then.enqueue(tell(group, OrderNews::Paid));
            then.enqueue(count(group));
        })
        .on(|OrderExpired { group }, then| {
            then.enqueue(tell(group, OrderNews::Expired));
        })
        .on(|MoneyGoesBack { group, refund }, then| {
            then.enqueue(tell(group, OrderNews::MoneyBack { refund }));
        })
        .on(|OrderCancelled { order, group, .. }, then| {
            then.enqueue(tell(group, OrderNews::Cancelled { order }));
            then.enqueue(count(group));
        })
        .on(|ParcelLeft { order, group, shipment, .. }, then| {
            then.enqueue(tell(group, OrderNews::PartShipped { order, shipment }));
        })
        .on(|PiecesLeftOut { order, group, left_out, .. }, then| {
            then.enqueue(tell(group, OrderNews::LeftOut { order, left_out }));
            then.enqueue(count(group));
        })
        .on(|OrderChanged { order, group, to, .. }, then| {
            let news = match to {
                OrderState::Shipped => {
                    then.enqueue(count(group));
                    OrderNews::Shipped { order }
                }
                OrderState::Delivered => OrderNews::Delivered { order },
                _ => return,
            };
            then.enqueue(tell(group, news));
        })
}

fn tell(group: OrderGroupId, news: OrderNews) -> NewJob {
    TellBuyer { group, news }.job()
}

fn count(group: OrderGroupId) -> NewJob {
    NewJob::of(&NoteSales { group }).unique(group)
}

/// The jobs of the flows about people, and what of them runs by the clock.
#[must_use]
pub fn people(registry: Registry) -> Registry {
    crate::account::jobs(registry)
        .job::<LookAgain>()
        .job::<LookAtMany>()
        .job::<crate::privacy::ExportData>()
        .job::<crate::privacy::EraseAccount>()
        .cron("sweep archives of personal data", Schedule::every(time::Duration::HOUR), || {
            crate::privacy::SweepExports {}
        })
}

/// The jobs of buying, and what of them runs by the clock.
#[must_use]
pub fn buying(registry: Registry) -> Registry {
    crate::figures::jobs(registry)
        .job::<crate::stock::TellStock>()
        .job::<crate::stock::WarnLow>()
        .job::<crate::sales::TellNominated>()
        .job::<crate::dated::TellPrice>()
        .job::<crate::dated::TellSale>()
        .job::<crate::pay::OpenPayment>()
        .job::<crate::pay::CancelCharge>()
        .job::<crate::pay::AskPayment>()
        .job::<crate::pay::ExpireGroup>()
        .job::<crate::pay::SendRefund>()
        .job::<TellBuyer>()
        .job::<crate::fulfil::Overdue>()
        .job::<crate::fulfil::SettleOrder>()
        .job::<crate::fulfil::BookShipment>()
        .job::<crate::fulfil::CancelShipment>()
        .job::<crate::fulfil::TrackShipment>()
        .job::<crate::withdraw::SendWithdrawal>()
        .cron("catch up with deadlines", Schedule::every(time::Duration::minutes(15)), || {
            crate::fulfil::CatchUp {}
        })
        .cron("ask providers", Schedule::every(time::Duration::minutes(10)), || crate::pay::AskProviders {})
        .cron("ask carriers", Schedule::every(time::Duration::minutes(30)), || crate::fulfil::AskCarriers {})
        .job::<crate::coins::ExpireCoins>()
        .cron("take coins away whose time is over", Schedule::daily(time::macros::time!(00:20)), || {
            crate::coins::ExpireCoins {}
        })
        .job::<crate::reconcile::CheckBooks>()
        .cron("check the books", Schedule::daily(time::macros::time!(03:10)), || {
            crate::reconcile::CheckBooks {}
        })
        .job::<crate::members::CountMember>()
        .job::<crate::members::CountMembers>()
        .cron("count what members have reached", Schedule::daily(time::macros::time!(01:40)), || {
            crate::members::CountMembers {}
        })
        .cron("forget what couriers took", Schedule::every(time::Duration::HOUR), || {
            crate::rates::ForgetQuotes {}
        })
        .cron("forget guests' carts", Schedule::daily(time::macros::time!(04:10)), || {
            cart::jobs::ForgetGuests {}
        })
}
