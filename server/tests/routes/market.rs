//! The market all rows are tried in, and the people who try them.

use crate::{
    account, audit, couriers, doorman, figures, goods, media_files, messages, outside, papers, payments,
    provider, reorder, routed, shops, sitemap, statement, unsubscribe,
};
use axum::Router;
use flows::{
    pay,
    privacy::Exports,
    seller::{AtShop, Papers, today},
};
use identity::{
    Guard, Password, Safe, Token,
    operator::Giver,
    passkey::Relying,
    password::{Cost, Hasher},
    session::{NewSession, Stay, store},
};
use kernel::{Cx, Kernel, Member, Uuid, Viewer};
use leptos::config::LeptosOptions;
use media::Files;
use model::{
    Contact, Duties, Lang, OperatorRole, Permission,
    ids::{AccountId, SessionId},
};
use notify::{Post, PostSettings};
use sqlx::PgPool;
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use web::{Health, Rates, WebSettings};

const PASSWORD: &str = "lautan biru senja kala";

pub(crate) struct Walk {
    pub(crate) kernel: Kernel,
    pub(crate) router: Router,
    /// Of the password everybody here has.
    pub(crate) hash: String,
    /// Counts people, so that each has an address of their own.
    pub(crate) met: AtomicU32,
    pub(crate) product: String,
    pub(crate) product_slug: String,
    pub(crate) shop_slug: String,
    pub(crate) variant: Uuid,
    pub(crate) shop: Uuid,
    /// The shop's main one, a list of what is to go from there to another, a count there, and a voucher nobody has used.
    pub(crate) warehouse: Uuid,
    pub(crate) transfer: Uuid,
    pub(crate) count: Uuid,
    pub(crate) voucher: Uuid,
}

impl Walk {
    pub(crate) async fn begin(db: PgPool, folder: &Path) -> (Self, Vec<(String, String)>) {
        let guard = Guard {
            hasher: Hasher::start(Cost { memory: 64, passes: 1, lanes: 1 }, 1, 64),
            safe: Safe::new(b"a key of the tests that is long enough"),
            host: "localhost".to_owned(),
        };
        let bare = Kernel::new(db.clone());
        let typed = Password::typed(PASSWORD).unwrap();
        let hash = guard.hasher.hash(bare.ids(), typed).await.unwrap();
        let engine = flows::index::open(&folder.join("search")).unwrap();
        let post = Post::open(&bare, PostSettings::default()).await.unwrap();
        let kernel = bare
            .with_part(Arc::new(guard))
            .with_part(Arc::new(engine))
            .with_part(Arc::new(post))
            .with_part(Arc::new(Files::folder(&folder.join("media")).unwrap()))
            .with_part(Arc::new(Exports::folder(&folder.join("exports")).unwrap()))
            .with_part(Arc::new(Papers::folder(&folder.join("papers")).unwrap()))
            .with_part(Arc::new(doorman::door()))
            .with_part(Arc::new(outside::till()))
            .with_part(Arc::new(outside::cashier()))
            .with_part(Arc::new(outside::fleet()))
            .with_part(Arc::new(pay::News::default()))
            .with_part(Arc::new(today::News::default()))
            .with_part(Arc::new(Relying::of("http://localhost").unwrap()))
            .with_part(Arc::new(outside::away()));
        let settings =
            WebSettings { rates: Rates { enabled: false, ..Rates::default() }, ..WebSettings::default() };
        let options = LeptosOptions::builder()
            .output_name("pasar")
            .site_root(folder.to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .build();
        let health = Health::new(&kernel, &settings);
        let routes = routed::routes(&health);
        let site = web::site(&options, &settings, app::App, app::shell)
            .layer(axum::Extension(model::Site("http://localhost".into())))
            .merge(gateway_rest::router(health.clone(), "/pkg/pasar.css"))
            .merge(account::routes())
            .merge(audit::routes())
            .merge(messages::routes())
            .merge(figures::routes())
            .merge(statement::routes())
            .merge(reorder::routes())
            .merge(goods::routes().layer(axum::Extension(model::Site("http://localhost".to_owned()))))
            .merge(papers::routes().layer(axum::Extension(model::Site("http://localhost".to_owned()))))
            .merge(shops::routes())
            .merge(provider::routes("/pkg/pasar.css"))
            .merge(media_files::routes())
            .merge(sitemap::routes("http://localhost"))
            .merge(unsubscribe::routes("/pkg/pasar.css"))
            .merge(payments::routes())
            .merge(couriers::routes())
            .merge(outside::simulators(&kernel))
            .merge(health.routes());
        let router = web::layers(site, &settings, &kernel);
        flows::seed::demo(&kernel.job_cx(), 1).await.unwrap();
        let (product, product_slug, shop_slug, variant, shop): (Uuid, String, String, Uuid, Uuid) = sqlx::query_as(
            "select product.id, product.slug, shop.slug, variant.id, shop.id
             from product join shop on shop.id = product.shop_id join variant on variant.product_id = product.id
             where variant.on_hand > 50 and product.min_qty = 1
             order by product.id, variant.id limit 1",
        )
        .fetch_one(&db)
        .await
        .unwrap();
        let of_shop = |sql: &'static str| sqlx::query_scalar::<_, Uuid>(sql).bind(shop).fetch_one(&db);
        let warehouse =
            of_shop("select id from warehouse where shop_id = $1 and position = 0").await.unwrap();
        let voucher = of_shop("select id from voucher where shop_id = $1 order by id limit 1").await.unwrap();
        let (transfer, count) = (Uuid::from_u128(9_001), Uuid::from_u128(9_002));
        sqlx::query(
            "insert into warehouse (id, shop_id, name, region_code, position, created_at)
             select $1, shop_id, 'Cabang', region_code, 50, now() from warehouse where id = $2",
        )
        .bind(transfer)
        .bind(warehouse)
        .execute(&db)
        .await
        .unwrap();
        let product = product.to_string();
        let met = AtomicU32::new(0);
        let walk = Self {
            kernel,
            router,
            hash,
            met,
            product,
            product_slug,
            shop_slug,
            variant,
            shop,
            warehouse,
            transfer,
            count,
            voucher,
        };
        (walk, routes)
    }

    pub(crate) async fn meet(&self, name: &str, role: Option<OperatorRole>) -> (AccountId, Contact) {
        let cx = self.kernel.job_cx();
        let n = self.met.fetch_add(1, Ordering::Relaxed);
        let contact: Contact = format!("{name}{n}@mail.example").parse().unwrap();
        let mut tx = cx.begin().await.unwrap();
        let id = flows::account::open_account(&cx, &mut tx, &contact, &self.hash, Lang::En).await.unwrap();
        tx.commit().await.unwrap();
        if let Some(role) = role {
            flows::account::grant(&cx, Giver::Console, &contact, role).await.unwrap();
        }
        (id, contact)
    }

    pub(crate) async fn session(&self, account: AccountId) -> (SessionId, Token) {
        let cx = self.kernel.job_cx();
        let new = NewSession::begin(&cx, account, Stay::Program);
        store::insert(&mut cx.db().acquire().await.unwrap(), &new, cx.now()).await.unwrap();
        (new.id, new.token)
    }

    /// The context of somebody who is signed in and has just proved themselves.
    pub(crate) async fn as_member(&self, account: AccountId) -> (Cx, Member) {
        let (session, _) = self.session(account).await;
        let cx = self.kernel.job_cx();
        let member = Member { account, session, duties: Duties::NONE, proved_at: cx.now() };
        (cx.as_viewer(Viewer::Member(member.clone())), member)
    }

    /// Somebody at the market's shop, to do what takes this permission.
    pub(crate) async fn at_shop(&self, who: AccountId, permission: Permission) -> (Cx, AtShop) {
        let (cx, _) = self.as_member(who).await;
        let at = flows::seller::at_shop(&cx, &self.shop_slug, permission).await.unwrap();
        (cx, at)
    }
}
