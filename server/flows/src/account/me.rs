//! What somebody sees of their own account.

use identity::{account, factor, operator};
use kernel::{Cx, Member};
use model::{Contact, Lang, OperatorRole, ids::AccountId};

/// An account as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Me {
    pub account: AccountId,
    pub contacts: Vec<Contact>,
    pub lang: Lang,
    pub roles: Vec<OperatorRole>,
    pub has_password: bool,
    /// How many recovery codes are left, where two-step sign-in is on.
    pub recovery_codes: Option<i64>,
}

pub async fn me(cx: &Cx, member: &Member) -> Result<Me, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    let reach = account::store::get_reach(&mut db, member.account).await?;
    let door = account::store::get_door(&mut db, member.account).await?;
    let recovery_codes = if door.second_factor {
        Some(factor::store::count_recovery_codes(&mut db, member.account).await?)
    } else {
        None
    };
    Ok(Me {
        account: member.account,
        contacts: reach.contacts,
        lang: reach.lang,
        roles: operator::store::list(&mut db, member.account).await?,
        has_password: door.password_hash.is_some(),
        recovery_codes,
    })
}
