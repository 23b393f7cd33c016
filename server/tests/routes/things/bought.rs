//! What Sari has bought.

use super::Thing;
use crate::market::Walk;
use kernel::{Buyer, Uuid};
use model::{
    Permission,
    ids::{AccountId, OrderId, PaymentId},
    payment::Method,
};
use payment::{About, EventKind, ProviderEvent};

impl Walk {
    /// What Sari has in her cart and has ordered, where a row is about that: an order takes a while.
    pub(crate) async fn bought(&self, sari: AccountId) -> Vec<Thing> {
        let (cx, sari) = (self.kernel.job_cx(), Buyer::Member(sari));
        let variant = self.variant.into();
        // Enough for everybody who looks at these.
        sqlx::query("update stock set on_hand = reserved + 100 where variant_id = $1")
            .bind(self.variant)
            .execute(cx.db())
            .await
            .unwrap();
        flows::cart::add(&cx, &sari, variant, 1, "").await.unwrap();
        flows::checkout::set_method(&cx, &sari, Method::VaBca).await.unwrap();
        let total = flows::checkout::view(&cx, &sari, None).await.unwrap().summary.total;
        let key = cx.ids().uuid().to_string();
        let placed = flows::place_order::place(&cx, &sari, &key, total, Method::VaBca).await.unwrap();
        let group = flows::orders::group(&cx, &sari, placed.group).await.unwrap().unwrap();
        flows::cart::add(&cx, &sari, variant, 1, "").await.unwrap();
        let cart = flows::cart::view(&cx, Some(&sari)).await.unwrap();
        vec![
            ("{group}", placed.group.to_string()),
            ("{payment}", placed.payment.unwrap().to_string()),
            ("{order}", group.orders[0].id.to_string()),
            ("{line}", cart.items().next().unwrap().id.to_string()),
        ]
    }

    /// What Sari has ordered in the market's shop and paid for.
    pub(crate) async fn sold(&self, sari: AccountId) -> Vec<Thing> {
        let things = self.bought(sari).await;
        let of = |name: &str| things.iter().find(|(own, _)| *own == name).unwrap().1.clone();
        let payment: PaymentId = of("{payment}").parse().unwrap();
        let order: OrderId = of("{order}").parse().unwrap();
        let cx = self.kernel.job_cx();
        let mut db = cx.db().acquire().await.unwrap();
        let amount = payment::find(&mut db, payment).await.unwrap().unwrap().amount;
        drop(db);
        let event = ProviderEvent {
            id: format!("paid:{payment}"),
            about: About::Payment(payment),
            kind: EventKind::Captured,
            reference: payment.to_string(),
            amount,
            occurred_at: cx.now(),
            body: serde_json::Value::Null,
        };
        flows::pay::hear(&cx, "simulator", vec![event]).await.unwrap();
        vec![("{sold}", order.to_string())]
    }

    /// The same, packed in a parcel that a courier is booked for.
    pub(crate) async fn packed(&self, sari: AccountId, owner: AccountId) -> Vec<Thing> {
        let mut things = self.sold(sari).await;
        let order: OrderId = things[0].1.parse().unwrap();
        let (cx, at) = self.at_shop(owner, Permission::Orders).await;
        flows::fulfil::accept(&cx, &at, order).await.unwrap();
        flows::fulfil::pack(&cx, &at, order, Some(500)).await.unwrap();
        // Nobody answers for the carrier.
        let parcel: Uuid = sqlx::query_scalar(
            "update shipment set carrier_ref = id::text, tracking_ref = id::text, waybill = 'UJI-' || left(id::text, 8),
               booked_at = created_at
             where order_id = $1 and dropped_at is null returning id",
        )
        .bind(order.uuid())
        .fetch_one(cx.db())
        .await
        .unwrap();
        things.push(("{parcel}", parcel.to_string()));
        things
    }
}
