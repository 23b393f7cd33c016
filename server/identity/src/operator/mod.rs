//! Operators: who was given which duties. Roles are given at the console or by an operator who has the duty `people`,
//! and nobody gives more than they have.

pub mod store;

use kernel::Operator;
use model::{Duties, Duty, OperatorRole, ids::AccountId};

/// Whoever gives or takes a role.
#[derive(Clone, Copy, Debug)]
pub enum Giver<'a> {
    /// Someone at the machine itself.
    Console,
    Operator(&'a Operator),
}

/// Why a role was neither given nor taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotYours {
    #[error("this operator has no say about people")]
    NoDuty,
    #[error("the role has duties this operator lacks")]
    Beyond,
    #[error("nobody changes their own roles")]
    OwnRoles,
}

impl Giver<'_> {
    pub fn may(&self, role: OperatorRole, of: AccountId) -> Result<(), NotYours> {
        let Self::Operator(operator) = self else { return Ok(()) };
        let member = operator.member();
        if operator.duty() != Duty::People {
            Err(NotYours::NoDuty)
        } else if member.account == of {
            Err(NotYours::OwnRoles)
        } else if !member.duties.cover(role.duties()) {
            Err(NotYours::Beyond)
        } else {
            Ok(())
        }
    }

    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Console => None,
            Self::Operator(operator) => Some(operator.member().account),
        }
    }
}

/// What several roles add up to.
pub fn duties(roles: &[OperatorRole]) -> Duties {
    roles.iter().fold(Duties::NONE, |duties, role| duties.and(role.duties()))
}
