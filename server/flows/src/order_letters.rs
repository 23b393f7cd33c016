//! What buyers are told about their orders, in the language and at the address they ordered with. Each thing is told
//! once, however often its job runs.

use crate::account::link;
use kernel::{
    Cx,
    jobs::{Job, JobError, NewJob},
};
use model::{
    Money,
    ids::{LeftOutId, OrderGroupId, OrderId, RefundId, ShipmentId},
    order::{GroupState, OrderState},
    views::sold::ParcelPiece,
};
use notify::{Address, EmailAddress, Message, PhoneNumber, Recipient};
use order::{Group, Order};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{OffsetDateTime, Time};

/// What there is to tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum OrderNews {
    ToPay,
    Paid,
    Expired,
    Cancelled {
        order: OrderId,
    },
    Shipped {
        order: OrderId,
    },
    Delivered {
        order: OrderId,
    },
    /// A parcel of it, and more is to follow.
    PartShipped {
        order: OrderId,
        shipment: ShipmentId,
    },
    /// Pieces of it that do not come.
    LeftOut {
        order: OrderId,
        left_out: LeftOutId,
    },
    /// What came in and no order could use.
    MoneyBack {
        refund: RefundId,
    },
}

impl OrderNews {
    /// Under which it is told once.
    fn name(self, group: OrderGroupId) -> String {
        match self {
            Self::ToPay => format!("order.to_pay:{group}"),
            Self::Paid => format!("order.paid:{group}"),
            Self::Expired => format!("order.expired:{group}"),
            Self::Cancelled { order } => format!("order.cancelled:{order}"),
            Self::Shipped { order } => format!("order.shipped:{order}"),
            Self::Delivered { order } => format!("order.delivered:{order}"),
            Self::PartShipped { shipment, .. } => format!("order.part_shipped:{shipment}"),
            Self::LeftOut { left_out, .. } => format!("order.left_out:{left_out}"),
            Self::MoneyBack { refund } => format!("order.money_back:{refund}"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TellBuyer {
    pub group: OrderGroupId,
    pub news: OrderNews,
}

impl TellBuyer {
    pub(crate) fn job(self) -> NewJob {
        NewJob::of(&self).unique(self.news.name(self.group))
    }
}

impl Job for TellBuyer {
    const NAME: &'static str = "order.tell_buyer";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let Some(group) = order::store::find_group(&mut tx, self.group).await? else {
            return Err(JobError::discard("the group is gone"));
        };
        let Some(to) = reader(&group) else {
            return Err(JobError::discard("its buyer was erased"));
        };
        // None where it is not so any more: paid before the bill could leave, say.
        if let Some(message) = message(&mut tx, &group, self.news).await? {
            notify::enqueue_once(&mut tx, cx, &to, &message, &self.news.name(self.group)).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// By e-mail where there is one, else by SMS.
fn reader(group: &Group) -> Option<Recipient> {
    let email = group.contact.email.as_ref().and_then(|it| EmailAddress::try_from(it.as_str()).ok());
    let phone = || group.contact.phone.as_ref().and_then(|it| PhoneNumber::try_from(it.as_str()).ok());
    let address = email.map(Address::Email).or_else(|| phone().map(Address::Phone))?;
    Some(match group.buyer.account() {
        Some(account) => Recipient::member(account, address, group.lang),
        None => Recipient::stranger(address, group.lang),
    })
}

async fn message(
    db: &mut PgConnection,
    group: &Group,
    news: OrderNews,
) -> Result<Option<Message>, sqlx::Error> {
    let (total, page) = (group.total, link(&format!("/orders/{}", group.id)));
    Ok(match news {
        OrderNews::ToPay => {
            let payment = payment::current_of_group(db, group.id).await?;
            match (group.state, group.due_at, payment) {
                (GroupState::AwaitingPayment, Some(due), Some(payment)) => {
                    Some(Message::OrderToPay { total, due, link: link(&format!("/pay/{}", payment.id)) })
                }
                _ => None,
            }
        }
        OrderNews::Paid => {
            let orders = views::orders::refs(db, group.id).await?;
            let numbers = orders.into_iter().map(|(_, number, _)| number).collect();
            let cash = group.method == model::payment::Method::Cod;
            Some(Message::OrderPaid { total, numbers, cash, link: page })
        }
        OrderNews::Expired => Some(Message::OrderExpired { total, link: page }),
        OrderNews::Cancelled { order } => {
            let before = order::store::left_out_of(db, order).await?.refund;
            of_order(db, group, order, |it, shop| {
                (it.state == OrderState::Cancelled).then(|| Message::OrderCancelled {
                    number: it.number.to_string(),
                    shop,
                    back: paid_back(group, it, before),
                    link: order_page(it),
                })
            })
            .await?
        }
        OrderNews::PartShipped { order, shipment } => {
            let pieces = views::parcels::pieces(db, shipment).await?;
            of_order(db, group, order, |it, shop| {
                let (number, link) = (it.number.to_string(), order_page(it));
                Some(Message::OrderPartShipped { number, shop, pieces: said(&pieces), link })
            })
            .await?
        }
        OrderNews::LeftOut { order, left_out } => {
            let rows = views::parcels::left_out(db, order).await?;
            let Some(row) = rows.into_iter().find(|row| row.id == left_out) else { return Ok(None) };
            of_order(db, group, order, |it, shop| {
                Some(Message::PiecesLeftOut {
                    number: it.number.to_string(),
                    shop,
                    pieces: said(&row.pieces),
                    back: group.paid_at.map(|_| row.refund).filter(|back| !back.is_zero()),
                    link: order_page(it),
                })
            })
            .await?
        }
        OrderNews::Shipped { order } => {
            of_order(db, group, order, |it, shop| {
                let (from, to) = (it.delivery.arrives_from, it.delivery.arrives_to);
                let noon = |day: time::Date| OffsetDateTime::new_utc(day, Time::MIDNIGHT);
                Some(Message::OrderShipped {
                    number: it.number.to_string(),
                    shop,
                    from: noon(from),
                    to: noon(to),
                    link: order_page(it),
                })
            })
            .await?
        }
        OrderNews::Delivered { order } => {
            of_order(db, group, order, |it, shop| {
                let (number, link) = (it.number.to_string(), order_page(it));
                it.settle_by.map(|settles| Message::OrderDelivered { number, shop, settles, link })
            })
            .await?
        }
        OrderNews::MoneyBack { refund } => payment::find_refund(db, refund)
            .await?
            .map(|refund| Message::MoneyBack { amount: refund.amount, link: page }),
    })
}

/// Cash on delivery was not paid, so nothing goes back; nor does what went back `before`.
fn paid_back(group: &Group, order: &Order, before: i64) -> Option<Money> {
    let total = order.sums.total;
    let rest = Money::new(total.amount() - before, total.currency());
    group.paid_at.map(|_| rest).filter(|rest| !rest.is_zero())
}

/// `2 × Kopi Arabika (250 g), 1 × Teh`
fn said(pieces: &[ParcelPiece]) -> String {
    let one = |it: &ParcelPiece| format!("{} × {}", it.quantity, it.shown());
    pieces.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn order_page(order: &Order) -> notify::Link {
    link(&format!("/account/orders/{}", order.id))
}

async fn of_order(
    db: &mut PgConnection,
    group: &Group,
    id: OrderId,
    make: impl FnOnce(&Order, String) -> Option<Message>,
) -> Result<Option<Message>, sqlx::Error> {
    let Some(order) = order::store::find_order(db, id).await? else { return Ok(None) };
    let shop = views::orders::refs(db, group.id).await?.into_iter().find(|(of, ..)| *of == id);
    Ok(shop.and_then(|(_, _, shop)| make(&order, shop)))
}
