//! Who is asking, and what that entitles them to: values that must be held, made nowhere else.
//!
//! ```ignore
//! pub async fn change_password(cx: &Cx, proved: &Proved, …)      // cannot be called with less
//! flows::account::change_password(&cx, &cx.proved(STEP_UP)?, …)  // the only way to get one
//! ```

use crate::Cx;
use model::{
    AppError, Code, Duties, Duty,
    ids::{AccountId, SessionId},
};
use std::{net::IpAddr, sync::Arc};
use time::{Duration, OffsetDateTime};

/// Who is asking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Viewer {
    /// Someone who has not said who they are.
    Visitor,
    /// Someone who is signed in.
    Member(Member),
}

/// Someone who is signed in, on one device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub account: AccountId,
    pub session: SessionId,
    /// Empty for all but operators.
    pub duties: Duties,
    /// When they last showed a password, code or passkey in this session.
    pub proved_at: OffsetDateTime,
}

/// A member who has just proved again who they are. Security, bank details and money ask for one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proved(Member);

impl Proved {
    pub fn member(&self) -> &Member {
        &self.0
    }
}

/// An operator with one duty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operator {
    member: Member,
    duty: Duty,
}

impl Operator {
    pub fn member(&self) -> &Member {
        &self.member
    }

    /// What they were let in for.
    pub fn duty(&self) -> Duty {
        self.duty
    }
}

/// From where a request came. Personal, so not for logs; the audit log and the list of devices keep it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Client {
    /// None for jobs and the command line.
    pub address: Option<IpAddr>,
    /// What the client calls itself (`User-Agent`), at most 400 bytes.
    pub agent: Option<Arc<str>>,
}

impl Cx {
    /// The same context with someone else asking. Only what has checked their credentials calls this.
    #[must_use]
    pub fn as_viewer(mut self, viewer: Viewer) -> Self {
        self.viewer = viewer;
        self
    }

    #[must_use]
    pub fn from_client(mut self, client: Client) -> Self {
        self.client = client;
        self
    }

    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// From where this was asked.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whoever is signed in; else `unauthenticated`.
    pub fn member(&self) -> Result<Member, AppError> {
        match &self.viewer {
            Viewer::Member(member) => Ok(member.clone()),
            Viewer::Visitor => Err(AppError::new(Code::Unauthenticated)),
        }
    }

    /// A member who gave proof of who they are within this time; else `step_up_required`.
    pub fn proved(&self, within: Duration) -> Result<Proved, AppError> {
        let member = self.member()?;
        if self.now() - member.proved_at <= within {
            Ok(Proved(member))
        } else {
            Err(AppError::new(Code::StepUpRequired))
        }
    }

    /// An operator with this duty. To everybody else what needs one is not there.
    pub fn operator(&self, duty: Duty) -> Result<Operator, AppError> {
        match &self.viewer {
            Viewer::Member(member) if member.duties.has(duty) => {
                Ok(Operator { member: member.clone(), duty })
            }
            _ => Err(AppError::not_found()),
        }
    }
}
