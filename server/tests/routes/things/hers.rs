//! What Sari keeps, and what there is of the market.

use super::Thing;
use crate::market::Walk;
use flows::wishlist::Onto;
use identity::passkey;
use inquiry::NewSynonym;
use kernel::jobs::Job as _;
use model::{Contact, Lang, address::AddressInput, ids::AccountId};
use notify::{Channel, EmailAddress, Link, Message, Post, Recipient, Topic, Unsubscribe};
use std::sync::atomic::Ordering;

impl Walk {
    /// What rows are often about. What takes a while, and would be more with each row, is there where a row is about that.
    pub(crate) async fn things(&self, sari: AccountId, contact: &Contact, row: &str) -> Vec<Thing> {
        let about = |names: &[&str]| names.iter().any(|name| row.contains(name));
        let (_, member) = self.as_member(sari).await;
        let (session, cx) = (member.session, self.kernel.job_cx());
        let address = flows::address::add(&cx, &member, &an_address(), false, None).await.unwrap();
        let n = self.met.fetch_add(1, Ordering::Relaxed);
        let way_out = Unsubscribe { account: sari, topic: Topic::PriceDrop, channel: Channel::Email };
        let way_out = cx.part::<Post>().unwrap().unsubscribe_url(way_out);
        let mut things = vec![
            ("{way_out}", way_out.rsplit('/').next().unwrap().to_owned()),
            ("{session}", session.to_string()),
            ("{address}", address.to_string()),
            ("{contact}", contact.as_str().to_owned()),
            ("{fresh}", n.to_string()),
            ("{product}", self.product.clone()),
            ("{slug}", self.product_slug.clone()),
            ("{shop}", self.shop_slug.clone()),
            ("{shop_id}", self.shop.to_string()),
            ("{variant}", self.variant.to_string()),
            ("{warehouse}", self.warehouse.to_string()),
            ("{transfer}", self.transfer.to_string()),
            ("{count}", self.count.to_string()),
            ("{voucher}", self.voucher.to_string()),
        ];
        if about(&["{list}", "{item}", "{share}"]) {
            things.extend(self.wished(sari).await);
        }
        if about(&["export"]) {
            things.push(self.copied(sari).await);
        }
        if about(&["synonym"]) {
            things.push(self.alike().await);
        }
        if about(&["{message}"]) {
            things.push(self.told(sari, contact).await);
        }
        things
    }

    /// A wishlist that is shared, with something in it.
    async fn wished(&self, sari: AccountId) -> [Thing; 3] {
        let (cx, member) = self.as_member(sari).await;
        let name = format!("Hadiah {}", self.met.fetch_add(1, Ordering::Relaxed));
        let list = flows::wishlist::make(&cx, &member, &name, None).await.unwrap();
        let shared = flows::wishlist::share(&cx, &member, list).await.unwrap();
        let what = (self.product.parse().unwrap(), None);
        let (_, item) = flows::wishlist::add(&cx, &member, Onto::List(list), what, None).await.unwrap();
        [("{list}", list.to_string()), ("{item}", item.to_string()), ("{share}", shared.as_str().to_owned())]
    }

    /// A copy of what is kept about her.
    async fn copied(&self, sari: AccountId) -> Thing {
        let (hers, _) = self.as_member(sari).await;
        let cx = self.kernel.job_cx();
        // Nobody here has asked for as many today as they may.
        sqlx::query("update data_export set requested_at = requested_at - interval '2 days'")
            .execute(cx.db())
            .await
            .unwrap();
        let proved = hers.proved(flows::account::STEP_UP).unwrap();
        let export = flows::privacy::request_export(&cx, &proved).await.unwrap();
        flows::privacy::ExportData { export }.run(&cx).await.unwrap();
        ("{export}", export.to_string())
    }

    /// Words of the market that mean the same.
    async fn alike(&self) -> Thing {
        let n = self.met.fetch_add(1, Ordering::Relaxed);
        let phrases = NewSynonym::parse(None, &format!("ponsel{n}, hp{n}"), "").unwrap();
        let synonym = flows::synonyms::add(&self.kernel.job_cx(), &phrases).await.unwrap();
        ("{synonym}", synonym.to_string())
    }

    /// What was sent to her.
    async fn told(&self, sari: AccountId, contact: &Contact) -> Thing {
        let cx = self.kernel.job_cx();
        let mut tx = cx.begin().await.unwrap();
        let to = Recipient::member(sari, EmailAddress::try_from(contact.as_str()).unwrap(), Lang::En);
        let welcome = Message::Welcome { link: Link::to("/account".parse().unwrap()) };
        let message = notify::enqueue(&mut tx, &cx, &to, &welcome).await.unwrap();
        tx.commit().await.unwrap();
        ("{message}", message.to_string())
    }

    /// A passkey of Sari's, where a row is about that: with one her password alone no longer lets her in.
    pub(crate) async fn passkey(&self, sari: AccountId) -> Thing {
        let cx = self.kernel.job_cx();
        let (id, name) = (cx.id(), passkey::Name::parse("Ponsel").unwrap());
        let key = passkey::NewKey {
            credential: cx.ids().uuid().as_bytes().to_vec(),
            key: vec![0],
            state: [0; 7],
            transports: 0,
            sign_count: 0,
            synced: false,
        };
        let mut db = cx.db().acquire().await.unwrap();
        assert!(passkey::store::insert(&mut db, id, sari, &key, &name, cx.now()).await.unwrap());
        ("{passkey}", id.to_string())
    }
}

fn an_address() -> AddressInput {
    AddressInput {
        recipient: "Sari Wulandari".to_owned(),
        phone: "0812-3456-7890".to_owned(),
        district: "31.74.07".to_owned(),
        postcode: "12110".to_owned(),
        street: "Jl. Melati No. 5".to_owned(),
        ..AddressInput::default()
    }
}
