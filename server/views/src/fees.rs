//! The rules about fees, as operators see them.

use crate::cards::currency;
use model::{Money, ids::Uuid, views::takings::FeeRuleView};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Rules on the page.
const MOST: i64 = 200;

/// All in force, the general before the special, and the latest that ended.
pub async fn list(db: &mut PgConnection) -> Result<Vec<FeeRuleView>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select rule.id, rule.fee, rule.tier, rule.currency, rule.rate, rule.cap, rule.floor, rule.per_piece, rule.per_order,
             rule.created_at, rule.ended_at, shop.slug as "shop?", category.slug as "category?", product.slug as "product?"
           from fee_rule as rule
           left join shop on shop.id = rule.shop_id
           left join category on category.id = rule.category_id
           left join product on product.id = rule.product_id
           order by rule.ended_at desc nulls first, rule.fee,
             num_nonnulls(rule.tier, rule.shop_id, rule.category_id, rule.product_id), rule.created_at, rule.id
           limit $1"#,
        MOST
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency = currency(&row.currency)?;
            let money = |amount: Option<i64>| amount.map(|amount| Money::new(amount, currency));
            let target = [
                ("tier", row.tier),
                ("shop", row.shop),
                ("category", row.category),
                ("product", row.product),
            ];
            Ok(FeeRuleView {
                id: row.id.into(),
                fee: row.fee,
                target: target.into_iter().find_map(|(kind, name)| Some((kind.to_owned(), name?))),
                rate: row.rate.and_then(|rate| u16::try_from(rate).ok()),
                cap: money(row.cap),
                floor: money(row.floor),
                per_piece: money(row.per_piece),
                per_order: money(row.per_order),
                since: row.created_at.unix_timestamp(),
                ended: row.ended_at.map(OffsetDateTime::unix_timestamp),
            })
        })
        .collect()
}

/// The shop, category or product at this address.
pub async fn target(db: &mut PgConnection, kind: &str, slug: &str) -> Result<Option<Uuid>, sqlx::Error> {
    match kind {
        "shop" => sqlx::query_scalar!("select id from shop where slug = $1", slug).fetch_optional(db).await,
        "category" => {
            sqlx::query_scalar!("select id from category where slug = $1", slug).fetch_optional(db).await
        }
        "product" => {
            sqlx::query_scalar!("select id from product where slug = $1", slug).fetch_optional(db).await
        }
        _ => Ok(None),
    }
}
