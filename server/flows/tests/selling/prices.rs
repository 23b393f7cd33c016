//! Prices that hold for a time, by the people of a shop.

use crate::{
    products::{Market, market},
    support::{at, logged, person, signed_in},
};
use flows::{
    cart,
    seller::{
        AtShop, at_shop,
        prices::{PriceError, cancel, list, schedule},
    },
};
use kernel::Buyer;
use model::{
    AppError, FieldError, Lang, Money, Permission, ShopRole,
    ids::Uuid,
    shop::{PriceStanding, StallFilter, StallRow, TimedPrice, TimedPriceInput},
};
use sqlx::PgPool;
use time::{Duration, macros::offset};

struct Stall {
    market: Market,
    at: AtShop,
    /// Something that is in no sale and has one price whatever the number.
    row: StallRow,
}

async fn stall(db: PgPool) -> Stall {
    let market = market(db).await;
    for sql in ["delete from flash_claim", "delete from flash_item", "delete from price_tier"] {
        sqlx::query(sql).execute(market.cx.db()).await.unwrap();
    }
    let at = at(&market.house.app, &market.sari, &market.slug, Permission::Promotions).await;
    let goods = market.goods(&StallFilter::default()).await;
    let fits = |row: &StallRow| row.variants[0].on_hand > 20 && row.variants[0].list_price.is_none();
    let row = goods.into_iter().find(fits).unwrap();
    Stall { market, at, row }
}

impl Stall {
    /// From so many hours from now until so many.
    fn typed(&self, price: i64, from: i64, until: i64) -> TimedPriceInput {
        let at = |hours: i64| {
            let at = (self.market.cx.now() + Duration::hours(hours)).to_offset(offset!(+7));
            format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
        };
        let from = if from == 0 { String::new() } else { at(from) };
        TimedPriceInput { price: price.to_string(), from, until: at(until) }
    }

    fn usual(&self) -> Money {
        self.row.variants[0].price
    }

    async fn standing(&self, standing: PriceStanding) -> Vec<TimedPrice> {
        list(&self.market.cx, &self.at, standing, None, 50).await.unwrap().items
    }

    /// What its page says it costs, and what is struck through beside it.
    async fn shown(&self) -> (Money, Option<Money>) {
        let cx = &self.market.cx;
        let mut db = cx.db().acquire().await.unwrap();
        let page = views::product::by_id(&mut db, self.row.id, Lang::Id, cx.now()).await.unwrap().unwrap();
        let variant = page.variants.iter().find(|it| it.id == self.row.variants[0].id).unwrap();
        (variant.price, variant.list_price)
    }

    /// From what to what its card says it costs, and what is struck through beside it.
    async fn card(&self) -> (Money, Money, Option<Money>) {
        let cx = &self.market.cx;
        let mut db = cx.db().acquire().await.unwrap();
        let card = views::cards(&mut db, &[self.row.id], cx.now()).await.unwrap().remove(0);
        (card.price_min, card.price_max, card.list_price)
    }

    /// What the index sorts and filters the first variant by.
    async fn indexed(&self) -> u64 {
        let cx = &self.market.cx;
        let mut db = cx.db().acquire().await.unwrap();
        let documents = views::documents::Documents::new(&mut db).await.unwrap();
        let of = documents.of(&mut db, &[self.row.id], cx.now()).await.unwrap();
        of[0].variants.iter().map(|variant| variant.price).min().unwrap()
    }

    /// How often whoever keeps a copy of the product was told to read it again.
    async fn told(&self) -> i64 {
        sqlx::query_scalar("select count(*) from outbox where name = 'product.changed' and key = $1")
            .bind(self.row.id.uuid())
            .fetch_one(self.market.cx.db())
            .await
            .unwrap()
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_price_holds_for_its_time_and_the_usual_one_is_struck_through(db: PgPool) {
    let stall = stall(db).await;
    let (cx, at, variant) = (&stall.market.cx, &stall.at, stall.row.variants[0].id);
    let low = stall.usual().amount() / 2;
    schedule(cx, at, variant, &stall.typed(low, 2, 5)).await.unwrap();
    schedule(cx, at, variant, &stall.typed(low, 2, 5)).await.unwrap();
    assert_eq!(stall.standing(PriceStanding::Coming).await.len(), 1, "again changes nothing");
    assert_eq!(stall.shown().await, (stall.usual(), None), "it is to come");
    let overlapping = schedule(cx, at, variant, &stall.typed(low, 4, 9)).await.unwrap_err();
    assert_eq!(AppError::from(overlapping).of("from"), Some(FieldError::Taken));
    let dear = schedule(cx, at, variant, &stall.typed(stall.usual().amount(), 6, 9)).await.unwrap_err();
    assert_eq!(AppError::from(dear).of("price"), Some(FieldError::OutOfRange));

    stall.market.house.app.advance(Duration::hours(3)).await;
    assert_eq!(stall.shown().await, (Money::idr(low), Some(stall.usual())));
    let buyer = Buyer::Member(person(&stall.market.house.app, 77, "pembeli@mail.example").await.account);
    let pieces: i32 = sqlx::query_scalar("select min_qty from product where id = $1")
        .bind(stall.row.id.uuid())
        .fetch_one(cx.db())
        .await
        .unwrap();
    cart::add(cx, &buyer, variant, pieces, "").await.unwrap();
    let view = cart::view(cx, Some(&buyer)).await.unwrap();
    assert_eq!(view.items().next().unwrap().unit, Money::idr(low), "and that is what it costs");

    let running = stall.standing(PriceStanding::Running).await.remove(0);
    assert_eq!((running.price, running.otherwise), (Money::idr(low), stall.usual()));
    cancel(cx, at, variant, running.key).await.unwrap();
    assert_eq!(stall.shown().await, (stall.usual(), None), "it ended");
    assert!(matches!(cancel(cx, at, variant, running.key).await, Err(PriceError::Gone)));
    assert_eq!(stall.standing(PriceStanding::Over).await.len(), 1);
    assert_eq!((logged(cx, "price.scheduled").await, logged(cx, "price.unscheduled").await), (1, 1));
    stall.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_to_come_is_taken_back_by_those_whose_work_it_is(db: PgPool) {
    let stall = stall(db).await;
    let (cx, at, variant) = (&stall.market.cx, &stall.at, stall.row.variants[0].id);
    let low = stall.usual().amount() / 2;
    schedule(cx, at, variant, &stall.typed(low, 2, 5)).await.unwrap();
    let key = stall.standing(PriceStanding::Coming).await[0].key;

    let app = &stall.market.house.app;
    let (budi, wati) = (person(app, 2, "budi@mail.example").await, person(app, 3, "wati@mail.example").await);
    let mut db = cx.db().acquire().await.unwrap();
    shop::store::staff::appoint(&mut db, at.shop(), budi.account, ShopRole::Fulfilment, cx.now())
        .await
        .unwrap();
    let (rival, slug): (Uuid, String) =
        sqlx::query_as("select id, slug from shop where id <> $1 order by id limit 1")
            .bind(at.shop().uuid())
            .fetch_one(&mut *db)
            .await
            .unwrap();
    shop::store::staff::appoint(&mut db, rival.into(), wati.account, ShopRole::Owner, cx.now())
        .await
        .unwrap();
    drop(db);
    let theirs = signed_in(app, &budi);
    let packer = at_shop(&theirs, stall.market.slug.as_str(), Permission::Orders).await.unwrap();
    assert!(matches!(cancel(&theirs, &packer, variant, key).await, Err(PriceError::NotFound)));
    let theirs = signed_in(app, &wati);
    let rival = at_shop(&theirs, &slug, Permission::Promotions).await.unwrap();
    assert!(matches!(cancel(&theirs, &rival, variant, key).await, Err(PriceError::NotFound)));
    let refused = schedule(&theirs, &rival, variant, &stall.typed(low, 7, 9)).await;
    assert!(matches!(refused, Err(PriceError::NotFound)));
    assert_eq!(stall.standing(PriceStanding::Coming).await.len(), 1, "nothing has changed");

    cancel(cx, at, variant, key).await.unwrap();
    assert!(stall.standing(PriceStanding::Coming).await.is_empty());
    assert!(stall.standing(PriceStanding::Over).await.is_empty(), "it never held");
    stall.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn cards_and_the_index_say_what_a_cart_charges_from_the_first_moment_to_the_last(db: PgPool) {
    let stall = stall(db).await;
    let (cx, at, variant) = (&stall.market.cx, &stall.at, stall.row.variants[0].id);
    let clock = stall.market.house.app.clock();
    let (usual, before) = (stall.usual(), stall.card().await);
    let low = Money::idr(before.0.amount() / 2);
    schedule(cx, at, variant, &stall.typed(low.amount(), 2, 5)).await.unwrap();
    stall.market.house.app.run_jobs().await;
    let (starts_at, ends_at): (kernel::OffsetDateTime, kernel::OffsetDateTime) =
        sqlx::query_as("select starts_at, ends_at from scheduled_price where variant_id = $1")
            .bind(variant.uuid())
            .fetch_one(cx.db())
            .await
            .unwrap();
    let moment = Duration::microseconds(1);
    let told = stall.told().await;
    for (now, holds) in
        [(starts_at - moment, false), (starts_at, true), (ends_at - moment, true), (ends_at, false)]
    {
        clock.set(now);
        let card = stall.card().await;
        assert_eq!(stall.shown().await.0, if holds { low } else { usual }, "{now}");
        assert_eq!(card.0, if holds { low } else { before.0 }, "{now}");
        assert_eq!(card.2, if holds { before.2.or(Some(before.0)) } else { before.2 }, "{now}");
        assert_eq!(i64::try_from(stall.indexed().await).unwrap(), card.0.amount(), "{now}");
    }
    // It is read again at its beginning and at its end.
    stall.market.house.app.run_jobs().await;
    assert_eq!(stall.told().await, told + 2);
}
