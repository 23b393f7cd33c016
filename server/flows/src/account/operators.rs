//! Giving and taking operators' roles.

use access::audit::{Entry, Subject, record};
use identity::{
    account,
    operator::{self, Giver, NotYours},
    session,
};
use kernel::Cx;
use model::{AppError, Code, Contact, OperatorRole, audit::Action, ids::AccountId};
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    #[error("no account has this address")]
    NoAccount,
    #[error(transparent)]
    NotYours(#[from] NotYours),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<RoleError> for AppError {
    fn from(error: RoleError) -> Self {
        match error {
            RoleError::NoAccount => Code::NotFound.into(),
            RoleError::NotYours(_) => Code::Forbidden.into(),
            RoleError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Gives a role; false where they had it. Their sessions end, so that what they may do from now on begins with a
/// sign-in.
pub async fn grant(cx: &Cx, giver: Giver<'_>, to: &Contact, role: OperatorRole) -> Result<bool, RoleError> {
    change(cx, giver, to, role, true).await
}

/// Takes a role; false where they did not have it. Their sessions end.
pub async fn revoke(
    cx: &Cx,
    giver: Giver<'_>,
    from: &Contact,
    role: OperatorRole,
) -> Result<bool, RoleError> {
    change(cx, giver, from, role, false).await
}

async fn change(
    cx: &Cx,
    giver: Giver<'_>,
    whose: &Contact,
    role: OperatorRole,
    give: bool,
) -> Result<bool, RoleError> {
    let mut tx = cx.begin().await?;
    let account = account::store::find_owner(&mut tx, whose).await?.ok_or(RoleError::NoAccount)?;
    giver.may(role, account)?;
    let (changed, action) = if give {
        let by = giver.account();
        (operator::store::insert(&mut tx, account, role, by, cx.now()).await?, Action::RoleGranted)
    } else {
        (operator::store::delete(&mut tx, account, role).await?, Action::RoleRevoked)
    };
    if changed {
        session::store::delete_all(&mut tx, account, None).await?;
        let entry = Entry::of(action, Subject::Account(account)).after(json!({"role": role}));
        record(&mut tx, cx, &entry).await?;
    }
    tx.commit().await?;
    Ok(changed)
}

pub async fn roles_of(cx: &Cx, account: AccountId) -> Result<Vec<OperatorRole>, sqlx::Error> {
    operator::store::list(&mut *cx.db().acquire().await?, account).await
}
