//! What the page fetches once it knows its product.

use super::{
    reviews::Choice,
    rpc::{beside, reviews_of},
};
use crate::parts::Fetch;
use leptos::prelude::*;
use model::{
    Page,
    ids::ProductId,
    views::{Related, ReviewItem},
};

/// The product, and both.
type Kept = (ProductId, ui::Kept<Related>, ui::Kept<Page<ReviewItem>>);

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
    pub fn of(&self, product: ProductId, choice: Memo<Choice>) -> (Fetch<Related>, Fetch<Page<ReviewItem>>) {
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
        let goods = ui::keep(move || product, beside);
        let reviews = ui::keep(
            move || (product, choice.get()),
            |(product, (stars, after))| reviews_of(product, stars, after),
        );
        (product, goods, reviews)
    }
}
