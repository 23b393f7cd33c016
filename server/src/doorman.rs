//! Tells the HTTP edge whom a session's token belongs to.

use async_trait::async_trait;
use identity::session::Kind;
use kernel::{Cx, Viewer};
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
}

pub fn door() -> Door {
    Door(Box::new(Sessions))
}
