//! The vouchers of a shop or of the platform, for those who give them out.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Lang, Money, Page,
    ids::{ShopId, Uuid, VoucherId},
    pricing::VoucherCode,
    shop::{ShopVoucher, UsualOrder, VoucherCategory, VoucherInput, VoucherList, VoucherStanding},
};
use pricing::{Kind, ShippingOff, Voucher, terms};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Orders by which it is reckoned what is usual: the latest.
const LATEST: i64 = 500;

/// What a list needs of a voucher beside its terms.
struct Given {
    id: Uuid,
    quota: Option<i32>,
    used: i32,
    budget: Option<i64>,
    spent: i64,
    per_person: Option<i32>,
    version: i32,
    standing: String,
    is_frozen: bool,
}

/// The vouchers of the owner of `$1`, as they stand at `$2`. What is wanted of them follows.
macro_rules! given {
    ($wanted:tt, $owner:expr, $now:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Given,
            r#"select id as "id!", quota, used as "used!", budget, spent as "spent!", per_person, version as "version!",
                 standing as "standing!",
                 exists (select from voucher_use where voucher_id = given.id) as "is_frozen!"
               from (
                 select id, quota, used, budget, spent, per_person, version,
                   case when ends_at <= $2 then 'ended' when state = 'paused' then 'off'
                     when starts_at > $2 then 'coming' else 'running' end as standing
                 from voucher where owner_id = $1
               ) as given "# + $wanted,
            owner_id($owner),
            $now
            $(, $argument)*
        )
    };
}

/// As it stands in its column.
fn owner_id(owner: Option<ShopId>) -> Uuid {
    owner.map_or(Uuid::nil(), ShopId::uuid)
}

/// A part of them, the latest first, and how many stand how.
pub async fn list(
    db: &mut PgConnection,
    owner: Option<ShopId>,
    standing: VoucherStanding,
    after: Option<&str>,
    now: OffsetDateTime,
    limit: u16,
) -> Result<VoucherList, ViewError> {
    let before = Cursor::read(after)?.unwrap_or(Cursor::HIGHEST);
    let rows = given!(
        "where standing = $3 and id < $4 order by id desc limit $5",
        owner,
        now,
        standing.as_str(),
        before.id,
        one_more(limit)
    )
    .fetch_all(&mut *db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: 0, id: row.id });
    let counts = sqlx::query!(
        r#"select standing as "standing!", count(*) as "n!"
           from (
             select case when ends_at <= $2 then 'ended' when state = 'paused' then 'off'
               when starts_at > $2 then 'coming' else 'running' end as standing
             from voucher where owner_id = $1
           ) as given group by standing"#,
        owner_id(owner),
        now
    )
    .fetch_all(&mut *db)
    .await?;
    let counts = counts.into_iter().filter_map(|row| {
        Some((VoucherStanding::from_name(&row.standing)?, u64::try_from(row.n).unwrap_or_default()))
    });
    let counts = counts.collect();
    let items = shown(db, rows).await?.into_iter().map(|(shown, _)| shown).collect();
    Ok(VoucherList { page: Page { items, next, total: None }, counts })
}

/// One of them.
pub struct Found {
    pub shown: ShopVoucher,
    pub voucher: Voucher,
    /// One of each product it is for.
    pub skus: Vec<String>,
    /// As it would be typed; none where it is of a kind that is not.
    pub input: Option<VoucherInput>,
}

pub async fn find(
    db: &mut PgConnection,
    owner: Option<ShopId>,
    voucher: VoucherId,
    now: OffsetDateTime,
) -> Result<Option<Found>, sqlx::Error> {
    let rows = given!("where id = $3", owner, now, voucher.uuid()).fetch_all(&mut *db).await?;
    let Some((shown, voucher)) = shown(db, rows).await?.pop() else { return Ok(None) };
    let products: Vec<Uuid> = voucher.conditions.products.iter().map(|id| id.uuid()).collect();
    let skus = sqlx::query_scalar!(
        r#"select (select sku from variant where product_id = wanted.id order by position, sku limit 1) as "sku?"
           from unnest($1::uuid[]) with ordinality as wanted (id, place) order by place"#,
        &products
    )
    .fetch_all(db)
    .await?;
    let skus: Vec<String> = skus.into_iter().flatten().collect();
    let input = input(&shown, &voucher, &skus);
    Ok(Some(Found { shown, voucher, skus, input }))
}

async fn shown(db: &mut PgConnection, rows: Vec<Given>) -> Result<Vec<(ShopVoucher, Voucher)>, sqlx::Error> {
    let ids: Vec<VoucherId> = rows.iter().map(|row| row.id.into()).collect();
    let mut terms: HashMap<VoucherId, Voucher> =
        pricing::store::load(db, &ids, None).await?.into_iter().map(|it| (it.id, it)).collect();
    let shown = rows.into_iter().filter_map(|row| {
        let voucher = terms.remove(&row.id.into())?;
        Some(one(row, &voucher).map(|shown| (shown, voucher)))
    });
    shown.collect()
}

fn one(row: Given, voucher: &Voucher) -> Result<ShopVoucher, sqlx::Error> {
    let many = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(ShopVoucher {
        id: voucher.id,
        code: voucher.code.as_ref().map(|code: &VoucherCode| code.as_str().to_owned()),
        name: voucher.name.clone(),
        deal: voucher.kind.into(),
        min_spend: voucher.conditions.min_spend,
        tier: voucher.conditions.member_tier,
        products: many(voucher.conditions.products.len()),
        categories: many(voucher.conditions.categories.len()),
        quota: row.quota,
        used: row.used,
        budget: row.budget.map(Money::idr),
        spent: Money::idr(row.spent),
        per_person: row.per_person,
        from: voucher.from.unix_timestamp(),
        until: voucher.until.map(OffsetDateTime::unix_timestamp),
        last_day: last_day(voucher),
        public: voucher.public,
        standing: VoucherStanding::from_name(&row.standing)
            .ok_or_else(|| unsound("a voucher's standing", &row.standing))?,
        is_frozen: row.is_frozen,
        version: row.version,
    })
}

/// On which it still holds, since it ends just before its end.
fn last_day(voucher: &Voucher) -> String {
    voucher.until.map(|until| terms::day_of(until - time::Duration::SECOND)).unwrap_or_default()
}

fn input(shown: &ShopVoucher, voucher: &Voucher, skus: &[String]) -> Option<VoucherInput> {
    let money = |money: Option<Money>| money.map(|money| money.amount().to_string()).unwrap_or_default();
    let number = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
    let mut kind = VoucherInput::default();
    match voucher.kind {
        Kind::Fixed(amount) => {
            kind.kind = "fixed".into();
            kind.amount = money(Some(amount));
        }
        Kind::Percent { rate, cap: Some(cap) } => {
            kind.kind = "percent".into();
            kind.percent = hundredths(rate.get());
            kind.cap = money(Some(cap));
        }
        Kind::Shipping(ShippingOff::UpTo(most)) => {
            kind.kind = "shipping".into();
            kind.amount = money(Some(most));
        }
        Kind::BuyXGetY { buy, get } => {
            kind.kind = "buy_get".into();
            kind.buy = buy.get().to_string();
            kind.get = get.get().to_string();
        }
        _ => return None,
    }
    Some(VoucherInput {
        code: shown.code.clone()?,
        name: shown.name.clone(),
        min_spend: money(shown.min_spend),
        tier: voucher.conditions.member_tier.map(|tier| tier.as_str().to_owned()).unwrap_or_default(),
        skus: skus.join("\n"),
        categories: voucher.conditions.categories.iter().map(ToString::to_string).collect(),
        quota: number(shown.quota),
        budget: money(shown.budget),
        per_person: number(shown.per_person),
        from: terms::day_of(voucher.from),
        until: shown.last_day.clone(),
        public: if shown.public { "1".to_owned() } else { String::new() },
        ..kind
    })
}

/// Basis points as a part of a hundred is typed: `7,5`.
fn hundredths(rate: u16) -> String {
    match (rate / 100, rate % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole},{}", part / 10),
        (whole, part) => format!("{whole},{part:02}"),
    }
}

/// Those in which a shop has something, the fullest first; at most 100.
pub async fn categories(
    db: &mut PgConnection,
    shop: ShopId,
    lang: Lang,
) -> Result<Vec<VoucherCategory>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select category.id, case when $2 = 'en' then name_en else name_id end as "name!"
           from category join (
             select category_id, count(*) as n from product where shop_id = $1 and state <> 'archived' group by category_id
           ) as own on own.category_id = category.id
           order by own.n desc, category.id limit 100"#,
        shop.uuid(),
        lang.tag()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| VoucherCategory { id: row.id.into(), name: row.name }).collect())
}

/// Those at the top of the tree, with all that is beneath them.
pub async fn top_categories(db: &mut PgConnection, lang: Lang) -> Result<Vec<VoucherCategory>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, case when $1 = 'en' then name_en else name_id end as "name!" from category
           where parent_id is null order by sort, slug"#,
        lang.tag()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| VoucherCategory { id: row.id.into(), name: row.name }).collect())
}

/// Of which products of a shop these SKUs are; none for one it has not.
pub async fn products_of(
    db: &mut PgConnection,
    shop: ShopId,
    skus: &[String],
) -> Result<Vec<Option<model::ids::ProductId>>, sqlx::Error> {
    let rows = sqlx::query_scalar!(
        r#"select product_id as "product_id?"
           from unnest($2::text[]) with ordinality as wanted (sku, place)
           left join variant on variant.shop_id = $1 and variant.sku = wanted.sku
           order by place"#,
        shop.uuid(),
        skus
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|id| id.map(Into::into)).collect())
}

/// What most of a shop's orders look like: each measure by itself, its middle. Without orders one piece at the middle
/// price of what it sells; none where it sells nothing.
pub async fn usual(db: &mut PgConnection, shop: ShopId) -> Result<Option<UsualOrder>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select count(*) as "n!",
             percentile_disc(0.5) within group (order by goods) as goods,
             percentile_disc(0.5) within group (order by shipping) as shipping,
             percentile_disc(0.5) within group (order by pieces) as pieces
           from (
             select goods + shop_discount + platform_discount as goods, shipping,
               (select sum(quantity) from order_line where order_id = shop_order.id)::int as pieces
             from shop_order
             where shop_id = $1 and cleared_at is not null and state not in ('awaiting_payment', 'cancelled') and currency = 'IDR'
             order by placed_at desc, id desc limit $2
           ) as latest"#,
        shop.uuid(),
        LATEST
    )
    .fetch_one(&mut *db)
    .await?;
    if let (Some(goods), Some(shipping), Some(pieces)) = (row.goods, row.shipping, row.pieces) {
        return Ok(Some(UsualOrder {
            goods: Money::idr(goods),
            pieces: pieces.max(1),
            shipping: Some(Money::idr(shipping)),
            orders: unsigned_long(row.n),
        }));
    }
    let price = sqlx::query_scalar!(
        "select percentile_disc(0.5) within group (order by variant.price)
         from variant join product on product.id = variant.product_id
         where product.shop_id = $1 and product.state = 'active' and product.currency = 'IDR'",
        shop.uuid()
    )
    .fetch_one(db)
    .await?;
    Ok(price.map(|price| UsualOrder { goods: Money::idr(price), pieces: 1, shipping: None, orders: 0 }))
}

/// The same of all orders there are, the latest of them; none before there is one.
pub async fn usual_anywhere(db: &mut PgConnection) -> Result<Option<UsualOrder>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select count(*) as "n!",
             percentile_disc(0.5) within group (order by goods) as goods,
             percentile_disc(0.5) within group (order by shipping) as shipping,
             percentile_disc(0.5) within group (order by pieces) as pieces
           from (
             select goods + shop_discount + platform_discount as goods, shipping,
               (select sum(quantity) from order_line where order_id = shop_order.id)::int as pieces
             from shop_order
             where state not in ('awaiting_payment', 'cancelled') and currency = 'IDR'
             order by id desc limit $1
           ) as latest"#,
        LATEST
    )
    .fetch_one(db)
    .await?;
    let usual = row.goods.zip(row.pieces).map(|(goods, pieces)| UsualOrder {
        goods: Money::idr(goods),
        pieces: pieces.max(1),
        shipping: row.shipping.map(Money::idr),
        orders: unsigned_long(row.n),
    });
    Ok(usual)
}

fn unsigned_long(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}
