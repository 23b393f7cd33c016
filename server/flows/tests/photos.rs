//! Photographs on products: put in once, shown when ready, swept when nothing shows them.

use bytes::Bytes;
use catalog::store::{MOST_PICTURES, find_by_slug};
use flows::{
    import::{Options, import_listings},
    photos::{AddError, Added, SweepPhotos, add},
};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kernel::{
    jobs::{Registry, enqueue},
    testing::TestApp,
};
use media::{DropFiles, Files, MakeForms, ReceiveError, Refused};
use model::{
    Lang, Slug,
    ids::{MediaId, ProductId},
    views::{Picture, PictureFormat, PictureSource},
};
use sqlx::PgPool;
use std::{io::Cursor, path::Path, sync::Arc};
use time::Duration;

/// A JPEG of one colour; no two colours are the same photograph.
fn photo(colour: u8) -> Bytes {
    let pixels = RgbImage::from_pixel(200, 100, Rgb([colour, 120, 40]));
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels).write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner().into()
}

struct Market {
    app: TestApp,
    files: Arc<Files>,
    product: ProductId,
    slug: Slug,
    // Gone with the test.
    _folder: tempfile::TempDir,
}

async fn market(db: PgPool) -> Market {
    let folder = tempfile::tempdir().unwrap();
    let files = Arc::new(Files::folder(folder.path()).unwrap());
    let jobs = Registry::empty().job::<MakeForms>().job::<DropFiles>().job::<SweepPhotos>();
    let app = TestApp::with_parts(db, jobs, |kernel| kernel.with_part(files.clone()));
    let listings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/listings.csv");
    import_listings(&app.cx(), &listings, &Options::of("test"), |_| ()).await.unwrap();
    let slug: Slug = "ssd-midasforce-128-gb-p2".parse().unwrap();
    let found = find_by_slug(&mut app.cx().db().acquire().await.unwrap(), &slug).await.unwrap();
    Market { app, files, product: found.unwrap().0, slug, _folder: folder }
}

impl Market {
    async fn add(&self, colour: u8, alt: Option<&str>, sku: Option<&str>) -> Result<Added, AddError> {
        add(&self.app.cx(), &self.files, self.product, photo(colour), alt, sku).await
    }

    async fn page(&self) -> model::views::ProductPage {
        let cx = self.app.cx();
        let mut db = cx.db().acquire().await.unwrap();
        match views::product::page(&mut db, &self.slug, Lang::Id, cx.now()).await.unwrap() {
            views::product::Lookup::Found(page) => *page,
            other => panic!("{other:?}"),
        }
    }

    async fn events(&self) -> Vec<String> {
        let names = sqlx::query_scalar!(
            "select name from outbox where key = $1 or name = 'media.ready' order by id",
            self.product.uuid()
        );
        names.fetch_all(self.app.cx().db()).await.unwrap()
    }
}

fn media(pictures: &[Picture]) -> Vec<MediaId> {
    let ids = pictures.iter().map(|picture| match picture.source {
        PictureSource::Stored { media, .. } => media,
        PictureSource::Drawn { .. } => panic!("{picture:?}"),
    });
    ids.collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn photographs_stand_in_the_gallery_in_the_order_they_came(db: PgPool) {
    let market = market(db).await;
    let before = market.events().await.len();
    let first = market.add(10, Some("Dari depan"), None).await.unwrap();
    let second = market.add(20, None, None).await.unwrap();
    assert!(first.new && second.new);
    assert!(market.page().await.pictures[0].is_vector(), "until the forms are made the drawing stands in");
    market.app.run_jobs().await;

    let page = market.page().await;
    assert_eq!(media(&page.pictures), [first.media, second.media]);
    assert_eq!((page.pictures[0].alt.as_str(), &page.pictures[1].alt), ("Dari depan", &page.name));
    assert!(page.pictures[0].placeholder.as_deref().is_some_and(|tiny| tiny.starts_with("data:image/webp")));
    assert_eq!(
        market.events().await[before..],
        ["product.changed", "product.changed", "media.ready", "media.ready"]
    );
    let mut db = market.app.cx().db().acquire().await.unwrap();
    let card = views::cards(&mut db, &[market.product], market.app.cx().now()).await.unwrap().remove(0);
    assert_eq!(media(&[card.image]), [first.media]);
    assert!(market.files.form(first.media, 200, PictureFormat::Avif).await.unwrap().is_some());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_same_photograph_again_changes_nothing_but_what_is_said_of_it(db: PgPool) {
    let market = market(db).await;
    let first = market.add(10, Some("Depan"), None).await.unwrap();
    market.add(20, None, None).await.unwrap();
    market.app.run_jobs().await;
    let events = market.events().await.len();

    assert_eq!(market.add(10, None, None).await.unwrap(), Added { media: first.media, new: false });
    assert_eq!(market.events().await.len(), events);
    assert_eq!(market.page().await.pictures[0].alt, "Depan");
    market.add(10, Some("Tampak depan"), None).await.unwrap();
    let page = market.page().await;
    assert_eq!((page.pictures.len(), page.pictures[0].alt.as_str()), (2, "Tampak depan"));
    assert_eq!(market.app.run_jobs().await.names(), Vec::<&str>::new(), "no form is made twice");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_variant_shows_its_own_photograph(db: PgPool) {
    let market = market(db).await;
    let sku = market.page().await.variants[0].sku.clone();
    market.add(10, None, None).await.unwrap();
    market.add(20, None, Some(&sku)).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.page().await.variants[0].picture, Some(1));

    let refused = market.add(30, None, Some("no-such-sku")).await.unwrap_err();
    assert!(matches!(refused, AddError::NoVariant));
    market.app.run_jobs().await;
    assert_eq!(market.page().await.pictures.len(), 2);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_refused_is_named_and_changes_nothing(db: PgPool) {
    let market = market(db).await;
    let cx = market.app.cx();
    let nothing = add(&cx, &market.files, market.product, Bytes::from_static(b"<svg/>"), None, None).await;
    assert!(matches!(nothing, Err(AddError::Receive(ReceiveError::Refused(Refused::Format)))));
    let nowhere = add(&cx, &market.files, ProductId::new(kernel::Uuid::nil()), photo(1), None, None).await;
    assert!(matches!(nowhere, Err(AddError::NotFound)));
    let long = "x".repeat(301);
    assert!(matches!(market.add(1, Some(&long), None).await, Err(AddError::AltTooLong)));
    let rows = sqlx::query_scalar!("select count(*) from media").fetch_one(cx.db()).await.unwrap();
    assert_eq!(rows, Some(0));

    for colour in 0..u8::try_from(MOST_PICTURES).unwrap() {
        market.add(colour * 8, None, None).await.unwrap();
    }
    assert!(matches!(market.add(255, None, None).await, Err(AddError::Full)));
    sqlx::query!("delete from job").execute(cx.db()).await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_picture_nothing_shows_is_swept_after_a_week_with_its_files(db: PgPool) {
    let market = market(db).await;
    let kept = market.add(10, None, None).await.unwrap().media;
    let owner = kernel::Uuid::from_u128(7);
    let unused = media::receive(&market.app.cx(), &market.files, owner, photo(20)).await.unwrap();
    market.app.run_jobs().await;
    let there = async |media| market.files.form(media, 160, PictureFormat::Jpeg).await.unwrap().is_some();
    let sweep = async || {
        let cx = market.app.cx();
        let mut tx = cx.begin().await.unwrap();
        enqueue(&mut tx, &cx, &SweepPhotos {}).await.unwrap();
        tx.commit().await.unwrap();
        market.app.run_jobs().await;
    };
    market.app.clock().advance(Duration::days(6));
    sweep().await;
    assert!(there(kept).await && there(unused).await);

    // Sent again, it has another week.
    assert_eq!(media::receive(&market.app.cx(), &market.files, owner, photo(20)).await.unwrap(), unused);
    market.app.clock().advance(Duration::days(6));
    sweep().await;
    assert!(there(unused).await);
    // Somebody else's table names another one, and has not been asked.
    let named = media::receive(&market.app.cx(), &market.files, owner, photo(30)).await.unwrap();
    sqlx::raw_sql("create table portrait (media_id uuid not null references media (id))")
        .execute(market.app.cx().db())
        .await
        .unwrap();
    sqlx::query("insert into portrait values ($1)")
        .bind(named.uuid())
        .execute(market.app.cx().db())
        .await
        .unwrap();
    market.app.clock().advance(Duration::days(8));
    sweep().await;
    assert!(there(kept).await && there(named).await && !there(unused).await);
    assert_eq!(media(&market.page().await.pictures), [kept]);
}
