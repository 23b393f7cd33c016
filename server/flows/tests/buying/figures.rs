//! A shop's figures are what one counts by hand, however often they are counted.

use crate::support::{Bought, Market, SHOPS, fixed, guest};
use catalog::recommend::{View, forget_visitor, record_views};
use flows::{
    cart, checkout,
    figures::{self, CountDay, CountVisits, ForgetLeads},
    fulfil, orders,
};
use inquiry::{Lead, Wording, store::insert_leads};
use kernel::jobs::Job as _;
use model::{
    Permission,
    ids::{ProductId, Uuid, VariantId},
    order::{CancelReason, LinePieces},
    payment::Method,
    shipping::ShipmentState,
    views::figures::{Figures, Period, VisitSource},
};
use pricing::Scope;
use sqlx::PgPool;
use time::{Duration, Time};
use views::jakarta::{day_of, start_of};

/// All that is counted, but for when.
const ALL: &str = "select coalesce(string_agg(line, E'\\n' order by line), '') from (
    select (to_jsonb(t) - 'counted_at')::text as line from shop_sales_day as t
    union all select to_jsonb(t)::text from variant_sales_day as t
    union all select to_jsonb(t)::text from city_sales_day as t
    union all select to_jsonb(t)::text from product_looks_day as t
    union all select to_jsonb(t)::text from product_carts_day as t
    union all select to_jsonb(t)::text from shop_lead_day as t
    union all select to_jsonb(t)::text from shop_fault as t
    union all select (to_jsonb(t) - 'judged_at')::text from shop_health as t) as rows";

impl Market {
    /// What changed is counted a little later.
    pub async fn counted(&self) {
        self.app.advance(Duration::minutes(6)).await;
    }

    pub async fn figures(&self, shop: usize, period: Period) -> Figures {
        let at = self.at_shop(shop, Permission::Insights).await;
        figures::figures(&self.cx(), &at, period).await.unwrap()
    }

    async fn rollups(&self) -> String {
        sqlx::query_scalar(ALL).fetch_one(self.cx().db()).await.unwrap()
    }

    async fn product_of(&self, variant: VariantId) -> ProductId {
        let id: Uuid = sqlx::query_scalar("select product_id from variant where id = $1")
            .bind(variant.uuid())
            .fetch_one(self.cx().db())
            .await
            .unwrap();
        id.into()
    }

    async fn look(&self, visitor: u128, variant: VariantId, source: VisitSource) {
        let (cx, product) = (self.cx(), self.product_of(variant).await);
        let view = View { visitor: Uuid::from_u128(visitor), product, at: cx.now(), source };
        record_views(&mut cx.db().acquire().await.unwrap(), &[view]).await.unwrap();
    }

    /// Somebody buys with the shop's voucher, and it is paid.
    async fn paid_with(&self, n: u8, variant: VariantId, code: &str) -> Bought {
        let (cx, buyer) = (self.cx(), guest(n));
        self.fill(&buyer, &[(variant, 1)], Method::VaBca).await;
        cart::add_code(&cx, &buyer, code).await.unwrap();
        let shown = checkout::view(&cx, &buyer, None).await.unwrap();
        let placed = self.place(&buyer, &shown).await.unwrap();
        let bought = Bought { placed, total: shown.summary.total.amount() };
        self.later();
        self.pay(bought.payment(), &format!("t{}", bought.payment()), bought.total).await;
        self.app.run_jobs().await;
        bought
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_counted_is_what_a_plain_count_over_orders_gives(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 0, 10_000, 7).await);
    let theirs = market.goods(3, 1, 70_000, 9).await;
    market.voucher(1, "HEMAT", Scope::Shop(SHOPS[0]), fixed(5_000), None).await;
    market.paid(&guest(1), &[(coffee, 2), (tea, 1), (theirs, 1)]).await;
    market.paid(&guest(2), &[(tea, 3)]).await;
    market.paid_with(3, coffee, "HEMAT").await;
    let taken_back = market.paid(&guest(4), &[(coffee, 1)]).await;
    market.order(&guest(5), &[(coffee, 1)], Method::VaBca).await;
    let order = market.only(taken_back.group()).await;
    market.counted().await;
    let before = market.figures(0, Period::Week).await.now;
    assert_eq!((before.orders, before.cancelled), (4, 0));
    orders::cancel(&market.cx(), &guest(4), order.id, CancelReason::ChangedMind).await.unwrap();
    market.app.run_jobs().await;
    market.counted().await;

    let figures = market.figures(0, Period::Week).await;
    assert_eq!((figures.now.orders, figures.now.cancelled), (3, 1), "what was cancelled is not sold");
    assert_eq!(figures.now.pieces, 2 + 1 + 3 + 1);
    assert_eq!((figures.now.sales, figures.now.vouchers), (3 * 40_000 + 4 * 10_000, 5_000));
    let by_hand = "select sum(goods + platform_discount - shipping_discount_by_shop - commission)::bigint
        from shop_order where shop_id = '00000000-0000-0000-0000-000000000001'
        and cleared_at is not null and state <> 'cancelled'";
    assert_eq!(figures.now.left(), market.number(by_hand).await);
    let fees = "select sum(amount)::bigint from order_fee join shop_order on shop_order.id = order_id
        where shop_id = '00000000-0000-0000-0000-000000000001'
        and cleared_at is not null and state <> 'cancelled'";
    assert_eq!(figures.now.fees, market.number(fees).await);
    let products: Vec<_> =
        figures.products.iter().map(|it| (it.name.as_str(), it.pieces, it.sales)).collect();
    assert_eq!(products, [("Kopi 1", 3, 120_000), ("Kopi 2", 4, 40_000)]);
    let cities: Vec<_> = figures.cities.iter().map(|it| (it.orders, it.sales)).collect();
    assert_eq!(cities, [(3, 160_000)]);
    assert_eq!(figures.days.len(), 7);
    assert_eq!(figures.days[6].tally, figures.now, "all of it was today");
    let sold_out = figures.running_out.iter().find(|it| it.variant == tea).unwrap();
    assert_eq!((sold_out.available, sold_out.sold, sold_out.days_left), (3, 4, 22));
    market.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_left_out_is_not_sold_and_what_went_back_is_not_earned(db: PgPool) {
    let market = Market::open(db).await;
    market.case_e().await;
    // Of neither what was paid for it nor what comes off it a third is whole.
    let (coffee, tea) = (market.goods(1, 0, 33_333, 9).await, market.goods(2, 0, 10_000, 9).await);
    market.voucher(1, "HEMAT", Scope::Shop(SHOPS[0]), fixed(5_001), None).await;
    let (cx, buyer) = (market.cx(), guest(1));
    market.fill(&buyer, &[(coffee, 3), (tea, 1)], Method::VaBca).await;
    cart::add_code(&cx, &buyer, "HEMAT").await.unwrap();
    let shown = checkout::view(&cx, &buyer, None).await.unwrap();
    let placed = market.place(&buyer, &shown).await.unwrap();
    market.later();
    market.pay(placed.payment.unwrap(), "a", shown.summary.total.amount()).await;
    market.app.run_jobs().await;
    let order = market.only(placed.group).await;
    let at = market.at_shop(0, Permission::Orders).await;
    fulfil::accept(&market.cx(), &at, order.id).await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    let lines = order::store::lines_of(&mut db, &[order.id]).await.unwrap();
    drop(db);
    let of = |variant| lines.iter().find(|line| line.line.variant == variant).unwrap();
    let out = [(coffee, 1), (tea, 1)];
    let out = out.map(|(variant, quantity)| LinePieces { line: of(variant).line.id, quantity });
    fulfil::leave_out(&market.cx(), &at, None, order.id, &out, CancelReason::OutOfStock).await.unwrap();
    market.app.run_jobs().await;
    market.counted().await;
    let now = market.figures(0, Period::Week).await;
    assert_eq!((now.now.orders, now.now.pieces, now.now.given_back), (1, 2, 0));
    assert_eq!(now.now.sales, 2 * 33_333);
    let products: Vec<_> = now.products.iter().map(|it| (it.name.as_str(), it.pieces, it.sales)).collect();
    assert_eq!(products, [("Kopi 1", 2, 66_666)], "of tea nothing was sold");
    assert_eq!(now.cities.iter().map(|it| it.sales).collect::<Vec<_>>(), [66_666]);
    let page = fulfil::order(&market.cx(), &at, order.id).await.unwrap().unwrap();
    assert_eq!(now.now.left(), page.earnings.total.amount(), "as on the order's page");

    // It arrives, and parts of what was paid go back, before it is complete and after.
    fulfil::pack(&market.cx(), &at, order.id, None).await.unwrap();
    fulfil::hand_over(&market.cx(), &at, order.id).await.unwrap();
    let parcel = market.only(placed.group).await;
    market.later();
    market.seen(&parcel, ShipmentState::Delivered).await;
    market.give_back(order.id, 7_000, "first").await.unwrap();
    market.app.run_jobs().await;
    market.counted().await;
    let mut db = cx.db().acquire().await.unwrap();
    let coming = views::takings::takings(&mut db, SHOPS[0]).await.unwrap().coming.amount();
    drop(db);
    assert_eq!(market.figures(0, Period::Week).await.now.left(), coming, "what is still to come");
    orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    market.give_back(order.id, 9_000, "second").await.unwrap();
    market.app.run_jobs().await;
    market.counted().await;
    let now = market.figures(0, Period::Week).await.now;
    assert_eq!((now.sales, now.given_back), (66_666, 16_000));
    assert_eq!(now.left(), market.seller().await, "what the shop has of it");
    market.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn counting_again_changes_nothing(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 10_000, 9).await);
    market.look(1, coffee, VisitSource::Search).await;
    market.paid(&guest(1), &[(coffee, 2), (tea, 1)]).await;
    market.paid(&guest(2), &[(coffee, 1)]).await;
    market.counted().await;
    let cx = market.cx();
    CountVisits {}.run(&cx).await.unwrap();
    figures::JudgeShops {}.run(&cx).await.unwrap();
    let counted = market.rollups().await;
    assert!(counted.contains("variant_id") && counted.contains("additions"), "{counted}");
    for _ in 0..2 {
        CountDay { shop: SHOPS[0], day: day_of(cx.now()) }.run(&cx).await.unwrap();
        CountVisits {}.run(&cx).await.unwrap();
    }
    assert_eq!(market.rollups().await, counted);
    // All of it, after it was lost.
    for table in [
        "variant_sales_day",
        "city_sales_day",
        "shop_sales_day",
        "product_looks_day",
        "product_carts_day",
        "shop_health",
    ] {
        let sql = sqlx::AssertSqlSafe(format!("delete from {table}"));
        sqlx::query(sql).execute(cx.db()).await.unwrap();
    }
    for _ in 0..2 {
        let again = figures::count_again(&cx).await.unwrap();
        assert_eq!((again.shops, again.days), (2, 2));
        assert_eq!(market.rollups().await, counted);
    }
    market.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn days_begin_at_midnight_in_jakarta(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let midnight = start_of(day_of(market.cx().now() + Duration::days(2)));
    // It is paid a minute after it was placed.
    market.app.clock().set(midnight - Duration::seconds(61));
    market.paid(&guest(1), &[(coffee, 1)]).await;
    market.paid(&guest(2), &[(coffee, 2)]).await;
    market.counted().await;
    let figures = market.figures(0, Period::Week).await;
    let pieces: Vec<_> = figures.days.iter().map(|day| day.tally.pieces).collect();
    assert_eq!(pieces, [0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(figures.days[6].day, midnight.unix_timestamp());
    // A week later they are what was before.
    market.app.clock().advance(Duration::days(7));
    let figures = market.figures(0, Period::Week).await;
    assert_eq!((figures.now.pieces, figures.before.pieces), (0, 3));
    market.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn looks_and_carts_are_counted_by_the_way_they_came_and_forgotten_ones_are_not(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let cx = market.cx();
    for (visitor, source) in [
        (1, VisitSource::Search),
        (2, VisitSource::Search),
        (3, VisitSource::Outside),
        (3, VisitSource::Home),
    ] {
        market.look(visitor, coffee, source).await;
    }
    cart::add(&cx, &guest(1), coffee, 1, "").await.unwrap();
    cart::add(&cx, &guest(2), coffee, 2, "").await.unwrap();
    CountVisits {}.run(&cx).await.unwrap();
    let figures = market.figures(0, Period::Month).await;
    assert_eq!((figures.now.looks, figures.now.carts, figures.now.orders), (3, 2, 0));
    assert_eq!(
        figures.sources,
        [(VisitSource::Search, 2), (VisitSource::Outside, 1)],
        "the first way counts"
    );
    assert_eq!((figures.products[0].looks, figures.products[0].pieces), (3, 0));

    forget_visitor(&mut cx.db().acquire().await.unwrap(), Uuid::from_u128(3)).await.unwrap();
    CountVisits {}.run(&cx).await.unwrap();
    assert_eq!(market.figures(0, Period::Month).await.sources, [(VisitSource::Search, 2)]);
    // What has been counted stays when single looks are swept.
    market.app.clock().advance(Duration::days(31));
    catalog::recommend::refresh(&mut cx.db().acquire().await.unwrap(), market.cx().now()).await.unwrap();
    CountVisits {}.run(&market.cx()).await.unwrap();
    assert_eq!(market.number("select count(*) from product_view_event").await, 0);
    assert_eq!(market.number("select count(*) from cart_addition").await, 0);
    let figures = market.figures(0, Period::Quarter).await;
    assert_eq!((figures.now.looks, figures.now.carts), (2, 2));
    market.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_search_is_shown_once_it_led_here_in_many_hours(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let product = market.product_of(coffee).await;
    let now = market.cx().now();
    let hour = now.replace_time(Time::from_hms(now.hour(), 0, 0).unwrap());
    let lead = |text| Lead { text: Wording::parse(text).unwrap(), product };
    let mut db = market.cx().db().acquire().await.unwrap();
    for hours in 0..5 {
        let often = [lead("kopi gayo"), lead("kopi gayo")];
        insert_leads(&mut db, hour - Duration::hours(hours), &often).await.unwrap();
        if hours > 0 {
            insert_leads(&mut db, hour - Duration::hours(hours), &[lead("alamat budi")]).await.unwrap();
        }
    }
    drop(db);
    CountVisits {}.run(&market.cx()).await.unwrap();
    let figures = market.figures(0, Period::Week).await;
    let shown: Vec<_> = figures.leads.iter().map(|it| (it.query.as_str(), it.looks)).collect();
    assert_eq!(shown, [("kopi gayo", 10)]);
    // What was said rarely is not even kept.
    market.app.clock().advance(Duration::days(16));
    CountVisits {}.run(&market.cx()).await.unwrap();
    ForgetLeads {}.run(&market.cx()).await.unwrap();
    assert_eq!(market.number("select count(*) from search_lead").await, 0);
    assert_eq!(market.number("select count(distinct query) from shop_lead_day").await, 1);
    market.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn other_shops_and_other_work_get_nothing(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    market.paid(&guest(1), &[(coffee, 1)]).await;
    market.counted().await;
    assert_eq!(market.figures(0, Period::Week).await.now.orders, 1);
    assert!(market.figures(1, Period::Week).await.is_empty());
    let packer = market.at_shop(0, Permission::Orders).await;
    assert!(figures::figures(&market.cx(), &packer, Period::Week).await.is_err());
    assert!(figures::health(&market.cx(), &packer, None, 10).await.is_err());
    market.app.leave_queue();
}
