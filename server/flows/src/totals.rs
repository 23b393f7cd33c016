//! Keeping a shop's totals in step with its products.

use kernel::Cx;
use model::ids::ShopId;
use sqlx::PgConnection;

/// Adds these shops' products up anew, in the transaction that changed them.
pub async fn refresh(db: &mut PgConnection, cx: &Cx, shops: &[ShopId]) -> Result<(), sqlx::Error> {
    let totals = catalog::store::shop_totals(db, shops).await?;
    let totals: Vec<shop::Totals> = totals
        .into_iter()
        .map(|t| shop::Totals {
            shop: t.shop,
            products: t.products,
            sold: t.sold,
            rating_count: t.rating_count,
            rating_sum: t.rating_sum,
        })
        .collect();
    catalog::store::recount_shop_categories(db, shops).await?;
    shop::store::put_totals(db, &totals, cx.now()).await
}
