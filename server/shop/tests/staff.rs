//! Who may do what in a shop, against the database.

use kernel::Member;
use model::{
    Code, Duties, Permission, ShopRole,
    ids::{AccountId, SessionId, ShopId, Uuid},
};
use shop::{
    staff::{self, EnterError},
    store,
};
use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};
use time::{OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-03-01 08:00 UTC);
const SARI: AccountId = AccountId::new(Uuid::from_u128(0xA1));
const BUDI: AccountId = AccountId::new(Uuid::from_u128(0xA2));

fn shop(n: u128) -> ShopId {
    ShopId::new(Uuid::from_u128(n))
}

fn member(account: AccountId) -> Member {
    let session = SessionId::new(Uuid::from_u128(0xB0));
    Member { account, session, duties: Duties::NONE, proved_at: NOW }
}

/// Five shops and two people, nobody of whom has one.
async fn market(pool: &PgPool) -> PoolConnection<Postgres> {
    let mut db = pool.acquire().await.unwrap();
    sqlx::raw_sql(
        "insert into region (code, level, name) values ('31', 'province', 'Jakarta');
         insert into region (code, parent_code, level, name) values ('31.73', '31', 'city', 'Jakarta Barat');
         insert into account (id, lang, created_at, updated_at)
         select lpad(to_hex(n), 32, '0')::uuid, 'id', now(), now() from generate_series(161, 162) n;
         insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
         select lpad(n::text, 32, '0')::uuid, 'toko-' || n, 'Toko ' || n, '31.73', now(), now(), now()
         from generate_series(1, 5) n;",
    )
    .execute(&mut *db)
    .await
    .unwrap();
    db
}

async fn appoint(db: &mut PgConnection, n: u128, account: AccountId, role: ShopRole) -> bool {
    store::staff::appoint(db, shop(n), account, role, NOW).await.unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_those_of_the_shop_whose_work_it_is_are_let_in(pool: PgPool) {
    let db = &mut market(&pool).await;
    appoint(db, 1, SARI, ShopRole::Owner).await;
    appoint(db, 1, BUDI, ShopRole::Fulfilment).await;

    let at = staff::enter(db, &member(BUDI), shop(1), Permission::Orders).await.unwrap();
    assert_eq!((at.shop(), at.member().account, at.permission()), (shop(1), BUDI, Permission::Orders));
    assert_eq!(at.permissions(), ShopRole::Fulfilment.permissions());
    let slug = "toko-1".parse().unwrap();
    assert_eq!(staff::enter_at(db, &member(BUDI), &slug, Permission::Orders).await.unwrap(), at);

    for permission in Permission::ALL {
        assert!(staff::enter(db, &member(SARI), shop(1), *permission).await.is_ok(), "{permission}");
        let other = staff::enter(db, &member(SARI), shop(2), *permission).await;
        assert!(matches!(other, Err(EnterError::NotFound)), "{permission}");
    }
    let not_theirs = staff::enter(db, &member(BUDI), shop(1), Permission::Money).await.unwrap_err();
    assert_eq!(model::AppError::from(not_theirs).code, Code::NotFound);
    let nowhere = "toko-9".parse().unwrap();
    let nowhere = staff::enter_at(db, &member(SARI), &nowhere, Permission::Orders).await;
    assert!(matches!(nowhere, Err(EnterError::NotFound)));
    assert_eq!(staff::shops_of(db, BUDI).await.unwrap().len(), 1);
    assert_eq!(staff::find_shop(db, &slug, BUDI).await.unwrap().unwrap().role, ShopRole::Fulfilment);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_with_people_has_exactly_one_owner(pool: PgPool) {
    let db = &mut market(&pool).await;
    let refused = store::staff::appoint(db, shop(1), BUDI, ShopRole::Manager, NOW).await.unwrap_err();
    assert_eq!(refused.as_database_error().and_then(|e| e.constraint()), Some("shop_has_owner"));
    assert!(appoint(db, 1, SARI, ShopRole::Owner).await);
    assert!(!appoint(db, 1, BUDI, ShopRole::Owner).await, "there is one");
    let gone = sqlx::query("delete from shop_staff where account_id = $1").bind(SARI.uuid());
    assert!(gone.execute(&mut **db).await.is_ok(), "the last one may go with the shop's people");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_owns_more_shops_than_anyone_may(pool: PgPool) {
    let db = &mut market(&pool).await;
    for n in 1..=3 {
        assert!(store::staff::insert_owner(db, shop(n), SARI, NOW).await.unwrap());
    }
    assert!(!store::staff::insert_owner(db, shop(4), SARI, NOW).await.unwrap());
    assert_eq!(store::staff::count_owned(db, SARI).await.unwrap(), 3);
    sqlx::query("update shop set state = 'closed' where id = $1")
        .bind(shop(1).uuid())
        .execute(&mut **db)
        .await
        .unwrap();
    assert!(
        store::staff::insert_owner(db, shop(4), SARI, NOW).await.unwrap(),
        "one that closed does not count"
    );
}
