//! Rules about fees.

use super::currency;
use crate::{Applies, Fee, FeeAmount, FeeRule, InsertRuleError};
use model::{
    BasisPoints, Currency, Money,
    ids::{AccountId, CategoryId, FeeRuleId, ProductId, ShopId, Uuid},
    views::Tier,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A rule as it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeptRule {
    pub id: FeeRuleId,
    pub rule: FeeRule,
    pub created_at: OffsetDateTime,
    pub ended_at: Option<OffsetDateTime>,
}

struct Row {
    id: Uuid,
    fee: String,
    tier: Option<String>,
    shop_id: Option<Uuid>,
    category_id: Option<Uuid>,
    product_id: Option<Uuid>,
    currency: String,
    rate: Option<i32>,
    cap: Option<i64>,
    floor: Option<i64>,
    per_piece: Option<i64>,
    per_order: Option<i64>,
    created_at: OffsetDateTime,
    ended_at: Option<OffsetDateTime>,
}

impl Row {
    fn rule(self) -> Result<KeptRule, sqlx::Error> {
        let unsound = || sqlx::Error::Decode(format!("fee rule {} cannot be read", self.id).into());
        let money = |amount| Money::new(amount, currency(&self.currency));
        let applies = match (&self.tier, self.shop_id, self.category_id, self.product_id) {
            (Some(tier), ..) => Applies::Tier(Tier::parse(tier).ok_or_else(unsound)?),
            (_, Some(shop), ..) => Applies::Shop(shop.into()),
            (_, _, Some(category), _) => Applies::Category(category.into()),
            (_, _, _, Some(product)) => Applies::Product(product.into()),
            _ => Applies::Everywhere,
        };
        let amount = match (self.rate, self.per_piece, self.per_order) {
            (Some(rate), ..) => {
                let rate = u16::try_from(rate).ok().and_then(|rate| BasisPoints::try_from(rate).ok());
                let (cap, floor) = (self.cap.map(money), self.floor.map(money));
                FeeAmount::Rate { rate: rate.ok_or_else(unsound)?, cap, floor }
            }
            (_, Some(amount), _) => FeeAmount::PerPiece(money(amount)),
            (_, _, Some(amount)) => FeeAmount::PerOrder(money(amount)),
            _ => return Err(unsound()),
        };
        let fee = Fee::from_name(&self.fee).ok_or_else(unsound)?;
        Ok(KeptRule {
            id: self.id.into(),
            rule: FeeRule { fee, applies, amount },
            created_at: self.created_at,
            ended_at: self.ended_at,
        })
    }
}

/// The rules in force that may concern a sale of these.
pub async fn rules_for(
    db: &mut PgConnection,
    shops: &[ShopId],
    categories: &[CategoryId],
    products: &[ProductId],
    of: Currency,
) -> Result<Vec<FeeRule>, sqlx::Error> {
    let shops: Vec<Uuid> = shops.iter().map(|id| id.uuid()).collect();
    let categories: Vec<Uuid> = categories.iter().map(|id| id.uuid()).collect();
    let products: Vec<Uuid> = products.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query_as!(
        Row,
        "select id, fee, tier, shop_id, category_id, product_id, currency, rate, cap, floor, per_piece, per_order,
           created_at, ended_at
         from fee_rule
         where ended_at is null and currency = $4 and (shop_id is null or shop_id = any($1))
           and (category_id is null or category_id = any($2)) and (product_id is null or product_id = any($3))
         order by created_at, id",
        &shops,
        &categories,
        &products,
        of.code()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| row.rule().map(|kept| kept.rule)).collect()
}

/// All rules in force, the general before the special; after them the latest that ended.
pub async fn list_rules(db: &mut PgConnection, limit: i64) -> Result<Vec<KeptRule>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, fee, tier, shop_id, category_id, product_id, currency, rate, cap, floor, per_piece, per_order,
           created_at, ended_at
         from fee_rule
         order by ended_at desc nulls first, fee, num_nonnulls(tier, shop_id, category_id, product_id), created_at, id
         limit $1",
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::rule).collect()
}

/// Enters a rule; the one that held for the same until now ends, and says its id.
pub async fn insert_rule(
    db: &mut PgConnection,
    id: FeeRuleId,
    rule: &FeeRule,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Option<FeeRuleId>, InsertRuleError> {
    let (mut tier, mut shop, mut category, mut product) = (None, None, None, None);
    match rule.applies {
        Applies::Everywhere => {}
        Applies::Tier(it) => tier = Some(it.as_str()),
        Applies::Shop(it) => shop = Some(it.uuid()),
        Applies::Category(it) => category = Some(it.uuid()),
        Applies::Product(it) => product = Some(it.uuid()),
    }
    let (mut rate, mut cap, mut floor, mut per_piece, mut per_order) = (None, None, None, None, None);
    let of = match rule.amount {
        FeeAmount::Rate { rate: it, cap: most, floor: least } => {
            rate = Some(i32::from(it.get()));
            (cap, floor) = (most.map(Money::amount), least.map(Money::amount));
            most.or(least).map_or(Currency::Idr, Money::currency)
        }
        FeeAmount::PerPiece(amount) => {
            per_piece = Some(amount.amount());
            amount.currency()
        }
        FeeAmount::PerOrder(amount) => {
            per_order = Some(amount.amount());
            amount.currency()
        }
    };
    let before = sqlx::query_scalar!(
        "update fee_rule set ended_at = greatest($7, created_at)
         where ended_at is null and fee = $1 and currency = $2 and tier is not distinct from $3
           and shop_id is not distinct from $4 and category_id is not distinct from $5
           and product_id is not distinct from $6
         returning id",
        rule.fee.as_str(),
        of.code(),
        tier,
        shop,
        category,
        product,
        now
    )
    .fetch_optional(&mut *db)
    .await
    .map_err(refusal)?;
    sqlx::query!(
        "insert into fee_rule (id, fee, tier, shop_id, category_id, product_id, currency, rate, cap, floor, per_piece,
           per_order, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        id.uuid(),
        rule.fee.as_str(),
        tier,
        shop,
        category,
        product,
        of.code(),
        rate,
        cap,
        floor,
        per_piece,
        per_order,
        now,
        by.uuid()
    )
    .execute(db)
    .await
    .map_err(refusal)?;
    Ok(before.map(Into::into))
}

/// Ends a rule, and says which; none where it had ended before.
pub async fn end_rule(
    db: &mut PgConnection,
    id: FeeRuleId,
    now: OffsetDateTime,
) -> Result<Option<FeeRule>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "update fee_rule set ended_at = greatest($2, created_at) where id = $1 and ended_at is null
         returning id, fee, tier, shop_id, category_id, product_id, currency, rate, cap, floor, per_piece, per_order,
           created_at, ended_at",
        id.uuid(),
        now
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| row.rule().map(|kept| kept.rule)).transpose()
}

fn refusal(error: sqlx::Error) -> InsertRuleError {
    match error.as_database_error().and_then(|refused| refused.constraint()) {
        Some("fee_rule_in_force") => InsertRuleError::Taken,
        Some(name) if name.ends_with("_fkey") => InsertRuleError::Unknown,
        Some(name) if name.starts_with("fee_rule_") => InsertRuleError::Amount,
        _ => InsertRuleError::Database(error),
    }
}
