//! What is tried over HTTP by those who should stay out: the whole router answers, with real sessions in real cookies.
//! Each attack fails, and leaves everything as it was. What can be tried below HTTP is tried in `flows/tests/account`.

#[path = "../../src/account.rs"]
mod account;
#[path = "../../src/doorman.rs"]
mod doorman;
mod guesses;
mod house;
mod markup;
mod programs;
mod times;

use house::{Answer, Browser, House, OTHER_PASSWORD, PASSWORD, SIGN_IN};
use http::{Request, header};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeMap;
use time::Duration;

const SARI: &str = "sari@mail.example";
const BUDI: &str = "budi@mail.example";

fn an_address() -> Value {
    json!({
        "recipient": "Sari Wulandari", "phone": "0812 3456 7890", "district": "31.74.07", "postcode": "12110",
        "street": "Jl. Melati No. 5",
    })
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_gets_a_role_by_asking_for_one(db: PgPool) {
    let house = House::new(db);
    for field in ["role", "roles", "duties", "is_admin", "account_id", "confirmed_at"] {
        let mut body = json!({"contact": SARI, "password": PASSWORD});
        body[field] = json!("administrator");
        let answer = house.rest(&mut Browser::default(), "POST /registrations", body).await;
        assert_eq!(answer.status, 422, "{field}");
    }
    assert_eq!(house.count("select count(*) from registration").await, 0);

    // A form ignores what it does not know.
    let mut browser = Browser::default();
    let fields = [
        ("contact", SARI),
        ("password", PASSWORD),
        ("role", "administrator"),
        ("roles[0]", "administrator"),
        ("person[role]", "administrator"),
    ];
    let answer = house.form(&mut browser, "/_fn/account/door/rpc/register", &fields).await;
    assert_eq!((answer.status, answer.location()), (302, "/verify"));
    let code = house.last_message_of(SARI, "code").await;
    let fields = [("code", code.as_str().unwrap()), ("role", "administrator")];
    let answer = house.form(&mut browser, "/_fn/account/door/rpc/verify", &fields).await;
    assert_eq!((answer.status, answer.location()), (302, "/account"));
    let profile = json!({"language": "id", "theme": "dark", "version": 0, "role": "administrator"});
    assert_eq!(house.rest(&mut browser, "PUT /profile", profile).await.status, 422);
    let me = house.rest(&mut browser, "GET /me", Value::Null).await;
    assert_eq!((me.status, &me.json()["roles"]), (200, &json!([])));
    assert_eq!(house.get(&browser, "/backoffice/audit").await.status, 404);
    assert_eq!(house.count("select count(*) from operator_role").await, 0);
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_somebody_elses_is_neither_read_nor_changed(db: PgPool) {
    let house = House::new(db);
    house.load_regions().await;
    let (mut sari, budi) = (house.member(SARI).await, house.member(BUDI).await);
    let id = |answer: Answer| answer.json()["id"].as_str().unwrap().to_owned();
    let address = id(house.rest(&mut sari, "POST /addresses", an_address()).await);
    let list = id(house.rest(&mut sari, "POST /wishlists", json!({"name": "Rahasia"})).await);
    let sessions = house.rest(&mut sari, "GET /sessions", Value::Null).await.json();
    let session = sessions[0]["id"].as_str().unwrap().to_owned();
    house.form(&mut sari, "/_fn/account/privacy/rpc/ask_for_copy", &[]).await;
    house.app.run_jobs().await;
    let export: kernel::Uuid =
        sqlx::query_scalar("select id from data_export").fetch_one(house.app.kernel().db()).await.unwrap();
    let archive = format!("/account/privacy/export/{export}");
    assert_eq!(house.get(&sari, &archive).await.status, 200);
    let mut all = Vec::new();
    for call in ["GET /addresses", "GET /wishlists", "GET /me"] {
        all.push((call, house.rest(&mut sari, call, Value::Null).await.body));
    }

    let mut edit = an_address();
    edit["version"] = json!(1);
    for (who, mut browser, status) in [("a visitor", Browser::default(), 401), ("Budi", budi, 404)] {
        for (call, body) in [
            (format!("GET /addresses/{address}"), Value::Null),
            (format!("PUT /addresses/{address}"), edit.clone()),
            (format!("PUT /addresses/{address}/default"), Value::Null),
            (format!("DELETE /addresses/{address}"), Value::Null),
            (format!("GET /wishlists/{list}"), Value::Null),
            (format!("PATCH /wishlists/{list}"), json!({"name": "Punyaku", "version": 1})),
            (format!("PUT /wishlists/{list}/share"), Value::Null),
            (format!("DELETE /wishlists/{list}"), Value::Null),
            (format!("DELETE /sessions/{session}"), Value::Null),
        ] {
            let answer = house.rest(&mut browser, &call, body).await;
            assert_eq!(answer.status, status, "{call} by {who}");
            assert!(!answer.body.contains("Melati") && !answer.body.contains("Rahasia"), "{}", answer.body);
        }
        let read = house.get(&browser, &archive).await;
        assert_eq!(read.status, status, "the archive for {who}");
        let page = house.get(&browser, &format!("/account/addresses/{address}")).await;
        assert!(page.status == 404 || page.location().starts_with("/sign-in"), "{who}: {}", page.status);
        assert!(!page.body.contains("Melati"), "{who}");
        let page = house.get(&browser, &format!("/account/wishlist?list={list}")).await;
        assert!(page.status == 404 || page.location().starts_with("/sign-in"), "{who}: {}", page.status);
        assert!(!page.body.contains("Rahasia"), "{who}");
        for (path, field, value) in [
            ("/_fn/account/addresses/rpc/remove_address", "id", &address),
            ("/_fn/account/addresses/rpc/default_address", "id", &address),
            ("/_fn/account/wishlist/rpc/delete_list", "id", &list),
            ("/_fn/account/security/rpc/end_session", "session", &session),
        ] {
            house.form(&mut browser, path, &[(field, value)]).await;
        }
    }
    for (call, before) in all {
        assert_eq!(house.rest(&mut sari, call, Value::Null).await.body, before, "{call}");
    }
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_reset_link_is_good_once_in_time_and_as_it_was_sent(db: PgPool) {
    let house = House::new(db);
    let mut sari = house.member(SARI).await;
    let stranger = &mut Browser::default();
    let ask = async || {
        let answer =
            house.rest(&mut Browser::default(), "POST /password-resets", json!({"contact": SARI})).await;
        assert_eq!(answer.status, 202);
        house.app.run_jobs().await;
        let link: String = sqlx::query_scalar(
            "select message ->> 'link' from delivery where kind = 'reset_password' order by id desc limit 1",
        )
        .fetch_one(house.app.kernel().db())
        .await
        .unwrap();
        link.split_once("token=").unwrap().1.to_owned()
    };
    let with = |token: &str| json!({"token": token, "password": OTHER_PASSWORD});
    let token = ask().await;
    let mut altered = token.clone();
    altered.replace_range(7..8, if &token[7..8] == "A" { "B" } else { "A" });
    let longer = format!("{token}A");
    for wrong in [altered.as_str(), &longer, &token[1..], "", &token.to_uppercase()] {
        assert_eq!(house.rest(stranger, "PUT /password-resets", with(wrong)).await.status, 410, "{wrong}");
    }
    assert_eq!(house.rest(&mut sari, "GET /me", Value::Null).await.status, 200, "nothing has happened");
    assert_eq!(house.rest(stranger, "PUT /password-resets", with(&token)).await.status, 204);
    assert_eq!(house.rest(stranger, "PUT /password-resets", with(&token)).await.status, 410, "twice");
    assert_eq!(house.rest(&mut sari, "GET /me", Value::Null).await.status, 401, "sessions have ended");
    let sign_in = |password: &str| json!({"contact": SARI, "password": password});
    assert_eq!(house.rest(stranger, "POST /sessions", sign_in(PASSWORD)).await.status, 401);
    assert_eq!(house.rest(stranger, "POST /sessions", sign_in(OTHER_PASSWORD)).await.status, 201);
    let late = ask().await;
    house.app.clock().advance(Duration::minutes(31));
    assert_eq!(house.rest(stranger, "PUT /password-resets", with(&late)).await.status, 410, "late");
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_code_is_not_found_by_trying(db: PgPool) {
    let house = House::new(db);
    let mut browser = Browser::default();
    let fields = [("contact", SARI), ("password", PASSWORD)];
    house.form(&mut browser, "/_fn/account/door/rpc/register", &fields).await;
    let code = house.last_message_of(SARI, "code").await;
    let code = code.as_str().unwrap();
    let verify = "/_fn/account/door/rpc/verify";
    let elsewhere = house.form(&mut Browser::default(), verify, &[("code", code)]).await;
    assert!(
        elsewhere.location().contains("__err="),
        "the code alone opens nothing elsewhere: {} {}",
        elsewhere.status,
        elsewhere.body
    );
    for n in 1..=5 {
        let guess = format!("{:06}", (code.parse::<u32>().unwrap() + n) % 1_000_000);
        let answer = house.form(&mut browser, verify, &[("code", &guess)]).await;
        assert!(answer.location().contains("__err="), "{}", answer.location());
    }
    let answer = house.form(&mut browser, verify, &[("code", code)]).await;
    assert!(answer.location().contains("__err="), "even the right one, after five");
    assert_eq!(browser.session(), "");
    assert_eq!(house.count("select count(*) from account").await, 0);
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_session_is_never_one_that_was_brought_along(db: PgPool) {
    let house = House::new(db);
    let (_, budi) = (house.member(SARI).await, house.member(BUDI).await);
    // Made up, and one that is really somebody's.
    for planted in ["A".repeat(43), budi.session()] {
        let mut victim = Browser::default();
        victim.0.insert("session".to_owned(), planted.clone());
        let fields = [("contact", SARI), ("password", PASSWORD)];
        let answer = house.form(&mut victim, SIGN_IN, &fields).await;
        assert_eq!((answer.status, answer.location()), (302, "/account"));
        assert_ne!(victim.session(), planted);
        let mut attacker = Browser::default();
        attacker.0.insert("session".to_owned(), planted);
        let me = house.rest(&mut attacker, "GET /me", Value::Null).await;
        assert!(me.status == 401 || me.json()["email"] == BUDI, "{}", me.body);
        assert_eq!(house.rest(&mut victim, "GET /me", Value::Null).await.json()["email"], SARI);

        for (path, password) in [
            ("/_fn/account/security/rpc/prove", PASSWORD),
            ("/_fn/account/security/rpc/change_password", PASSWORD),
        ] {
            let mut old = victim.clone();
            house.form(&mut victim, path, &[("password", password)]).await;
            assert_ne!(victim.session(), old.session(), "{path}");
            assert_eq!(house.rest(&mut old, "GET /me", Value::Null).await.status, 401, "{path}");
            assert_eq!(house.rest(&mut victim, "GET /me", Value::Null).await.status, 200, "{path}");
        }
        let mut old = victim.clone();
        house.form(&mut victim, "/_fn/account/security/rpc/sign_out", &[]).await;
        assert_eq!((victim.session().as_str(), old.session().is_empty()), ("", false));
        assert_eq!(house.rest(&mut old, "GET /me", Value::Null).await.status, 401, "signed out is over");
    }
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn another_site_sends_nothing_that_counts(db: PgPool) {
    let house = House::new(db);
    let mut sari = house.member(SARI).await;
    let mut paths: Vec<(String, String)> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| (method.to_string(), path.to_owned()))
        .collect();
    assert!(paths.len() > 40 && paths.iter().all(|(method, _)| method == "POST"), "{paths:?}");
    for call in [
        "POST /account/profile/picture",
        "POST /preferences",
        "POST /api/v1/sessions",
        "DELETE /api/v1/sessions",
        "POST /api/v1/addresses",
        "PUT /api/v1/me/password",
    ] {
        let (method, path) = call.split_once(' ').unwrap();
        paths.push((method.to_owned(), path.to_owned()));
    }
    let foreign: [&[(&str, &str)]; 5] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://localhost")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[],
    ];
    for (method, path) in &paths {
        for headers in foreign {
            let mut request = Request::builder()
                .method(method.as_str())
                .uri(path)
                .header(header::COOKIE, sari.cookie().unwrap())
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            assert_eq!(house.send(request, "").await.status, 403, "{method} {path} {headers:?}");
        }
        // What changes things is not done by a link either.
        let linked = house.get(&sari, path).await;
        assert!(linked.status >= 400 || method != "POST" || path.starts_with("/api"), "GET {path}");
    }
    assert_eq!(house.rest(&mut sari, "GET /me", Value::Null).await.status, 200);
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_is_led_to_another_site(db: PgPool) {
    let house = House::new(db);
    house.member(SARI).await;
    for next in [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/account\r\nSet-Cookie: session=x",
        "/account\r\n\r\n<script>",
        "/\t/evil.example",
        " //evil.example",
        "evil.example",
        "/\u{2215}evil.example",
        "@evil.example",
        &"/a".repeat(2_000),
    ] {
        let fields = [("contact", SARI), ("password", PASSWORD), ("next", next)];
        let answer = house.form(&mut Browser::default(), SIGN_IN, &fields).await;
        assert_eq!((answer.status, answer.location()), (302, "/account"), "{next:?}");
        let mut cookies = answer.headers.get_all(header::SET_COOKIE).iter();
        assert!(!cookies.any(|cookie| cookie == "session=x"), "{next:?}");
        let answer = house.form(&mut Browser::default(), "/preferences", &[("next", next)]).await;
        assert!(matches!(answer.location(), "/" | ""), "{next:?}: {}", answer.location());
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        let page = house.get(&Browser::default(), &format!("/sign-in?{query}")).await;
        assert_eq!(page.status, 200, "{next:?}");
        assert!(!page.body.contains("<script>\""), "{next:?}");
        assert!(
            !page.body.contains("href=\"javascript:") && !page.body.contains("href=\"//evil"),
            "{next:?}"
        );
    }
    for referer in ["https://evil.example/x", "http://localhost//evil.example", "javascript:x"] {
        let request = Request::post(SIGN_IN)
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, referer)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = house.send(request, "contact=x&password=y").await;
        assert!(answer.location().starts_with("/?__path="), "{referer}: {} {}", answer.status, answer.body);
    }
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn answers_do_not_tell_who_has_an_account(db: PgPool) {
    let house = House::new(db);
    house.member(SARI).await;
    // As long as hers.
    let nobody = "nina@mail.example";
    let door = |verb: &str| format!("/_fn/account/door/rpc/{verb}");
    let mut seen = Vec::new();
    for contact in [SARI, nobody] {
        let before = house.guard.hasher.done();
        let browser = || Browser::default();
        let both = [("contact", contact), ("password", OTHER_PASSWORD)];
        let body = json!({"contact": contact, "password": OTHER_PASSWORD});
        let answers = [
            house.form(&mut browser(), &door("register"), &both).await,
            house.rest(&mut browser(), "POST /registrations", body.clone()).await,
            house.form(&mut browser(), &door("sign_in"), &both).await,
            house.rest(&mut browser(), "POST /sessions", body).await,
            house.form(&mut browser(), &door("forgot"), &both[..1]).await,
            house.rest(&mut browser(), "POST /password-resets", json!({"contact": contact})).await,
        ];
        // Times follow from the work: hashes are what takes long.
        let told: Vec<_> = answers.iter().map(Answer::seen).collect();
        seen.push((told, house.guard.hasher.done() - before));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].1, 4, "two to register and two to sign in");
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn guesses_from_everywhere_hardly_reach_the_hasher_and_its_owner_gets_in(db: PgPool) {
    let house = House::new(db);
    let mut sari = house.member(SARI).await;
    let before = house.guard.hasher.done();
    let mut told = BTreeMap::new();
    for n in 0..2_000 {
        let body = json!({"contact": SARI, "password": format!("tebakan ke-{n}")});
        let answer = house.rest(&mut Browser::default(), "POST /sessions", body).await;
        *told.entry(answer.status).or_insert(0) += 1;
        assert!(answer.status == 401 || !answer.header("retry-after").is_empty());
        if n % 20 == 0 {
            house.app.clock().advance(Duration::seconds(1));
        }
    }
    let tried = house.guard.hasher.done() - before;
    assert!(tried <= 12, "{tried} were tried: {told:?}");
    assert_eq!(told.keys().copied().collect::<Vec<_>>(), [401, 429]);

    let body = json!({"contact": SARI, "password": PASSWORD, "carried": "cookie"});
    let elsewhere = house.rest(&mut Browser::default(), "POST /sessions", body.clone()).await;
    assert_eq!(elsewhere.status, 429, "the right password of an unknown browser waits as well");
    assert!(sari.0.contains_key("device"));
    assert_eq!(house.rest(&mut sari, "POST /sessions", body).await.status, 201, "her own does not");
    house.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_picture_is_nothing_but_pixels(db: PgPool) {
    const SCRIPT: &[u8] = b"<script>alert(document.cookie)</script>";
    let house = House::new(db);
    let mut sari = house.member(SARI).await;
    let photo = include_bytes!("../../media/tests/fixtures/adam-birkett-239153-unsplash.jpg");
    let send = async |name: &str, kind: &str, bytes: &[u8]| {
        let head = format!(
            "--form\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"{name}\"\r\n\
             content-type: {kind}\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--form--\r\n"].concat();
        let request = House::from_here(&sari, "POST", "/account/profile/picture")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=form");
        house.send(request, body).await.location().to_owned()
    };
    let svg =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>";
    let damaged = [&photo[..600], SCRIPT].concat();
    for (name, kind, bytes) in [
        ("a.svg", "image/svg+xml", &svg[..]),
        ("a.png", "image/png", &svg[..]),
        ("a.jpg", "image/jpeg", SCRIPT),
        ("a.gif", "image/gif", &[b"GIF89a/*", SCRIPT].concat()),
        ("a.jpg", "image/jpeg", &damaged),
        ("../../a.jpg", "text/html", SCRIPT),
    ] {
        assert_eq!(send(name, kind, bytes).await, "/account/profile?picture=wrong", "{name} {kind}");
    }
    assert_eq!(house.count("select count(*) from media").await, 0);
    // A picture with a page behind it is taken as the picture alone.
    let polyglot = [&photo[..], SCRIPT].concat();
    assert_eq!(send("a.html", "text/html", &polyglot).await, "/account/profile");
    let mut folders = vec![house.folder.path().join("media")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                assert!(!bytes.windows(8).any(|part| part == b"<script>"), "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 0);
    assert_eq!(house.rest(&mut sari, "GET /profile", Value::Null).await.status, 200);
    house.app.leave_queue();
}
