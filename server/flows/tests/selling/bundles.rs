//! Variants made of others, by the people of a shop.

use crate::{
    products::{Market, market},
    support::{at, logged, person, signed_in},
};
use flows::seller::{
    AtShop, at_shop,
    bundles::{BundleError, find, list, set},
};
use model::{
    AppError, FieldError, Lang, Permission, ShopRole,
    ids::{ProductId, Uuid, VariantId},
    shop::StallFilter,
};
use sqlx::PgPool;

struct Stall {
    market: Market,
    at: AtShop,
    /// A bundle to be, and two things that could be in it, each with its SKU.
    whole: (ProductId, VariantId),
    parts: [(VariantId, String); 2],
}

async fn stall(db: PgPool) -> Stall {
    let market = market(db).await;
    let at = at(&market.house.app, &market.sari, &market.slug, Permission::Promotions).await;
    let goods = market.goods(&StallFilter::default()).await;
    let mut there = goods.iter().filter(|row| row.variants[0].on_hand >= 10);
    let whole = there.next().map(|row| (row.id, row.variants[0].id)).unwrap();
    let mut part = || there.next().map(|row| (row.variants[0].id, row.variants[0].sku.clone())).unwrap();
    let parts = [part(), part()];
    Stall { market, at, whole, parts }
}

impl Stall {
    /// What can be sold of it, as its page says.
    async fn shown(&self) -> (i32, usize) {
        self.market.house.app.run_jobs().await;
        let cx = &self.market.cx;
        let mut db = cx.db().acquire().await.unwrap();
        let page = views::product::by_id(&mut db, self.whole.0, Lang::Id, cx.now()).await.unwrap().unwrap();
        let variant = page.variants.iter().find(|it| it.id == self.whole.1).unwrap();
        (variant.stock, variant.parts.len())
    }

    async fn available(&self, variant: VariantId) -> i32 {
        let mut db = self.market.cx.db().acquire().await.unwrap();
        let there = inventory::store::available(&mut db, &[variant]).await.unwrap();
        there.get(&variant).unwrap().sellable
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_bundle_has_as_many_as_its_parts_make_and_its_page_says_what_is_inside(db: PgPool) {
    let stall = stall(db).await;
    let (cx, at, whole) = (&stall.market.cx, &stall.at, stall.whole.1);
    let own = stall.available(whole).await;
    let [(one, first), (other, second)] = &stall.parts;
    let makes = (stall.available(*one).await / 3).min(stall.available(*other).await / 2);
    set(cx, at, whole, &format!("{first} 3\n{second} 2")).await.unwrap();
    assert_eq!(stall.available(whole).await, makes);
    assert_eq!(stall.shown().await, (makes, 2));
    let bundle = find(cx, at, whole).await.unwrap();
    assert_eq!((bundle.stock, bundle.parts.len()), (Some(makes), 2));
    assert_eq!(list(cx, at, None, 10).await.unwrap().items, std::slice::from_ref(&bundle));
    set(cx, at, whole, &bundle.typed()).await.unwrap();
    assert_eq!(find(cx, at, whole).await.unwrap(), bundle, "it is read as it is written");

    for (typed, error) in [
        ("TIADA-DI-SINI 1".to_owned(), FieldError::NotAllowed),
        (first.clone(), FieldError::Malformed),
        (format!("{first} 0"), FieldError::OutOfRange),
        (format!("{first} 10001"), FieldError::OutOfRange),
        (format!("{} 1", bundle.sku), FieldError::NotAllowed),
    ] {
        let refused = AppError::from(set(cx, at, whole, &typed).await.unwrap_err());
        assert_eq!(refused.of("parts"), Some(error), "{typed}");
    }
    let nested = AppError::from(set(cx, at, *one, &format!("{} 1", bundle.sku)).await.unwrap_err());
    assert_eq!(nested.of("parts"), Some(FieldError::NotAllowed));
    assert_eq!(find(cx, at, whole).await.unwrap(), bundle, "nothing has changed");

    set(cx, at, whole, "").await.unwrap();
    assert_eq!(stall.shown().await, (own, 0), "it has its own again");
    assert!(list(cx, at, None, 10).await.unwrap().items.is_empty());
    assert_eq!(logged(cx, "bundle.changed").await, 3);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn others_neither_see_nor_change_what_is_inside(db: PgPool) {
    let stall = stall(db).await;
    let (cx, app, whole) = (&stall.market.cx, &stall.market.house.app, stall.whole.1);
    let inside = format!("{} 1", stall.parts[0].1);
    set(cx, &stall.at, whole, &inside).await.unwrap();
    let (budi, wati) = (person(app, 2, "budi@mail.example").await, person(app, 3, "wati@mail.example").await);
    let mut db = cx.db().acquire().await.unwrap();
    shop::store::staff::appoint(&mut db, stall.at.shop(), budi.account, ShopRole::Fulfilment, cx.now())
        .await
        .unwrap();
    let (rival, slug): (Uuid, String) =
        sqlx::query_as("select id, slug from shop where id <> $1 order by id limit 1")
            .bind(stall.at.shop().uuid())
            .fetch_one(&mut *db)
            .await
            .unwrap();
    shop::store::staff::appoint(&mut db, rival.into(), wati.account, ShopRole::Owner, cx.now())
        .await
        .unwrap();
    drop(db);
    let theirs = signed_in(app, &budi);
    let packer = at_shop(&theirs, stall.market.slug.as_str(), Permission::Orders).await.unwrap();
    assert!(matches!(set(&theirs, &packer, whole, "").await, Err(BundleError::NotFound)));
    let theirs = signed_in(app, &wati);
    let rival = at_shop(&theirs, &slug, Permission::Promotions).await.unwrap();
    assert!(matches!(set(&theirs, &rival, whole, "").await, Err(BundleError::NotFound)));
    assert!(matches!(find(&theirs, &rival, whole).await, Err(BundleError::NotFound)));
    assert_eq!(find(cx, &stall.at, whole).await.unwrap().parts.len(), 1);
    app.run_jobs().await;
}
