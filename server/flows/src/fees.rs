//! What the platform takes from shops: rules that operators set. Orders keep what they were placed under.

use access::audit::{Entry, Subject, record};
use kernel::{Cx, Operator, Proved};
use model::{
    AppError, BasisPoints, Code, Duty, FieldError, Money,
    audit::Action,
    ids::FeeRuleId,
    views::{
        Tier,
        takings::{FeeInput, FeeRuleView},
    },
};
use pricing::{Applies, Fee, FeeAmount, FeeRule, InsertRuleError, store};
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum FeeError {
    #[error("there is no such rule")]
    NotFound,
    #[error("{0} is not such as a rule has")]
    Field(&'static str),
    /// Somebody else has just entered one for the same.
    #[error("another rule about the same was entered meanwhile")]
    Taken,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<FeeError> for AppError {
    fn from(error: FeeError) -> Self {
        match error {
            FeeError::NotFound => Self::not_found(),
            FeeError::Field(name) => Self::field(name, FieldError::Malformed),
            FeeError::Taken => Self::new(Code::Conflict),
            FeeError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// All rules in force, the general before the special, and the latest that ended.
pub async fn list(cx: &Cx, operator: &Operator) -> Result<Vec<FeeRuleView>, sqlx::Error> {
    if operator.duty() != Duty::Money {
        return Ok(vec![]);
    }
    views::fees::list(&mut *cx.db().acquire().await?).await
}

/// Nobody changes what shops pay but an operator who looks after money and has proved who they are.
fn may_change(operator: &Operator, proved: &Proved) -> Result<(), FeeError> {
    let may = operator.duty() == Duty::Money && proved.member().account == operator.member().account;
    if may { Ok(()) } else { Err(FeeError::NotFound) }
}

/// Sets a rule; the one that held for the same until now ends.
pub async fn set(
    cx: &Cx,
    operator: &Operator,
    proved: &Proved,
    typed: &FeeInput,
) -> Result<FeeRuleId, FeeError> {
    may_change(operator, proved)?;
    let fee = Fee::from_name(&typed.fee).ok_or(FeeError::Field("fee"))?;
    let amount = amount(typed)?;
    let mut tx = cx.begin().await?;
    let target = typed.target.trim();
    let applies = match typed.kind.as_str() {
        "" | "everywhere" => Applies::Everywhere,
        "tier" => Applies::Tier(Tier::parse(target).ok_or(FeeError::Field("target"))?),
        kind => {
            let id = views::fees::target(&mut tx, kind, target).await?.ok_or(FeeError::Field("target"))?;
            match kind {
                "shop" => Applies::Shop(id.into()),
                "category" => Applies::Category(id.into()),
                _ => Applies::Product(id.into()),
            }
        }
    };
    let rule = FeeRule { fee, applies, amount };
    let id = cx.id();
    let by = operator.member().account;
    store::insert_rule(&mut tx, id, &rule, by, cx.now()).await.map_err(|error| match error {
        InsertRuleError::Unknown => FeeError::Field("target"),
        InsertRuleError::Amount => FeeError::Field("cap"),
        InsertRuleError::Taken => FeeError::Taken,
        InsertRuleError::Database(error) => FeeError::Database(error),
    })?;
    let facts = json!({"rule": id, "fee": fee, "target": target, "rate": typed.rate, "cap": typed.cap,
        "per_piece": typed.per_piece, "per_order": typed.per_order});
    record(&mut tx, cx, &Entry::of(Action::FeesChanged, Subject::House).after(facts)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Ends a rule: from then on the next more general one holds. Ending it again changes nothing.
pub async fn end(cx: &Cx, operator: &Operator, proved: &Proved, id: FeeRuleId) -> Result<(), FeeError> {
    may_change(operator, proved)?;
    let mut tx = cx.begin().await?;
    if let Some(rule) = store::end_rule(&mut tx, id, cx.now()).await? {
        let facts = json!({"rule": id, "fee": rule.fee});
        record(&mut tx, cx, &Entry::of(Action::FeesChanged, Subject::House).before(facts)).await?;
    }
    Ok(tx.commit().await?)
}

fn amount(typed: &FeeInput) -> Result<FeeAmount, FeeError> {
    let money = |text: &str, name| match text.trim().replace('.', "").as_str() {
        "" => Ok(None),
        digits => digits
            .parse::<u32>()
            .map(|amount| Some(Money::idr(amount.into())))
            .map_err(|_| FeeError::Field(name)),
    };
    let (cap, floor) = (money(&typed.cap, "cap")?, money(&typed.floor, "floor")?);
    let (piece, order) = (money(&typed.per_piece, "per_piece")?, money(&typed.per_order, "per_order")?);
    match (typed.rate.trim(), piece, order) {
        ("", Some(amount), None) => Ok(FeeAmount::PerPiece(amount)),
        ("", None, Some(amount)) => Ok(FeeAmount::PerOrder(amount)),
        ("", ..) => Err(FeeError::Field("rate")),
        (rate, None, None) => Ok(FeeAmount::Rate { rate: percent(rate)?, cap, floor }),
        _ => Err(FeeError::Field("rate")),
    }
}

/// `2,5` or `2.5` is 250 basis points.
fn percent(text: &str) -> Result<BasisPoints, FeeError> {
    let wrong = || FeeError::Field("rate");
    let text = text.trim_end_matches('%').trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    if whole.is_empty() || part.len() > 2 || !(whole.bytes().chain(part.bytes())).all(|b| b.is_ascii_digit())
    {
        return Err(wrong());
    }
    let points: u16 = format!("{whole}{part:0<2}").parse().map_err(|_| wrong())?;
    BasisPoints::try_from(points).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_as_people_type_it() {
        for (text, points) in
            [("2,5", Some(250)), ("6.55 %", Some(655)), ("0", Some(0)), ("100", Some(10_000))]
        {
            assert_eq!(percent(text).ok().map(BasisPoints::get), points, "{text}");
        }
        for text in ["", "x", "2,555", "100,01", "-1", "1e3"] {
            assert!(percent(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_rule_has_one_kind_of_amount() {
        let typed = |rate: &str, piece: &str, order: &str, cap: &str| FeeInput {
            rate: rate.to_owned(),
            per_piece: piece.to_owned(),
            per_order: order.to_owned(),
            cap: cap.to_owned(),
            ..FeeInput::default()
        };
        let rate = BasisPoints::try_from(150).unwrap();
        assert_eq!(
            amount(&typed("1,5", "", "", "5.000")).ok(),
            Some(FeeAmount::Rate { rate, cap: Some(Money::idr(5_000)), floor: None })
        );
        assert_eq!(amount(&typed("", "250", "", "")).ok(), Some(FeeAmount::PerPiece(Money::idr(250))));
        assert_eq!(amount(&typed("", "", "500", "")).ok(), Some(FeeAmount::PerOrder(Money::idr(500))));
        for wrong in [typed("", "", "", ""), typed("1", "2", "", ""), typed("", "1", "2", "")] {
            assert!(amount(&wrong).is_err(), "{wrong:?}");
        }
    }
}
