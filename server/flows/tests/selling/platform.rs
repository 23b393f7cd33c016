//! Vouchers of the platform, by operators.

use crate::{
    products::{Market, market},
    support::{logged, person, signed_in},
};
use flows::vouchers::{
    VoucherError,
    platform::{cost_of, end, extend, find, list, make, switch},
};
use kernel::{Cx, Operator, Proved};
use model::{
    AppError, Code, Duty, FieldError, Money,
    ids::{Uuid, VoucherId},
    pricing::MemberTier,
    shop::{VoucherInput, VoucherStanding},
};
use sqlx::PgPool;
use time::Duration;

struct Desk {
    market: Market,
    cx: Cx,
    operator: Operator,
    proved: Proved,
}

async fn let_in(market: &Market, n: u128, duty: Duty) -> (Cx, Operator, Proved) {
    let mut member = person(&market.house.app, n, &format!("operator{n}@mail.example")).await;
    member.duties = [duty].into_iter().collect();
    let cx = signed_in(&market.house.app, &member);
    let operator = cx.operator(duty).unwrap();
    let proved = cx.proved(flows::account::STEP_UP).unwrap();
    (cx, operator, proved)
}

/// Without what the demonstration gives away.
async fn desk(db: PgPool) -> Desk {
    let market = market(db).await;
    sqlx::query("delete from voucher").execute(market.cx.db()).await.unwrap();
    let (cx, operator, proved) = let_in(&market, 9, Duty::Money).await;
    Desk { market, cx, operator, proved }
}

fn typed() -> VoucherInput {
    VoucherInput {
        kind: "fixed".to_owned(),
        code: "hematpasar".to_owned(),
        name: "Potongan Pasar".to_owned(),
        amount: "10.000".to_owned(),
        quota: "3".to_owned(),
        budget: "25.000".to_owned(),
        public: "1".to_owned(),
        ..VoucherInput::default()
    }
}

impl Desk {
    fn by(&self) -> (&Operator, &Proved) {
        (&self.operator, &self.proved)
    }

    async fn standing(&self, standing: VoucherStanding) -> Vec<VoucherId> {
        let found = list(&self.cx, &self.operator, standing, None, 100).await.unwrap();
        found.page.items.into_iter().map(|it| it.id).collect()
    }

    async fn version(&self, id: VoucherId) -> i32 {
        find(&self.cx, &self.operator, id).await.unwrap().unwrap().0.shown.version
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_platform_gives_for_all_shops_and_pays_itself(db: PgPool) {
    let desk = desk(db).await;
    let cost = cost_of(&desk.cx, &desk.operator, &typed()).await.unwrap();
    assert_eq!((cost.most_each, cost.worst), (Some(Money::idr(10_000)), Some(Money::idr(25_000))));
    let key = "satu".parse().unwrap();
    let id = make(&desk.cx, desk.by(), &typed(), Some(&key)).await.unwrap();
    assert_eq!(make(&desk.cx, desk.by(), &typed(), Some(&key)).await.unwrap(), id);
    let (found, _) = find(&desk.cx, &desk.operator, id).await.unwrap().unwrap();
    assert_eq!((found.voucher.scope, found.voucher.funder.as_str()), (pricing::Scope::Platform, "platform"));
    assert_eq!(desk.standing(VoucherStanding::Running).await, [id]);
    let taken = AppError::from(make(&desk.cx, desk.by(), &typed(), None).await.unwrap_err());
    assert_eq!(taken.of("code"), Some(FieldError::Taken));
    let of_a_shop = VoucherInput { skus: "A-1".to_owned(), code: "LAIN".to_owned(), ..typed() };
    let refused = AppError::from(make(&desk.cx, desk.by(), &of_a_shop, None).await.unwrap_err());
    assert_eq!(refused.of("skus"), Some(FieldError::NotAllowed));

    let mut db = desk.cx.db().acquire().await.unwrap();
    let categories = views::vouchers::top_categories(&mut db, model::Lang::Id).await.unwrap();
    drop(db);
    let some = VoucherInput {
        code: "SEBAGIAN".to_owned(),
        categories: vec![categories[0].id.to_string()],
        ..typed()
    };
    let some = make(&desk.cx, desk.by(), &some, None).await.unwrap();
    let (found, _) = find(&desk.cx, &desk.operator, some).await.unwrap().unwrap();
    assert_eq!(found.voucher.conditions.categories, [categories[0].id]);
    let unknown = VoucherInput {
        code: "TIADA".to_owned(),
        categories: vec![Uuid::from_u128(1).to_string()],
        ..typed()
    };
    let refused = AppError::from(make(&desk.cx, desk.by(), &unknown, None).await.unwrap_err());
    assert_eq!(refused.of("categories"), Some(FieldError::NotAllowed));

    let loyal = VoucherInput { code: "SETIA".to_owned(), tier: "gold".to_owned(), ..typed() };
    let cost = cost_of(&desk.cx, &desk.operator, &loyal).await.unwrap();
    assert_eq!(cost.most_each, Some(Money::idr(10_000)));
    let id = make(&desk.cx, desk.by(), &loyal, None).await.unwrap();
    let (found, _) = find(&desk.cx, &desk.operator, id).await.unwrap().unwrap();
    assert_eq!(found.voucher.conditions.member_tier, Some(MemberTier::Gold));
    assert_eq!(found.input.unwrap().tier, "gold");
    let unknown = VoucherInput { code: "KAYU".to_owned(), tier: "wood".to_owned(), ..typed() };
    let refused = AppError::from(make(&desk.cx, desk.by(), &unknown, None).await.unwrap_err());
    assert_eq!(refused.of("tier"), Some(FieldError::NotAllowed));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn one_is_paused_goes_on_and_ends_with_each_change_in_the_log(db: PgPool) {
    let desk = desk(db).await;
    let id = make(&desk.cx, desk.by(), &typed(), None).await.unwrap();
    desk.market.house.app.advance(Duration::HOUR).await;
    switch(&desk.cx, desk.by(), id, false).await.unwrap();
    assert_eq!(desk.standing(VoucherStanding::Off).await, [id]);
    switch(&desk.cx, desk.by(), id, true).await.unwrap();
    let version = desk.version(id).await;
    extend(&desk.cx, desk.by(), (id, version), "5", "").await.unwrap();
    let stale = extend(&desk.cx, desk.by(), (id, version), "6", "").await;
    assert!(matches!(stale, Err(VoucherError::Stale)));
    let version = desk.version(id).await;
    let fewer = AppError::from(extend(&desk.cx, desk.by(), (id, version), "4", "").await.unwrap_err());
    assert_eq!(fewer.of("quota"), Some(FieldError::OutOfRange));
    end(&desk.cx, desk.by(), id).await.unwrap();
    end(&desk.cx, desk.by(), id).await.unwrap();
    assert_eq!(desk.standing(VoucherStanding::Ended).await, [id]);
    assert_eq!((logged(&desk.cx, "voucher.made").await, logged(&desk.cx, "voucher.changed").await), (1, 4));
    let whole: i64 = sqlx::query_scalar(
        "select count(*) from audit_entry
         where action = 'voucher.changed' and before -> 'was' is not null and after -> 'is' is not null",
    )
    .fetch_one(desk.cx.db())
    .await
    .unwrap();
    assert_eq!(whole, 4);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_those_who_look_after_money_give_it_away_and_not_a_shop_s(db: PgPool) {
    let desk = desk(db).await;
    let id = make(&desk.cx, desk.by(), &typed(), None).await.unwrap();
    let (cx, other, proved) = let_in(&desk.market, 10, Duty::Catalogue).await;
    let by = (&other, &proved);
    assert!(matches!(make(&cx, by, &typed(), None).await, Err(VoucherError::NotFound)));
    assert!(matches!(switch(&cx, by, id, false).await, Err(VoucherError::NotFound)));
    assert!(matches!(end(&cx, by, id).await, Err(VoucherError::NotFound)));
    assert!(matches!(cost_of(&cx, &other, &typed()).await, Err(VoucherError::NotFound)));
    let refused = list(&cx, &other, VoucherStanding::Running, None, 10).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    // Somebody else's proof is none.
    let strange = (&desk.operator, &proved);
    assert!(matches!(end(&desk.cx, strange, id).await, Err(VoucherError::NotFound)));

    let shop: Uuid =
        sqlx::query_scalar("select id from shop order by slug limit 1").fetch_one(cx.db()).await.unwrap();
    sqlx::query("update voucher set shop_id = $1, funder = 'shop' where id = $2")
        .bind(shop)
        .bind(id.uuid())
        .execute(cx.db())
        .await
        .unwrap();
    assert!(find(&desk.cx, &desk.operator, id).await.unwrap().is_none(), "it is a shop's");
    assert!(matches!(switch(&desk.cx, desk.by(), id, false).await, Err(VoucherError::NotFound)));
    assert!(matches!(end(&desk.cx, desk.by(), id).await, Err(VoucherError::NotFound)));
    assert!(desk.standing(VoucherStanding::Running).await.is_empty());
}
