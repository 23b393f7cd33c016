//! Flash sales, from the operator who announces one to the shop that takes part.

use crate::{
    products::{Market, market},
    support::{at, letters, logged, person, signed_in},
};
use flows::{
    sales::{self, SaleError},
    seller::{
        AtShop, at_shop,
        flash::{FlashError, coming, cost_of, find, find_goods, nominate, withdraw},
    },
};
use kernel::{Cx, Operator};
use model::{
    AppError, Code, Duty, FieldError, Permission, ShopRole,
    ids::{FlashSaleId, Uuid, VariantId},
    views::sales::{Asked, NominationInput, NominationState, SaleGood, SaleInput, SaleStanding},
};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime, macros::offset};

struct Fair {
    market: Market,
    at: AtShop,
    /// Somebody who looks after campaigns.
    desk: Cx,
    by: Operator,
}

async fn fair(db: PgPool) -> Fair {
    let market = market(db).await;
    let at = at(&market.house.app, &market.sari, &market.slug, Permission::Promotions).await;
    let (desk, by) = operator(&market, 9, Duty::Catalogue).await;
    Fair { market, at, desk, by }
}

async fn operator(market: &Market, n: u128, duty: Duty) -> (Cx, Operator) {
    let mut member = person(&market.house.app, n, &format!("operator{n}@mail.example")).await;
    member.duties = [duty].into_iter().collect();
    let cx = signed_in(&market.house.app, &member);
    let operator = cx.operator(duty).unwrap();
    (cx, operator)
}

/// As a browser sends it.
fn typed(at: OffsetDateTime) -> String {
    let at = at.to_offset(offset!(+7));
    format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
}

fn bid(price: i64, quota: i32) -> NominationInput {
    NominationInput { price: price.to_string(), quota: quota.to_string(), per_buyer: String::new() }
}

impl Fair {
    fn cx(&self) -> &Cx {
        &self.market.cx
    }

    /// It begins in two days and takes nominations for one; a tenth below the lowest price, one thing of each shop.
    fn input(&self) -> SaleInput {
        let now = self.cx().now();
        SaleInput {
            name: "Kilat akhir pekan".to_owned(),
            starts: typed(now + Duration::days(2)),
            ends: typed(now + Duration::days(2) + Duration::hours(3)),
            least: "10".to_owned(),
            per_shop: "1".to_owned(),
            nominate_until: typed(now + Duration::days(1)),
        }
    }

    async fn announced(&self) -> FlashSaleId {
        sales::make(&self.desk, &self.by, &self.input(), None).await.unwrap()
    }

    /// What is on sale and lies there in a number that can be counted on.
    async fn goods(&self, sale: FlashSaleId) -> Vec<SaleGood> {
        let mut goods = find_goods(self.cx(), &self.at, sale, "").await.unwrap();
        goods.retain(|good| good.stock.is_some_and(|stock| stock >= 2) && good.most.is_some());
        assert!(goods.len() >= 2, "the demonstration has enough");
        goods
    }

    async fn asked(&self, sale: FlashSaleId, variant: VariantId) -> Asked {
        let page = find(self.cx(), &self.at, sale).await.unwrap();
        let good = page.goods.items.into_iter().find(|good| good.variant == variant).unwrap();
        good.asked.unwrap()
    }

    async fn items(&self, sale: FlashSaleId) -> i64 {
        sqlx::query_scalar("select count(*) from flash_item where sale_id = $1")
            .bind(sale.uuid())
            .fetch_one(self.cx().db())
            .await
            .unwrap()
    }

    /// What a piece costs now where a sale names it.
    async fn price(&self, variant: VariantId) -> Option<i64> {
        let mut db = self.cx().db().acquire().await.unwrap();
        let prices = pricing::store::flash_prices(&mut db, &[variant], None, self.cx().now()).await.unwrap();
        prices.get(&variant).map(|price| price.price.amount())
    }
}

/// Where the demonstration's own sale does not name it.
async fn without_the_demonstration_s(fair: &Fair) {
    for sql in ["delete from flash_claim", "delete from flash_item"] {
        sqlx::query(sql).execute(fair.cx().db()).await.unwrap();
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_a_shop_nominates_and_an_operator_accepts_is_sold_at_that_price(db: PgPool) {
    let fair = fair(db).await;
    without_the_demonstration_s(&fair).await;
    let sale = fair.announced().await;
    let good = fair.goods(sale).await.remove(0);
    let most = good.most.unwrap().amount();
    let of = (sale, good.variant);
    let cost = cost_of(fair.cx(), &fair.at, of, &bid(most, 2)).await.unwrap();
    assert_eq!(cost.off.amount(), good.price.amount() - most);
    assert_eq!(cost.keeps.amount(), most - cost.fees.amount());
    assert!(cost.less.amount() > 0 && fair.items(sale).await == 0, "it was only asked");

    nominate(fair.cx(), &fair.at, of, &bid(most, 2)).await.unwrap();
    assert_eq!(fair.asked(sale, good.variant).await.state, NominationState::Waiting);
    let waiting = sales::find(&fair.desk, &fair.by, sale, NominationState::Waiting, None, 10).await.unwrap();
    assert_eq!(waiting.goods.items.len(), 1);
    assert_eq!((waiting.sale.standing, waiting.sale.waiting), (SaleStanding::Open, 1));
    assert_eq!(fair.items(sale).await, 0);

    sales::accept(&fair.desk, &fair.by, of).await.unwrap();
    sales::accept(&fair.desk, &fair.by, of).await.unwrap();
    assert_eq!(fair.items(sale).await, 1, "again changes nothing");
    let again = nominate(fair.cx(), &fair.at, of, &bid(most - 1, 2)).await;
    assert!(matches!(again, Err(FlashError::Settled)), "what was accepted stays as it was");
    assert_eq!(fair.price(good.variant).await, None, "it has not begun");

    fair.market.house.app.advance(Duration::days(2) + Duration::HOUR).await;
    assert_eq!(fair.price(good.variant).await, Some(most));
    let shown = coming(fair.cx(), &fair.at).await.unwrap();
    let shown = shown.iter().find(|it| it.id == sale).unwrap();
    assert_eq!((shown.standing, shown.accepted), (SaleStanding::Running, 1));
    assert!(matches!(withdraw(fair.cx(), &fair.at, of).await, Err(FlashError::Settled)));
    let refused = sales::refuse(&fair.desk, &fair.by, of, "Terlambat").await;
    assert!(matches!(refused, Err(SaleError::Settled)), "shoppers were promised it");
    assert!(matches!(sales::cancel(&fair.desk, &fair.by, sale).await, Err(SaleError::Settled)));
    fair.market.house.app.advance(Duration::hours(3)).await;
    assert_eq!(fair.price(good.variant).await, None, "it is over");
    for (action, lines) in [("flash_sale.made", 1), ("nomination.made", 1), ("nomination.accepted", 1)] {
        assert_eq!(logged(fair.cx(), action).await, lines, "{action}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_nomination_undercuts_the_lowest_price_and_promises_no_more_than_there_is(db: PgPool) {
    let fair = fair(db).await;
    let sale = fair.announced().await;
    let good = fair.goods(sale).await.remove(0);
    let (of, stock) = ((sale, good.variant), good.stock.unwrap());
    let most = good.most.unwrap().amount();
    assert_eq!(most, (good.lowest.amount() * 9 / 10).min(good.lowest.amount() - 1));
    let wrong = async |input: NominationInput| {
        AppError::from(nominate(fair.cx(), &fair.at, of, &input).await.unwrap_err())
    };
    assert_eq!(wrong(bid(most + 1, 1)).await.of("price"), Some(FieldError::OutOfRange));
    assert_eq!(wrong(bid(most, stock + 1)).await.of("quota"), Some(FieldError::OutOfRange));
    let greedy = NominationInput { per_buyer: "3".to_owned(), ..bid(most, 2) };
    assert_eq!(wrong(greedy).await.of("per_buyer"), Some(FieldError::OutOfRange));
    assert!(find(fair.cx(), &fair.at, sale).await.unwrap().goods.items.is_empty(), "nothing was noted");

    // It was cheaper for a while, less than 30 days ago; dearer again, it still has to undercut that.
    let half = good.lowest.amount() / 2;
    for (price, days) in [(half, 0), (good.price.amount(), 1)] {
        sqlx::query("update variant set price = $2, list_price = null, updated_at = $3 where id = $1")
            .bind(good.variant.uuid())
            .bind(price)
            .bind(fair.cx().now() + Duration::days(days))
            .execute(fair.cx().db())
            .await
            .unwrap();
    }
    let now = fair.goods(sale).await;
    let now = now.iter().find(|it| it.variant == good.variant).unwrap();
    assert_eq!((now.price, now.lowest.amount()), (good.price, half));
    assert!(now.most.unwrap().amount() <= half * 9 / 10);
    assert_eq!(wrong(bid(most, 1)).await.of("price"), Some(FieldError::OutOfRange));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_in_one_sale_is_not_taken_into_another_of_that_time(db: PgPool) {
    let fair = fair(db).await;
    let (first, second) = (fair.announced().await, fair.announced().await);
    let good = fair.goods(first).await.remove(0);
    let price = bid(good.most.unwrap().amount(), 1);
    for sale in [first, second] {
        nominate(fair.cx(), &fair.at, (sale, good.variant), &price).await.unwrap();
    }

    // Both operators press at once.
    let (one, other) = tokio::join!(
        sales::accept(&fair.desk, &fair.by, (first, good.variant)),
        sales::accept(&fair.desk, &fair.by, (second, good.variant)),
    );
    let (held, free) = if one.is_ok() { (first, second) } else { (second, first) };
    let refused = if held == first { other } else { one };
    assert!(matches!(refused, Err(SaleError::Elsewhere)), "{refused:?}");
    assert_eq!(AppError::from(SaleError::Elsewhere).of("variant"), Some(FieldError::Taken));
    assert_eq!((fair.items(held).await, fair.items(free).await), (1, 0));
    assert_eq!(fair.asked(free, good.variant).await.state, NominationState::Waiting);

    // The operator sees why, and the shop is told before anybody has to.
    let waiting = sales::find(&fair.desk, &fair.by, free, NominationState::Waiting, None, 10).await.unwrap();
    assert_eq!(waiting.goods.items[0].elsewhere.as_deref(), Some("Kilat akhir pekan"));
    let again = nominate(fair.cx(), &fair.at, (free, good.variant), &price).await;
    assert!(matches!(again, Err(FlashError::Elsewhere)));

    // At another time it may, and at this one again once it is taken back.
    let now = fair.cx().now();
    let after = SaleInput {
        starts: typed(now + Duration::days(2) + Duration::hours(3)),
        ends: typed(now + Duration::days(2) + Duration::hours(4)),
        ..fair.input()
    };
    let after = sales::make(&fair.desk, &fair.by, &after, None).await.unwrap();
    nominate(fair.cx(), &fair.at, (after, good.variant), &price).await.unwrap();
    sales::accept(&fair.desk, &fair.by, (after, good.variant)).await.unwrap();
    withdraw(fair.cx(), &fair.at, (held, good.variant)).await.unwrap();
    sales::accept(&fair.desk, &fair.by, (free, good.variant)).await.unwrap();
    assert_eq!((fair.items(free).await, fair.items(after).await), (1, 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_hears_once_what_was_decided(db: PgPool) {
    let fair = fair(db).await;
    let input = SaleInput { per_shop: "2".to_owned(), ..fair.input() };
    let sale = sales::make(&fair.desk, &fair.by, &input, None).await.unwrap();
    let goods = fair.goods(sale).await;
    let of = |n: usize| (sale, goods[n].variant);
    for (n, good) in goods.iter().take(2).enumerate() {
        let most = good.most.unwrap().amount();
        nominate(fair.cx(), &fair.at, of(n), &bid(most, 1)).await.unwrap();
    }
    let budi = person(&fair.market.house.app, 2, "budi@mail.example").await;
    let mut db = fair.cx().db().acquire().await.unwrap();
    let now = fair.cx().now();
    shop::store::staff::appoint(&mut db, fair.at.shop(), budi.account, ShopRole::Fulfilment, now)
        .await
        .unwrap();
    drop(db);
    let heard = async |who: &str| {
        fair.market.house.app.run_jobs().await;
        fair.market.house.app.advance(Duration::minutes(6)).await;
        fair.market.house.app.run_jobs().await;
        let sent = letters(fair.cx(), who).await;
        sent.iter().filter(|kind| *kind == "nominations_decided").count()
    };
    assert_eq!(heard("sari@mail.example").await, 0, "nothing is decided");

    sales::accept(&fair.desk, &fair.by, of(0)).await.unwrap();
    sales::accept(&fair.desk, &fair.by, of(0)).await.unwrap();
    sales::refuse(&fair.desk, &fair.by, of(1), "Fotonya buram.").await.unwrap();
    assert_eq!(heard("sari@mail.example").await, 1, "both in one");
    let said: serde_json::Value =
        sqlx::query_scalar("select message from delivery where kind = 'nominations_decided'")
            .fetch_one(fair.cx().db())
            .await
            .unwrap();
    assert_eq!(said["accepted"].as_array().map(Vec::len), Some(1));
    assert_eq!(said["refused"][0]["reason"], "Fotonya buram.");
    assert_eq!(heard("sari@mail.example").await, 1);
    assert_eq!(heard("budi@mail.example").await, 0, "it is not his work");

    // Asked anew, decided anew.
    let most = goods[1].most.unwrap().amount();
    nominate(fair.cx(), &fair.at, of(1), &bid(most, 1)).await.unwrap();
    assert_eq!(heard("sari@mail.example").await, 1);
    sales::accept(&fair.desk, &fair.by, of(1)).await.unwrap();
    assert_eq!(heard("sari@mail.example").await, 2);
    // Of what was called off before anybody was told there is nothing to tell.
    sales::refuse(&fair.desk, &fair.by, of(0), "Stoknya kurang.").await.unwrap();
    sales::cancel(&fair.desk, &fair.by, sale).await.unwrap();
    assert_eq!(heard("sari@mail.example").await, 2);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_has_so_many_in_a_sale_at_most_and_takes_them_back_in_time(db: PgPool) {
    let fair = fair(db).await;
    let sale = fair.announced().await;
    let goods = fair.goods(sale).await;
    let of = |n: usize| (sale, goods[n].variant);
    let ask =
        async |n: usize| nominate(fair.cx(), &fair.at, of(n), &bid(goods[n].most.unwrap().amount(), 1)).await;
    ask(0).await.unwrap();
    ask(0).await.unwrap();
    assert!(matches!(ask(1).await, Err(FlashError::Most)), "one of each shop");
    sales::accept(&fair.desk, &fair.by, of(0)).await.unwrap();
    assert!(matches!(ask(1).await, Err(FlashError::Most)));

    withdraw(fair.cx(), &fair.at, of(0)).await.unwrap();
    withdraw(fair.cx(), &fair.at, of(0)).await.unwrap();
    assert_eq!(fair.items(sale).await, 0, "it is not in the sale any more");
    assert_eq!(fair.asked(sale, goods[0].variant).await.state, NominationState::Withdrawn);
    ask(1).await.unwrap();

    for (reason, wrong) in [("  ", FieldError::Required), (&*"x".repeat(501), FieldError::TooLong)] {
        let error = AppError::from(sales::refuse(&fair.desk, &fair.by, of(1), reason).await.unwrap_err());
        assert_eq!(error.of("reason"), Some(wrong));
    }
    sales::refuse(&fair.desk, &fair.by, of(1), "Fotonya buram.").await.unwrap();
    let asked = fair.asked(sale, goods[1].variant).await;
    assert_eq!((asked.state, asked.reason.as_deref()), (NominationState::Refused, Some("Fotonya buram.")));
    assert!(matches!(sales::accept(&fair.desk, &fair.by, of(1)).await, Err(SaleError::Settled)));
    ask(1).await.unwrap();
    assert_eq!(fair.asked(sale, goods[1].variant).await.reason, None, "it is asked anew");

    fair.market.house.app.advance(Duration::days(1) + Duration::HOUR).await;
    assert!(matches!(ask(1).await, Err(FlashError::Settled)), "nominations are over");
    assert!(matches!(withdraw(fair.cx(), &fair.at, of(1)).await, Err(FlashError::Settled)));
    sales::accept(&fair.desk, &fair.by, of(1)).await.unwrap();
    assert_eq!(fair.items(sale).await, 1, "operators still choose");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_sale_that_is_called_off_is_empty_and_a_repeated_one_is_one(db: PgPool) {
    let fair = fair(db).await;
    let key = "satu".parse().unwrap();
    let sale = sales::make(&fair.desk, &fair.by, &fair.input(), Some(&key)).await.unwrap();
    let again = sales::make(&fair.desk, &fair.by, &fair.input(), Some(&key)).await.unwrap();
    assert_eq!(again, sale);
    let other = SaleInput { name: "Lain".to_owned(), ..fair.input() };
    let reused = sales::make(&fair.desk, &fair.by, &other, Some(&key)).await;
    assert!(matches!(reused, Err(SaleError::KeyReused)));
    let late = SaleInput { starts: typed(fair.cx().now()), ..fair.input() };
    let error = AppError::from(sales::make(&fair.desk, &fair.by, &late, None).await.unwrap_err());
    assert_eq!((error.code, error.of("starts")), (Code::Invalid, Some(FieldError::OutOfRange)));

    let good = fair.goods(sale).await.remove(0);
    let of = (sale, good.variant);
    nominate(fair.cx(), &fair.at, of, &bid(good.most.unwrap().amount(), 1)).await.unwrap();
    sales::accept(&fair.desk, &fair.by, of).await.unwrap();
    sales::cancel(&fair.desk, &fair.by, sale).await.unwrap();
    sales::cancel(&fair.desk, &fair.by, sale).await.unwrap();
    assert_eq!(fair.items(sale).await, 0);
    assert!(coming(fair.cx(), &fair.at).await.unwrap().iter().all(|it| it.id != sale));
    let refused = nominate(fair.cx(), &fair.at, of, &bid(1, 1)).await;
    assert!(matches!(refused, Err(FlashError::Settled)));
    assert_eq!(logged(fair.cx(), "flash_sale.cancelled").await, 1);
    let listed = sales::list(&fair.desk, &fair.by, None, 50).await.unwrap();
    let listed = listed.items.iter().find(|it| it.id == sale).unwrap();
    assert_eq!(listed.standing, SaleStanding::Cancelled);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn others_neither_put_a_sale_together_nor_ask_for_what_is_not_theirs(db: PgPool) {
    let fair = fair(db).await;
    let sale = fair.announced().await;
    let good = fair.goods(sale).await.remove(0);
    let of = (sale, good.variant);
    nominate(fair.cx(), &fair.at, of, &bid(good.most.unwrap().amount(), 1)).await.unwrap();

    let (cx, money) = operator(&fair.market, 10, Duty::Money).await;
    assert!(matches!(sales::make(&cx, &money, &fair.input(), None).await, Err(SaleError::NotFound)));
    assert!(matches!(sales::cancel(&cx, &money, sale).await, Err(SaleError::NotFound)));
    assert!(matches!(sales::accept(&cx, &money, of).await, Err(SaleError::NotFound)));
    assert!(matches!(sales::refuse(&cx, &money, of, "Bukan").await, Err(SaleError::NotFound)));
    assert!(matches!(sales::list(&cx, &money, None, 10).await, Err(SaleError::NotFound)));

    let app = &fair.market.house.app;
    let (budi, wati) = (person(app, 2, "budi@mail.example").await, person(app, 3, "wati@mail.example").await);
    let mut db = fair.cx().db().acquire().await.unwrap();
    let now = fair.cx().now();
    shop::store::staff::appoint(&mut db, fair.at.shop(), budi.account, ShopRole::Fulfilment, now)
        .await
        .unwrap();
    let (rival, slug): (Uuid, String) =
        sqlx::query_as("select id, slug from shop where id <> $1 order by id limit 1")
            .bind(fair.at.shop().uuid())
            .fetch_one(&mut *db)
            .await
            .unwrap();
    shop::store::staff::appoint(&mut db, rival.into(), wati.account, ShopRole::Owner, now).await.unwrap();
    drop(db);

    let cx = signed_in(app, &budi);
    assert!(at_shop(&cx, fair.market.slug.as_str(), Permission::Promotions).await.is_err());
    let packer = at_shop(&cx, fair.market.slug.as_str(), Permission::Orders).await.unwrap();
    assert!(matches!(coming(&cx, &packer).await, Err(FlashError::NotFound)));
    assert!(matches!(withdraw(&cx, &packer, of).await, Err(FlashError::NotFound)));

    let cx = signed_in(app, &wati);
    let rival = at_shop(&cx, &slug, Permission::Promotions).await.unwrap();
    assert!(matches!(nominate(&cx, &rival, of, &bid(1, 1)).await, Err(FlashError::NotFound)));
    assert!(matches!(cost_of(&cx, &rival, of, &bid(1, 1)).await, Err(FlashError::NotFound)));
    assert!(matches!(withdraw(&cx, &rival, of).await, Err(FlashError::NotFound)));
    assert!(
        find(&cx, &rival, sale).await.unwrap().goods.items.is_empty(),
        "what others ask for is not shown"
    );
    assert_eq!(fair.asked(sale, good.variant).await.state, NominationState::Waiting);
}
