//! Tiers of members: what they take is set by operators, who has reached which is counted here. Wherever a tier makes a
//! difference what was counted is read; nobody adds up orders for a page.

use access::audit::{Entry, Subject, record};
use kernel::{
    Cx, Member, Operator, Proved,
    jobs::{Job, JobError, NewJob, Priority},
};
use model::{
    AppError, Duty, FieldError,
    audit::Action,
    ids::AccountId,
    typed::{self, Problems},
    views::member::{MemberDesk, Standing, TierInput, limits},
};
use order::{MemberPolicy, store};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Members counted in one transaction.
const BATCH: i64 = 500;

#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    #[error("it is not this operator's duty")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<MemberError> for AppError {
    fn from(error: MemberError) -> Self {
        match error {
            MemberError::NotFound => Self::not_found(),
            MemberError::Invalid(problems) => problems.into(),
            MemberError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// What a member has reached.
pub async fn standing(cx: &Cx, member: &Member) -> Result<Standing, sqlx::Error> {
    views::members::standing(&mut *cx.db().acquire().await?, member.account).await
}

/// What each tier takes, and how many are of it.
pub async fn desk(cx: &Cx, operator: &Operator) -> Result<MemberDesk, MemberError> {
    if operator.duty() != Duty::Money {
        return Err(MemberError::NotFound);
    }
    let mut db = cx.db().acquire().await?;
    let policy = store::member_policy(&mut db).await?;
    Ok(MemberDesk { months: policy.months, tiers: views::members::tiers(&mut db, &policy).await? })
}

/// Says anew what tiers take; everybody is counted again by it.
pub async fn set(
    cx: &Cx,
    operator: &Operator,
    proved: &Proved,
    typed: &TierInput,
) -> Result<(), MemberError> {
    let may = operator.duty() == Duty::Money && proved.member().account == operator.member().account;
    if !may {
        return Err(MemberError::NotFound);
    }
    let policy = read(typed).map_err(MemberError::Invalid)?;
    let mut tx = cx.begin().await?;
    let before = store::member_policy(&mut tx).await?;
    if before == policy {
        return Ok(());
    }
    store::set_member_policy(&mut tx, &policy, cx.now()).await?;
    NewJob::of(&CountMembers {}).enqueue(&mut tx, cx).await?;
    let entry = Entry::of(Action::MemberTiersChanged, Subject::House);
    record(&mut tx, cx, &entry.before(facts(&before)).after(facts(&policy))).await?;
    Ok(tx.commit().await?)
}

fn read(typed: &TierInput) -> Result<MemberPolicy, Problems> {
    let mut problems = Problems::default();
    let months = problems.take("months", typed::required_whole(&typed.months, 1, limits::MONTHS));
    let amount = |text: &str| typed::required_whole(text, 1, limits::AMOUNT);
    let silver = problems.take("silver", amount(&typed.silver));
    let gold = problems.take("gold", amount(&typed.gold));
    let platinum = problems.take("platinum", amount(&typed.platinum));
    if silver.zip(gold).is_some_and(|(silver, gold)| gold <= silver) {
        problems.note("gold", FieldError::OutOfRange);
    }
    if gold.zip(platinum).is_some_and(|(gold, platinum)| platinum <= gold) {
        problems.note("platinum", FieldError::OutOfRange);
    }
    match (months.and_then(|months| u8::try_from(months).ok()), silver, gold, platinum) {
        (Some(months), Some(silver), Some(gold), Some(platinum)) if problems.is_empty() => {
            Ok(MemberPolicy { months, silver, gold, platinum })
        }
        _ => Err(problems),
    }
}

fn facts(policy: &MemberPolicy) -> Value {
    json!({"months": policy.months, "silver": policy.silver, "gold": policy.gold,
        "platinum": policy.platinum})
}

/// Counts what these have spent, and what they have reached by it.
async fn count(cx: &Cx, accounts: &[AccountId]) -> Result<(), JobError> {
    // Before anything is read: who read earlier does not write over who read later.
    let now = cx.now();
    let mut tx = cx.begin().await?;
    let policy = store::member_policy(&mut tx).await?;
    let spent = views::members::spent(&mut tx, accounts, policy.months, now).await?;
    let counted: Vec<_> =
        spent.into_iter().map(|(account, spent)| (account, policy.tier_of(spent), spent)).collect();
    store::set_standings(&mut tx, &counted, now).await?;
    Ok(tx.commit().await?)
}

/// A member has completed an order, or is given back a part of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CountMember {
    pub account: AccountId,
}

impl Job for CountMember {
    const NAME: &'static str = "member.count";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        count(cx, &[self.account]).await
    }
}

/// Everybody, since what was bought long ago counts no more. Run by the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CountMembers {}

impl Job for CountMembers {
    const NAME: &'static str = "member.count_all";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut after = None;
        loop {
            let due = views::members::list_buyers(&mut *cx.db().acquire().await?, after, BATCH).await?;
            let Some(last) = due.last().copied() else { return Ok(()) };
            count(cx, &due).await?;
            after = Some(last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tier_takes_more_than_the_one_below_it() {
        let typed = |months: &str, silver: &str, gold: &str, platinum: &str| TierInput {
            months: months.to_owned(),
            silver: silver.to_owned(),
            gold: gold.to_owned(),
            platinum: platinum.to_owned(),
        };
        let policy = read(&typed("12", "1.000.000", "5000000", "20.000.000")).unwrap();
        assert_eq!((policy.months, policy.silver, policy.gold), (12, 1_000_000, 5_000_000));
        for (input, field, error) in [
            (typed("37", "1", "2", "3"), "months", FieldError::OutOfRange),
            (typed("12", "", "2", "3"), "silver", FieldError::Required),
            (typed("12", "2", "2", "3"), "gold", FieldError::OutOfRange),
            (typed("12", "1", "3", "2"), "platinum", FieldError::OutOfRange),
        ] {
            assert_eq!(read(&input).unwrap_err().of(field), Some(error), "{field}");
        }
    }
}
