//! The states of a product. Transitions consume the product and give it back moved, with the line for its timeline.

use model::{ids::ProductId, views::ProductState};
use std::fmt;
use time::OffsetDateTime;

/// Where a product stands, with what is known of it there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    Draft,
    InReview,
    /// On sale; `published` is when it first was.
    Active {
        published: OffsetDateTime,
    },
    /// Taken off the shelf for a while by its seller.
    Hidden {
        published: OffsetDateTime,
    },
    /// Taken off for ever; orders still name it.
    Archived {
        published: Option<OffsetDateTime>,
    },
    Rejected {
        reason: Reason,
    },
}

impl Stage {
    pub const fn state(&self) -> ProductState {
        match self {
            Self::Draft => ProductState::Draft,
            Self::InReview => ProductState::InReview,
            Self::Active { .. } => ProductState::Active,
            Self::Hidden { .. } => ProductState::Hidden,
            Self::Archived { .. } => ProductState::Archived,
            Self::Rejected { .. } => ProductState::Rejected,
        }
    }

    pub const fn published(&self) -> Option<OffsetDateTime> {
        match self {
            Self::Active { published } | Self::Hidden { published } => Some(*published),
            Self::Archived { published } => *published,
            Self::Draft | Self::InReview | Self::Rejected { .. } => None,
        }
    }
}

/// Every move there is; whatever is not listed is forbidden.
const MOVES: &[(ProductState, ProductState)] = {
    use ProductState::{Active, Archived, Draft, Hidden, InReview, Rejected};
    &[
        (Draft, InReview),
        (InReview, Active),
        (InReview, Rejected),
        // Taken down.
        (Active, Rejected),
        (Hidden, Rejected),
        (Rejected, Draft),
        (Active, Hidden),
        (Hidden, Active),
        (Hidden, Archived),
        // Thrown away before it was ever on sale.
        (Draft, Archived),
        // Asked for no more.
        (InReview, Draft),
        // Fetched back, where it was put away by mistake.
        (Archived, Draft),
        (Archived, Hidden),
    ]
};

/// Why a product was refused: 1 to 500 characters for its seller to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason(String);

impl Reason {
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (1..=500).contains(&text.chars().count()).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who moved it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    Seller,
    Operator,
    Import,
    Demo,
    /// Nobody: the goods of a shop that was looked at need not be.
    Rule,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seller => "seller",
            Self::Operator => "operator",
            Self::Import => "import",
            Self::Demo => "demo",
            Self::Rule => "rule",
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a product that is {} cannot become {}", from.as_str(), to.as_str())]
pub struct Forbidden {
    pub from: ProductState,
    pub to: ProductState,
}

/// A line of a product's timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    pub product: ProductId,
    pub from: ProductState,
    pub to: ProductState,
    pub actor: Actor,
    pub reason: Option<String>,
    pub at: OffsetDateTime,
}

impl Moved {
    /// Was it on sale before and is not now?
    pub fn left_the_shelf(&self) -> bool {
        self.from == ProductState::Active
    }
}

/// A product as far as its state goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Product {
    pub id: ProductId,
    pub stage: Stage,
    /// Grows with every change; an edit made against an older one is refused.
    pub version: i32,
}

impl Product {
    /// The seller asks for it to be put on sale.
    pub fn submit(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        self.go(Stage::InReview, actor, at)
    }

    pub fn approve(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        self.only_from(ProductState::InReview, ProductState::Active)?.go(
            Stage::Active { published: at },
            actor,
            at,
        )
    }

    /// What waits is sent back, what is on sale is taken down.
    pub fn reject(
        self,
        reason: Reason,
        actor: Actor,
        at: OffsetDateTime,
    ) -> Result<(Self, Moved), Forbidden> {
        self.go(Stage::Rejected { reason }, actor, at)
    }

    /// A rejected product is taken back to be changed.
    pub fn revise(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        self.only_from(ProductState::Rejected, ProductState::Draft)?.go(Stage::Draft, actor, at)
    }

    /// Its seller no longer asks for it to be put on sale.
    pub fn withdraw(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        self.only_from(ProductState::InReview, ProductState::Draft)?.go(Stage::Draft, actor, at)
    }

    pub fn hide(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        let published = self.stage.published().unwrap_or(at);
        self.only_from(ProductState::Active, ProductState::Hidden)?.go(Stage::Hidden { published }, actor, at)
    }

    /// A hidden product is put back on sale; it is not new again.
    pub fn show(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        let published = self.stage.published().unwrap_or(at);
        self.only_from(ProductState::Hidden, ProductState::Active)?.go(Stage::Active { published }, actor, at)
    }

    pub fn archive(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        let published = self.stage.published();
        self.go(Stage::Archived { published }, actor, at)
    }

    /// What was archived by mistake is hidden again; only for what was hidden or on sale before.
    pub fn restore(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        let here = self.only_from(ProductState::Archived, ProductState::Hidden)?;
        match here.stage.published() {
            Some(published) => here.go(Stage::Hidden { published }, actor, at),
            None => Err(Forbidden { from: ProductState::Archived, to: ProductState::Hidden }),
        }
    }

    /// The same for what was a draft before: it is not shown without being asked for.
    pub fn redraft(self, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        self.only_from(ProductState::Archived, ProductState::Draft)?.go(Stage::Draft, actor, at)
    }

    /// Several verbs end in the same state; each starts from its own.
    fn only_from(self, from: ProductState, to: ProductState) -> Result<Self, Forbidden> {
        let now = self.stage.state();
        if now == from { Ok(self) } else { Err(Forbidden { from: now, to }) }
    }

    fn go(self, stage: Stage, actor: Actor, at: OffsetDateTime) -> Result<(Self, Moved), Forbidden> {
        let (from, to) = (self.stage.state(), stage.state());
        if !MOVES.contains(&(from, to)) {
            return Err(Forbidden { from, to });
        }
        let reason = match &stage {
            Stage::Rejected { reason } => Some(reason.as_str().to_owned()),
            _ => None,
        };
        let moved = Moved { product: self.id, from, to, actor, reason, at };
        Ok((Self { stage, version: self.version + 1, ..self }, moved))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::Uuid;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-03-01 08:00 UTC);
    const BEFORE: OffsetDateTime = datetime!(2026-01-01 08:00 UTC);

    fn product(state: ProductState) -> Product {
        let stage = match state {
            ProductState::Draft => Stage::Draft,
            ProductState::InReview => Stage::InReview,
            ProductState::Active => Stage::Active { published: BEFORE },
            ProductState::Hidden => Stage::Hidden { published: BEFORE },
            ProductState::Archived => Stage::Archived { published: Some(BEFORE) },
            ProductState::Rejected => Stage::Rejected { reason: Reason::new("blurred pictures").unwrap() },
        };
        Product { id: ProductId::new(Uuid::nil()), stage, version: 1 }
    }

    type Verb = fn(Product) -> Result<(Product, Moved), Forbidden>;

    #[test]
    fn each_verb_works_from_its_own_states_and_from_no_other() {
        use ProductState::{Active, Archived, Draft, Hidden, InReview, Rejected};
        let verbs: [(&str, Verb, &[ProductState], ProductState); 10] = [
            ("submit", |p| p.submit(Actor::Seller, NOW), &[Draft], InReview),
            ("approve", |p| p.approve(Actor::Operator, NOW), &[InReview], Active),
            (
                "reject",
                |p| p.reject(Reason::new("why").unwrap(), Actor::Operator, NOW),
                &[InReview, Active, Hidden],
                Rejected,
            ),
            ("revise", |p| p.revise(Actor::Seller, NOW), &[Rejected], Draft),
            ("hide", |p| p.hide(Actor::Seller, NOW), &[Active], Hidden),
            ("show", |p| p.show(Actor::Seller, NOW), &[Hidden], Active),
            ("archive", |p| p.archive(Actor::Seller, NOW), &[Hidden, Draft], Archived),
            ("withdraw", |p| p.withdraw(Actor::Seller, NOW), &[InReview], Draft),
            ("restore", |p| p.restore(Actor::Seller, NOW), &[Archived], Hidden),
            ("redraft", |p| p.redraft(Actor::Seller, NOW), &[Archived], Draft),
        ];
        for (name, verb, from, to) in verbs {
            for state in ProductState::ALL {
                match verb(product(state)) {
                    Ok((after, moved)) => {
                        assert!(from.contains(&state), "{name} from {state:?}");
                        assert_eq!((after.stage.state(), after.version), (to, 2), "{name}");
                        assert_eq!((moved.from, moved.to, moved.at), (state, to, NOW), "{name}");
                    }
                    Err(error) => {
                        assert!(!from.contains(&state), "{name} from {state:?}");
                        assert_eq!(error, Forbidden { from: state, to }, "{name}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_product_shown_again_is_not_new_again() {
        let (hidden, left) = product(ProductState::Active).hide(Actor::Seller, NOW).unwrap();
        assert!(left.left_the_shelf());
        let (shown, _) = hidden.show(Actor::Seller, NOW).unwrap();
        assert_eq!(shown.stage, Stage::Active { published: BEFORE });
    }

    #[test]
    fn what_was_never_on_sale_is_not_shown_by_being_fetched_back() {
        let thrown =
            Product { stage: Stage::Archived { published: None }, ..product(ProductState::Archived) };
        assert!(thrown.clone().restore(Actor::Seller, NOW).is_err());
        let (draft, _) = thrown.redraft(Actor::Seller, NOW).unwrap();
        assert_eq!(draft.stage, Stage::Draft);
    }

    #[test]
    fn a_rejection_says_why() {
        assert_eq!(Reason::new("  "), None);
        let (_, moved) = product(ProductState::InReview)
            .reject(Reason::new(" no brand ").unwrap(), Actor::Operator, NOW)
            .unwrap();
        assert_eq!(moved.reason.as_deref(), Some("no brand"));
    }
}
