//! What the page fetches once it knows its product.

use super::{
    reviews::Choice,
    rpc::{beside, reviews_of},
};
use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::ProductId,
    views::{Related, ReviewItem},
};

/// The product, and both.
type Kept = (ProductId, ArcResource<Beside>, ArcResource<OfReviews>);
type Beside = Result<Related, AppError>;
type OfReviews = Result<Page<ReviewItem>, AppError>;

/// Goods and reviews of the product shown. On the server the view of a resource is made more than once, first to see
/// what else there is to wait for; if each made these anew, they would be fetched each time.
#[derive(Clone)]
pub struct Further {
    kept: StoredValue<Option<Kept>>,
    /// The page's, which outlives the views of its products.
    owner: Option<Owner>,
}

impl Default for Further {
    fn default() -> Self {
        Self { kept: StoredValue::new(None), owner: Owner::current() }
    }
}

impl Further {
    pub fn of(&self, product: ProductId, choice: Memo<Choice>) -> (Resource<Beside>, Resource<OfReviews>) {
        let kept = self.kept.get_value().filter(|(of, ..)| *of == product);
        let (_, beside, reviews) = kept.unwrap_or_else(|| {
            let fetch = || Self::fetch(product, choice);
            let new = self.owner.as_ref().map_or_else(fetch, |owner| owner.with(fetch));
            self.kept.set_value(Some(new.clone()));
            new
        });
        (beside.into(), reviews.into())
    }

    fn fetch(product: ProductId, choice: Memo<Choice>) -> Kept {
        let goods = ArcResource::new_blocking(move || product, beside);
        let reviews = ArcResource::new_blocking(
            move || (product, choice.get()),
            |(product, (stars, after))| reviews_of(product, stars, after),
        );
        (product, goods, reviews)
    }
}
