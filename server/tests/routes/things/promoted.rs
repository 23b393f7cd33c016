//! What is given away: a flash sale that shops nominate for, and a voucher of the platform.

use super::Thing;
use crate::market::Walk;
use std::sync::atomic::Ordering;

impl Walk {
    /// A sale that is to come, at a time of its own, and waiting in it what the market's shop has nominated.
    pub(crate) async fn on_sale(&self) -> Thing {
        let (sale, n) = (self.kernel.ids().uuid(), self.met.fetch_add(1, Ordering::Relaxed));
        let mut tx = self.kernel.db().begin().await.unwrap();
        sqlx::query(
            "insert into flash_sale (id, name, starts_at, ends_at, nominate_until, created_at)
             select $1, 'Kilat', at, at + interval '1 hour', at - interval '1 day', now()
             from (select now() + interval '10 days' + $2 * interval '2 hours') as coming (at)",
        )
        .bind(sale)
        .bind(f64::from(n))
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query(
            "insert into flash_nomination (sale_id, variant_id, shop_id, price, quota, nominated_at)
             values ($1, $2, $3, 1000, 1, now())",
        )
        .bind(sale)
        .bind(self.variant)
        .bind(self.shop)
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        ("{sale}", sale.to_string())
    }

    /// A voucher that the platform gives and nobody has used, like the one of the demonstration.
    pub(crate) async fn given(&self) -> Thing {
        let (voucher, n) = (self.kernel.ids().uuid(), self.met.fetch_add(1, Ordering::Relaxed));
        sqlx::query(
            "insert into voucher (id, code, name, kind, currency, amount, rate, cap, min_spend, funder, starts_at, quota, created_at)
             select $1, 'RUMAH' || $2::text, name, kind, currency, amount, rate, cap, min_spend, funder, now(), 10, now()
             from voucher where shop_id is null and code = 'PASARHEMAT'",
        )
        .bind(voucher)
        .bind(n.to_string())
        .execute(self.kernel.db())
        .await
        .unwrap();
        ("{house_voucher}", voucher.to_string())
    }
}
