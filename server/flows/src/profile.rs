//! What people say about themselves.

use access::audit::{Entry, Subject, record};
use bytes::Bytes;
use identity::profile::{NewProfile, store};
use kernel::{Cx, Member};
use media::{Files, ReceiveError};
use model::{
    AppError, Code, FieldError, Lang, Theme, audit::Action, ids::MediaId, person::ProfileInput,
    typed::Problems,
};
use serde_json::{Value, json};
use time::Date;

#[derive(Debug, thiserror::Error)]
pub enum SaveProfileError {
    #[error("what was typed is not a profile")]
    Invalid(Problems),
    #[error("it has been changed meanwhile")]
    Stale,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SaveProfileError> for AppError {
    fn from(error: SaveProfileError) -> Self {
        match error {
            SaveProfileError::Invalid(problems) => problems.into(),
            SaveProfileError::Stale => Self::new(Code::Conflict),
            SaveProfileError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Writes a profile anew, if it is still of the version the edit began with; 0 where there was none.
pub async fn save(
    cx: &Cx,
    member: &Member,
    version: i32,
    input: &ProfileInput,
) -> Result<NewProfile, SaveProfileError> {
    let new = NewProfile::parse(input, cx.now()).map_err(SaveProfileError::Invalid)?;
    let mut tx = cx.begin().await?;
    let old = store::get(&mut tx, member.account).await?;
    if !store::put(&mut tx, member.account, version, &new, cx.now()).await? {
        return Err(SaveProfileError::Stale);
    }
    let before = facts(old.name.as_deref(), old.born, old.lang, old.theme);
    let after = facts(new.name.as_deref(), new.born, new.lang, new.theme);
    let entry = Entry::of(Action::ProfileChanged, Subject::Account(member.account));
    record(&mut tx, cx, &entry.before(before).after(after)).await?;
    tx.commit().await?;
    Ok(new)
}

/// Keeps the language or appearance that somebody chose beside any page. What is so already is not written again.
pub async fn prefer(
    cx: &Cx,
    member: &Member,
    lang: Option<Lang>,
    theme: Option<Theme>,
) -> Result<(), sqlx::Error> {
    let mut tx = cx.begin().await?;
    let old = store::get(&mut tx, member.account).await?;
    let (lang, theme) = (lang.unwrap_or(old.lang), theme.unwrap_or(old.theme));
    if (lang, theme) == (old.lang, old.theme) {
        return Ok(());
    }
    store::put_prefs(&mut tx, member.account, lang, theme, cx.now()).await?;
    let name = old.name.as_deref();
    let entry = Entry::of(Action::ProfileChanged, Subject::Account(member.account))
        .before(facts(name, old.born, old.lang, old.theme))
        .after(facts(name, old.born, lang, theme));
    record(&mut tx, cx, &entry).await?;
    tx.commit().await
}

/// What the log keeps of a profile: the log is never changed, so nothing in it says who somebody is.
fn facts(name: Option<&str>, born: Option<Date>, lang: Lang, theme: Theme) -> Value {
    json!({"name": name.map(masked), "born": born.map(Date::year), "lang": lang, "theme": theme.tag()})
}

/// Enough to see that it changed: `S•••`.
pub(crate) fn masked(text: &str) -> String {
    text.chars().take(1).chain("•••".chars()).collect()
}

#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    #[error("there is no file store")]
    NoStore,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<PictureError> for AppError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Receive(error) => {
                let error = Self::from(error);
                let field = match error.code {
                    Code::TooLarge => FieldError::TooLong,
                    Code::UnsupportedMediaType => FieldError::NotAllowed,
                    Code::Invalid => FieldError::Malformed,
                    _ => return error,
                };
                error.and("picture", field)
            }
            PictureError::NoStore => Self::new(Code::Unavailable),
            PictureError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Takes a picture in and shows it from now on. What it is, is read from its bytes: JPEG, PNG and WebP are taken, and
/// kept as pixels alone.
pub async fn set_picture(cx: &Cx, member: &Member, bytes: Bytes) -> Result<MediaId, PictureError> {
    let files = cx.part::<Files>().ok_or(PictureError::NoStore)?;
    let media = media::receive(cx, &files, member.account.uuid(), bytes).await?;
    put_picture(cx, member, Some(media)).await?;
    Ok(media)
}

/// Shows the first letters of the name again.
pub async fn remove_picture(cx: &Cx, member: &Member) -> Result<(), PictureError> {
    put_picture(cx, member, None).await
}

/// The picture there was is named by nobody any more, and is swept with all such.
async fn put_picture(cx: &Cx, member: &Member, picture: Option<MediaId>) -> Result<(), PictureError> {
    let mut tx = cx.begin().await?;
    store::put_picture(&mut tx, member.account, picture, cx.now()).await?;
    record(&mut tx, cx, &Entry::of(Action::ProfileChanged, Subject::Account(member.account))).await?;
    Ok(tx.commit().await?)
}
