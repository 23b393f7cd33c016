//! Goods as files: what is taken out comes in as it was, what is bad is told, and what is there stays until somebody says
//! otherwise.

use crate::{
    editor_support::{Desk, colourful, desk, shirt},
    goods_support::{counts, told},
    support::{at, opened, person},
};
use flows::seller::goods::{SendGoodsError, Sent, cancel, send, take_over};
use kernel::jobs::Outcome;
use model::{
    Permission,
    shop::{ImportFailure, ImportState, RowProblem, TierInput, file},
};
use sqlx::PgPool;
use std::fmt::Write as _;

/// A shop with goods of every kind, on sale.
async fn stocked(db: PgPool) -> Desk {
    let desk = desk(db, true).await;
    let mut one = shirt();
    one.name = "=SUM(A1) Kaos \"kutip\", koma".into();
    one.brand = "+Senja".into();
    one.length = "20,5".into();
    one.width = "30".into();
    one.height = "2".into();
    one.tiers = vec![
        TierInput { from: "10".to_owned(), price: "45000".to_owned() },
        TierInput { from: "50".to_owned(), price: "40000".to_owned() },
    ];
    one.variants[0].sku = "KAOS-1".into();
    one.variants[0].list_price = "75000".into();
    desk.sold(&one).await;
    desk.sold(&colourful()).await;
    desk.begun().await;
    desk
}

async fn touched(desk: &Desk) -> (i64, i64, i64) {
    (
        desk.count("select sum(version)::bigint from product").await,
        desk.count("select count(*) from stock_movement").await,
        desk.count("select count(*) from outbox").await,
    )
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_taken_out_comes_in_again_and_changes_nothing(db: PgPool) {
    let desk = stocked(db).await;
    let text = String::from_utf8(desk.csv().await).unwrap();
    assert!(text.contains("\"'=SUM(A1) Kaos \"\"kutip\"\", koma\""), "a spreadsheet runs no name: {text}");
    assert!(text.contains(",'+Senja,"));
    let before = touched(&desk).await;
    let page = desk.taken(text.clone()).await;
    assert_eq!((page.import.counts, page.import.rows), (counts(0, 0, 6, 0), Some(6)));
    assert_eq!(touched(&desk).await, before);
    assert_eq!(String::from_utf8(desk.csv().await).unwrap(), text);

    let book = desk.export().await.workbook().await.unwrap();
    let page = desk.checked(book).await;
    assert_eq!((page.import.counts, page.import.failure), (counts(0, 0, 6, 0), None));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_demonstration_s_goods_make_the_round_trip_too(db: PgPool) {
    let market = crate::products::market(db).await;
    let at = at(&market.house.app, &market.sari, &market.slug, Permission::Products).await;
    let desk = Desk { house: market.house, sari: market.sari, slug: market.slug, at, cx: market.cx };
    let page = desk.checked(desk.csv().await).await;
    assert_eq!(told(&page), []);
    assert_eq!(page.changed, []);
    assert_eq!(page.import.counts, counts(0, 0, page.import.rows.unwrap(), 0));
    assert!(page.import.counts.same > 20);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_changed_cell_changes_just_that(db: PgPool) {
    let desk = stocked(db).await;
    let before = String::from_utf8(desk.csv().await).unwrap();
    let versions = desk.count("select sum(version)::bigint from product").await;
    let movements = desk.count("select count(*) from stock_movement").await;
    let text = before.replace(",52000,", ",59000,");
    let checked = desk.checked(text.clone()).await;
    assert_eq!(checked.import.counts, counts(0, 1, 5, 0));
    let sample = &checked.changed[0];
    let difference = &sample.differences[0];
    assert_eq!((difference.column.as_str(), difference.from.as_str()), ("price", "52000"));
    assert_eq!((difference.to.as_str(), sample.differences.len()), ("59000", 1));
    assert_eq!(
        desk.count("select sum(version)::bigint from product").await,
        versions,
        "nothing is written yet"
    );
    assert_eq!(String::from_utf8(desk.csv().await).unwrap(), before);

    take_over(&desk.cx, &desk.at, checked.import.id).await.unwrap();
    take_over(&desk.cx, &desk.at, checked.import.id).await.unwrap();
    desk.house.app.run_jobs().await;
    let done = desk.import(checked.import.id).await;
    assert_eq!((done.import.state, done.import.counts), (ImportState::Done, counts(0, 1, 5, 0)));
    assert_eq!(String::from_utf8(desk.csv().await).unwrap(), text);
    assert_eq!(desk.count("select sum(version)::bigint from product").await, versions + 1);
    assert_eq!(desk.count("select count(*) from stock_movement").await, movements);
    assert_eq!(desk.count("select max(price_max) from product").await, 59_000);
    assert_eq!(desk.taken(text).await.import.counts, counts(0, 0, 6, 0), "again it is the same");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn columns_a_file_does_not_have_are_left_as_they_are(db: PgPool) {
    let desk = stocked(db).await;
    let page = desk.taken("SKU;Harga;Stok\r\nKAOS-1;55.000;12\r\n").await;
    assert_eq!(page.import.counts, counts(0, 1, 0, 0));
    let row: (i64, Option<i64>, i32, i32) = sqlx::query_as(
        "select price, list_price, variant.on_hand, stock.on_hand from variant join stock on stock.variant_id = variant.id
         where sku = 'KAOS-1'",
    )
    .fetch_one(desk.cx.db())
    .await
    .unwrap();
    assert_eq!(row, (55_000, Some(75_000), 12, 12));
    assert_eq!(desk.count("select count(*) from price_tier").await, 2);

    // As it was taken out: meanwhile two were sold.
    sqlx::query("update stock set on_hand = 10 where on_hand = 12").execute(desk.cx.db()).await.unwrap();
    let page = desk.taken("sku,stock,stock_was\nKAOS-1,12,12\n").await;
    assert_eq!(page.import.counts, counts(0, 0, 1, 0), "nobody has counted them");
    sqlx::query("update stock set reserved = 5 where on_hand = 10").execute(desk.cx.db()).await.unwrap();
    let page = desk.checked("sku,stock,stock_was\nKAOS-1,4,12\n").await;
    assert_eq!(told(&page), [(2, "stock", RowProblem::Promised)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn new_goods_come_in_with_variants_and_all_that_is_said_of_them(db: PgPool) {
    let desk = desk(db, true).await;
    let file = "product,sku,name,category,option_1,value_1,price,stock,wholesale,attributes,weight_g,description\n\
        kemeja,K-S,Kemeja Katun,fashion-pria,Ukuran,S,90000,4,5:80000; 10:75000,material=cotton,300,\"Adem.\nRingan.\"\n\
        kemeja,K-M,,,,M,95000,0,,,,\n\
        ,T-1,Topi Rajut,Men's Fashion,,,35000,,,,150,\n";
    let page = desk.taken(file).await;
    assert_eq!((page.import.counts, told(&page)), (counts(3, 0, 0, 0), vec![]));
    assert_eq!(desk.count("select count(*) from product where state = 'active'").await, 2);
    assert_eq!(desk.count("select count(*) from variant").await, 3);
    assert_eq!(
        desk.count("select sum(on_hand)::bigint from stock").await,
        7,
        "of the hat as many as the form said"
    );
    assert_eq!(desk.count("select count(*) from price_tier").await, 2);
    assert_eq!(desk.one::<String>("select choice_key from product_attribute").await, "cotton");
    assert_eq!(desk.one::<Vec<String>>("select \"values\" from product_option").await, ["S", "M"]);
    assert_eq!(
        desk.one::<String>("select description from product where weight_g = 300").await,
        "Adem.\nRingan."
    );
    assert_eq!(desk.count("select product_count::bigint from shop").await, 2);
    let again = desk.taken(file).await;
    assert_eq!(again.import.counts, counts(0, 0, 3, 0), "what is repeated is known by its SKU");

    let another = "product,sku,option_1,value_1,price,stock\nkemeja,K-S,Ukuran,S,90000,4\nkemeja,K-L,Ukuran,L,99000,2\n";
    let page = desk.taken(another).await;
    assert_eq!(page.import.counts, counts(1, 0, 1, 0));
    assert_eq!(desk.one::<Vec<String>>("select \"values\" from product_option").await, ["S", "M", "L"]);
    assert_eq!(desk.count("select price_max from product where weight_g = 300").await, 99_000);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn listings_from_elsewhere_become_goods_of_this_shop(db: PgPool) {
    let desk = desk(db, false).await;
    let listings =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/listings.csv")).unwrap();
    let page = desk.taken(listings).await;
    assert_eq!(page.import.counts, counts(4, 0, 0, 0));
    assert_eq!(page.import.ignored, ["location", "rating", "sold", "review_count"]);
    assert_eq!(desk.count("select count(*) from product where state = 'in_review'").await, 4);
    assert_eq!(desk.count("select count(distinct shop_id) from product").await, 1);
    assert_eq!(desk.count("select count(*) from product where rating_count > 0 or sold_count > 0").await, 0);
    let ssd: (String, i64, Option<String>, i32) = sqlx::query_as(
        "select sku, price, brand, on_hand from variant join product on product.id = variant.product_id where name like 'SSD%'",
    )
    .fetch_one(desk.cx.db())
    .await
    .unwrap();
    assert_eq!(ssd, ("p2".to_owned(), 213_000, Some("Midasforce".to_owned()), 3));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn bad_rows_are_told_with_row_and_column_and_can_be_mended_and_sent_again(db: PgPool) {
    let desk = desk(db, true).await;
    let file = "product,sku,name,category,option_1,value_1,price,weight_g\n\
        ,A-1,Kaos Polos,fashion-pria,,,50000,200\n\
        ,A-2,Kaos Polos,pesawat,,,50000,200\n\
        ,A-3,Kaos Polos,fashion-pria,,,murah,200\n\
        ,A-4,,fashion-pria,,,50000,200\n\
        ,A-1,Kaos Lain,fashion-pria,,,50000,200\n\
        ,A-6,Kaos Polos,fashion,,,50000,200\n\
        kaos,B-1,Kaos Warna,fashion-pria,Warna,Hitam,50000,200\n\
        kaos,B-2,Kaos Warna,fashion-pria,Warna,Hitam,50000,200\n\
        ,A-7,Kaos Polos,fashion-pria,,,0,200\n\
        ,A-8,Kaos\n\
        ,,Kaos Polos,fashion-pria,,,50000,200\n\
        ,A-9,Kaos Polos,fashion-pria,,,50000,0\n";
    let page = desk.checked(file).await;
    assert_eq!(
        told(&page),
        [
            (3, "category", RowProblem::UnknownCategory),
            (4, "price", RowProblem::NotANumber),
            (5, "name", RowProblem::Missing),
            (6, "sku", RowProblem::Repeated),
            (7, "category", RowProblem::UnknownCategory),
            (8, "", RowProblem::OtherRow),
            (9, "value_1", RowProblem::Repeated),
            (10, "price", RowProblem::OutOfRange),
            (11, "", RowProblem::Fields),
            (12, "sku", RowProblem::Missing),
            (13, "weight_g", RowProblem::OutOfRange),
        ]
    );
    assert_eq!(page.bad[1].said, "murah");
    assert_eq!(
        (page.import.counts, desk.count("select count(*) from product").await),
        (counts(1, 0, 0, 11), 0)
    );
    let page = desk.taken(file).await;
    assert_eq!(desk.count("select count(*) from product").await, 1);

    let bad = desk.bad(page.import.id).await;
    let lines: Vec<&str> = bad.lines().collect();
    assert_eq!(
        lines[0],
        "\u{feff}error_row,error_column,error_code,error,product,sku,name,category,option_1,value_1,price,weight_g"
    );
    assert!(lines[2].starts_with("4,price,not_a_number,Bukan angka,,A-3,Kaos Polos,"), "{}", lines[2]);
    let mended = bad.replace("murah", "60000");
    let page = desk.taken(mended).await;
    assert_eq!(page.import.counts, counts(1, 1, 0, 9), "what stood there twice is there now, and changes");
    assert_eq!(page.import.ignored, Vec::<String>::new());
    assert_eq!(desk.count("select price from variant where sku = 'A-3'").await, 60_000);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_interrupted_goes_on_behind_its_last_batch(db: PgPool) {
    let desk = desk(db, true).await;
    let mut file = "sku,name,category,price\n".to_owned();
    for n in 0..2_500 {
        writeln!(file, "S-{n},Kaos Nomor {n},fashion-pria,{}", 10_000 + n).unwrap();
    }
    let checked = desk.checked(file).await;
    assert_eq!((checked.import.counts, checked.new.len()), (counts(2_500, 0, 0, 0), 10));
    for sql in [
        "create function stumble() returns trigger language plpgsql as
         $$ begin raise exception 'the lights are out'; end $$",
        "create trigger stumble before insert on variant for each row when (new.sku = 'S-1500') execute function stumble()",
    ] {
        sqlx::query(sql).execute(desk.cx.db()).await.unwrap();
    }
    take_over(&desk.cx, &desk.at, checked.import.id).await.unwrap();
    let ran = desk.house.app.run_jobs().await;
    assert_eq!(ran.count(Outcome::Retried), 1);
    let half = desk.import(checked.import.id).await.import;
    assert_eq!((half.state, half.counts), (ImportState::TakingOver, counts(1_000, 0, 0, 0)));
    assert_eq!(desk.count("select count(*) from product").await, 1_000);

    sqlx::query("drop trigger stumble on variant").execute(desk.cx.db()).await.unwrap();
    desk.house.app.advance(time::Duration::hours(1)).await;
    let done = desk.import(checked.import.id).await.import;
    assert_eq!((done.state, done.counts), (ImportState::Done, counts(2_500, 0, 0, 0)));
    assert_eq!(desk.count("select count(*) from product").await, 2_500);
    assert_eq!(desk.count("select count(distinct sku) from variant").await, 2_500);
    assert_eq!(desk.count("select product_count::bigint from shop").await, 2_500);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn another_shop_s_goods_are_untouched_whatever_a_file_names(db: PgPool) {
    let desk = stocked(db).await;
    let budi = person(&desk.house.app, 2, "budi@mail.example").await;
    let slug = opened(&desk.house.app, &budi, "Toko Budi").await;
    let other = at(&desk.house.app, &budi, &slug, Permission::Products).await;
    let theirs = String::from_utf8(desk.csv().await).unwrap();
    let sent = Sent { name: "curian.csv".to_owned(), content: theirs.clone().into(), stock: String::new() };
    let cx = crate::support::signed_in(&desk.house.app, &budi);
    let id = send(&cx, &other, sent).await.unwrap();
    desk.house.app.run_jobs().await;
    assert!(matches!(take_over(&desk.cx, &desk.at, id).await, Err(SendGoodsError::NotFound)));
    assert!(matches!(cancel(&desk.cx, &desk.at, id).await, Err(SendGoodsError::NotFound)));
    take_over(&cx, &other, id).await.unwrap();
    desk.house.app.run_jobs().await;
    let mut db = cx.db().acquire().await.unwrap();
    let page = views::goods_import::page(&mut db, other.shop(), id).await.unwrap().unwrap();
    drop(db);
    assert_eq!(
        page.import.counts,
        counts(5, 0, 0, 1),
        "they become goods of that shop; an empty draft does not"
    );
    assert_eq!(String::from_utf8(desk.csv().await).unwrap(), theirs);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_no_file_of_goods_is_refused_and_says_why(db: PgPool) {
    let desk = desk(db, true).await;
    let refused = async |content: Vec<u8>, stock: &str| {
        let sent = Sent { name: "x".to_owned(), content: content.into(), stock: stock.to_owned() };
        send(&desk.cx, &desk.at, sent).await.unwrap_err()
    };
    assert!(matches!(refused(b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "").await, SendGoodsError::NotASheet));
    assert!(matches!(refused(vec![], "").await, SendGoodsError::Missing));
    assert!(matches!(refused(vec![b'a'; file::BYTES + 1], "").await, SendGoodsError::TooLarge));
    assert!(matches!(refused(b"sku\n".to_vec(), "-1").await, SendGoodsError::Stock(_)));
    assert_eq!(desk.count("select count(*) from goods_import").await, 0);

    let utf16: Vec<u8> = "\u{feff}sku,price\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (content, failure) in [
        (utf16, ImportFailure::Encoding),
        (b"nama,harga\nKaos,5000\n".to_vec(), ImportFailure::Columns),
        (b"sku,price\n".to_vec(), ImportFailure::Empty),
        (format!("sku,price\n\"{}", "x,\n".repeat(700_000)).into_bytes(), ImportFailure::Quotes),
        ([b"sku\n".to_vec(), b"a\n".repeat(100_001)].concat(), ImportFailure::Rows),
    ] {
        let page = desk.checked(content).await;
        assert_eq!((page.import.state, page.import.failure), (ImportState::Failed, Some(failure)));
        assert!(matches!(
            take_over(&desk.cx, &desk.at, page.import.id).await,
            Err(SendGoodsError::Forbidden)
        ));
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_file_is_cancelled_and_swept(db: PgPool) {
    let desk = desk(db, true).await;
    let page = desk.checked("sku,name,category,price\nA-1,Kaos Polos,fashion-pria,5000\n").await;
    cancel(&desk.cx, &desk.at, page.import.id).await.unwrap();
    cancel(&desk.cx, &desk.at, page.import.id).await.unwrap();
    assert!(matches!(take_over(&desk.cx, &desk.at, page.import.id).await, Err(SendGoodsError::Forbidden)));
    assert_eq!(desk.count("select count(*) from product").await, 0);
    assert_eq!(crate::support::papers(desk.house.folder.path()), 1);
    desk.house.app.advance(time::Duration::days(32)).await;
    assert_eq!(crate::support::papers(desk.house.folder.path()), 0);
    assert_eq!(desk.import(page.import.id).await.new, vec![]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_file_hides_and_shows_goods(db: PgPool) {
    let desk = stocked(db).await;
    let page = desk.taken("sku,state\nKAOS-1,hidden\n").await;
    assert_eq!(page.import.counts, counts(0, 1, 0, 0));
    assert_eq!(desk.count("select count(*) from product where state = 'hidden'").await, 1);
    let page = desk.taken("sku,state\nKAOS-1,active\n").await;
    assert_eq!(page.import.counts, counts(0, 1, 0, 0));
    assert_eq!(desk.count("select count(*) from product where state = 'active'").await, 2);
    let page = desk.checked("sku,state\nKAOS-1,archived\n").await;
    assert_eq!(told(&page), [(2, "state", RowProblem::NotAllowed)]);
}
