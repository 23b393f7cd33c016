//! People, and a shop to try things with.

use flows::{
    privacy::Exports,
    seller::{Applicant, AtShop, Papers, at_shop},
};
use identity::{
    Guard, Safe,
    password::{Cost, Hasher},
};
use kernel::{Cx, Kernel, Member, Operator, Viewer, jobs::Registry, testing::TestApp};
use media::{DropFiles, Files, MakeForms};
use model::{
    Duties, Duty, Permission, Slug,
    ids::{AccountId, SessionId, Uuid},
    shop::{ApplicantKind, DocumentKind, ShopInput},
};
use notify::{Post, PostSettings, SendBulk, SendNow};
use sqlx::PgPool;
use std::{path::Path, sync::Arc};

pub struct House {
    pub app: TestApp,
    pub folder: tempfile::TempDir,
}

pub async fn house(db: PgPool) -> House {
    let folder = tempfile::tempdir().unwrap();
    let settings = PostSettings { site: "https://pasar.example".to_owned(), ..PostSettings::default() };
    let post = Arc::new(Post::open(&Kernel::new(db.clone()), settings).await.unwrap());
    let guard = Guard {
        hasher: Hasher::start(Cost { memory: 64, passes: 1, lanes: 1 }, 1, 4),
        safe: Safe::new(b"a key of the tests that is long enough"),
        host: "pasar.example".to_owned(),
    };
    let registry = flows::seller::jobs(flows::reactions::buying(flows::reactions::people(Registry::empty())))
        .job::<SendNow>()
        .job::<SendBulk>()
        .job::<MakeForms>()
        .job::<DropFiles>()
        .reactions(flows::reactions::reactions());
    let papers = Papers::folder(&folder.path().join("papers")).unwrap();
    let files = Files::folder(&folder.path().join("media")).unwrap();
    let exports = Exports::folder(&folder.path().join("exports")).unwrap();
    let app = TestApp::with_parts(db, registry, |kernel| {
        let kernel = kernel.with_part(post).with_part(Arc::new(guard));
        let kernel = kernel.with_part(Arc::new(files));
        kernel.with_part(Arc::new(papers)).with_part(Arc::new(exports))
    });
    region::load(&mut app.cx().db().acquire().await.unwrap()).await.unwrap();
    House { app, folder }
}

/// Somebody with an account and an address to be written to.
pub async fn person(app: &TestApp, n: u128, email: &str) -> Member {
    let cx = app.cx();
    let account = AccountId::new(Uuid::from_u128(n));
    sqlx::query(
        "with made as (insert into account (id, lang, created_at, updated_at) values ($1, 'id', $3, $3) returning id)
         insert into account_contact (account_id, kind, address, confirmed_at) select id, 'email', $2, $3 from made",
    )
    .bind(account.uuid())
    .bind(email)
    .bind(cx.now())
    .execute(cx.db())
    .await
    .unwrap();
    let session = SessionId::new(Uuid::from_u128(n + 1000));
    Member { account, session, duties: Duties::NONE, proved_at: cx.now() }
}

pub fn signed_in(app: &TestApp, member: &Member) -> Cx {
    app.cx().as_viewer(Viewer::Member(member.clone()))
}

/// An operator who looks at shops.
pub async fn operator(app: &TestApp) -> (Cx, Operator) {
    let mut member = person(app, 9, "operator@mail.example").await;
    member.duties = [Duty::Shops].into_iter().collect();
    let cx = signed_in(app, &member);
    let operator = cx.operator(Duty::Shops).unwrap();
    (cx, operator)
}

pub fn typed(name: &str) -> ShopInput {
    ShopInput {
        name: name.to_owned(),
        district: "31.74.07".to_owned(),
        description: "Kopi dari kebun sendiri.".to_owned(),
        ..ShopInput::default()
    }
}

/// A shop that somebody has opened.
pub async fn opened(app: &TestApp, member: &Member, name: &str) -> Slug {
    flows::seller::open(&signed_in(app, member), member, &typed(name), None).await.unwrap()
}

pub async fn at(app: &TestApp, member: &Member, slug: &Slug, permission: Permission) -> AtShop {
    at_shop(&signed_in(app, member), slug.as_str(), permission).await.unwrap()
}

/// A photograph of so many pixels on a side.
pub fn photograph(side: u32) -> Vec<u8> {
    let shade = |at: u32| u8::try_from(at % 256).unwrap();
    let picture = image::RgbImage::from_fn(side, side, |x, y| image::Rgb([shade(x), shade(y), 120]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub fn a_person() -> Applicant {
    Applicant {
        kind: ApplicantKind::Person,
        legal_name: "Sari Wulandari".to_owned(),
        files: vec![
            (DocumentKind::IdentityCard, photograph(200).into()),
            (DocumentKind::Selfie, photograph(300).into()),
        ],
    }
}

/// How many documents lie in the store.
pub fn papers(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("papers")).unwrap().count()
}

/// The state of the shop at this address.
pub async fn state(cx: &Cx, slug: &Slug) -> String {
    sqlx::query_scalar("select state from shop where slug = $1")
        .bind(slug.as_str())
        .fetch_one(cx.db())
        .await
        .unwrap()
}

/// Kinds of messages to this address, in the order they were sent.
pub async fn letters(cx: &Cx, to: &str) -> Vec<String> {
    sqlx::query_scalar("select kind from delivery where address = $1 order by id")
        .bind(to)
        .fetch_all(cx.db())
        .await
        .unwrap()
}

/// Lines of the audit log about one action.
pub async fn logged(cx: &Cx, action: &str) -> i64 {
    sqlx::query_scalar("select count(*) from audit_entry where action = $1")
        .bind(action)
        .fetch_one(cx.db())
        .await
        .unwrap()
}
