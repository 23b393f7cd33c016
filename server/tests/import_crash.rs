//! `kill -9` of the server, and of it and its PostgreSQL, while a shop's file of goods is taken over. The next server goes on
//! with it, and each row has come in once.

mod running;

use identity::session::{NewSession, Stay, store};
use kernel::{Kernel, Uuid};
use model::ids::AccountId;
use running::{
    Place,
    http::Connection,
    market::{self, number},
    pause,
};
use serde_json::Value;
use sqlx::PgPool;
use std::{fmt::Write as _, time::Duration};

const ROWS: i64 = 6_000;
const IMPORTS: &str = "/api/v1/seller/shops/toko-1/products/imports";
/// Rows of the file that are noted as taken over.
const READ: &str = "select coalesce(max(rows_read), 0)::bigint from goods_import where state <> 'checked'";
/// By how many they differ from the goods that are there.
const APART: &str = "select (select coalesce(max(rows_read), 0) from goods_import where state <> 'checked')
  - (select count(*) from product where name like 'Kaos Tahan %')";

/// The owner of the first shop, signed in with a program.
async fn seller(db: &PgPool) -> String {
    let cx = Kernel::new(db.clone()).job_cx();
    let account = AccountId::new(Uuid::from_u128(7));
    for sql in [
        "insert into account (id, lang, created_at, updated_at) values ($1, 'id', now(), now())",
        "insert into shop_staff (shop_id, account_id, role, since) select id, $1, 'owner', now() from shop where slug = 'toko-1'",
    ] {
        sqlx::query(sql).bind(account.uuid()).execute(db).await.unwrap();
    }
    let new = NewSession::begin(&cx, account, Stay::Program);
    store::insert(&mut db.acquire().await.unwrap(), &new, cx.now()).await.unwrap();
    new.token.text()
}

fn file() -> String {
    let mut text = "sku,name,category,price,stock\n".to_owned();
    for n in 0..ROWS {
        writeln!(text, "TAHAN-{n},Kaos Tahan {n},fashion-pria,{},3", 10_000 + n).unwrap();
    }
    text
}

/// Posts, and reads the document that comes back.
async fn post(http: &mut Connection, token: &str, path: &str, body: &str) -> Value {
    let bearer = format!("Bearer {token}");
    let headers = [("content-type", "application/octet-stream"), ("authorization", bearer.as_str())];
    let answer = http.send(&format!("POST {path}"), &headers, body).await.unwrap();
    let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    assert_eq!(answer.status, 202, "{told}");
    told
}

/// Waits until this says yes.
async fn until(db: &PgPool, sql: &'static str, least: i64) {
    let comes = async {
        while number(db, sql).await < least {
            pause().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(3), comes).await.expect(sql);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_cut_short_goes_on_and_each_row_comes_in_once() {
    let place = Place::new(None);
    let mut server = place.start().await;
    let mut db = place.database().await;
    market::open(&db).await;
    let token = seller(&db).await;
    let mut http = Connection::new(place.address);
    let sent = post(&mut http, &token, &format!("{IMPORTS}?file_name=tahan.csv"), &file()).await;
    let id = sent["id"].as_str().unwrap().to_owned();
    until(&db, "select count(*) from goods_import where state = 'checked'", 1).await;
    post(&mut http, &token, &format!("{IMPORTS}/{id}/take-over"), "").await;

    for (rows, both) in [(1, false), (3_000, true)] {
        until(&db, READ, rows).await;
        // Somewhere in the batch after that.
        tokio::time::sleep(Duration::from_millis(30)).await;
        db.close().await;
        if both {
            place.kill_postgres();
        }
        server.kill();
        server = place.start().await;
        db = place.database().await;
        // In one look, since the new server may have gone on meanwhile.
        assert_eq!(number(&db, APART).await, 0, "what is noted is there, and nothing else");
        market::a_minute_later(&db).await;
    }
    until(&db, "select count(*) from goods_import where state = 'done'", 1).await;
    market::settle(&db).await;
    for (what, sql) in [
        ("rows are told", "select rows_new::bigint from goods_import"),
        ("goods", "select count(*) from product where name like 'Kaos Tahan %' and state = 'active'"),
        ("units", "select count(distinct sku) from variant where sku like 'TAHAN-%'"),
        ("variants", "select count(*) from variant where sku like 'TAHAN-%'"),
        (
            "movements",
            "select count(*) from stock_movement join variant on variant.id = variant_id where sku like 'TAHAN-%'",
        ),
        (
            "pieces, three each",
            "select sum(stock.on_hand) / 3 from stock join variant on variant.id = variant_id where sku like 'TAHAN-%'",
        ),
    ] {
        assert_eq!(number(&db, sql).await, ROWS, "{what}");
    }
    db.close().await;
    server.stop().await;
}
