//! Tells the HTTP edge whom a session's token belongs to.

use async_trait::async_trait;
use identity::session::Kind;
use kernel::{Cx, Member, Viewer};
use model::{Lang, Theme};
use web::{Carried, Door, Doorman};

struct Sessions;

#[async_trait]
impl Doorman for Sessions {
    async fn recognise(&self, cx: &Cx, carried: Carried, token: &str) -> Result<Viewer, sqlx::Error> {
        let kind = match carried {
            Carried::Cookie => Kind::Browser,
            Carried::Bearer => Kind::Token,
        };
        flows::account::recognise(cx, kind, token).await
    }

    async fn prefer(
        &self,
        cx: &Cx,
        member: &Member,
        lang: Option<Lang>,
        theme: Option<Theme>,
    ) -> Result<(), sqlx::Error> {
        flows::profile::prefer(cx, member, lang, theme).await
    }
}

pub fn door() -> Door {
    Door(Box::new(Sessions))
}
