//! Vouchers, by the people of a shop.

use crate::{
    products::{Market, market},
    support::{at, logged, person, signed_in},
};
use flows::{
    cart,
    seller::{
        AtShop, at_shop,
        vouchers::{VoucherError, change, cost_of, extend, find, list, make, switch},
    },
};
use kernel::{Buyer, idempotency::Key};
use model::{
    AppError, Code, FieldError, Money, Permission, ShopRole,
    ids::{Uuid, VoucherId},
    shop::{ShopVoucher, StallFilter, StallRow, VoucherInput, VoucherStanding},
};
use sqlx::PgPool;
use time::Duration;

struct Stall {
    market: Market,
    at: AtShop,
}

/// Sari's shop, without the vouchers the demonstration gave it.
async fn stall(db: PgPool) -> Stall {
    let market = market(db).await;
    sqlx::query("delete from voucher").execute(market.cx.db()).await.unwrap();
    let at = at(&market.house.app, &market.sari, &market.slug, Permission::Promotions).await;
    Stall { market, at }
}

fn typed() -> VoucherInput {
    VoucherInput {
        kind: "percent".to_owned(),
        code: "senja10".to_owned(),
        name: "Diskon senja".to_owned(),
        percent: "10".to_owned(),
        cap: "15.000".to_owned(),
        quota: "2".to_owned(),
        public: "1".to_owned(),
        ..VoucherInput::default()
    }
}

impl Stall {
    async fn make(&self, input: &VoucherInput) -> Result<VoucherId, VoucherError> {
        make(&self.market.cx, &self.at, input, None).await
    }

    async fn shown(&self, id: VoucherId) -> ShopVoucher {
        find(&self.market.cx, &self.at, id).await.unwrap().unwrap().0.shown
    }

    /// Somebody's order used it, as placing one does.
    async fn used(&self, id: VoucherId, order: u128, amount: i64) {
        let cx = &self.market.cx;
        let mut db = cx.db().acquire().await.unwrap();
        let order = Uuid::from_u128(order);
        pricing::store::use_voucher(&mut db, id, order, "budi", Money::idr(amount), cx.now()).await.unwrap();
    }

    async fn standing(&self, standing: VoucherStanding) -> Vec<VoucherId> {
        let found = list(&self.market.cx, &self.at, standing, None, 100).await.unwrap();
        found.page.items.into_iter().map(|it| it.id).collect()
    }

    /// Something in the shop that can be had one by one.
    async fn cheap(&self) -> StallRow {
        let goods = self.market.goods(&StallFilter::default()).await;
        goods.into_iter().find(|row| row.variants[0].on_hand > 20).unwrap()
    }

    /// What a shopper's cart with so many of a thing saves by a code.
    async fn saved(&self, row: &StallRow, pieces: i32, code: &str) -> Option<(Money, Money)> {
        let cx = self.market.cx.clone();
        let buyer = Buyer::Member(person(&self.market.house.app, 77, "pembeli@mail.example").await.account);
        let (_, min): (Uuid, i32) = sqlx::query_as("select id, min_qty from product where id = $1")
            .bind(row.id.uuid())
            .fetch_one(cx.db())
            .await
            .unwrap();
        cart::add(&cx, &buyer, row.variants[0].id, pieces.max(min), "").await.unwrap();
        let before = cart::view(&cx, Some(&buyer)).await.unwrap().summary.total;
        cart::add_code(&cx, &buyer, code).await.unwrap();
        let view = cart::view(&cx, Some(&buyer)).await.unwrap();
        let off = view.codes.iter().find(|it| it.code == code).and_then(|it| it.off)?;
        assert_eq!(view.summary.total, before.minus(off).unwrap(), "the total falls by as much");
        Some((before, off))
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_lowers_a_shopper_s_cart_by_exactly_what_it_says(db: PgPool) {
    let stall = stall(db).await;
    stall.make(&typed()).await.unwrap();
    let row = stall.cheap().await;
    let (before, off) = stall.saved(&row, 1, "SENJA10").await.unwrap();
    let tenth = before.percent(1_000.try_into().unwrap());
    assert_eq!(off.amount(), tenth.amount().min(15_000));
    stall.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_is_for_its_products_and_its_shop_alone(db: PgPool) {
    let stall = stall(db).await;
    let row = stall.cheap().await;
    let other =
        stall.market.goods(&StallFilter::default()).await.into_iter().find(|it| it.id != row.id).unwrap();
    let narrow = VoucherInput { skus: other.variants[0].sku.clone(), ..typed() };
    let id = stall.make(&narrow).await.unwrap();
    assert_eq!(stall.shown(id).await.products, 1);
    assert_eq!(stall.saved(&row, 1, "SENJA10").await, None, "it is for another product");

    let elsewhere: String =
        sqlx::query_scalar("select sku from variant where shop_id <> $1 order by id limit 1")
            .bind(stall.at.shop().uuid())
            .fetch_one(stall.market.cx.db())
            .await
            .unwrap();
    let wrong = VoucherInput { code: "LAIN".to_owned(), skus: elsewhere, ..typed() };
    let refused = AppError::from(stall.make(&wrong).await.unwrap_err());
    assert_eq!(refused.of("skus"), Some(FieldError::NotAllowed));
    let wrong = VoucherInput { code: "SETIA".to_owned(), tier: "gold".to_owned(), ..typed() };
    let refused = AppError::from(stall.make(&wrong).await.unwrap_err());
    assert_eq!(refused.of("tier"), Some(FieldError::NotAllowed), "tiers are the platform's");
    let funder: String =
        sqlx::query_scalar("select funder from voucher").fetch_one(stall.market.cx.db()).await.unwrap();
    assert_eq!(funder, "shop");
    stall.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_code_is_given_once_and_a_form_sent_twice_makes_one_voucher(db: PgPool) {
    let stall = stall(db).await;
    let (cx, at) = (&stall.market.cx, &stall.at);
    let key: Key = "form-1".parse().unwrap();
    let made = make(cx, at, &typed(), Some(&key)).await.unwrap();
    assert_eq!(make(cx, at, &typed(), Some(&key)).await.unwrap(), made);
    let other = VoucherInput { name: "Lain".to_owned(), ..typed() };
    assert!(matches!(make(cx, at, &other, Some(&key)).await, Err(VoucherError::KeyReused)));
    let taken = AppError::from(stall.make(&other).await.unwrap_err());
    assert_eq!(taken.of("code"), Some(FieldError::Taken));
    assert_eq!(stall.standing(VoucherStanding::Running).await, [made]);
    assert_eq!(logged(cx, "voucher.made").await, 1);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_used_keeps_its_terms(db: PgPool) {
    let stall = stall(db).await;
    let (cx, at) = (&stall.market.cx, &stall.at);
    let id = stall.make(&typed()).await.unwrap();
    let better = VoucherInput { percent: "20".to_owned(), ..typed() };
    change(cx, at, (id, 1), &better).await.unwrap();
    let stale = change(cx, at, (id, 1), &typed()).await.unwrap_err();
    assert_eq!(AppError::from(stale).code, Code::Conflict);

    stall.used(id, 1, 12_000).await;
    let before = stall.shown(id).await;
    assert_eq!(
        (before.used, before.spent, before.is_frozen, before.version),
        (1, Money::idr(12_000), true, 2)
    );
    let used = change(cx, at, (id, 2), &typed()).await.unwrap_err();
    assert!(matches!(used, VoucherError::Used));
    let fewer = AppError::from(extend(cx, at, (id, 2), Some("1"), None).await.unwrap_err());
    assert_eq!(fewer.of("quota"), Some(FieldError::OutOfRange));
    let over = AppError::from(extend(cx, at, (id, 2), None, Some("2001-01-01")).await.unwrap_err());
    assert_eq!(over.of("until"), Some(FieldError::OutOfRange));
    assert_eq!(stall.shown(id).await, before, "what was refused changed nothing");

    extend(cx, at, (id, 2), Some("5"), None).await.unwrap();
    let after = stall.shown(id).await;
    assert_eq!(
        (after.quota, after.until, after.deal.clone(), after.version),
        (Some(5), None, before.deal, 3)
    );

    let mut db = cx.db().acquire().await.unwrap();
    pricing::store::give_back(&mut db, Uuid::from_u128(1), cx.now()).await.unwrap();
    drop(db);
    let after = stall.shown(id).await;
    assert_eq!((after.used, after.spent, after.is_frozen), (0, Money::idr(0), true), "it was promised once");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn vouchers_stand_where_their_time_and_switch_put_them(db: PgPool) {
    let stall = stall(db).await;
    let (cx, at) = (&stall.market.cx, &stall.at);
    let day =
        |days: i64| (cx.now() + Duration::days(days)).to_offset(time::macros::offset!(+7)).date().to_string();
    let with = |code: &str, from: String, until: String| VoucherInput {
        code: code.to_owned(),
        from,
        until,
        ..typed()
    };
    let running = stall.make(&with("KINI", String::new(), day(0))).await.unwrap();
    let coming = stall.make(&with("NANTI", day(2), day(3))).await.unwrap();
    let past = AppError::from(stall.make(&with("DULU", day(-3), day(-1))).await.unwrap_err());
    assert_eq!(past.of("until"), Some(FieldError::OutOfRange));
    let off = stall.make(&with("MATI", String::new(), String::new())).await.unwrap();
    switch(cx, at, off, false).await.unwrap();
    switch(cx, at, off, false).await.unwrap();
    assert_eq!(stall.standing(VoucherStanding::Running).await, [running]);
    assert_eq!(stall.standing(VoucherStanding::Coming).await, [coming]);
    assert_eq!(stall.standing(VoucherStanding::Off).await, [off]);
    stall.market.house.app.advance(Duration::days(1)).await;
    assert_eq!(stall.standing(VoucherStanding::Ended).await, [running]);
    switch(cx, at, off, true).await.unwrap();
    assert_eq!(stall.standing(VoucherStanding::Running).await, [off]);

    let first = list(cx, at, VoucherStanding::Running, None, 1).await.unwrap();
    assert_eq!((first.page.items.len(), first.page.next), (1, None));
    stall.make(&with("LAGI", String::new(), String::new())).await.unwrap();
    let first = list(cx, at, VoucherStanding::Running, None, 1).await.unwrap();
    let second = list(cx, at, VoucherStanding::Running, first.page.next.as_deref(), 1).await.unwrap();
    assert_eq!(second.page.items[0].id, off, "the older one comes after");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_a_voucher_costs_is_told_before_it_is_made(db: PgPool) {
    let stall = stall(db).await;
    let (cx, at) = (&stall.market.cx, &stall.at);
    let cost = cost_of(cx, at, &typed()).await.unwrap();
    assert_eq!((cost.most_each, cost.worst), (Some(Money::idr(15_000)), Some(Money::idr(30_000))));
    let usual = cost.usual.unwrap();
    assert_eq!(cost.off.amount(), usual.goods.percent(1_000.try_into().unwrap()).amount().min(15_000));
    let unlimited = VoucherInput { quota: String::new(), ..typed() };
    assert_eq!(cost_of(cx, at, &unlimited).await.unwrap().worst, None);
    let dear = VoucherInput { min_spend: "1.000.000.000".to_owned(), ..typed() };
    assert_eq!(cost_of(cx, at, &dear).await.unwrap().off, Money::idr(0));
    assert!(stall.standing(VoucherStanding::Running).await.is_empty(), "nothing was made");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_only_packs_and_other_shops_promise_nothing(db: PgPool) {
    let stall = stall(db).await;
    let app = &stall.market.house.app;
    let id = stall.make(&typed()).await.unwrap();
    let budi = person(app, 2, "budi@mail.example").await;
    let mut db = stall.market.cx.db().acquire().await.unwrap();
    let now = stall.market.cx.now();
    shop::store::staff::appoint(&mut db, stall.at.shop(), budi.account, ShopRole::Fulfilment, now)
        .await
        .unwrap();
    let wati = person(app, 3, "wati@mail.example").await;
    let rival: Uuid = sqlx::query_scalar("select id from shop where id <> $1 order by id limit 1")
        .bind(stall.at.shop().uuid())
        .fetch_one(&mut *db)
        .await
        .unwrap();
    shop::store::staff::appoint(&mut db, rival.into(), wati.account, ShopRole::Owner, now).await.unwrap();
    drop(db);

    let cx = signed_in(app, &budi);
    let slug = stall.market.slug.as_str();
    assert!(at_shop(&cx, slug, Permission::Promotions).await.is_err(), "it is not their work");
    let packer = at_shop(&cx, slug, Permission::Orders).await.unwrap();
    assert!(matches!(make(&cx, &packer, &typed(), None).await, Err(VoucherError::NotFound)));
    assert!(matches!(switch(&cx, &packer, id, false).await, Err(VoucherError::NotFound)));

    let cx = signed_in(app, &wati);
    let theirs: String = sqlx::query_scalar("select slug from shop where id = $1")
        .bind(rival)
        .fetch_one(cx.db())
        .await
        .unwrap();
    let rival = at_shop(&cx, &theirs, Permission::Promotions).await.unwrap();
    assert!(find(&cx, &rival, id).await.unwrap().is_none());
    assert!(matches!(change(&cx, &rival, (id, 1), &typed()).await, Err(VoucherError::NotFound)));
    assert!(matches!(extend(&cx, &rival, (id, 1), None, None).await, Err(VoucherError::NotFound)));
    assert!(matches!(switch(&cx, &rival, id, false).await, Err(VoucherError::NotFound)));
    assert_eq!(stall.standing(VoucherStanding::Running).await, [id]);
}
