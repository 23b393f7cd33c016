//! Where a product stands after a file was taken over.

use super::compare::wanted;
use catalog::{Actor, Moved, Product, Reason, Stage};
use kernel::OffsetDateTime;
use model::{shop::RowProblem, views::ProductState};
use views::sheet::SheetProduct;

/// Of a new one: offered, unless it is to stay a draft. The goods of an approved shop are on sale at once.
pub fn of_new(said: &str, verified: bool) -> Result<ProductState, RowProblem> {
    match wanted(said) {
        Some(ProductState::Draft) => Ok(ProductState::Draft),
        Some(ProductState::Active) if verified => Ok(ProductState::Active),
        Some(ProductState::Active) => Ok(ProductState::InReview),
        None if said.is_empty() => of_new(ProductState::Active.as_str(), verified),
        _ => Err(RowProblem::NotAllowed),
    }
}

/// The steps of one that is there, as its seller would take them. One that was refused may be asked for again, since it
/// is changed.
pub fn steps(
    before: &SheetProduct,
    said: &str,
    verified: bool,
    now: OffsetDateTime,
) -> Result<Vec<Moved>, RowProblem> {
    let mut walk = Walk { product: Some(product(before, now)), steps: Vec::new() };
    if before.state == ProductState::Rejected {
        walk.go(|product| product.revise(Actor::Seller, now));
    }
    let here = walk.state();
    match (here, wanted(said)) {
        (_, None) if said.is_empty() => {}
        (ProductState::Draft, Some(ProductState::Rejected)) => {}
        (here, Some(there)) if wanted(here.as_str()) == Some(there) => {}
        (ProductState::Active, Some(ProductState::Hidden)) => {
            walk.go(|product| product.hide(Actor::Seller, now));
        }
        (ProductState::Hidden, Some(ProductState::Active)) if verified => {
            walk.go(|product| product.show(Actor::Seller, now));
        }
        (ProductState::Draft, Some(ProductState::Active)) => {
            walk.go(|product| product.submit(Actor::Seller, now));
            if verified {
                walk.go(|product| product.approve(Actor::Rule, now));
            }
        }
        _ => return Err(RowProblem::NotAllowed),
    }
    Ok(walk.steps)
}

struct Walk {
    /// None once a step was forbidden.
    product: Option<Product>,
    steps: Vec<Moved>,
}

impl Walk {
    fn state(&self) -> ProductState {
        self.product.as_ref().map_or(ProductState::Archived, |product| product.stage.state())
    }

    fn go(&mut self, step: impl FnOnce(Product) -> Result<(Product, Moved), catalog::Forbidden>) {
        if let Some(Ok((product, moved))) = self.product.take().map(step) {
            self.product = Some(product);
            self.steps.push(moved);
        }
    }
}

/// When it was first on sale is kept by the catalogue, whatever is said here.
fn product(before: &SheetProduct, now: OffsetDateTime) -> Product {
    let stage = match before.state {
        ProductState::Draft => Stage::Draft,
        ProductState::InReview => Stage::InReview,
        ProductState::Active => Stage::Active { published: now },
        ProductState::Hidden => Stage::Hidden { published: now },
        ProductState::Archived => Stage::Archived { published: before.published.then_some(now) },
        ProductState::Rejected => match before.reason.as_deref().and_then(Reason::new) {
            Some(reason) => Stage::Rejected { reason },
            None => Stage::Draft,
        },
    };
    Product { id: before.id, stage, version: before.version }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Uuid;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-03-01 08:00 UTC);

    fn ends(state: ProductState, said: &str, verified: bool) -> Result<Vec<&'static str>, RowProblem> {
        let before = SheetProduct {
            id: Uuid::nil().into(),
            category: Uuid::nil().into(),
            state,
            reason: Some("foto buram".to_owned()),
            published: true,
            version: 1,
            is_whole: true,
            input: model::shop::ProductInput::default(),
            gallery: vec![],
            promised: vec![],
        };
        steps(&before, said, verified, NOW).map(|steps| steps.iter().map(|moved| moved.to.as_str()).collect())
    }

    #[test]
    fn a_file_moves_goods_as_their_seller_may() {
        use ProductState::{Active, Draft, Hidden, InReview, Rejected};
        assert_eq!(ends(Active, "in_review", true), Ok(vec![]), "it is offered already");
        assert_eq!(ends(InReview, "active", false), Ok(vec![]), "and waits");
        assert_eq!(ends(Active, "hidden", true), Ok(vec!["hidden"]));
        assert_eq!(ends(Hidden, "active", true), Ok(vec!["active"]));
        assert_eq!(ends(Hidden, "active", false), Err(RowProblem::NotAllowed));
        assert_eq!(ends(Draft, "active", true), Ok(vec!["in_review", "active"]));
        assert_eq!(ends(Draft, "active", false), Ok(vec!["in_review"]));
        assert_eq!(ends(Rejected, "rejected", true), Ok(vec!["draft"]));
        assert_eq!(ends(Rejected, "active", true), Ok(vec!["draft", "in_review", "active"]));
        assert_eq!(ends(Active, "archived", true), Err(RowProblem::NotAllowed));
        assert_eq!(ends(Active, "draft", true), Err(RowProblem::NotAllowed));
        assert_eq!(ends(Active, "dijual", true), Err(RowProblem::NotAllowed));
        assert_eq!(of_new("", false), Ok(InReview));
        assert_eq!(of_new("active", true), Ok(Active));
        assert_eq!(of_new("draft", true), Ok(Draft));
        assert_eq!(of_new("hidden", true), Err(RowProblem::NotAllowed));
    }
}
