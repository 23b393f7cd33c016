//! Who comes into a shop, what they become there, and how they go.

use crate::support::{House, at, house, letters, logged, opened, person, signed_in, typed};
use flows::{
    privacy::{CloseError, close},
    seller::{
        at_shop, open,
        staff::{
            JoinError, StaffError, change_role, hand_over, invitation, invite, join, leave, remove, withdraw,
        },
    },
};
use identity::session::STEP_UP;
use kernel::{Cx, Member, testing::TestApp};
use model::{AppError, Code, FieldError, Permission, ShopRole, Slug, shop::limits};
use sqlx::PgPool;
use time::Duration;

/// The token of the latest invitation to this address, as the mail has it.
async fn token(app: &TestApp, cx: &Cx, to: &str) -> String {
    let facts: String = sqlx::query_scalar(
        "select message::text from delivery where address = $1 and kind = 'staff_invited' order by id desc limit 1",
    )
    .bind(to)
    .fetch_one(cx.db())
    .await
    .unwrap();
    app.run_jobs().await;
    let rest = facts.split("token=").nth(1).unwrap();
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

async fn role(cx: &Cx, slug: &Slug, member: &Member) -> Option<ShopRole> {
    let mut db = cx.db().acquire().await.unwrap();
    flows::seller::find_shop(&mut db, slug, member.account).await.unwrap().map(|shop| shop.role)
}

struct Shop {
    house: House,
    sari: Member,
    budi: Member,
    slug: Slug,
}

/// Sari's shop, and Budi.
async fn shop(db: PgPool) -> Shop {
    let house = house(db).await;
    let sari = person(&house.app, 1, "sari@mail.example").await;
    let budi = person(&house.app, 2, "budi@mail.example").await;
    let slug = opened(&house.app, &sari, "Kopi Senja").await;
    Shop { house, sari, budi, slug }
}

impl Shop {
    /// Budi comes to work there.
    async fn with_budi(&self, role: ShopRole) {
        let app = &self.house.app;
        let owner = at(app, &self.sari, &self.slug, Permission::Staff).await;
        let cx = signed_in(app, &self.sari);
        invite(&cx, &cx.proved(STEP_UP).unwrap(), &owner, "budi@mail.example", role).await.unwrap();
        let token = token(app, &cx, "budi@mail.example").await;
        join(&signed_in(app, &self.budi), &self.budi, &token).await.unwrap();
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_invitation_works_once_and_for_its_address_alone(db: PgPool) {
    let shop = shop(db).await;
    let Shop { house: House { app, .. }, sari, budi, slug } = &shop;
    let rina = person(app, 3, "rina@mail.example").await;
    let cx = signed_in(app, sari);
    let owner = at(app, sari, slug, Permission::Staff).await;
    invite(&cx, &cx.proved(STEP_UP).unwrap(), &owner, " Budi@Mail.Example ", ShopRole::Fulfilment)
        .await
        .unwrap();
    let token = token(app, &cx, "budi@mail.example").await;

    let theirs = join(&signed_in(app, &rina), &rina, &token).await;
    assert!(matches!(theirs, Err(JoinError::NotYours)));
    assert_eq!(role(&cx, slug, &rina).await, None);
    let seen = invitation(&signed_in(app, budi), budi, &token).await.unwrap();
    assert_eq!((seen.shop.as_str(), seen.role), ("Kopi Senja", ShopRole::Fulfilment));
    assert_eq!(join(&signed_in(app, budi), budi, &token).await.unwrap(), *slug);
    assert_eq!(role(&cx, slug, budi).await, Some(ShopRole::Fulfilment));
    let again = join(&signed_in(app, budi), budi, &token).await.unwrap_err();
    assert_eq!(AppError::from(again).code, Code::Spent);
    let here = invite(&cx, &cx.proved(STEP_UP).unwrap(), &owner, "budi@mail.example", ShopRole::Finance)
        .await
        .unwrap_err();
    assert_eq!(AppError::from(here).of("email"), Some(FieldError::Taken));
    app.run_jobs().await;
    assert_eq!(letters(&cx, "sari@mail.example").await, ["staff_changed"], "the owner is told");
    assert_eq!((logged(&cx, "shop.staff_invited").await, logged(&cx, "shop.staff_joined").await), (1, 1));
    let kept: Vec<u8> =
        sqlx::query_scalar("select token_hash from shop_invitation").fetch_one(cx.db()).await.unwrap();
    assert!(
        !token.as_bytes().windows(8).any(|part| kept.windows(8).any(|it| it == part)),
        "only a hash is kept"
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_invitation_that_was_replaced_taken_back_or_is_old_works_no_more(db: PgPool) {
    let shop = shop(db).await;
    let Shop { house: House { app, .. }, sari, budi, slug } = &shop;
    let cx = signed_in(app, sari);
    let owner = at(app, sari, slug, Permission::Staff).await;
    let mine = signed_in(app, budi);
    invite(&cx, &cx.proved(STEP_UP).unwrap(), &owner, "budi@mail.example", ShopRole::Manager).await.unwrap();
    let first = token(app, &cx, "budi@mail.example").await;
    let second = invite(&cx, &cx.proved(STEP_UP).unwrap(), &owner, "budi@mail.example", ShopRole::Finance)
        .await
        .unwrap();
    assert!(matches!(join(&mine, budi, &first).await, Err(JoinError::Spent)), "replaced");
    let token_of_second = token(app, &cx, "budi@mail.example").await;
    withdraw(&cx, &cx.proved(STEP_UP).unwrap(), &owner, second).await.unwrap();
    assert!(matches!(
        withdraw(&cx, &cx.proved(STEP_UP).unwrap(), &owner, second).await,
        Err(StaffError::NotFound)
    ));
    assert!(matches!(join(&mine, budi, &token_of_second).await, Err(JoinError::Spent)), "taken back");
    invite(&cx, &cx.proved(STEP_UP).unwrap(), &owner, "budi@mail.example", ShopRole::Finance).await.unwrap();
    let third = token(app, &cx, "budi@mail.example").await;
    app.advance(Duration::days(i64::from(limits::INVITATION_DAYS))).await;
    assert!(matches!(join(&mine, budi, &third).await, Err(JoinError::Spent)), "too old");
    assert!(matches!(join(&mine, budi, "none").await, Err(JoinError::Spent)), "none of ours");
    assert_eq!(role(&cx, slug, budi).await, None);
    app.advance(Duration::days(31)).await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from shop_invitation").fetch_one(cx.db()).await.unwrap();
    assert_eq!(left, 0, "they are forgotten in time");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_the_owner_has_a_say_about_people_and_not_about_themselves(db: PgPool) {
    let shop = shop(db).await;
    shop.with_budi(ShopRole::Manager).await;
    let Shop { house: House { app, .. }, sari, budi, slug } = &shop;
    let (cx, budis) = (signed_in(app, sari), signed_in(app, budi));
    assert_eq!(at_shop(&budis, slug.as_str(), Permission::Staff).await.unwrap_err().code, Code::NotFound);
    let manager = at(app, budi, slug, Permission::Settings).await;
    assert!(matches!(
        invite(&budis, &budis.proved(STEP_UP).unwrap(), &manager, "x@mail.example", ShopRole::Finance).await,
        Err(StaffError::NotFound)
    ));
    assert!(matches!(
        remove(&budis, &budis.proved(STEP_UP).unwrap(), &manager, sari.account).await,
        Err(StaffError::NotFound)
    ));

    let owner = at(app, sari, slug, Permission::Staff).await;
    assert!(matches!(
        invite(&cx, &cx.proved(STEP_UP).unwrap(), &owner, "x@mail.example", ShopRole::Owner).await,
        Err(StaffError::Role)
    ));
    assert!(matches!(
        invite(&cx, &cx.proved(STEP_UP).unwrap(), &owner, "no address", ShopRole::Finance).await,
        Err(StaffError::Email)
    ));
    assert!(matches!(
        change_role(&cx, &cx.proved(STEP_UP).unwrap(), &owner, budi.account, ShopRole::Owner).await,
        Err(StaffError::Role)
    ));
    assert!(matches!(
        change_role(&cx, &cx.proved(STEP_UP).unwrap(), &owner, sari.account, ShopRole::Finance).await,
        Err(StaffError::NotFound)
    ));
    assert!(matches!(
        remove(&cx, &cx.proved(STEP_UP).unwrap(), &owner, sari.account).await,
        Err(StaffError::NotFound)
    ));
    assert_eq!(role(&cx, slug, sari).await, Some(ShopRole::Owner));

    change_role(&cx, &cx.proved(STEP_UP).unwrap(), &owner, budi.account, ShopRole::Finance).await.unwrap();
    change_role(&cx, &cx.proved(STEP_UP).unwrap(), &owner, budi.account, ShopRole::Finance).await.unwrap();
    assert_eq!(role(&cx, slug, budi).await, Some(ShopRole::Finance));
    assert_eq!(logged(&cx, "shop.staff_role_changed").await, 1, "the same again is no change");
    assert!(
        at_shop(&budis, slug.as_str(), Permission::Orders).await.is_err(),
        "the old work is over at once"
    );
    remove(&cx, &cx.proved(STEP_UP).unwrap(), &owner, budi.account).await.unwrap();
    assert!(matches!(
        remove(&cx, &cx.proved(STEP_UP).unwrap(), &owner, budi.account).await,
        Err(StaffError::NotFound)
    ));
    assert!(at_shop(&budis, slug.as_str(), Permission::Money).await.is_err());
    app.run_jobs().await;
    let told = letters(&cx, "budi@mail.example").await;
    assert_eq!(told, ["staff_invited", "staff_changed", "staff_changed"]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn people_leave_and_an_owner_hands_over_first(db: PgPool) {
    let shop = shop(db).await;
    shop.with_budi(ShopRole::Fulfilment).await;
    let Shop { house: House { app, .. }, sari, budi, slug } = &shop;
    let (cx, budis) = (signed_in(app, sari), signed_in(app, budi));
    assert!(matches!(leave(&cx, sari, slug.as_str()).await, Err(StaffError::Owner)));
    let owner = at(app, sari, slug, Permission::Staff).await;
    let proved = cx.proved(STEP_UP).unwrap();
    let rina = person(app, 3, "rina@mail.example").await;
    assert!(
        matches!(hand_over(&cx, &proved, &owner, rina.account).await, Err(StaffError::NotFound)),
        "not of the shop"
    );
    assert!(
        matches!(hand_over(&cx, &proved, &owner, sari.account).await, Err(StaffError::NotFound)),
        "to themselves"
    );
    let budis_proof = budis.proved(STEP_UP).unwrap();
    assert!(matches!(hand_over(&budis, &budis_proof, &owner, budi.account).await, Err(StaffError::NotFound)));
    assert_eq!(role(&cx, slug, sari).await, Some(ShopRole::Owner));

    hand_over(&cx, &proved, &owner, budi.account).await.unwrap();
    assert_eq!(role(&cx, slug, budi).await, Some(ShopRole::Owner));
    assert_eq!(role(&cx, slug, sari).await, Some(ShopRole::Manager));
    let stale = hand_over(&cx, &proved, &owner, budi.account).await;
    assert!(matches!(stale, Err(StaffError::NotFound)), "it is not hers any more");
    leave(&cx, sari, slug.as_str()).await.unwrap();
    assert_eq!(role(&cx, slug, sari).await, None);
    assert!(matches!(leave(&cx, sari, slug.as_str()).await, Err(StaffError::NotFound)));
    assert_eq!((logged(&cx, "shop.handed_over").await, logged(&cx, "shop.staff_left").await), (1, 1));
    app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_is_not_handed_to_who_owns_enough(db: PgPool) {
    let shop = shop(db).await;
    shop.with_budi(ShopRole::Manager).await;
    let Shop { house: House { app, .. }, sari, budi, slug } = &shop;
    for name in ["Satu Toko", "Dua Toko", "Tiga Toko"] {
        opened(app, budi, name).await;
    }
    let cx = signed_in(app, sari);
    let owner = at(app, sari, slug, Permission::Staff).await;
    let refused = hand_over(&cx, &cx.proved(STEP_UP).unwrap(), &owner, budi.account).await.unwrap_err();
    assert_eq!(AppError::from(refused).of("account"), Some(FieldError::NotAllowed));
    assert_eq!(role(&cx, slug, sari).await, Some(ShopRole::Owner));
    assert_eq!(role(&cx, slug, budi).await, Some(ShopRole::Manager));
    app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_owns_a_running_shop_keeps_the_account_until_it_is_handed_over(db: PgPool) {
    let shop = shop(db).await;
    shop.with_budi(ShopRole::Manager).await;
    let Shop { house: House { app, .. }, sari, budi, slug } = &shop;
    let cx = signed_in(app, sari);
    sqlx::query("update shop set state = 'open' where slug = $1")
        .bind(slug.as_str())
        .execute(cx.db())
        .await
        .unwrap();
    let proved = cx.proved(STEP_UP).unwrap();
    assert!(matches!(close(&cx, &proved).await, Err(CloseError::OwnsShop)));
    let owner = at(app, sari, slug, Permission::Staff).await;
    hand_over(&cx, &proved, &owner, budi.account).await.unwrap();
    close(&cx, &proved).await.unwrap();
    let new = open(&cx, sari, &typed("Kopi Pagi"), None).await.unwrap_err();
    assert_eq!(
        AppError::from(new).of("account"),
        Some(FieldError::NotAllowed),
        "nothing begins with an account that ends"
    );
    let budis = signed_in(app, budi);
    let back = hand_over(
        &budis,
        &budis.proved(STEP_UP).unwrap(),
        &at(app, budi, slug, Permission::Staff).await,
        sari.account,
    )
    .await;
    assert!(matches!(back, Err(StaffError::CannotOwn)));
    app.advance(Duration::days(14)).await;
    assert_eq!(role(&cx, slug, sari).await, None, "the end of an account is the end of its work");
    let invited: Vec<String> =
        sqlx::query_scalar("select email from shop_invitation").fetch_all(cx.db()).await.unwrap();
    assert_eq!(invited, ["budi@mail.example"]);
}
