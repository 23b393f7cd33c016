use crate::support::{app, app_with, person, signed_in};
use flows::profile::{PictureError, SaveProfileError, prefer, remove_picture, save, set_picture};
use media::{Files, ReceiveError, Refused};
use model::{Lang, Theme, person::ProfileInput};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::sync::Arc;

fn typed(name: &str) -> ProfileInput {
    ProfileInput {
        name: name.to_owned(),
        born: "2001-12-31".to_owned(),
        lang: "en".to_owned(),
        theme: "dark".to_owned(),
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_profile_is_written_from_the_version_it_was_read_in(db: PgPool) {
    let app = app(db).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let read =
        async || views::profile::profile(&mut cx.db().acquire().await.unwrap(), sari.account).await.unwrap();
    assert_eq!((read().await.version, read().await.lang), (0, Lang::Id));
    save(&cx, &sari, 0, &typed("Sari")).await.unwrap();
    let kept = read().await;
    assert_eq!((kept.version, kept.lang, kept.theme), (1, Lang::En, Theme::Dark));
    assert_eq!((kept.name.as_deref(), kept.born.as_deref()), (Some("Sari"), Some("2001-12-31")));
    for stale in [0, 2, -1] {
        let refused = save(&cx, &sari, stale, &typed("Other")).await;
        assert!(matches!(refused, Err(SaveProfileError::Stale)), "{stale}: {refused:?}");
    }
    assert_eq!(read().await, kept);
    save(&cx, &sari, 1, &typed("")).await.unwrap();
    assert_eq!((read().await.version, read().await.name), (2, None));
    let logged: Vec<(Value, Value)> = sqlx::query_as(
        "select before, after from audit_entry where action = 'account.profile_changed' order by id",
    )
    .fetch_all(cx.db())
    .await
    .unwrap();
    let sari = json!({"name": "S•••", "born": 2001, "lang": "en", "theme": "dark"});
    let nobody = json!({"name": null, "born": null, "lang": "id", "theme": "system"});
    let nameless = json!({"name": null, "born": 2001, "lang": "en", "theme": "dark"});
    assert_eq!(
        logged,
        [(nobody, sari.clone()), (sari, nameless)],
        "the log says what changed, not who she is"
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_chosen_beside_a_page_is_kept_for_every_browser(db: PgPool) {
    let app = app(db).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let read =
        async || views::profile::profile(&mut cx.db().acquire().await.unwrap(), sari.account).await.unwrap();
    prefer(&cx, &sari, None, None).await.unwrap();
    prefer(&cx, &sari, Some(Lang::Id), None).await.unwrap();
    assert_eq!(read().await.version, 0, "it was so before");
    prefer(&cx, &sari, Some(Lang::En), None).await.unwrap();
    assert_eq!((read().await.lang, read().await.theme), (Lang::En, Theme::System));
    save(&cx, &sari, 1, &typed("Sari")).await.unwrap();
    prefer(&cx, &sari, None, Some(Theme::Light)).await.unwrap();
    let kept = read().await;
    assert_eq!((kept.lang, kept.theme, kept.name.as_deref()), (Lang::En, Theme::Light, Some("Sari")));
    assert!(matches!(save(&cx, &sari, 2, &typed("Sari")).await, Err(SaveProfileError::Stale)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_picture_is_judged_by_its_bytes(db: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let files = Arc::new(Files::folder(folder.path()).unwrap());
    let app = app_with(db, |kernel| kernel.with_part(files)).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><script>alert(1)</script></svg>"#;
    for bytes in [&svg[..], b"<?xml version=\"1.0\"?><svg/>", b"GIF89a", b"<html>", b""] {
        let refused = set_picture(&cx, &sari, bytes.into()).await.unwrap_err();
        assert!(
            matches!(refused, PictureError::Receive(ReceiveError::Refused(Refused::Format))),
            "{refused:?}"
        );
    }
    let profile =
        async || views::profile::profile(&mut cx.db().acquire().await.unwrap(), sari.account).await.unwrap();
    assert_eq!(profile().await.media, None);
    let photo = include_bytes!("../../../media/tests/fixtures/adam-birkett-239153-unsplash.jpg");
    let id = set_picture(&cx, &sari, photo.as_slice().into()).await.unwrap();
    assert_eq!((profile().await.media, profile().await.picture), (Some(id), None), "it is being made ready");
    app.run_jobs().await;
    assert!(profile().await.picture.is_some());
    remove_picture(&cx, &sari).await.unwrap();
    assert_eq!(profile().await.media, None);
}
