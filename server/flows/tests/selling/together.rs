//! Many goods changed at once: what is planned touches nothing, what is made is made once, and what is put back leaves alone
//! what others have changed since.

use crate::{
    editor_support::{Desk, colourful, desk, shirt},
    support::{at, opened, person},
};
use flows::seller::{
    editor::begin,
    products::{set_price, set_stock},
    together::{BulkError, ChangeGoods, apply, change, choose, plan, undo},
};
use kernel::{idempotency::Key, jobs::Job as _};
use model::{
    AppError, FieldError, Lang, Permission,
    ids::{GoodsEditId, ProductId, Uuid, VariantId},
    shop::{
        BulkChosen, BulkCounts, BulkInput, BulkKind, BulkPage, BulkProblem, BulkShown, BulkState,
        StallFilter, TierInput, together,
    },
    views::ProductState,
};
use sqlx::PgPool;
use std::{fmt::Write as _, time::Duration};

/// Not below fashion, and asking for other things.
const LAPTOPS: &str = "09d448dd-7ddf-fd19-e823-132bcd9b4561";

fn everything() -> BulkChosen {
    BulkChosen::Matching(StallFilter::default())
}

fn input(kind: BulkKind, value: &str) -> BulkInput {
    BulkInput { kind: kind.as_str().to_owned(), value: value.to_owned(), ..BulkInput::default() }
}

impl Desk {
    async fn bulk(&self, id: GoodsEditId) -> BulkPage {
        let mut db = self.cx.db().acquire().await.unwrap();
        views::goods_edit::page(&mut db, self.at.shop(), id, Lang::Id).await.unwrap().unwrap()
    }

    async fn planned(&self, chosen: &BulkChosen, input: &BulkInput) -> GoodsEditId {
        let id = choose(&self.cx, &self.at, chosen).await.unwrap();
        plan(&self.cx, &self.at, id, input).await.unwrap();
        id
    }

    /// Planned, made, and what follows is done.
    async fn made(&self, chosen: &BulkChosen, input: &BulkInput) -> GoodsEditId {
        let id = self.planned(chosen, input).await;
        apply(&self.cx, &self.at, id).await.unwrap();
        self.house.app.run_jobs().await;
        id
    }

    async fn put_back(&self, id: GoodsEditId) -> BulkPage {
        undo(&self.cx, &self.at, id).await.unwrap();
        self.house.app.run_jobs().await;
        self.bulk(id).await
    }

    async fn prices(&self) -> Vec<i64> {
        sqlx::query_scalar("select price from variant where retired_at is null order by price, sku")
            .fetch_all(self.cx.db())
            .await
            .unwrap()
    }

    async fn state_of(&self, id: ProductId) -> ProductState {
        self.editor(id).await.state
    }

    async fn states_of(&self, [one, two, three]: [ProductId; 3]) -> [ProductState; 3] {
        [self.state_of(one).await, self.state_of(two).await, self.state_of(three).await]
    }

    async fn variant(&self, price: i64) -> VariantId {
        let id: Uuid = sqlx::query_scalar("select id from variant where price = $1 order by sku limit 1")
            .bind(price)
            .fetch_one(self.cx.db())
            .await
            .unwrap();
        VariantId::new(id)
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn prices_are_changed_once_and_put_back(db: PgPool) {
    let desk = desk(db, true).await;
    let mut one = shirt();
    one.variants[0].list_price = "54.000".into();
    desk.sold(&one).await;
    desk.sold(&colourful()).await;
    desk.begun().await;
    let before = desk.prices().await;
    assert_eq!(before, [50_000, 50_000, 51_000, 52_000, 53_000]);
    let percent = BulkInput { round: "500".to_owned(), ..input(BulkKind::PricePercent, "10") };
    let id = desk.planned(&everything(), &percent).await;
    let page = desk.bulk(id).await;
    assert_eq!((page.edit.state, page.edit.products), (BulkState::Planned, 3));
    assert_eq!(page.edit.counts, BulkCounts { waiting: 4, left: 2, ..BulkCounts::default() });
    let mut why: Vec<BulkProblem> = page.reasons.iter().map(|told| told.problem).collect();
    why.sort_by_key(|problem| problem.as_str());
    assert_eq!(why, [BulkProblem::ListPrice, BulkProblem::Unfinished]);
    assert!(page.rows.iter().any(|row| {
        let text = |value: &Option<BulkShown>| match value {
            Some(BulkShown::Price(price, None)) => price.amount(),
            _ => 0,
        };
        (text(&row.before), text(&row.after)) == (51_000, 56_500)
    }));
    assert_eq!(desk.prices().await, before, "nothing is written yet");

    apply(&desk.cx, &desk.at, id).await.unwrap();
    apply(&desk.cx, &desk.at, id).await.unwrap();
    desk.house.app.run_jobs().await;
    assert_eq!(desk.prices().await, [50_000, 55_000, 56_500, 57_500, 58_500]);
    assert_eq!(desk.count("select count(*) from price_history").await, 4, "once each");
    assert_eq!(desk.count("select max(price_max) from product").await, 58_500, "with the summary");
    let page = desk.bulk(id).await;
    assert_eq!((page.edit.state, page.edit.counts.changed), (BulkState::Done, 4));
    assert!(page.edit.undo_until.is_some());
    assert!(matches!(plan(&desk.cx, &desk.at, id, &percent).await, Err(BulkError::Forbidden)));

    // Somebody changes one of them meanwhile.
    set_price(&desk.cx, &desk.at, desk.variant(57_500).await, "60000", "").await.unwrap();
    let page = desk.put_back(id).await;
    assert_eq!((page.edit.state, page.edit.undo_until), (BulkState::Undone, None));
    assert_eq!((page.edit.counts.undone, page.edit.counts.kept), (3, 1));
    assert_eq!(page.left[0].problem, Some(BulkProblem::Changed));
    assert_eq!(desk.prices().await, [50_000, 50_000, 51_000, 53_000, 60_000]);
    let page = desk.put_back(id).await;
    assert_eq!(page.edit.counts.undone, 3, "asked again, nothing more happens");
    assert_eq!(desk.prices().await, [50_000, 50_000, 51_000, 53_000, 60_000]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_price_that_is_not_what_was_shown_is_left_alone(db: PgPool) {
    let desk = desk(db, true).await;
    let mut whole = shirt();
    whole.tiers = vec![TierInput { from: "10".to_owned(), price: "45000".to_owned() }];
    desk.sold(&whole).await;
    desk.sold(&colourful()).await;
    let id = desk.planned(&everything(), &input(BulkKind::PriceAmount, "-5.000")).await;
    let page = desk.bulk(id).await;
    assert_eq!((page.edit.counts.waiting, page.left[0].problem), (4, Some(BulkProblem::Wholesale)));
    set_price(&desk.cx, &desk.at, desk.variant(53_000).await, "70000", "").await.unwrap();
    apply(&desk.cx, &desk.at, id).await.unwrap();
    desk.house.app.run_jobs().await;
    assert_eq!(desk.prices().await, [45_000, 46_000, 47_000, 50_000, 70_000]);
    let page = desk.bulk(id).await;
    assert_eq!((page.edit.counts.changed, page.edit.counts.left), (3, 2));
    assert!(page.reasons.iter().any(|told| told.problem == BulkProblem::Changed && told.rows == 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn stock_is_counted_with_its_movements_and_never_below_what_is_promised(db: PgPool) {
    let desk = desk(db, true).await;
    desk.sold(&colourful()).await;
    let promised = desk.variant(50_000).await;
    sqlx::query("update stock set reserved = 4 where variant_id = $1")
        .bind(promised.uuid())
        .execute(desk.cx.db())
        .await
        .unwrap();
    let movements = desk.count("select count(*) from stock_movement").await;
    let id = desk.made(&everything(), &input(BulkKind::StockAdd, "-2")).await;
    let page = desk.bulk(id).await;
    assert_eq!((page.edit.counts.changed, page.edit.counts.left), (3, 1));
    assert_eq!(page.left[0].problem, Some(BulkProblem::Promised));
    assert_eq!(desk.count("select sum(on_hand) from stock").await, 5 + 3 * 3);
    assert_eq!(desk.count("select sum(on_hand) from variant").await, 5 + 3 * 3, "pages show it");
    assert_eq!(desk.count("select count(*) from stock_movement").await, movements + 3);
    let by = "select count(*) from stock_movement where reason = 'correction' and actor is not null";
    assert_eq!(desk.count(by).await, 3);

    let other = desk.variant(51_000).await;
    set_stock(&desk.cx, &desk.at, other, "9").await.unwrap();
    let page = desk.put_back(id).await;
    assert_eq!((page.edit.counts.undone, page.edit.counts.kept), (2, 1));
    assert_eq!(desk.count("select sum(on_hand) from stock").await, 5 + 9 + 2 * 5);

    let id = desk.made(&everything(), &input(BulkKind::Stock, "5")).await;
    let counts = desk.bulk(id).await.edit.counts;
    assert_eq!((counts.changed, counts.same), (1, 3));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn goods_are_hidden_shown_and_archived_and_come_back_as_they_were(db: PgPool) {
    let desk = desk(db, true).await;
    let (active, hidden, draft) =
        (desk.sold(&shirt()).await, desk.sold(&colourful()).await, desk.begun().await);
    flows::seller::editor::set_shown(&desk.cx, &desk.at, hidden, false).await.unwrap();
    desk.house.app.run_jobs().await;
    let all = [active, hidden, draft];
    let before = [ProductState::Active, ProductState::Hidden, ProductState::Draft];
    assert_eq!(desk.states_of(all).await, before);

    let id = desk.made(&everything(), &input(BulkKind::Archive, "")).await;
    assert_eq!(desk.bulk(id).await.edit.counts.changed, 3);
    let archived = ProductState::Archived;
    assert_eq!(desk.states_of(all).await, [archived; 3]);
    assert_eq!(desk.count("select product_count::bigint from shop").await, 0);
    assert_eq!(desk.put_back(id).await.edit.counts.undone, 3);
    assert_eq!(desk.states_of(all).await, before);
    assert_eq!(desk.count("select product_count::bigint from shop").await, 1);

    let id = desk.made(&everything(), &input(BulkKind::Show, "")).await;
    let page = desk.bulk(id).await;
    assert_eq!((page.edit.counts.changed, page.edit.counts.same, page.edit.counts.left), (1, 1, 1));
    assert_eq!(page.left[0].problem, Some(BulkProblem::Unfinished));
    assert_eq!(desk.state_of(hidden).await, ProductState::Active);
    // An operator takes it down meanwhile: that is not undone.
    sqlx::query("update product set state = 'rejected', state_reason = 'palsu' where id = $1")
        .bind(hidden.uuid())
        .execute(desk.cx.db())
        .await
        .unwrap();
    let page = desk.put_back(id).await;
    assert_eq!((page.edit.counts.undone, page.edit.counts.kept), (0, 1));
    assert_eq!(desk.state_of(hidden).await, ProductState::Rejected);
    let id = desk.planned(&everything(), &input(BulkKind::Archive, "")).await;
    assert!(desk.bulk(id).await.reasons.iter().any(|told| told.problem == BulkProblem::State));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_draft_that_was_offered_leaves_the_shelf_again(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.begun().await;
    desk.save(id, &shirt()).await.unwrap();
    let edit = desk.made(&everything(), &input(BulkKind::Show, "")).await;
    assert_eq!(desk.state_of(id).await, ProductState::Active);
    desk.put_back(edit).await;
    assert_eq!(desk.state_of(id).await, ProductState::Hidden);
    // Of a shop that waits, it only stops asking.
    sqlx::query("update shop set state = 'in_review'").execute(desk.cx.db()).await.unwrap();
    let other = desk.begun().await;
    desk.save(other, &shirt()).await.unwrap();
    let these = BulkChosen::These(vec![other]);
    let edit = desk.made(&these, &input(BulkKind::Show, "")).await;
    assert_eq!(desk.state_of(other).await, ProductState::InReview);
    desk.put_back(edit).await;
    assert_eq!(desk.state_of(other).await, ProductState::Draft);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_another_category_does_not_ask_for_is_dropped_and_said_again(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.sold(&shirt()).await;
    sqlx::query(
        "insert into product_attribute (product_id, attribute_id, choice_key)
         select $1, id, choices -> 0 ->> 'key' from category_attribute where key = 'material' and kind = 'choice'
         and category_id = (select parent_id from category where slug = 'fashion-pria')",
    )
    .bind(id.uuid())
    .execute(desk.cx.db())
    .await
    .unwrap();
    let said = "select count(*) from product_attribute";
    assert_eq!(desk.count(said).await, 1);
    let there = BulkInput { category: LAPTOPS.to_owned(), ..input(BulkKind::Category, "") };
    let edit = desk.made(&everything(), &there).await;
    assert_eq!(
        desk.count("select count(*) from product where category_id = '09d448dd-7ddf-fd19-e823-132bcd9b4561'")
            .await,
        1
    );
    assert_eq!(desk.count(said).await, 0);
    assert_eq!(desk.put_back(edit).await.edit.counts.undone, 1);
    assert_eq!(desk.editor(id).await.input.category, crate::editor_support::SHIRTS);
    assert_eq!(desk.count(said).await, 1);
    let above = BulkInput {
        category: desk
            .one::<String>("select parent_id::text from category where slug = 'fashion-pria'")
            .await,
        ..input(BulkKind::Category, "")
    };
    let edit = choose(&desk.cx, &desk.at, &everything()).await.unwrap();
    let refused = plan(&desk.cx, &desk.at, edit, &above).await.unwrap_err();
    assert_eq!(AppError::from(refused).of("category"), Some(FieldError::NotAllowed));
    assert_eq!(desk.bulk(edit).await.edit.state, BulkState::Chosen);
    desk.house.app.run_jobs().await;
}

/// More goods than are changed while somebody waits.
async fn many(desk: &Desk) -> i64 {
    let mut text = "sku,name,category,price,stock\n".to_owned();
    let rows = i64::from(together::AT_ONCE) * 2 + 50;
    for n in 0..rows {
        writeln!(text, "BANYAK-{n},Kaos Banyak {n},fashion-pria,50000,5").unwrap();
    }
    desk.taken(text).await;
    rows
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn many_are_changed_by_a_job_that_goes_on_where_it_was_cut_short(db: PgPool) {
    let desk = desk(db, true).await;
    let rows = many(&desk).await;
    let movements = desk.count("select count(*) from stock_movement").await;
    let edit = desk.planned(&everything(), &input(BulkKind::StockAdd, "3")).await;
    apply(&desk.cx, &desk.at, edit).await.unwrap();
    assert_eq!(desk.bulk(edit).await.edit.state, BulkState::Applying);
    assert_eq!(desk.count("select count(*) from stock_movement").await, movements, "nobody waits for it");
    // Cut short somewhere, perhaps within a batch, several times.
    for millis in [5, 20, 60] {
        let cx = desk.house.app.cx();
        let cut = ChangeGoods { edit }.run(&cx);
        _ = tokio::time::timeout(Duration::from_millis(millis), cut).await;
    }
    desk.house.app.run_jobs().await;
    let page = desk.bulk(edit).await;
    assert_eq!((page.edit.state, i64::from(page.edit.counts.changed)), (BulkState::Done, rows));
    assert_eq!(desk.count("select sum(on_hand) from stock").await, rows * 8);
    assert_eq!(desk.count("select count(*) from stock_movement").await, movements + rows, "each once");

    undo(&desk.cx, &desk.at, edit).await.unwrap();
    assert_eq!(desk.bulk(edit).await.edit.state, BulkState::Undoing);
    desk.house.app.run_jobs().await;
    assert_eq!(i64::from(desk.bulk(edit).await.edit.counts.undone), rows);
    assert_eq!(desk.count("select sum(on_hand) from stock").await, rows * 5);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_change_can_be_put_back_for_a_while_and_is_forgotten_later(db: PgPool) {
    let desk = desk(db, true).await;
    desk.sold(&shirt()).await;
    let edit = desk.made(&everything(), &input(BulkKind::Weight, "750")).await;
    assert_eq!(desk.count("select weight_g::bigint from product").await, 750);
    desk.house.app.advance(time::Duration::hours(together::UNDO_HOURS.into())).await;
    assert!(matches!(undo(&desk.cx, &desk.at, edit).await, Err(BulkError::Late)));
    assert_eq!(desk.count("select weight_g::bigint from product").await, 750);
    desk.house.app.advance(time::Duration::days(together::KEEP_DAYS.into())).await;
    flows::seller::together::SweepChanges {}.run(&desk.house.app.cx()).await.unwrap();
    assert_eq!(desk.count("select count(*) from goods_edit").await, 0);
    assert_eq!(desk.count("select count(*) from goods_edit_row").await, 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_changes_another_shop_s_goods(db: PgPool) {
    let desk = desk(db, true).await;
    let own = desk.sold(&shirt()).await;
    let edit = desk.planned(&everything(), &input(BulkKind::Price, "1000")).await;
    let budi = person(&desk.house.app, 2, "budi@mail.example").await;
    let slug = opened(&desk.house.app, &budi, "Toko Budi").await;
    let theirs = at(&desk.house.app, &budi, &slug, Permission::Products).await;
    let cx = crate::support::signed_in(&desk.house.app, &budi);
    let nothing = choose(&cx, &theirs, &BulkChosen::These(vec![own])).await;
    assert!(matches!(nothing, Err(BulkError::Nothing)));
    for refused in [
        plan(&cx, &theirs, edit, &input(BulkKind::Price, "1")).await,
        apply(&cx, &theirs, edit).await,
        undo(&cx, &theirs, edit).await,
    ] {
        assert!(matches!(refused, Err(BulkError::NotFound)));
    }
    assert_eq!(desk.bulk(edit).await.edit.state, BulkState::Planned);
    assert_eq!(desk.prices().await, [50_000]);
    // Their own goods beside ours: only theirs are chosen.
    let draft = begin(&cx, &theirs, "Buku Budi", LAPTOPS, None).await.unwrap();
    let both = choose(&cx, &theirs, &BulkChosen::These(vec![own, draft])).await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    let found = views::goods_edit::find(&mut db, theirs.shop(), both).await.unwrap().unwrap();
    assert_eq!(found.products, 1);
    assert!(views::goods_edit::find(&mut db, theirs.shop(), edit).await.unwrap().is_none());
    drop(db);
    desk.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_request_that_comes_twice_changes_goods_once(db: PgPool) {
    let desk = desk(db, true).await;
    desk.sold(&shirt()).await;
    let key: Key = "naik".parse().unwrap();
    let dearer = input(BulkKind::PriceAmount, "1.000");
    let first = change(&desk.cx, &desk.at, &everything(), &dearer, false, &key).await.unwrap();
    let again = change(&desk.cx, &desk.at, &everything(), &dearer, false, &key).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(desk.prices().await, [51_000]);
    let other = change(&desk.cx, &desk.at, &everything(), &input(BulkKind::Price, "5"), false, &key).await;
    assert!(matches!(other, Err(BulkError::Once(flows::once::OnceError::KeyReused))));
    let key: Key = "coba".parse().unwrap();
    let dry = change(&desk.cx, &desk.at, &everything(), &dearer, true, &key).await.unwrap();
    assert_eq!(desk.bulk(dry).await.edit.state, BulkState::Planned);
    assert_eq!(desk.prices().await, [51_000]);
    desk.house.app.run_jobs().await;
}
