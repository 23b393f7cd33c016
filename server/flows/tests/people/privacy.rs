use crate::support::{an_address, app_with, load_regions, person, product, signed_in};
use flows::{
    privacy::{
        CloseError, ExportData, Exports, RequestExportError, cancel_closing, close, decide, fetch,
        request_export,
    },
    wishlist::{self, Onto},
};
use identity::consent::{GIVE_UP_EXPORT, export};
use kernel::{
    Cx, Member, TestClock,
    jobs::{Job as _, JobError},
    testing::TestApp,
};
use media::Files;
use model::{
    ids::ExportId,
    person::{ExportState, ProfileInput, Purpose},
};
use serde_json::Value;
use sqlx::PgPool;
use std::{collections::BTreeSet, io::Read as _, path::Path, sync::Arc};
use time::Duration;

/// What nobody but her would be called, written to or reached by.
const PERSONAL: [&str; 6] =
    ["sari.rahasia", "Wulandari", "81234567890", "Melati No. 5", "titip pos satpam", "203.0.113"];

struct House {
    app: TestApp,
    _folder: tempfile::TempDir,
}

async fn house(db: PgPool) -> House {
    let folder = tempfile::tempdir().unwrap();
    let exports = Arc::new(Exports::folder(&folder.path().join("exports")).unwrap());
    let files = Arc::new(Files::folder(&folder.path().join("media")).unwrap());
    let app = app_with(db, |kernel| kernel.with_part(exports).with_part(files)).await;
    House { app, _folder: folder }
}

/// Somebody who has used everything there is.
async fn busy(app: &TestApp) -> Member {
    load_regions(app).await;
    let (kopi, _) = product(app, 7, 50_000, 3).await;
    let sari = person(app, 1, "sari.rahasia@mail.example").await;
    let cx = signed_in(app, &sari);
    let mut input = an_address();
    "titip pos satpam".clone_into(&mut input.notes);
    let key = "k-1".parse().unwrap();
    flows::address::add(&cx, &sari, &input, false, Some(&key)).await.unwrap();
    let profile = ProfileInput {
        name: "Sari Wulandari".to_owned(),
        born: "2001-12-31".to_owned(),
        lang: "id".to_owned(),
        theme: "dark".to_owned(),
    };
    flows::profile::save(&cx, &sari, 0, &profile).await.unwrap();
    let face = include_bytes!("../../../media/tests/fixtures/adam-birkett-239153-unsplash.jpg");
    flows::profile::set_picture(&cx, &sari, face.as_slice().into()).await.unwrap();
    wishlist::make(&cx, &sari, "Untuk Wulandari", None).await.unwrap();
    let (list, _) = wishlist::add(&cx, &sari, Onto::Default, (kopi, None), None).await.unwrap();
    wishlist::share(&cx, &sari, list).await.unwrap();
    for purpose in [Purpose::Terms, Purpose::Privacy, Purpose::Marketing] {
        decide(&cx, &sari, purpose, true).await.unwrap();
    }
    sari
}

async fn state(cx: &Cx, member: &Member) -> (ExportState, u32, u32) {
    let mut db = cx.db().acquire().await.unwrap();
    let export = views::privacy::page(&mut db, member.account).await.unwrap().export.unwrap();
    (export.state, export.done, export.total)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn consents_are_lines_that_are_never_changed(db: PgPool) {
    let House { app, .. } = &house(db).await;
    let sari = person(app, 1, "sari@mail.example").await;
    let cx = signed_in(app, &sari);
    let given = async |purpose| {
        let mut db = cx.db().acquire().await.unwrap();
        identity::consent::store::is_given(&mut db, sari.account, purpose).await.unwrap()
    };
    assert!(!given(Purpose::Marketing).await);
    for (answer, lines) in [(true, 1), (true, 1), (false, 2), (true, 3)] {
        app.clock().advance(Duration::HOUR);
        decide(&cx, &sari, Purpose::Marketing, answer).await.unwrap();
        assert_eq!(given(Purpose::Marketing).await, answer);
        let kept: i64 = sqlx::query_scalar("select count(*) from consent").fetch_one(cx.db()).await.unwrap();
        assert_eq!(kept, lines, "the same answer is not written again");
    }
    decide(&cx, &sari, Purpose::Terms, true).await.unwrap();
    assert!(decide(&cx, &sari, Purpose::Terms, false).await.is_err());
    assert!(given(Purpose::Terms).await);
    for sql in ["update consent set given = false", "delete from consent", "truncate consent"] {
        let error = sqlx::query(sql).execute(cx.db()).await.unwrap_err();
        let constraint = error.as_database_error().and_then(|e| e.constraint());
        assert_eq!(constraint, Some("consent_is_append_only"), "{sql}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_archive_holds_everything_for_its_owner_for_a_week(db: PgPool) {
    let House { app, .. } = &house(db).await;
    let sari = busy(app).await;
    let budi = person(app, 2, "budi@mail.example").await;
    let cx = signed_in(app, &sari);
    let proved = cx.proved(Duration::minutes(5)).unwrap();
    let id = request_export(&cx, &proved).await.unwrap();
    assert_eq!(request_export(&cx, &proved).await.unwrap(), id, "one is under way already");
    assert!(fetch(&cx, &sari, id).await.is_err(), "not yet");
    assert_eq!(state(&cx, &sari).await.0, ExportState::Waiting);
    app.run_jobs().await;
    let (ready, done, total) = state(&cx, &sari).await;
    assert_eq!((ready, done), (ExportState::Ready, total));

    let bytes = fetch(&cx, &sari, id).await.unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let part = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    assert!(read("README.txt").contains("JSON"));
    let addresses = part(read("addresses.json"));
    assert_eq!(addresses[0]["recipient"], "Sari Wulandari");
    assert_eq!(addresses[0]["district"], "Kebayoran Baru");
    assert_eq!(part(read("contacts.json"))[0]["address"], "sari.rahasia@mail.example");
    assert_eq!(part(read("profile.json"))[0]["born"], "2001-12-31");
    let lists = part(read("wishlists.json"));
    let default = lists.as_array().unwrap().iter().find(|list| list["is_default"] == true).unwrap();
    assert_eq!((lists.as_array().unwrap().len(), &default["wishes"][0]["name"]), (2, &Value::from("Kopi 7")));
    assert_eq!(part(read("consents.json")).as_array().unwrap().len(), 3);
    let devices = read("devices.json");
    assert!(devices.contains("Firefox") && !devices.contains("token"), "{devices}");

    assert!(fetch(&signed_in(app, &budi), &budi, id).await.is_err(), "it is not his");
    let other = ExportId::new(kernel::Uuid::from_u128(9));
    assert!(fetch(&cx, &sari, other).await.is_err());
    app.advance(Duration::days(7)).await;
    assert!(fetch(&cx, &sari, id).await.is_err(), "its time is over");
    assert_eq!(state(&cx, &sari).await.0, ExportState::Expired);

    // A new one takes the place of the old.
    let second = request_export(&cx, &proved).await.unwrap();
    app.run_jobs().await;
    let third = request_export(&cx, &proved).await.unwrap();
    app.run_jobs().await;
    assert!(fetch(&cx, &sari, second).await.is_err());
    assert!(fetch(&cx, &sari, third).await.is_ok());
    app.clock().advance(Duration::HOUR);
    request_export(&cx, &proved).await.unwrap();
    app.run_jobs().await;
    let fourth = request_export(&cx, &proved).await;
    assert!(matches!(fourth, Err(RequestExportError::TooMany { seconds: 82_801 })), "{fourth:?}");
    app.advance(Duration::DAY).await;
    assert!(request_export(&cx, &proved).await.is_ok());
    app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn who_waits_for_an_archive_that_is_never_made_is_told_and_asks_again(db: PgPool) {
    // There is nowhere to put it.
    let app = &app_with(db, |kernel| kernel).await;
    let sari = person(app, 1, "sari@mail.example").await;
    let cx = signed_in(app, &sari);
    let proved = cx.proved(Duration::minutes(5)).unwrap();
    let id = request_export(&cx, &proved).await.unwrap();
    let attempt = || ExportData { export: id }.run(&cx);
    assert!(matches!(attempt().await, Err(JobError::Fatal(_))));
    assert_eq!(state(&cx, &sari).await.0, ExportState::Failed);
    assert!(matches!(attempt().await, Err(JobError::Discard(_))), "it is not made any more");

    // One whose worker vanished for good is given up by the clock; those that came to nothing do not count.
    for _ in 0..4 {
        let lost = request_export(&cx, &proved).await.unwrap();
        assert_ne!(lost, id);
        sqlx::query("update data_export set state = 'running' where id = $1")
            .bind(lost.uuid())
            .execute(cx.db())
            .await
            .unwrap();
        sqlx::query("delete from job").execute(cx.db()).await.unwrap();
        let sweep = || flows::privacy::SweepExports {}.run(&cx);
        assert!(sweep().await.is_err(), "nor are there any to be swept");
        let now = cx.now() + Duration::hours(7);
        let mut db = cx.db().acquire().await.unwrap();
        assert_eq!(export::mark_lost(&mut db, now - GIVE_UP_EXPORT, now).await.unwrap(), 1);
        assert_eq!(state(&cx, &sari).await.0, ExportState::Failed);
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_last_attempt_says_that_it_was_the_last(db: PgPool) {
    let House { app, .. } = &house(db).await;
    let sari = person(app, 1, "sari@mail.example").await;
    let cx = signed_in(app, &sari);
    let id = request_export(&cx, &cx.proved(Duration::minutes(5)).unwrap()).await.unwrap();
    // A part that cannot be read, in whatever attempt.
    sqlx::query("alter table wishlist rename to wishlist_away").execute(cx.db()).await.unwrap();
    for n in 1..=ExportData::MAX_ATTEMPTS {
        assert!(state(&cx, &sari).await.0.is_under_way(), "before attempt {n}");
        let made = ExportData { export: id }.run(&cx).await;
        assert!(matches!(made, Err(JobError::Retry(_))), "{made:?}");
    }
    assert_eq!(state(&cx, &sari).await.0, ExportState::Failed);
    app.run_jobs().await;
}

/// How many pictures are kept as they came.
fn originals(folder: &Path) -> usize {
    std::fs::read_dir(folder.join("media/originals")).map_or(0, Iterator::count)
}

/// What somebody told us, less what comes and goes by itself: sessions and messages.
async fn told(cx: &Cx) -> Vec<String> {
    let passing = |row: &String| row.starts_with("session:") || row.starts_with("delivery:");
    traces(cx).await.into_iter().filter(|row| !passing(row)).collect()
}

/// Tables in which a person's text was found, with the row.
async fn traces(cx: &Cx) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select quote_ident(table_name) from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
    )
    .fetch_all(cx.db())
    .await
    .unwrap();
    let mut found = Vec::new();
    for table in tables {
        // The whole row as text: every column there is now or will be, JSON and arrays included.
        let sql = format!("select t::text from {table} as t where t::text ilike any ($1)");
        let patterns: Vec<String> = PERSONAL.iter().map(|text| format!("%{text}%")).collect();
        let rows: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(&patterns).fetch_all(cx.db()).await.unwrap();
        found.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    found
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn after_the_grace_period_nothing_personal_is_left_anywhere(db: PgPool) {
    let House { app, _folder: folder } = &house(db).await;
    let sari = busy(app).await;
    let cx = signed_in(app, &sari);
    request_export(&cx, &cx.proved(Duration::minutes(5)).unwrap()).await.unwrap();
    app.run_jobs().await;
    let places: BTreeSet<String> =
        traces(&cx).await.iter().map(|row| row.split(':').next().unwrap().to_owned()).collect();
    for table in ["account_contact", "address", "profile", "session", "wishlist"] {
        assert!(places.contains(table), "the search would find something in {table}: {places:?}");
    }

    assert_eq!(originals(folder.path()), 1, "her face is kept as a file");

    let proved = cx.proved(Duration::minutes(5)).unwrap();
    let due = close(&cx, &proved).await.unwrap();
    assert_eq!(due, TestClock::START + Duration::days(14));
    assert_eq!(close(&cx, &proved).await.unwrap(), due, "asking again changes nothing");
    app.advance(Duration::days(14) - Duration::seconds(1)).await;
    assert!(!traces(&cx).await.is_empty(), "she may still think again");
    app.advance(Duration::seconds(1)).await;

    // Finished jobs and old events are deleted by the clock; what they carry is looked at too.
    assert_eq!(traces(&cx).await, Vec::<String>::new());
    let state: String = sqlx::query_scalar("select state from account where id = $1")
        .bind(sari.account.uuid())
        .fetch_one(cx.db())
        .await
        .unwrap();
    assert_eq!(state, "closed", "the pseudonym stays");
    let consents: i64 = sqlx::query_scalar("select count(*) from consent").fetch_one(cx.db()).await.unwrap();
    assert_eq!(consents, 3, "and what proves consents");
    let files = std::fs::read_dir(folder.path().join("exports")).unwrap().count();
    assert_eq!(files, 0, "the archive is gone too");
    let pictures: i64 = sqlx::query_scalar("select count(*) from media").fetch_one(cx.db()).await.unwrap();
    assert_eq!((pictures, originals(folder.path())), (0, 0), "and so is her face");
    assert!(matches!(cancel_closing(&cx, &sari).await, Err(CloseError::NotClosing)), "it is too late");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_thinks_again_keeps_everything(db: PgPool) {
    let House { app, .. } = &house(db).await;
    let sari = busy(app).await;
    let cx = signed_in(app, &sari);
    let before = told(&cx).await;
    let proved = cx.proved(Duration::minutes(5)).unwrap();
    close(&cx, &proved).await.unwrap();
    app.advance(Duration::days(10)).await;
    cancel_closing(&cx, &sari).await.unwrap();
    app.advance(Duration::days(5)).await;
    assert_eq!(told(&cx).await, before);
    // Closing anew waits anew, whatever job is still waiting from the first time.
    let due = close(&cx, &proved).await.unwrap();
    assert_eq!(due, TestClock::START + Duration::days(29));
    app.advance(Duration::days(13)).await;
    assert_eq!(told(&cx).await, before);
    cancel_closing(&cx, &sari).await.unwrap();
    app.run_all_jobs(Duration::days(30)).await;
    assert_eq!(told(&cx).await, before);
}

/// A table that comes to name accounts has to say what becomes of it here.
#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn every_table_about_a_person_is_in_the_archive(db: PgPool) {
    let naming: Vec<String> = sqlx::query_scalar(
        "select distinct source.relname::text from pg_constraint as c
         join pg_class as source on source.oid = c.conrelid
         where c.contype = 'f' and c.confrelid = 'account'::regclass order by 1",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    let archived: BTreeSet<&str> =
        views::archive::PARTS.iter().flat_map(|part| part.tables).copied().collect();
    let missing: Vec<&String> = naming.iter().filter(|table| !archived.contains(table.as_str())).collect();
    assert!(missing.is_empty(), "views::archive leaves out {missing:?}");
}
