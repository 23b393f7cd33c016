//! The people and the work of the market's shop, and a shop that waits to be looked at.

use super::Thing;
use crate::market::Walk;
use identity::Token;
use kernel::jobs::Job as _;
use model::{
    Contact, Permission,
    ids::AccountId,
    shop::{ApplicantKind, DocumentKind, ShopInput},
};
use std::sync::atomic::Ordering;

/// Where goods can be put.
const SHIRTS: &str = "7e004c7a-6833-dd5c-be11-a18e1cdd9977";

impl Walk {
    /// The market's shop belongs to the first of these, who has the second pack there, and asked Sari to come; the third
    /// owns another.
    pub(crate) async fn staffed(
        &self,
        owner: AccountId,
        packer: AccountId,
        rival: AccountId,
        sari: &Contact,
    ) -> Vec<Thing> {
        let cx = self.kernel.job_cx();
        let (invitation, token) = (cx.ids().uuid(), Token::new(&cx));
        let mut tx = cx.begin().await.unwrap();
        sqlx::query("delete from shop_staff").execute(&mut *tx).await.unwrap();
        sqlx::query(
            "insert into shop_staff (shop_id, account_id, role, since)
             values ($1, $2, 'owner', now()), ($1, $3, 'fulfilment', now()),
               ((select id from shop where id <> $1 order by id limit 1), $4, 'owner', now())",
        )
        .bind(self.shop)
        .bind(owner.uuid())
        .bind(packer.uuid())
        .bind(rival.uuid())
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query("delete from shop_invitation").execute(&mut *tx).await.unwrap();
        sqlx::query("update shop set settings_version = 1").execute(&mut *tx).await.unwrap();
        sqlx::query("update voucher set version = 1").execute(&mut *tx).await.unwrap();
        // Whoever came before has thrown the list away, or ended the count. The other warehouse has the list's id.
        for sql in [
            "insert into stock_transfer (id, shop_id, from_warehouse, to_warehouse, created_at)
             select $1, shop_id, id, $1, now() from warehouse where id = $2 on conflict do nothing",
            "delete from stock_count where id <> $1 and warehouse_id = $2",
            "insert into stock_count (id, shop_id, warehouse_id, query, started_at)
             select $1, shop_id, id, '', now() from warehouse where id = $2
             on conflict (id) do update set state = 'open', ended_at = null",
        ] {
            let id = if sql.contains("stock_count") { self.count } else { self.transfer };
            sqlx::query(sql).bind(id).bind(self.warehouse).execute(&mut *tx).await.unwrap();
        }
        sqlx::query(
            "insert into shop_invitation (id, shop_id, email, role, token_hash, invited_by, created_at, expires_at)
             values ($1, $2, $3, 'finance', $4, $5, $6, $6 + interval '7 days')",
        )
        .bind(invitation)
        .bind(self.shop)
        .bind(sari.as_str())
        .bind(token.digest().as_bytes())
        .bind(owner.uuid())
        .bind(cx.now())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        vec![
            ("{packer}", packer.to_string()),
            ("{invitation}", invitation.to_string()),
            ("{invite}", token.text()),
        ]
    }

    /// A shop that waits to be looked at, where a row is about that: its documents take a while.
    pub(crate) async fn waiting(&self) -> Vec<Thing> {
        let (account, _) = self.meet("wulan", None).await;
        let (cx, member) = self.as_member(account).await;
        let name = format!("Toko {}", self.met.fetch_add(1, Ordering::Relaxed));
        let input = ShopInput { name, district: "31.74.07".to_owned(), ..ShopInput::default() };
        let slug = flows::seller::open(&cx, &member, &input, None).await.unwrap();
        let at = flows::seller::at_shop(&cx, slug.as_str(), Permission::Settings).await.unwrap();
        let card = include_bytes!("../../../media/tests/fixtures/adam-birkett-239153-unsplash.jpg");
        let applicant = flows::seller::Applicant {
            kind: ApplicantKind::Company,
            legal_name: "PT Wulan Jaya".to_owned(),
            files: vec![
                (DocumentKind::CompanyPapers, b"%PDF-1.7 a deed".as_slice().into()),
                (DocumentKind::IdentityCard, card.as_slice().into()),
            ],
        };
        let id = flows::seller::send_documents(&cx, &at, applicant).await.unwrap();
        let case =
            views::verification::case(&mut cx.db().acquire().await.unwrap(), id).await.unwrap().unwrap();
        vec![("{verification}", id.to_string()), ("{document}", case.documents[0].id.to_string())]
    }

    /// A product that the owner of the market's shop has begun, where a row is about that.
    pub(crate) async fn drafted(&self, owner: AccountId) -> Thing {
        let (cx, at) = self.at_shop(owner, Permission::Products).await;
        let id = flows::seller::editor::begin(&cx, &at, "Kaos Polos", SHIRTS, None).await.unwrap();
        ("{draft}", id.to_string())
    }

    /// A file of goods that the owner of the market's shop has sent and that was read through, where a row is about that.
    pub(crate) async fn sent(&self, owner: AccountId) -> Thing {
        let (cx, at) = self.at_shop(owner, Permission::Products).await;
        // What an earlier row left under way would keep this one waiting.
        sqlx::query("update goods_import set state = 'cancelled' where state in ('checking', 'taking_over')")
            .execute(cx.db())
            .await
            .unwrap();
        let content = b"sku,name,category,price\nX-1,Kaos Polos,fashion-pria,murah\n".as_slice().into();
        let sent = flows::seller::goods::Sent { name: "a.csv".to_owned(), content, stock: String::new() };
        let import = flows::seller::goods::send(&cx, &at, sent).await.unwrap();
        flows::seller::goods::ReadGoods { import }.run(&cx).await.unwrap();
        ("{run}", import.to_string())
    }

    /// A change of goods that the owner of the market's shop has planned, where a row is about that.
    pub(crate) async fn planned(&self, owner: AccountId) -> Thing {
        let (cx, at) = self.at_shop(owner, Permission::Products).await;
        let all = model::shop::BulkChosen::Matching(model::shop::StallFilter::default());
        let id = flows::seller::together::choose(&cx, &at, &all).await.unwrap();
        let heavier = model::shop::BulkInput {
            kind: "weight".to_owned(),
            value: "777".to_owned(),
            ..model::shop::BulkInput::default()
        };
        flows::seller::together::plan(&cx, &at, id, &heavier).await.unwrap();
        ("{edit}", id.to_string())
    }
}
