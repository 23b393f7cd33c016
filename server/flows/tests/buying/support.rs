//! A market of three shops, people who buy there, and what is written down about it.

use crate::{
    bank::{BANK, Bank, told},
    carrier::Carrier,
    payouts::Sender,
};
use catalog::{
    Actor, Art, Assortment, Condition, Grams, NewProduct, NewVariant, Offer, Price, ProductName, QtyRange,
    StandIn, Tiers,
};
use flows::{
    cart, checkout,
    fulfil::{self, Fleet},
    pay,
    place_order::{self, PlaceError, Placed},
    seller::{self, AtShop},
    till::Till,
    withdraw::Cashier,
};
use kernel::{Buyer, Cx, GuestKey, Kernel, Member, Viewer, jobs::Registry, testing::TestApp};
use ledger::Account;
use model::{
    AppError, BasisPoints, Code, Currency, Duties, Money, Permission, Qty, ShopRole, Slug,
    address::AddressInput,
    ids::{
        AccountId, FlashSaleId, OrderGroupId, OrderId, PaymentId, ProductId, SessionId, ShopId, Uuid,
        VariantId, VoucherId,
    },
    order::Funder,
    payment::Method,
    shipping::ShipmentState,
    views::CheckoutView,
};
use notify::{Post, PostSettings};
use order::{Group, Order};
use payment::{EventKind, Payment, ProviderEvent};
use pricing::{
    Conditions, Kind, NewVoucher, Scope,
    store::{NewFlashItem, NewFlashSale},
};
use shipping::Shipment;
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::sync::Arc;
use time::Duration;

pub struct Market {
    pub app: TestApp,
    pub bank: Arc<Bank>,
    pub carrier: Arc<Carrier>,
    pub sender: Arc<Sender>,
}

pub const SHOPS: [ShopId; 3] = [shop(1), shop(2), shop(3)];

const fn shop(n: u128) -> ShopId {
    ShopId::new(Uuid::from_u128(n))
}

/// Someone without an account.
pub fn guest(n: u8) -> Buyer {
    Buyer::Guest(GuestKey::new([n; 32]))
}

pub fn an_address() -> AddressInput {
    AddressInput {
        recipient: "Sari Wulandari".to_owned(),
        phone: "0812-3456-7890".to_owned(),
        district: "31.74.07".to_owned(),
        postcode: "12110".to_owned(),
        street: "Jl. Melati No. 5, RT 03/RW 04".to_owned(),
        ..AddressInput::default()
    }
}

#[track_caller]
pub fn refused<T, E: Into<AppError>>(result: Result<T, E>) -> Code {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(error) => error.into().code,
    }
}

impl Market {
    pub async fn open(db: PgPool) -> Self {
        Self::open_with(db, |kernel| kernel).await
    }

    /// With more parts, or others.
    pub async fn open_with(db: PgPool, add: impl FnOnce(Kernel) -> Kernel) -> Self {
        let bank = Arc::new(Bank::default());
        let till = Arc::new(Till::new("http://here.example", vec![bank.clone() as _]));
        // Nothing is configured to carry messages, so they are kept where tests read them.
        let settings = PostSettings { site: "http://here.example".to_owned(), ..PostSettings::default() };
        let post = Arc::new(Post::open(&Kernel::new(db.clone()), settings).await.unwrap());
        let registry = Registry::empty().job::<flows::wishlist::LookAgain>().job::<notify::SendBulk>();
        let registry = flows::reactions::buying(registry).reactions(flows::reactions::reactions());
        let carrier = Arc::new(Carrier::default());
        let fleet = Arc::new(Fleet::new("+622150880100", vec![carrier.clone() as _]));
        let sender = Arc::new(Sender::default());
        let cashier = Arc::new(Cashier::new("http://here.example", sender.clone() as _));
        let app = TestApp::with_parts(db, registry, |kernel| {
            add(kernel.with_part(till).with_part(fleet).with_part(cashier).with_part(post))
        });
        let market = Self { app, bank, carrier, sender };
        let cx = market.app.cx();
        region::load(&mut cx.db().acquire().await.unwrap()).await.unwrap();
        for (n, city) in ["31.74", "32.73", "35.78"].iter().enumerate() {
            sqlx::query(
                "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
                 values ($1, $2, $3, $4, $5, $5, $5)",
            )
            .bind(SHOPS[n].uuid())
            .bind(format!("toko-{n}"))
            .bind(format!("Toko {n}"))
            .bind(city)
            .bind(cx.now())
            .execute(cx.db())
            .await
            .unwrap();
        }
        market
    }

    /// With connections for many at once.
    pub async fn open_wide(db: PgPool) -> Self {
        let options = db.connect_options();
        let wide = PgPoolOptions::new().max_connections(12).connect_with((*options).clone()).await.unwrap();
        Self::open(wide).await
    }

    pub fn cx(&self) -> Cx {
        self.app.cx()
    }

    /// Some time passes, and nothing is done about it.
    pub fn later(&self) {
        self.app.clock().advance(Duration::minutes(1));
    }

    /// A product on sale in one variant, in the `shop`-th shop.
    pub async fn goods(&self, n: u16, shop: usize, price: i64, stock: u16) -> VariantId {
        let cx = self.cx();
        let mut db = cx.db().acquire().await.unwrap();
        let category: Uuid = sqlx::query_scalar("select id from category where slug = 'fashion-pria'")
            .fetch_one(&mut *db)
            .await
            .unwrap();
        let (id, variant) = (product(n), VariantId::new(Uuid::from_u128(2_000_000 + u128::from(n))));
        let new = NewVariant {
            id: variant,
            sku: format!("SKU-{n}"),
            choices: vec![],
            offer: Offer::new(Price::try_from(price).unwrap(), None).unwrap(),
            on_hand: stock,
            weight: None,
        };
        let product = NewProduct {
            id,
            shop: SHOPS[shop],
            category: category.into(),
            slug: Slug::of(&format!("kopi {n}"), "x"),
            name: ProductName::try_from(name(n).as_str()).unwrap(),
            description: String::new(),
            brand: None,
            condition: Condition::New,
            qty: QtyRange::new(1, None).unwrap(),
            weight: Grams::try_from(250).unwrap(),
            dimensions: None,
            preorder_days: None,
            video_url: None,
            free_shipping: false,
            assortment: Assortment::new(vec![], vec![new], Tiers::default()).unwrap(),
            attributes: vec![],
            art: Art { motif: "coffee".to_owned(), seed: 1 },
            totals: StandIn::default(),
            published_at: cx.now(),
        };
        catalog::store::insert_many(&mut db, &[product], Actor::Seller, || cx.id(), cx.now()).await.unwrap();
        inventory::store::open_stock(&mut db, &[id], cx.now()).await.unwrap();
        variant
    }

    /// Whoever owns the `n`-th shop, let in for this; it has an owner from the first time on.
    pub async fn at_shop(&self, n: usize, permission: Permission) -> AtShop {
        let cx = self.cx();
        let account = AccountId::new(Uuid::from_u128(6_000_000 + n as u128));
        for sql in [
            "insert into account (id, lang, created_at, updated_at) values ($1, 'id', $2, $2) on conflict do nothing",
            "insert into shop_staff (shop_id, account_id, role, since)
             select id, $1, 'owner', $2 from shop where slug = $3 on conflict do nothing",
        ] {
            let query = sqlx::query(sql).bind(account.uuid()).bind(cx.now());
            let query = if sql.contains("$3") { query.bind(format!("toko-{n}")) } else { query };
            query.execute(cx.db()).await.unwrap();
        }
        let session = SessionId::new(Uuid::from_u128(7_000_000 + n as u128));
        let member = Member { account, session, duties: Duties::NONE, proved_at: cx.now() };
        let cx = cx.as_viewer(Viewer::Member(member));
        seller::at_shop(&cx, &format!("toko-{n}"), permission).await.unwrap()
    }

    /// Somebody else who works in the first shop.
    pub async fn employed(&self, n: u128, role: ShopRole) -> Member {
        let cx = self.cx();
        let account = self.member(n).await.account().unwrap();
        sqlx::query(
            "insert into shop_staff (shop_id, account_id, role, since)
             select id, $1, $2, $3 from shop where slug = 'toko-0'",
        )
        .bind(account.uuid())
        .bind(role.as_str())
        .bind(cx.now())
        .execute(cx.db())
        .await
        .unwrap();
        let session = SessionId::new(Uuid::from_u128(8_000_000 + n));
        Member { account, session, duties: Duties::NONE, proved_at: cx.now() }
    }

    /// Somebody buys, and it is paid.
    pub async fn paid(&self, buyer: &Buyer, goods: &[(VariantId, i32)]) -> Bought {
        let bought = self.order(buyer, goods, Method::VaBca).await;
        self.later();
        self.pay(bought.payment(), &format!("t{}", bought.payment()), bought.total).await;
        self.app.run_jobs().await;
        bought
    }

    /// The only order of a group.
    pub async fn only(&self, group: OrderGroupId) -> Order {
        let (_, mut orders) = self.group(group).await;
        assert_eq!(orders.len(), 1);
        orders.remove(0)
    }

    /// The shop takes it on and packs it.
    pub async fn packed(&self, at: &AtShop, id: OrderId) {
        let cx = self.cx();
        fulfil::accept(&cx, at, id).await.unwrap();
        fulfil::pack(&cx, at, id, None).await.unwrap();
        self.app.run_jobs().await;
    }

    /// Something happens to an order's parcel, and its carrier is asked.
    pub async fn seen(&self, order: &Order, state: ShipmentState) {
        self.carrier.depot().happens(order.number.as_str(), state, self.cx().now());
        let shipment = self.shipment(order.id).await;
        fulfil::news(&self.cx(), crate::carrier::CARRIER, &format!("order-{}", shipment.id)).await.unwrap();
        self.app.run_jobs().await;
    }

    pub async fn shipment(&self, order: OrderId) -> Shipment {
        let cx = self.cx();
        let mut db = cx.db().acquire().await.unwrap();
        shipping::store::shipment_of(&mut db, order).await.unwrap().unwrap()
    }

    pub async fn reprice(&self, n: u16, price: i64) {
        for sql in [
            "update variant set price = $2 where product_id = $1",
            "update product set price_min = $2, price_max = $2 where id = $1",
        ] {
            let cx = self.cx();
            sqlx::query(sql).bind(product(n).uuid()).bind(price).execute(cx.db()).await.unwrap();
        }
    }

    /// At least and at most so many pieces of the `n`-th product are sold at once.
    pub async fn bounded(&self, n: u16, least: i32, most: Option<i32>) {
        sqlx::query("update product set min_qty = $2, max_qty = $3 where id = $1")
            .bind(product(n).uuid())
            .bind(least)
            .bind(most)
            .execute(self.cx().db())
            .await
            .unwrap();
    }

    /// From so many pieces on, one of the `n`-th product costs so much.
    pub async fn wholesale(&self, n: u16, from: i32, price: i64) {
        sqlx::query("insert into price_tier (product_id, min_qty, price) values ($1, $2, $3)")
            .bind(product(n).uuid())
            .bind(from)
            .bind(price)
            .execute(self.cx().db())
            .await
            .unwrap();
    }

    pub async fn voucher(
        &self,
        n: u128,
        code: &str,
        scope: Scope,
        kind: Kind,
        quota: Option<i32>,
    ) -> VoucherId {
        let cx = self.cx();
        let id = VoucherId::new(Uuid::from_u128(3_000_000 + n));
        let funder = if scope == Scope::Platform { Funder::Platform } else { Funder::Shop };
        let new = NewVoucher {
            id,
            code: Some(code.try_into().unwrap()),
            name: code.to_owned(),
            scope,
            kind,
            conditions: Conditions::default(),
            funder,
            from: cx.now(),
            until: None,
            public: false,
            quota,
            budget: None,
            per_person: None,
        };
        pricing::store::insert_voucher(&mut cx.db().acquire().await.unwrap(), &new, cx.now()).await.unwrap();
        id
    }

    pub async fn flash_sale(&self, variant: VariantId, price: i64, quota: i32) -> FlashSaleId {
        let cx = self.cx();
        let id = cx.id();
        let quota = Qty::try_from(quota).unwrap();
        let new = NewFlashSale {
            id,
            name: "Kilat".to_owned(),
            starts_at: cx.now(),
            ends_at: cx.now() + Duration::HOUR,
            items: vec![NewFlashItem { variant, price: Money::idr(price), quota, per_buyer: None }],
        };
        let mut db = cx.db().acquire().await.unwrap();
        pricing::store::insert_flash_sale(&mut db, &new, cx.now()).await.unwrap();
        id
    }

    /// Somebody with an account, an e-mail address and a default address.
    pub async fn member(&self, n: u128) -> Buyer {
        let cx = self.cx();
        let account = AccountId::new(Uuid::from_u128(4_000_000 + n));
        let session = SessionId::new(Uuid::from_u128(5_000_000 + n));
        for sql in [
            "insert into account (id, lang, created_at, updated_at) values ($1, 'id', $2, $2)",
            "insert into account_contact (account_id, kind, address, confirmed_at)
             values ($1, 'email', 'm' || $1::text || '@mail.example', $2)",
        ] {
            sqlx::query(sql).bind(account.uuid()).bind(cx.now()).execute(cx.db()).await.unwrap();
        }
        let member = Member { account, session, duties: Duties::NONE, proved_at: cx.now() };
        let cx = cx.as_viewer(Viewer::Member(member.clone()));
        flows::address::add(&cx, &member, &an_address(), true, None).await.unwrap();
        Buyer::Member(account)
    }

    /// Puts things into a cart and says all that has to be said.
    pub async fn fill(&self, buyer: &Buyer, goods: &[(VariantId, i32)], method: Method) -> CheckoutView {
        let cx = self.cx();
        for (variant, quantity) in goods {
            cart::add(&cx, buyer, *variant, *quantity, "").await.unwrap();
        }
        if buyer.account().is_none() {
            let email = format!("guest-{}@mail.example", buyer.uuid().simple());
            checkout::set_contact(&cx, buyer, &email, "0812-3456-7890").await.unwrap();
            checkout::set_address(&cx, buyer, &an_address()).await.unwrap();
        }
        checkout::set_method(&cx, buyer, method).await.unwrap();
        let view = self.view(buyer).await;
        assert_eq!(view.missing, []);
        view
    }

    pub async fn view(&self, buyer: &Buyer) -> CheckoutView {
        let view = checkout::view(&self.cx(), buyer, None).await.unwrap();
        let rows: i64 = view.summary.rows.iter().map(|row| row.amount.amount()).sum();
        assert_eq!(rows, view.summary.total.amount(), "rows add up: {:?}", view.summary);
        view
    }

    /// Places what was shown.
    pub async fn place(&self, buyer: &Buyer, shown: &CheckoutView) -> Result<Placed, PlaceError> {
        place_order::place(&self.cx(), buyer, &shown.key, shown, shown.method.unwrap()).await
    }

    /// Fills a cart and places it.
    pub async fn order(&self, buyer: &Buyer, goods: &[(VariantId, i32)], method: Method) -> Bought {
        let shown = self.fill(buyer, goods, method).await;
        let placed = self.place(buyer, &shown).await.unwrap();
        Bought { placed, total: shown.summary.total.amount() }
    }

    pub async fn hear(&self, event: ProviderEvent) {
        pay::hear(&self.cx(), BANK, vec![event]).await.unwrap();
    }

    /// The bank tells that money came.
    pub async fn pay(&self, payment: PaymentId, reference: &str, amount: i64) {
        self.hear(told(payment, EventKind::Captured, reference, amount, self.cx().now())).await;
    }

    /// The bank tells that everything it was asked for went back.
    pub async fn settle_refunds(&self, payment: PaymentId) {
        let asked: Vec<(String, i64)> = {
            let desk = self.bank.desk();
            let of = desk.refunds.iter().filter(|it| it.payment == payment);
            of.map(|it| (it.key.clone(), it.amount.amount())).collect()
        };
        for (key, amount) in asked {
            self.hear(told(payment, EventKind::Refunded, &key, amount, self.cx().now())).await;
        }
    }

    pub async fn payment(&self, id: PaymentId) -> Payment {
        payment::find(&mut self.cx().db().acquire().await.unwrap(), id).await.unwrap().unwrap()
    }

    pub async fn group(&self, id: OrderGroupId) -> (Group, Vec<Order>) {
        let cx = self.cx();
        let mut db = cx.db().acquire().await.unwrap();
        let group = order::store::find_group(&mut db, id).await.unwrap().unwrap();
        (group, order::store::orders_of(&mut db, id).await.unwrap())
    }

    pub async fn balance(&self, account: Account) -> i64 {
        let cx = self.cx();
        let mut db = cx.db().acquire().await.unwrap();
        ledger::store::balance(&mut db, &account, Currency::Idr).await.unwrap().amount()
    }

    /// What is still owed to the buyer of a group.
    pub async fn owed(&self, group: OrderGroupId) -> i64 {
        self.balance(Account::BuyerClearing(group)).await
    }

    pub async fn escrow(&self, order: OrderId) -> i64 {
        self.balance(Account::Escrow(order)).await
    }

    pub async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.cx().db()).await.unwrap()
    }

    /// What can be bought of it, as the catalogue shows it; and what is reserved.
    pub async fn stock(&self, variant: VariantId) -> (i32, i64) {
        sqlx::query_as(
            "select on_hand, (select sum(reserved) from stock where variant_id = id)::bigint
             from variant where id = $1",
        )
        .bind(variant.uuid())
        .fetch_one(self.cx().db())
        .await
        .unwrap()
    }

    pub async fn used(&self, voucher: VoucherId) -> i32 {
        let cx = self.cx();
        let mut db = cx.db().acquire().await.unwrap();
        pricing::store::usage(&mut db, voucher).await.unwrap().unwrap().used
    }

    /// Everything that would change if something was written.
    pub async fn written(&self) -> Written {
        Written {
            groups: self.number("select count(*) from order_group").await,
            orders: self.number("select count(*) from shop_order").await,
            steps: self.number("select count(*) from order_transition").await,
            payments: self.number("select count(*) from payment").await,
            versions: self.number("select coalesce(sum(version), 0)::bigint from payment").await,
            refunds: self.number("select count(*) from refund").await,
            reserved: self.number("select coalesce(sum(reserved), 0)::bigint from stock").await,
            movements: self.number("select count(*) from stock_movement").await,
            vouchers: self.number("select coalesce(sum(used), 0)::bigint from voucher").await,
            flash: self.number("select coalesce(sum(sold), 0)::bigint from flash_item").await,
            journals: self.number("select count(*) from ledger_journal").await,
            jobs: self.number("select count(*) from job").await,
            lines: self.number("select count(*) from cart_line").await,
        }
    }

    /// What is kept as sums is the sum of what it is kept of.
    pub async fn adds_up(&self) {
        let cx = self.cx();
        let findings = flows::reconcile::reconcile(&cx).await.unwrap();
        assert!(findings.is_good(), "{findings:?}");
        for (what, sql) in [
            (
                "no more is reserved than there is",
                "select count(*) from stock where reserved > on_hand",
            ),
            (
                "vouchers are counted",
                "select count(*) from voucher where used <> (
                   select count(*) from voucher_use where voucher_id = voucher.id and state = 'used')",
            ),
            (
                "flash sales are counted",
                "select count(*) from flash_item as item where sold <> (
                   select coalesce(sum(quantity), 0) from flash_claim as claim
                   where claim.sale_id = item.sale_id and claim.variant_id = item.variant_id and state = 'held')",
            ),
            (
                "orders add up to their groups",
                "select count(*) from order_group where total <> (
                   select sum(total) from shop_order where group_id = order_group.id)",
            ),
            (
                "what is to be paid is the group's total",
                "select count(*) from payment join order_group on order_group.id = group_id
                 where amount <> order_group.total and closed_at is null",
            ),
        ] {
            assert_eq!(self.number(sql).await, 0, "{what}");
        }
    }
}

pub struct Bought {
    pub placed: Placed,
    pub total: i64,
}

impl Bought {
    pub fn group(&self) -> OrderGroupId {
        self.placed.group
    }

    pub fn payment(&self) -> PaymentId {
        self.placed.payment.expect("it is paid beforehand")
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    pub groups: i64,
    pub orders: i64,
    pub steps: i64,
    pub payments: i64,
    pub versions: i64,
    pub refunds: i64,
    pub reserved: i64,
    pub movements: i64,
    pub vouchers: i64,
    pub flash: i64,
    pub journals: i64,
    pub jobs: i64,
    pub lines: i64,
}

pub fn name(n: u16) -> String {
    format!("Kopi {n}")
}

/// The product of the `n`-th goods.
fn product(n: u16) -> ProductId {
    ProductId::new(Uuid::from_u128(1_000_000 + u128::from(n)))
}

pub fn percent(points: u16) -> Kind {
    Kind::Percent { rate: BasisPoints::try_from(points).unwrap(), cap: None }
}

pub fn fixed(amount: i64) -> Kind {
    Kind::Fixed(Money::idr(amount))
}
