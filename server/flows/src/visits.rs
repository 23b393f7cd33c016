//! Where visitors have been. A visitor is the random key of a browser's cookie; whoever does not want to be followed
//! has none.

use catalog::{
    recommend::{View, forget_visitor},
    visits::Visits,
};
use kernel::{Cx, Uuid};
use model::ids::ProductId;

/// Notes that a visitor looked at a product, for their own shelves and for what goes with what. It is written later,
/// by [`Unwritten::write`](catalog::visits::Unwritten::write).
pub fn note(cx: &Cx, visitor: Option<Uuid>, product: ProductId) {
    if let (Some(visitor), Some(visits)) = (visitor, cx.part::<Visits>()) {
        visits.note(View { visitor, product, at: cx.now() });
    }
}

/// Forgets where a visitor has been.
pub async fn forget(cx: &Cx, visitor: Uuid) -> Result<(), sqlx::Error> {
    forget_visitor(&mut *cx.db().acquire().await?, visitor).await
}
