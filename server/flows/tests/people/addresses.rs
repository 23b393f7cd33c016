use crate::support::{an_address, app, load_regions, person, signed_in};
use flows::address::{AddAddressError, ChangeAddressError, add, change, choose_default, remove};
use kernel::{Cx, Member, idempotency::Key};
use model::{
    FieldError,
    address::{Address, AddressInput, Label, limits},
    ids::AddressId,
};
use sqlx::PgPool;

async fn book(cx: &Cx, member: &Member) -> Vec<Address> {
    views::addresses::list(&mut cx.db().acquire().await.unwrap(), member.account).await.unwrap()
}

fn defaults(book: &[Address]) -> Vec<AddressId> {
    book.iter().filter(|address| address.is_default).map(|address| address.id).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn there_is_one_default_whatever_is_done(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let mut ids = Vec::new();
    for make_default in [false, false, true] {
        ids.push(add(&cx, &sari, &an_address(), make_default, None).await.unwrap());
    }
    assert_eq!(defaults(&book(&cx, &sari).await), [ids[2]]);
    choose_default(&cx, &sari, ids[1]).await.unwrap();
    let all = book(&cx, &sari).await;
    assert_eq!((defaults(&all), all[0].id), (vec![ids[1]], ids[1]), "the default comes first");
    remove(&cx, &sari, ids[1]).await.unwrap();
    assert_eq!(defaults(&book(&cx, &sari).await), [ids[0]], "the oldest takes its place");
    for id in [ids[0], ids[2]] {
        remove(&cx, &sari, id).await.unwrap();
    }
    assert_eq!(book(&cx, &sari).await, []);
    let again = add(&cx, &sari, &an_address(), false, None).await.unwrap();
    assert_eq!(defaults(&book(&cx, &sari).await), [again], "the first one is");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_database_keeps_the_default_too(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let first = add(&cx, &sari, &an_address(), false, None).await.unwrap();
    let other = add(&cx, &sari, &an_address(), false, None).await.unwrap();
    for (sql, id, constraint) in [
        ("update address set is_default = true where id = $1", other, "address_one_default"),
        ("update address set is_default = false where id = $1", first, "address_has_default"),
        ("delete from address where id = $1", first, "address_has_default"),
    ] {
        let error = sqlx::query(sql).bind(id.uuid()).execute(cx.db()).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|e| e.constraint()), Some(constraint), "{sql}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_address_of_somebody_else_is_not_there(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let (sari, budi) =
        (person(&app, 1, "sari@mail.example").await, person(&app, 2, "budi@mail.example").await);
    let cx = signed_in(&app, &budi);
    let hers = add(&signed_in(&app, &sari), &sari, &an_address(), false, None).await.unwrap();
    let before = book(&cx, &sari).await;

    let changed = change(&cx, &budi, (hers, 1), &an_address(), true).await;
    assert!(matches!(changed, Err(ChangeAddressError::NotFound)), "{changed:?}");
    // Not even what is wrong with it is told.
    let changed = change(&cx, &budi, (hers, 1), &AddressInput::default(), true).await;
    assert!(matches!(changed, Err(ChangeAddressError::NotFound)), "{changed:?}");
    assert!(matches!(choose_default(&cx, &budi, hers).await, Err(ChangeAddressError::NotFound)));
    assert!(matches!(remove(&cx, &budi, hers).await, Err(ChangeAddressError::NotFound)));
    let mut db = cx.db().acquire().await.unwrap();
    assert_eq!(views::addresses::one(&mut db, budi.account, hers).await.unwrap(), None);
    assert_eq!(book(&cx, &sari).await, before, "nothing has changed");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_edit_of_an_old_version_is_refused(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let id = add(&cx, &sari, &an_address(), false, None).await.unwrap();
    let mine = AddressInput { label: "Kantor".to_owned(), ..an_address() };
    change(&cx, &sari, (id, 1), &mine, false).await.unwrap();
    let late = AddressInput { label: "Kos".to_owned(), ..an_address() };
    let refused = change(&cx, &sari, (id, 1), &late, false).await;
    assert!(matches!(refused, Err(ChangeAddressError::Stale)), "{refused:?}");
    let all = book(&cx, &sari).await;
    assert_eq!((all[0].version, &all[0].label), (2, &Label::Office));
    change(&cx, &sari, (id, 2), &late, false).await.unwrap();
    assert_eq!(book(&cx, &sari).await[0].input().label, "Kos");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn asking_twice_under_a_key_adds_one_address(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let (sari, budi) =
        (person(&app, 1, "sari@mail.example").await, person(&app, 2, "budi@mail.example").await);
    let cx = signed_in(&app, &sari);
    let key: Key = "form-1".parse().unwrap();
    let asked = an_address();
    let (one, twin) =
        tokio::join!(add(&cx, &sari, &asked, false, Some(&key)), add(&cx, &sari, &asked, false, Some(&key)),);
    assert_eq!(one.unwrap(), twin.unwrap());
    assert_eq!(book(&cx, &sari).await.len(), 1);
    let other = AddressInput { street: "Jl. Mawar No. 9".to_owned(), ..an_address() };
    let reused = add(&cx, &sari, &other, false, Some(&key)).await;
    assert!(matches!(reused, Err(AddAddressError::KeyReused)), "{reused:?}");
    // The key is hers alone.
    add(&signed_in(&app, &budi), &budi, &other, false, Some(&key)).await.unwrap();
    assert_eq!((book(&cx, &sari).await.len(), book(&cx, &budi).await.len()), (1, 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_wrong_is_told_by_field_and_nothing_is_kept(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    for (field, error, input) in [
        ("postcode", FieldError::NotAllowed, AddressInput { postcode: "40111".to_owned(), ..an_address() }),
        ("district", FieldError::NotAllowed, AddressInput { district: "31.74".to_owned(), ..an_address() }),
        (
            "district",
            FieldError::NotAllowed,
            AddressInput { district: "99.99.99".to_owned(), ..an_address() },
        ),
        ("phone", FieldError::Malformed, AddressInput { phone: "12".to_owned(), ..an_address() }),
        (
            "pin",
            FieldError::OutOfRange,
            AddressInput { latitude: "-7.2575".to_owned(), longitude: "112.7521".to_owned(), ..an_address() },
        ),
    ] {
        let refused = add(&cx, &sari, &input, false, None).await.unwrap_err();
        let AddAddressError::Invalid(problems) = refused else { panic!("{refused:?}") };
        assert_eq!(problems.of(field), Some(error), "{input:?}");
    }
    assert_eq!(book(&cx, &sari).await, []);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn text_is_kept_as_typed_whatever_it_would_mean_elsewhere(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let script = "<script>alert('x')</script>";
    let input = AddressInput {
        recipient: script.to_owned(),
        street: script.to_owned(),
        detail: "'; drop table address; --".to_owned(),
        notes: script.to_owned(),
        label: "<b>Kos</b>".to_owned(),
        ..an_address()
    };
    add(&cx, &sari, &input, false, None).await.unwrap();
    let kept = &book(&cx, &sari).await[0];
    assert_eq!((kept.recipient.as_str(), kept.notes.as_deref()), (script, Some(script)));
    assert_eq!((kept.street.as_str(), kept.label.as_str()), (script, "<b>Kos</b>"));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_keeps_more_than_the_limit_even_at_once(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    for _ in 0..limits::MOST_ADDRESSES - 1 {
        add(&cx, &sari, &an_address(), false, None).await.unwrap();
    }
    let input = an_address();
    let (one, other) =
        tokio::join!(add(&cx, &sari, &input, false, None), add(&cx, &sari, &input, true, None));
    let refused = [one.err(), other.err()].into_iter().flatten().collect::<Vec<_>>();
    assert!(matches!(refused[..], [AddAddressError::TooMany]), "{refused:?}");
    let all = book(&cx, &sari).await;
    assert_eq!((all.len(), defaults(&all).len()), (limits::MOST_ADDRESSES as usize, 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_log_says_what_changed_and_not_where_anybody_lives(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let id = add(&cx, &sari, &an_address(), false, None).await.unwrap();
    let mut moved = an_address();
    "Jl. Kenanga No. 7".clone_into(&mut moved.street);
    change(&cx, &sari, (id, 1), &moved, false).await.unwrap();
    remove(&cx, &sari, id).await.unwrap();
    let logged: Vec<(Option<serde_json::Value>, serde_json::Value)> =
        sqlx::query_as("select before, after from audit_entry where action = 'address.changed' order by id")
            .fetch_all(cx.db())
            .await
            .unwrap();
    let [added, changed, removed] = &logged[..] else { panic!("{logged:?}") };
    assert_eq!((&added.0, added.1["change"].as_str()), (&None, Some("added")));
    assert_eq!(added.1["to"]["phone"], "+62•••7890");
    assert_eq!(changed.0.as_ref(), Some(&added.1["to"]), "before");
    assert_eq!(changed.1["to"]["street"], "J•••", "after");
    assert!(removed.0.is_some() && removed.1.get("to").is_none());
    let text = format!("{logged:?}");
    assert!(!text.contains("Melati") && !text.contains("Kenanga") && !text.contains("81234567890"), "{text}");
}
