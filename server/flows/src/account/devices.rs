//! Telling people that somebody signed in where nobody did before.

use super::post;
use identity::{Token, session::device_store};
use kernel::Cx;
use model::ids::AccountId;
use notify::{EnqueueError, Message};
use sqlx::PgConnection;

/// Recognises the device by the token it was given at an earlier sign-in, or gives it one. The owner is told of a new
/// one, but not of the very first, which is where they registered. A token that we never gave out is not taken.
pub(super) async fn meet(
    db: &mut PgConnection,
    cx: &Cx,
    account: AccountId,
    shown: Option<&Token>,
) -> Result<Option<Token>, EnqueueError> {
    if let Some(shown) = shown
        && device_store::touch(&mut *db, account, shown.digest(), cx.now()).await?
    {
        return Ok(None);
    }
    // Several people share a browser: it keeps its token, and each account knows it.
    let token = match shown {
        Some(shown) if device_store::exists(&mut *db, shown.digest()).await? => shown.clone(),
        _ => Token::new(cx),
    };
    let first = device_store::insert(&mut *db, account, token.digest(), cx.now()).await?;
    if !first {
        let message = Message::NewDevice {
            at: cx.now(),
            origin: post::origin(cx),
            link: post::link("/account/security"),
        };
        post::tell(db, cx, account, &message).await?;
    }
    Ok(Some(token))
}
