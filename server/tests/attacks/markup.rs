//! Script in every field there is for text: it is taken as text or refused, and never shown as markup.

use crate::{
    SARI, an_address,
    house::{Answer, Browser, House, PASSWORD},
};
use http::{HeaderValue, header};
use identity::{operator::Giver, passkey};
use kernel::Uuid;
use model::OperatorRole;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeMap;

const MARKUP: &str = "</script><b onx=1>\"'";
/// Where goods can be put.
const SHIRTS: &str = "7e004c7a-6833-dd5c-be11-a18e1cdd9977";

/// What became of a field: it took the text, or said that it does not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    Taken,
    Refused,
}
use Fate::{Refused, Taken};

/// Everything that was written, and where it may be read.
#[derive(Default)]
struct Written {
    fates: BTreeMap<String, Fate>,
    pages: Vec<String>,
}

impl Written {
    fn note(&mut self, field: &str, answer: &Answer) {
        let fate = match answer.status {
            200..=299 => Taken,
            422 => Refused,
            other => panic!("{field}: {other} {}", answer.body),
        };
        self.fates.insert(field.to_owned(), fate);
    }

    fn read_at(&mut self, paths: &[String]) {
        self.pages.extend_from_slice(paths);
    }
}

fn id(answer: &Answer) -> String {
    answer.json()["id"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

/// What somebody says about themselves.
async fn people(house: &House, sari: &mut Browser, told: &mut Written) {
    let profile = json!({"name": MARKUP, "language": "id", "theme": "dark", "version": 0});
    told.note("profile name", &house.rest(sari, "PUT /profile", profile).await);
    for field in ["recipient", "street", "detail", "label", "notes", "phone", "postcode"] {
        let mut body = an_address();
        body[field] = json!(MARKUP);
        let answer = house.rest(sari, "POST /addresses", body).await;
        told.note(&format!("address {field}"), &answer);
        if answer.status == 201 {
            told.read_at(&[format!("/account/addresses/{}", id(&answer))]);
        }
    }
    let list = house.rest(sari, "POST /wishlists", json!({"name": MARKUP})).await;
    told.note("wishlist name", &list);
    let list = id(&list);
    let shared = house.rest(sari, &format!("PUT /wishlists/{list}/share"), Value::Null).await.json();
    told.read_at(&[
        format!("/account/wishlist?list={list}"),
        shared["shared_at"].as_str().unwrap().to_owned(),
    ]);

    // As addresses to sign in with.
    let body = json!({"contact": format!("{MARKUP}@mail.example"), "password": PASSWORD});
    told.note("contact registering", &house.rest(&mut Browser::default(), "POST /registrations", body).await);
    let answer = house.form(sari, "/_fn/account/security/rpc/change_contact", &[("contact", MARKUP)]).await;
    assert!(answer.location().contains("__err="), "{} {}", answer.status, answer.location());
    told.fates.insert("contact changed".to_owned(), Refused);

    // The name of a passkey, first as it came and then as it is called.
    let cx = house.app.cx();
    let account: Uuid = sqlx::query_scalar("select account_id from account_contact where address = $1")
        .bind(SARI)
        .fetch_one(cx.db())
        .await
        .unwrap();
    let key = passkey::NewKey {
        credential: cx.ids().uuid().as_bytes().to_vec(),
        key: vec![0],
        state: [0; 7],
        transports: 0,
        sign_count: 0,
        synced: false,
    };
    let (passkey, name) = (cx.id(), passkey::Name::parse("Ponsel").unwrap());
    let mut db = cx.db().acquire().await.unwrap();
    assert!(passkey::store::insert(&mut db, passkey, account.into(), &key, &name, cx.now()).await.unwrap());
    let call = format!("PATCH /me/passkeys/{passkey}");
    told.note("passkey name", &house.rest(sari, &call, json!({"name": MARKUP})).await);
    told.read_at(
        &["/account", "/account/addresses", "/account/profile", "/account/wishlist"].map(str::to_owned),
    );
    told.read_at(&["/account/security", "/account/security/passkeys"].map(str::to_owned));
}

/// What a shop says about itself and its goods.
async fn shop(house: &House, sari: &mut Browser, told: &mut Written) {
    for (field, value) in [("name", MARKUP), ("slug", MARKUP), ("description", MARKUP)] {
        let mut body = json!({"name": "Kopi Senja", "district": "31.74.07"});
        body[field] = json!(value);
        // Whatever this one says, the next one is another shop.
        if field == "description" {
            body["slug"] = json!("kopi-senja");
        }
        told.note(&format!("shop {field}"), &house.rest(sari, "POST /seller/shops", body).await);
    }
    sqlx::query("update shop set state = 'open'").execute(house.app.kernel().db()).await.unwrap();
    let at = "/seller/shops/kopi-senja";
    let mut version = 1;
    for field in ["name", "description"] {
        let mut body = json!({"name": "Kopi Senja", "couriers": ["kirim_cepat"], "version": version});
        body[field] = json!(MARKUP);
        let answer = house.rest(sari, &format!("PUT {at}/settings"), body).await;
        told.note(&format!("settings {field}"), &answer);
        version = answer.json()["version"].as_i64().unwrap_or(version);
    }
    let holiday = json!({"from": "2026-01-10", "until": "2026-01-12", "message": MARKUP});
    told.note("holiday message", &house.rest(sari, &format!("PUT {at}/holiday"), holiday).await);
    for field in ["contact", "phone", "postcode", "street"] {
        let mut body = json!({"contact": "Sari", "phone": "0812-3456-7890", "district": "31.74.07",
            "postcode": "12110", "street": "Jl. Melati No. 5"});
        body[field] = json!(MARKUP);
        told.note(&format!("sender {field}"), &house.rest(sari, &format!("PUT {at}/address"), body).await);
    }
    let asked = json!({"email": format!("{MARKUP}@mail.example"), "role": "finance"});
    told.note("invitation email", &house.rest(sari, &format!("POST {at}/invitations"), asked).await);

    let begin = async |sari: &mut Browser, name: &str| {
        let begun = json!({"name": name, "category_id": SHIRTS});
        house.rest(sari, &format!("POST {at}/products"), begun).await
    };
    let whole = || {
        json!({"version": 1, "name": "Kaos Polos", "category_id": SHIRTS, "description": "Adem.",
            "weight_g": 200, "options": [{"name": "Warna", "values": ["Hitam"]}],
            "variants": [{"choices": ["Hitam"], "price": {"amount": 50_000, "currency": "IDR"}, "stock": 3}]})
    };
    for field in ["name", "description", "brand", "video_url", "option", "value", "sku"] {
        let product = id(&begin(sari, "Kaos Polos").await);
        let mut body = whole();
        match field {
            "option" => body["options"][0]["name"] = json!(MARKUP),
            "value" => {
                body["options"][0]["values"][0] = json!(MARKUP);
                body["variants"][0]["choices"][0] = json!(MARKUP);
            }
            "sku" => body["variants"][0]["sku"] = json!(MARKUP),
            _ => body[field] = json!(MARKUP),
        }
        let answer = house.rest(sari, &format!("PUT {at}/products/{product}"), body).await;
        told.note(&format!("product {field}"), &answer);
    }
    // With all of it that is taken at once, where shoppers see it.
    let begun = begin(sari, MARKUP).await;
    told.note("product begun", &begun);
    let product = id(&begun);
    let mut body = whole();
    for field in ["name", "description", "brand"] {
        body[field] = json!(MARKUP);
    }
    body["options"][0] = json!({"name": MARKUP, "values": [MARKUP]});
    body["variants"][0]["choices"][0] = json!(MARKUP);
    let answer = house.rest(sari, &format!("PUT {at}/products/{product}"), body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer = house.rest(sari, &format!("POST {at}/products/{product}/submit"), Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let slug = answer.json()["slug"].as_str().unwrap().to_owned();
    told.read_at(
        &["", "/products", "/settings", "/staff", "/stock", "/orders"]
            .map(|it| format!("/seller/kopi-senja{it}")),
    );
    told.read_at(&[
        format!("/seller/kopi-senja/products/{product}"),
        format!("/seller/kopi-senja/products/{product}/preview"),
        "/shop/kopi-senja".to_owned(),
        format!("/p/{slug}"),
    ]);
}

/// What a browser calls itself, where its owner and operators read it.
async fn browsers(house: &House, told: &mut Written) -> Browser {
    let cx = house.app.cx();
    let contact = SARI.parse().unwrap();
    flows::account::grant(&cx, Giver::Console, &contact, OperatorRole::Administrator).await.unwrap();
    let mut sari = Browser::default();
    sqlx::query("delete from passkey").execute(cx.db()).await.unwrap();
    let request = House::from_here(&sari, "POST", "/api/v1/sessions")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, HeaderValue::from_static(MARKUP));
    let body = json!({"contact": SARI, "password": PASSWORD, "carried": "cookie"}).to_string();
    let answer = house.send(request, body).await;
    told.note("user agent", &answer);
    sari.keep(&answer);
    told.read_at(&["/account/security", "/backoffice/audit", "/backoffice/messages"].map(str::to_owned));
    sari
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_people_write_is_never_markup(db: PgPool) {
    let house = House::new(db);
    house.load_regions().await;
    let mut told = Written::default();
    let mut sari = house.member(SARI).await;
    people(&house, &mut sari, &mut told).await;
    shop(&house, &mut sari, &mut told).await;
    let mut sari = browsers(&house, &mut told).await;
    let taken = [
        "address detail",
        "address label",
        "address notes",
        "address recipient",
        "address street",
        "holiday message",
        "passkey name",
        "product begun",
        "product brand",
        "product description",
        "product name",
        "product option",
        "product sku",
        "product value",
        "profile name",
        "sender contact",
        "sender street",
        "settings description",
        "settings name",
        "shop description",
        "shop name",
        "user agent",
        "wishlist name",
    ];
    let refused = [
        "address phone",
        "address postcode",
        "contact changed",
        "contact registering",
        "invitation email",
        "product video_url",
        "sender phone",
        "sender postcode",
        "shop slug",
    ];
    let taken = taken.iter().map(|field| ((*field).to_owned(), Taken));
    let refused = refused.iter().map(|field| ((*field).to_owned(), Refused));
    let expected: BTreeMap<String, Fate> = taken.chain(refused).collect();
    assert_eq!(told.fates, expected);

    let asked = form_urlencoded::byte_serialize(MARKUP.as_bytes()).collect::<String>();
    for path in
        ["/search?q=", "/sign-in?next=/", "/verify?token=", "/reset?token=", "/sign-in?__err=", "/p/x?stars="]
    {
        told.pages.push(format!("{path}{asked}"));
    }
    told.pages.push(format!("/account/addresses/new?q={asked}&postcode={asked}&change=1"));
    let mut shown = Vec::new();
    for path in &told.pages {
        let page = house.get(&sari, path).await;
        assert!(page.status < 500, "{path}: {}", page.status);
        assert!(!page.body.contains("<b onx"), "{path}");
        if page.body.contains("&lt;b onx") || page.body.contains("onx=1&gt;") {
            shown.push(path.split('?').next().unwrap_or_default());
        }
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert!(policy.contains("script-src 'nonce-"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
    }
    for page in ["/account/profile", "/account/wishlist", "/search", "/seller/kopi-senja/products"] {
        assert!(shown.contains(&page), "{page} is to show it, as these do: {shown:?}");
    }
    assert!(shown.iter().any(|page| page.starts_with("/p/")), "{shown:?}");
    assert!(shown.len() >= 8, "pages that show it: {shown:?}");
    let policies = [house.get(&sari, "/").await, house.get(&sari, "/").await];
    assert_ne!(
        policies[0].header("content-security-policy"),
        policies[1].header("content-security-policy"),
        "each answer has a nonce of its own"
    );
    for call in ["GET /addresses", "GET /profile", "GET /wishlists"] {
        let answer = house.rest(&mut sari, call, Value::Null).await;
        assert_eq!(
            answer.headers[header::CONTENT_TYPE],
            HeaderValue::from_static("application/json"),
            "{call}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{call}");
    }
    house.app.leave_queue();
}
