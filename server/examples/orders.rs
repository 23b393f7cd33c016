//! How long lists take however many orders there are: `orders [FEW] [MANY]` (1,000 and 1,000,000 if not said).
//!
//! Each number of orders, with all that belongs to them, is written into a new database of its own in the folder `PASAR_DATA`,
//! the server's own with its usual settings, by `bench/orders/fill.sql`. What pages, the API and files ask for first is then
//! asked of the views themselves, by the shop that sold most, the member who bought most, and operators. Printed: the median
//! and the 99th percentile in milliseconds at both sizes, and how they compare.

use kernel::{
    Buyer, GuestKey, Kernel,
    db::{Database, DbSettings},
};
use model::{
    Duties, Duty,
    ids::{AccountId, OrderId, ShopId, Uuid, VariantId},
    order::{OrderFilter, SellerFilter},
    shop::{StallFilter, StockFilter},
    views::{audit::AuditFilter, figures::Period},
};
use sqlx::{PgConnection, PgPool};
use std::{
    error::Error,
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use time::{OffsetDateTime, macros::offset};

const FILL: &str = include_str!("../../bench/orders/fill.sql");
/// So often is each asked, but no longer than so.
const ROUNDS: usize = 200;
const LONGEST: Duration = Duration::from_secs(5);
/// As many as a page shows, and as many as a file takes at once.
const PAGE: u16 = 20;
const PART: u16 = 100;
/// Parts that are leafed through before a part is deep.
const DEEP: usize = 300;

type Failure = Box<dyn Error>;
/// A median and a 99th percentile, in milliseconds.
type Took = (f64, f64);

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let mut size = |usual: u64| arguments.next().map_or(Ok(usual), |n| n.parse());
    let (few, many) = (size(1_000)?, size(1_000_000)?);
    let data: PathBuf = std::env::var_os("PASAR_DATA").ok_or("PASAR_DATA is not set")?.into();
    let before = at_size(&data, few).await?;
    let after = at_size(&data, many).await?;
    println!("{:<40} {few:>19} {many:>19}", "milliseconds, at so many orders");
    println!(
        "{:<40} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "", "p50", "p99", "p50", "p99", "p50 ratio", "p99 ratio"
    );
    for ((what, (half, most)), (_, (later_half, later_most))) in before.iter().zip(&after) {
        println!(
            "{what:<40} {half:>9.2} {most:>9.2} {later_half:>9.2} {later_most:>9.2} {:>9.1} {:>9.1}",
            later_half / half,
            later_most / most
        );
    }
    Ok(())
}

async fn at_size(data: &Path, orders: u64) -> Result<Vec<(&'static str, Took)>, Failure> {
    let data = data.join(orders.to_string());
    let pg_bin = std::env::var_os("PASAR_PG_BIN").map(Into::into);
    let settings = DbSettings { url: None, data: data.clone(), pg_bin, connections: 2 };
    let database = Database::open(&settings).await?;
    let outcome = measured(database.pool(), orders).await;
    database.close().await;
    std::fs::remove_dir_all(&data)?;
    outcome
}

async fn measured(pool: &PgPool, orders: u64) -> Result<Vec<(&'static str, Took)>, Failure> {
    kernel::db::migrate(pool).await?;
    let began = Instant::now();
    fill(&mut *pool.acquire().await?, orders).await?;
    eprintln!("{orders} orders written in {:.0} s", began.elapsed().as_secs_f64());
    let mut db = pool.acquire().await?;
    let misfits = views::reconcile::misfits(&mut db).await?;
    if !misfits.is_empty() {
        return Err(format!("the books do not fit: {:?}", &misfits[..misfits.len().min(3)]).into());
    }
    let mut bench = Bench {
        there: There::find(&mut db, Kernel::new(pool.clone()).job_cx().now()).await?,
        db: &mut db,
        told: vec![],
    };
    bench.seller().await?;
    bench.money_and_stock().await?;
    bench.buyer().await?;
    bench.operators().await?;
    Ok(bench.told)
}

async fn fill(db: &mut PgConnection, orders: u64) -> Result<(), Failure> {
    sqlx::query("select set_config('bench.orders', $1, false)")
        .bind(orders.to_string())
        .execute(&mut *db)
        .await?;
    for statement in FILL.split(";\n\n").filter(|statement| !statement.trim().is_empty()) {
        sqlx::raw_sql(statement).execute(&mut *db).await?;
    }
    Ok(())
}

/// Who asks, and for what.
struct There {
    shop: ShopId,
    member: AccountId,
    /// Of that shop, what moved most.
    variant: VariantId,
    /// An order of the shop, and one of the member.
    sold: OrderId,
    bought: OrderId,
    /// Of an order in the midst of all.
    number: String,
    now: OffsetDateTime,
}

impl There {
    async fn find(db: &mut PgConnection, now: OffsetDateTime) -> Result<Self, sqlx::Error> {
        let (shop, member, variant, sold, bought, number): (Uuid, Uuid, Uuid, Uuid, Uuid, String) = sqlx::query_as(
            "select bench.id(2, 1), bench.id(1, 1),
               (select bench.id(5, good) from bench.line where shop = 1 group by good order by count(*) desc, good limit 1),
               (select bench.id(7, n) from bench.sold where shop = 1 and state = 'completed' order by n desc limit 1),
               (select bench.id(7, n) from bench.sold where member = 1 order by n desc limit 1),
               (select number from shop_order where shop_id = bench.id(2, 1) and cleared_at is not null
                order by placed_at offset (select count(*) / 2 from shop_order where shop_id = bench.id(2, 1)
                  and cleared_at is not null) limit 1)",
        )
        .fetch_one(db)
        .await?;
        Ok(Self {
            shop: shop.into(),
            member: member.into(),
            variant: variant.into(),
            sold: sold.into(),
            bought: bought.into(),
            number,
            now,
        })
    }
}

struct Bench<'a> {
    db: &'a mut PgConnection,
    there: There,
    told: Vec<(&'static str, Took)>,
}

/// Asks a view again and again, and notes how long it takes.
macro_rules! ask {
    ($bench:ident, $what:literal, |$db:ident| $view:expr) => {
        // By then PostgreSQL has settled for a plan, as it has in a server that runs.
        for _ in 0..10 {
            let $db = &mut *$bench.db;
            black_box($view.await?);
        }
        let mut watch = Watch::new();
        while watch.goes_on() {
            let $db = &mut *$bench.db;
            let asked = Instant::now();
            black_box($view.await?);
            watch.times.push(asked.elapsed().as_secs_f64() * 1_000.0);
        }
        $bench.told.push(($what, watch.took()));
    };
}

struct Watch {
    began: Instant,
    times: Vec<f64>,
}

impl Watch {
    fn new() -> Self {
        Self { began: Instant::now(), times: Vec::with_capacity(ROUNDS) }
    }

    fn goes_on(&self) -> bool {
        self.times.len() < ROUNDS && (self.began.elapsed() < LONGEST || self.times.len() < 10)
    }

    fn took(mut self) -> Took {
        self.times.sort_by(f64::total_cmp);
        let at = |share: usize| self.times[(self.times.len() * share / 100).min(self.times.len() - 1)];
        (at(50), at(99))
    }
}

/// Leafs through a list, and returns where it goes on after many parts, or before its last.
macro_rules! deep {
    ($next:ident => $page:expr) => {{
        let mut $next: Option<String> = None;
        for _ in 0..DEEP {
            let next = $page.await?.next;
            if next.is_none() {
                break;
            }
            $next = next;
        }
        $next
    }};
}

impl Bench<'_> {
    async fn seller(&mut self) -> Result<(), Failure> {
        use SellerFilter::{All, Cancelled, Done, New, ToShip};
        use views::sold;
        let (shop, number, one, now) =
            (self.there.shop, self.there.number.clone(), self.there.sold, self.there.now);
        ask!(self, "a shop's orders", |db| sold::list(db, shop, All, "", None, PAGE, now));
        ask!(self, "  to accept", |db| sold::list(db, shop, New, "", None, PAGE, now));
        ask!(self, "  to hand over", |db| sold::list(db, shop, ToShip, "", None, PAGE, now));
        ask!(self, "  completed", |db| sold::list(db, shop, Done, "", None, PAGE, now));
        ask!(self, "  cancelled", |db| sold::list(db, shop, Cancelled, "", None, PAGE, now));
        let after = deep!(after => async {
            sold::list(self.db, shop, All, "", after.as_deref(), PART, now).await.map(|found| found.page)
        });
        let deep = after.as_deref();
        ask!(self, "  far back", |db| sold::list(db, shop, All, "", deep, PAGE, now));
        ask!(self, "  completed, far back", |db| sold::list(db, shop, Done, "", deep, PAGE, now));
        ask!(self, "  by number", |db| sold::list(db, shop, All, &number, None, PAGE, now));
        ask!(self, "  by a name that many have", |db| sold::list(db, shop, All, "sari", None, PAGE, now));
        ask!(self, "  by a name that one has", |db| sold::list(db, shop, All, "lestari 1", None, PAGE, now));
        ask!(self, "  by a name that nobody has", |db| sold::list(db, shop, All, "nobody", None, PAGE, now));
        ask!(self, "  by many names in one", |db| sold::list(
            db,
            shop,
            All,
            "nobody wulandari",
            None,
            PAGE,
            now
        ));
        ask!(self, "  by two letters", |db| sold::list(db, shop, All, "zq", None, PAGE, now));
        ask!(self, "what a shop's orders are usually like", |db| views::vouchers::usual(db, shop));
        ask!(self, "  by a name, in one tab", |db| sold::list(
            db, shop, Cancelled, "nobody", None, PAGE, now
        ));
        ask!(self, "one order of a shop", |db| sold::one(db, shop, one));
        ask!(self, "what waits in a shop", |db| sold::waiting(db, shop, now));
        ask!(self, "a shop's new orders, for its badge", |db| sold::new_orders(db, shop, 100));
        let midnight = now.to_offset(offset!(+7)).replace_time(time::Time::MIDNIGHT);
        ask!(self, "what a shop sold today", |db| sold::sold_since(db, shop, midnight));
        ask!(self, "how a shop sold in 7 days", |db| views::figures::figures(db, shop, Period::Week, now));
        ask!(self, "how a shop sold in 90 days", |db| views::figures::figures(
            db,
            shop,
            Period::Quarter,
            now
        ));
        ask!(self, "how reliable a shop is", |db| views::health::health(db, shop, None, PAGE, now));
        Ok(())
    }

    async fn money_and_stock(&mut self) -> Result<(), Failure> {
        use views::{stock, takings};
        let (shop, variant) = (self.there.shop, self.there.variant);
        ask!(self, "a shop's balance and withdrawals", |db| takings::takings(db, shop));
        ask!(self, "a shop's statement", |db| takings::statement(db, shop, None, PAGE));
        let after = deep!(after => takings::statement(self.db, shop, after.as_deref(), PART));
        let deep = after.as_deref();
        ask!(self, "  far back", |db| takings::statement(db, shop, deep, PAGE));
        ask!(self, "  the first part of a file", |db| takings::statement(db, shop, None, PART));
        let filter = StockFilter::default();
        ask!(self, "a shop's stock", |db| stock::list(db, shop, &filter, PAGE));
        ask!(self, "what moved of one thing", |db| stock::movements(db, shop, variant, None, PAGE));
        let after = deep!(after => stock::movements(self.db, shop, variant, after.as_deref(), PART));
        let deep = after.as_deref();
        ask!(self, "  far back", |db| stock::movements(db, shop, variant, deep, PAGE));
        let filter = StallFilter::default();
        ask!(self, "goods, the first part of a file", |db| views::sheet::list(db, shop, &filter, PART));
        Ok(())
    }

    async fn buyer(&mut self) -> Result<(), Failure> {
        use views::{coins, orders};
        let (member, one) = (self.there.member, self.there.bought);
        let (buyer, now) = (Buyer::Member(member), self.there.now);
        ask!(self, "a member's orders", |db| orders::list(db, &buyer, OrderFilter::All, "", None, PAGE));
        ask!(self, "  to pay", |db| orders::list(db, &buyer, OrderFilter::ToPay, "", None, PAGE));
        ask!(self, "  in progress", |db| orders::list(db, &buyer, OrderFilter::InProgress, "", None, PAGE));
        ask!(self, "  completed", |db| orders::list(db, &buyer, OrderFilter::Done, "", None, PAGE));
        let after =
            deep!(after => orders::list(self.db, &buyer, OrderFilter::All, "", after.as_deref(), PART));
        let deep = after.as_deref();
        ask!(self, "  far back", |db| orders::list(db, &buyer, OrderFilter::All, "", deep, PAGE));
        ask!(self, "  by a name that many goods have", |db| orders::list(
            db,
            &buyer,
            OrderFilter::All,
            "nomor 1",
            None,
            PAGE
        ));
        ask!(self, "  by a name that no goods have", |db| orders::list(
            db,
            &buyer,
            OrderFilter::All,
            "nobody",
            None,
            PAGE
        ));
        ask!(self, "one order of a member", |db| orders::order(db, &buyer, one));
        ask!(self, "a member's coins", |db| coins::purse(db, member, now));
        ask!(self, "  how they came about", |db| coins::history(db, member, None, PAGE));
        let guest = "guest@bench.example".parse()?;
        let stranger = Buyer::Guest(GuestKey::new([0; 32]));
        ask!(self, "whether a guest is new", |db| orders::has_ordered(db, &stranger, Some(&guest)));
        Ok(())
    }

    async fn operators(&mut self) -> Result<(), Failure> {
        let all: Duties = Duty::ALL.iter().copied().collect();
        ask!(self, "what waits for operators", |db| views::desk::waiting(db, all));
        ask!(self, "withdrawals to decide on", |db| views::takings::waiting(db));
        let (any, member) = (AuditFilter::default(), self.there.member.to_string());
        ask!(self, "the audit log", |db| views::audit::list(db, &any, 50));
        let of_member = AuditFilter { to_what: member, ..AuditFilter::default() };
        ask!(self, "  about one account", |db| views::audit::list(db, &of_member, 50));
        let of_network = AuditFilter { network: "198.51.100.0".to_owned(), ..AuditFilter::default() };
        ask!(self, "  from one network", |db| views::audit::list(db, &of_network, 50));
        Ok(())
    }
}
