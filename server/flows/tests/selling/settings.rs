//! What its people decide about a shop.

use crate::support::{House, at, house, logged, opened, person, signed_in, state};
use flows::seller::{
    AtShop,
    settings::{SettingsError, end_holiday, move_to, plan_holiday, save},
};
use kernel::{Cx, Member};
use model::{
    AppError, Code, FieldError, Lang, Permission, ShopRole, Slug,
    address::AddressInput,
    shipping::Courier,
    shop::{HolidayInput, SettingsInput, ShopSettings},
};
use sqlx::PgPool;
use time::Duration;
use views::shop::Lookup;

struct Shop {
    house: House,
    sari: Member,
    slug: Slug,
    at: AtShop,
    cx: Cx,
}

/// Sari's shop, open to shoppers.
async fn shop(db: PgPool) -> Shop {
    let house = house(db).await;
    let sari = person(&house.app, 1, "sari@mail.example").await;
    let slug = opened(&house.app, &sari, "Kopi Senja").await;
    let cx = signed_in(&house.app, &sari);
    sqlx::query("update shop set state = 'open'").execute(cx.db()).await.unwrap();
    let at = at(&house.app, &sari, &slug, Permission::Settings).await;
    Shop { house, sari, slug, at, cx }
}

impl Shop {
    async fn settings(&self) -> ShopSettings {
        flows::seller::settings::shown(&self.cx, &self.at).await.unwrap()
    }

    async fn page(&self) -> model::views::ShopPage {
        let mut db = self.cx.db().acquire().await.unwrap();
        match views::shop::page(&mut db, &self.slug, Lang::Id).await.unwrap() {
            Lookup::Found(page) => *page,
            other => panic!("{other:?}"),
        }
    }
}

fn typed() -> SettingsInput {
    SettingsInput {
        name: "Kopi Malam".to_owned(),
        description: "Buka sampai larut.".to_owned(),
        days: ["1", "2", "7"].map(str::to_owned).to_vec(),
        opens: "18:00".to_owned(),
        closes: "23:30".to_owned(),
        couriers: vec!["kirim_cepat".to_owned()],
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn settings_are_kept_once_for_each_version(db: PgPool) {
    let shop = shop(db).await;
    let (cx, at) = (&shop.cx, &shop.at);
    let before = shop.settings().await;
    assert_eq!((before.hours, before.couriers.len()), (None, Courier::ALL.len()));
    save(cx, at, before.version, &typed()).await.unwrap();
    let after = shop.settings().await;
    assert_eq!((after.name.as_str(), after.couriers.as_slice()), ("Kopi Malam", &[Courier::KirimCepat][..]));
    let hours = shop.page().await.hours.unwrap();
    assert_eq!((hours.opens, hours.closes, hours.days[6], hours.days[3]), (1080, 1410, true, false));

    let late = SettingsInput { name: "Kopi Pagi".to_owned(), ..typed() };
    let stale = save(cx, at, before.version, &late).await.unwrap_err();
    assert_eq!(AppError::from(stale).code, Code::Conflict);
    let wrong = SettingsInput { name: "x".to_owned(), ..typed() };
    let wrong = save(cx, at, after.version, &wrong).await.unwrap_err();
    assert_eq!(AppError::from(wrong).of("name"), Some(FieldError::TooShort));
    assert_eq!(shop.settings().await, after, "what was refused changed nothing");
    assert_eq!(logged(cx, "shop.changed").await, 1);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_holiday_begins_and_ends_by_the_clock(db: PgPool) {
    let shop = shop(db).await;
    let (cx, at, app) = (&shop.cx, &shop.at, &shop.house.app);
    let day =
        |days: i64| (cx.now() + Duration::days(days)).to_offset(time::macros::offset!(+7)).date().to_string();
    let holiday = HolidayInput { from: day(2), until: day(3), message: "Pulang kampung.".to_owned() };
    plan_holiday(cx, at, &holiday).await.unwrap();
    assert_eq!(state(cx, &shop.slug).await, "open", "not yet");
    assert_eq!(shop.settings().await.holiday, Some(holiday));
    app.advance(Duration::days(2)).await;
    assert_eq!(state(cx, &shop.slug).await, "on_holiday");
    let note = shop.page().await.holiday.unwrap();
    assert_eq!(note.message.as_deref(), Some("Pulang kampung."));
    app.advance(Duration::days(2)).await;
    assert_eq!(state(cx, &shop.slug).await, "open", "it is over");
    assert_eq!(shop.page().await.holiday, None);

    let holiday = HolidayInput { from: day(0), until: day(5), message: String::new() };
    plan_holiday(cx, at, &holiday).await.unwrap();
    assert_eq!(state(cx, &shop.slug).await, "on_holiday", "from today");
    end_holiday(cx, at).await.unwrap();
    end_holiday(cx, at).await.unwrap();
    assert_eq!(state(cx, &shop.slug).await, "open");
    let past = HolidayInput { from: day(-3), until: day(-1), message: String::new() };
    let past = plan_holiday(cx, at, &past).await.unwrap_err();
    assert_eq!(AppError::from(past).of("until"), Some(FieldError::OutOfRange));
    app.advance(Duration::days(6)).await;
    assert_eq!(state(cx, &shop.slug).await, "open", "a holiday that was taken back stays so");

    plan_holiday(cx, at, &HolidayInput { from: day(0), until: day(5), message: String::new() })
        .await
        .unwrap();
    sqlx::query("update shop set state = 'suspended'").execute(cx.db()).await.unwrap();
    end_holiday(cx, at).await.unwrap();
    assert_eq!(state(cx, &shop.slug).await, "suspended", "no holiday opens what an operator closed");
    app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_moves_with_its_warehouse(db: PgPool) {
    let shop = shop(db).await;
    let (cx, at) = (&shop.cx, &shop.at);
    let address = AddressInput {
        recipient: "Budi".to_owned(),
        phone: "0812-3456-7890".to_owned(),
        district: "31.74.07".to_owned(),
        postcode: "12110".to_owned(),
        street: "Jl. Melati No. 5".to_owned(),
        ..AddressInput::default()
    };
    let elsewhere = AddressInput { postcode: "99999".to_owned(), ..address.clone() };
    let refused = move_to(cx, at, &elsewhere).await.unwrap_err();
    assert_eq!(AppError::from(refused).of("postcode"), Some(FieldError::NotAllowed));
    assert_eq!(shop.settings().await.sender.address, None);
    move_to(cx, at, &address).await.unwrap();
    let sender = shop.settings().await.sender;
    assert_eq!(
        (sender.region.code.as_str(), sender.address.unwrap().phone.as_str()),
        ("31.74.07", "+6281234567890")
    );
    let city: String = sqlx::query_scalar("select city_code from shop").fetch_one(cx.db()).await.unwrap();
    assert_eq!(city, "31.74");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_only_packs_decides_nothing(db: PgPool) {
    let shop = shop(db).await;
    let app = &shop.house.app;
    let budi = person(app, 2, "budi@mail.example").await;
    let mut db = shop.cx.db().acquire().await.unwrap();
    shop::store::staff::appoint(&mut db, shop.at.shop(), budi.account, ShopRole::Fulfilment, shop.cx.now())
        .await
        .unwrap();
    drop(db);
    let packer = at(app, &budi, &shop.slug, Permission::Orders).await;
    let cx = signed_in(app, &budi);
    assert!(matches!(save(&cx, &packer, 1, &typed()).await, Err(SettingsError::NotFound)));
    assert!(matches!(end_holiday(&cx, &packer).await, Err(SettingsError::NotFound)));
    assert_eq!(shop.settings().await.name, "Kopi Senja");
    assert_eq!(shop.sari.account, shop.at.member().account);
}
