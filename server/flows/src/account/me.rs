//! What somebody sees of their own account.

use super::{passkeys_work, ways::ways};
use identity::{
    account::{self, Ways},
    factor, operator,
};
use kernel::{Cx, Member};
use model::{Contact, Lang, OperatorRole, ids::AccountId};

/// An account as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Me {
    pub account: AccountId,
    pub contacts: Vec<Contact>,
    pub lang: Lang,
    pub roles: Vec<OperatorRole>,
    pub ways: Ways,
    /// How many passkeys there are, where there can be any.
    pub passkeys: Option<u32>,
    /// How many recovery codes are left, where something is asked for after the password.
    pub recovery_codes: Option<i64>,
}

pub async fn me(cx: &Cx, member: &Member) -> Result<Me, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    let reach = account::store::get_reach(&mut db, member.account).await?;
    let ways = ways(cx, &mut db, member.account).await?;
    let recovery_codes = if ways.second_factor() {
        Some(factor::store::count_recovery_codes(&mut db, member.account).await?)
    } else {
        None
    };
    Ok(Me {
        account: member.account,
        contacts: reach.contacts,
        lang: reach.lang,
        roles: operator::store::list(&mut db, member.account).await?,
        ways,
        passkeys: passkeys_work(cx).then(|| u32::try_from(ways.passkeys).unwrap_or(u32::MAX)),
        recovery_codes,
    })
}
